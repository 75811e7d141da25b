"""Learn the weights by which names are found and write `src/jmtools/data/names.json`.

    python training/train_names.py LABELLED.jsonl … [--half] [--exchange N] [--fill N] [--out FILE]

Records have `text` and `gold`, as `benchmarks/bench_names.py` takes them. Beside each sentence that has names stand N
with other names in their place, made up, so that the weights know the forms of names and what stands around them rather
than the names; and the sentences of `name_sentences.txt`, which are invented, with such names. The file has weights
of hashes alone. With --half, learns from every other record, for `bench_names.py --half`. Needs python-crfsuite, which
the product does not.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from array import array
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pycrfsuite
from name_inventions import BODY, PERSON, PLACE, Inventor, Sentence, Span, exchanged, filled, given_characters

from jmtools.words.name_chain import LABELS, SCALE
from jmtools.words.name_features import character_classes, features, words_of
from jmtools.words.segment import load_segmenter
from jmtools.words.shadow import simplified

_HERE = Path(__file__).parent
_OUT = _HERE.parent / "src/jmtools/data/names.json"
_LETTER = {PERSON: "P", PLACE: "L", BODY: "O"}
_SEED, _MOST = 20, 127


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", action="store_true")
    parser.add_argument("--exchange", type=int, default=2, metavar="N")
    parser.add_argument("--fill", type=int, default=8, metavar="N")
    parser.add_argument("--c1", type=float, default=0.7)
    parser.add_argument("--c2", type=float, default=0.02)
    parser.add_argument("--iterations", type=int, default=50)
    parser.add_argument("--least", type=int, default=2, help="sixteenths: smaller weights are left out")
    parser.add_argument("--out", type=Path, default=_OUT)
    options = parser.parse_args()
    rng = Random(_SEED)
    inventor = Inventor(rng)
    printed = [sentence for path in options.files for sentence in read(path)[:: 2 if options.half else 1]]
    others = [exchanged(one, inventor, rng) for _ in range(options.exchange) for one in printed if one.names]
    sentences = [*printed, *others, *filled(_HERE / "name_sentences.txt", inventor, options.fill)]
    given = given_characters()
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": options.c1, "c2": options.c2, "max_iterations": options.iterations, "feature.minfreq": 3})
    classes, cut = character_classes(given), load_segmenter().cut
    for sentence in sentences:
        text = simplified(sentence.text)
        rows = features(text, words_of(cut(text)), classes)
        trainer.append([list(map(str, row)) for row in rows], labels(len(text), sentence.names))
    with tempfile.NamedTemporaryFile(suffix=".crf") as scratch:
        trainer.train(scratch.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(scratch.name)
        info = tagger.info()
    state: dict[int, dict[int, int]] = {}
    for (name, label), weight in info.state_features.items():
        if abs(rounded := quantized(weight)) >= options.least:
            state.setdefault(int(name), {})[LABELS.index(label)] = rounded
    moves = {f"{a} {b}": quantized(weight) for (a, b), weight in info.transitions.items()}
    write(options.out, state, moves, given)
    print(f"{len(sentences)} sentences, {len(state)} features, {options.out.stat().st_size} bytes")


def read(path: Path) -> list[Sentence]:
    """Return the sentences of a file."""
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Sentence(one["text"], [(name["kind"], name["char_start"], name["char_end"]) for name in one["gold"]])
        for one in records
    ]


def labels(size: int, names: Sequence[Span]) -> list[str]:
    """Return what each character is: outside of names, one alone, or the first, inside or last of one."""
    found = ["O"] * size
    for kind, start, end in names:
        letter = _LETTER[kind]
        found[start:end] = ["B" + letter, *["I" + letter] * (end - start - 2), "E" + letter][: end - start]
        if end - start == 1:
            found[start] = "S" + letter
    return found


def quantized(weight: float) -> int:
    """Return a weight as it is written."""
    return max(-_MOST, min(_MOST, round(weight * SCALE)))


def write(path: Path, state: dict[int, dict[int, int]], moves: dict[str, int], given: dict[str, int]) -> None:
    """Write the weights."""
    keys = sorted(state)
    rows = [sorted(state[key].items()) for key in keys]
    parts = {
        "keys": array("I", keys).tobytes(),
        "sizes": bytes(map(len, rows)),
        "labels": bytes(label for row in rows for label, _ in row),
        "weights": array("b", (weight for row in rows for _, weight in row)).tobytes(),
    }
    known = {str(rank): "".join(sorted(char for char, r in given.items() if r == rank)) for rank in (1, 2, 3)}
    table = {"moves": moves, "given": known} | {name: b64encode(data).decode() for name, data in parts.items()}
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in table.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
