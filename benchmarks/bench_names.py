"""Score the names of persons, places and organisations that `segment --add pos` finds: docs/benchmarks/segment.md.

    python benchmarks/bench_names.py LABELLED.jsonl … [--half]

Records have `text` and `gold`, a list of names with `kind` (person, place, body), `char_start` and `char_end`. A name
is right if both ends and its kind are. With --half, every other record, from which `training/train_names.py --half`
has not learned.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jmtools.words.reader import SegmentOptions
from jmtools.words.tokens import TokenAdder, TokenOptions

KINDS = {"nr": "person", "nrt": "person", "nrfg": "person", "ns": "place", "nt": "body"}
Record = dict[str, Any]
Tagged = list[tuple[str, str]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="also print N wrong and N missed persons")
    parser.add_argument("--half", action="store_true", help="every other record, from the second on")
    options = parser.parse_args()
    print("| file | method | " + " | ".join(f"{kind}: precision / recall / F1" for kind in names()) + " | CPU s |")
    print("| --- " * (len(names()) + 3) + "|")
    for path in options.files:
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        records = records[1::2] if options.half else records
        methods = {
            "jieba.posseg": posseg(),
            "segment --add pos --names-from none": ours(),
            "segment --add pos --names-from text": ours("text"),
            "segment --add pos": ours("text", "bodies"),
        }
        for name, tag in methods.items():
            start = time.process_time()
            found = [spans(tag(record["text"])) for record in records]
            seconds = time.process_time() - start
            cells = [" / ".join(f"{value:.3f}" for value in score(records, found, kind)) for kind in names()]
            print(f"| {path.stem} | {name} | {' | '.join(cells)} | {seconds:.1f} |", flush=True)
        if options.wrong:
            show(records, found, options.wrong)


def names() -> list[str]:
    """Return the kinds of names."""
    return list(dict.fromkeys(KINDS.values()))


def posseg() -> Callable[[str], Tagged]:
    """Return jieba's own tagger."""
    from jieba import posseg as tagger

    lcut: Callable[[str], list[Any]] = tagger.lcut
    lcut("今天")
    return lambda text: [(pair.word, pair.flag) for pair in lcut(text)]


def ours(*names_from: str) -> Callable[[str], Tagged]:
    """Return what `segment --add pos` does."""
    adder = TokenAdder(SegmentOptions(), TokenOptions(extras=("pos",), names_from=names_from))

    def tag(text: str) -> Tagged:
        [fields] = adder.apply([{"text": text}])
        return list(zip(fields["tokens"], fields["pos"], strict=True))

    return tag


def spans(tagged: Tagged) -> set[tuple[str, int, int]]:
    """Return the names among words: kind, start, end."""
    found, start = set(), 0
    for word, tag in tagged:
        end = start + len(word)
        if tag in KINDS:
            found.add((KINDS[tag], start, end))
        start = end
    return found


def score(records: list[Record], found: list[set[tuple[str, int, int]]], kind: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one kind."""
    right = n_found = n_gold = 0
    for record, mine in zip(records, found, strict=True):
        gold = gold_of(record, kind)
        chosen = {span for span in mine if span[0] == kind}
        right, n_found, n_gold = right + len(gold & chosen), n_found + len(chosen), n_gold + len(gold)
    precision, recall = right / max(n_found, 1), right / max(n_gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def gold_of(record: Record, kind: str) -> set[tuple[str, int, int]]:
    """Return the names of one kind that a record really has."""
    return {(kind, name["char_start"], name["char_end"]) for name in record["gold"] if name["kind"] == kind}


def show(records: list[Record], found: list[set[tuple[str, int, int]]], count: int) -> None:
    """Print wrong and missed persons in their context."""
    for title, is_missed in (("wrong", False), ("missed", True)):
        rows = []
        for record, mine in zip(records, found, strict=True):
            text, gold, chosen = record["text"], gold_of(record, "person"), {s for s in mine if s[0] == "person"}
            for _, start, end in sorted(gold - chosen if is_missed else chosen - gold):
                rows.append(f"{text[max(start - 5, 0) : start]}[{text[start:end]}]{text[end : end + 5]}")
        step = max(len(rows) // count, 1)
        print(title, len(rows), *rows[::step][:count], sep="\n  ")


if __name__ == "__main__":
    main()
