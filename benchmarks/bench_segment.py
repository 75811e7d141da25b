"""Measure the segmenters and the tagger against jieba, and write the tables of docs/benchmarks/segment.md.

Usage: python benchmarks/bench_segment.py [--texts N] [--pages FOLDER] FILE.jsonl…

FILES hold records with `text`; FOLDER holds pages (`NAME.txt`) with their articles (`NAME.gold.jsonl`), whose bylines
say which names the page has.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import resource
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from jmtools.words.name_forms import NAME_TAGS
from jmtools.words.reader import SegmentOptions
from jmtools.words.segment import SEGMENTERS, Segmenter, load_segmenter, record_text, word_tags
from jmtools.words.tokens import BODIES, TEXT, TokenAdder, TokenOptions

# Runs in which the default segmenter may differ: ASCII letters and digits with their joints.
RUN = re.compile(r"[A-Za-z0-9]+(?:[-._%+#&@'/:][A-Za-z0-9]*)*")
FOUND = (TEXT, BODIES)
KEPT = ("n", "nr", "ns", "nt", "nz", "vn")
SPEED_TEXTS, TAG_TEXTS = 2_000, 1_000
SIZES = {"rjieba": 1_000_000, "jieba": 100_000}
HOSTILE = {
    "one rare character, n times": "龘",
    "one common character, n times": "的",
    "no punctuation": "江门市推动县域经济实现高质量发展记者采访了出口企业",
    "digits": "1",
    "Latin letters": "a",
    "brackets": "《",
    "line breaks": "\n",
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    lines = (line for path in options.files for line in path.read_bytes().splitlines())
    texts = [record_text(orjson.loads(line)) for line, _ in zip(lines, range(options.texts), strict=False)]
    jieba, posseg = import_jieba()
    segmenters = {name: load_segmenter(name) for name in SEGMENTERS}
    agreement(texts, segmenters, jieba.lcut)
    speed(texts[:SPEED_TEXTS], segmenters, jieba.lcut)
    growth(segmenters)
    tags(texts[:: max(len(texts) // TAG_TEXTS, 1)], posseg)
    if options.pages is not None:
        names(sorted(options.pages.glob("*.gold.jsonl")), posseg)


def import_jieba() -> tuple[Any, Any]:
    """Return jieba and its tagger, without what they print."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg

        jieba.setLogLevel(60)
        jieba.initialize()
    return jieba, jieba.posseg


def agreement(texts: Sequence[str], segmenters: dict[str, Segmenter], lcut: Callable[[str], list[str]]) -> None:
    """Compare tokens with `jieba.lcut`, text by text."""
    print(f"{len(texts)} texts, {sum(map(len, texts))} characters\n")
    print("| segmenter | texts cut alike | tokens that differ | outside runs of ASCII |\n| --- | --- | --- | --- |")
    theirs = [list(spans(lcut(text))) for text in texts]
    for name, segmenter in segmenters.items():
        same = differing = outside = 0
        for text, other in zip(texts, theirs, strict=True):
            mine = set(spans(segmenter.cut(text))) - set(other)
            same += not mine
            differing += len(mine)
            outside += sum(not RUN.fullmatch(text[start:end]) for start, end in mine)
        print(f"| `{name}` | {same} | {differing} | {outside} |")


def speed(texts: Sequence[str], segmenters: dict[str, Segmenter], lcut: Callable[[str], list[str]]) -> None:
    """Compare CPU time with `rjieba.cut` alone."""
    import rjieba

    raw = cpu_seconds(rjieba.cut, texts)
    print("\n| what | CPU time, rjieba.cut = 1 |\n| --- | --- |")
    print(f"| jieba.lcut | {cpu_seconds(lcut, texts) / raw:.2f} |")
    for name, segmenter in segmenters.items():
        print(f"| `{name}`: cut | {cpu_seconds(segmenter.cut, texts) / raw:.2f} |")
        print(f"| `{name}`: cut and tag by look-up | {cpu_seconds(segmenter.tag, texts) / raw:.2f} |")


def growth(segmenters: dict[str, Segmenter]) -> None:
    """Print seconds for a million characters without an end, and how they grow when the text is doubled."""
    print("\n| characters, seconds, × when doubled | " + " | ".join(f"`{name}` | | " for name in segmenters) + "|")
    print("| --- |" + " --- | --- | --- |" * len(segmenters))
    for what, piece in HOSTILE.items():
        cells = [what]
        for name, segmenter in segmenters.items():
            size = SIZES[name]
            first, second = (cpu_seconds(segmenter.cut, [(piece * n)[:n]], runs=2) for n in (size, 2 * size))
            cells += [f"{size:,}", f"{first:.2f}", f"{second / first:.1f}"]
        print("| " + " | ".join(cells) + " |", flush=True)


def tags(texts: Sequence[str], posseg: Any) -> None:
    """Compare parts of speech with jieba.posseg, on the words that both cut."""
    theirs = [[(pair.word, pair.flag) for pair in posseg.cut(text)] for text in texts]
    known = word_tags()
    for what, names_from in (("`--names-from none`", ()), ("default", FOUND)):
        tagged = ours(names_from)
        same, count, kept = Counter[str](), Counter[str](), Counter[str]()
        for text, pairs in zip(texts, theirs, strict=True):
            found = tagged(text)
            mine = dict(zip(spans([word for word, _ in found]), found, strict=True))
            for span, (word, flag) in zip(spans([word for word, _ in pairs]), pairs, strict=True):
                if span not in mine or not any(map(str.isalnum, word)):
                    continue
                tag = mine[span][1]
                for kind in ("all words", "in the dictionary" if known[word] != "x" else "not in the dictionary"):
                    count[kind] += 1
                    same[kind] += tag == flag
                kept["both"] += tag in KEPT and flag in KEPT
                kept["mine"] += tag in KEPT
                kept["theirs"] += flag in KEPT
        print(f"\n| tags, {len(texts)} texts, {what} | words | equal to jieba.posseg |\n| --- | --- | --- |")
        for kind, number in count.items():
            print(f"| {kind} | {number} | {same[kind] / number:.3f} |")
        precision, recall = kept["both"] / kept["mine"], kept["both"] / kept["theirs"]
        print(f"| `--pos {','.join(KEPT)}`: precision / recall | | {precision:.3f} / {recall:.3f} |")


def ours(names_from: tuple[str, ...]) -> Callable[[str], list[tuple[str, str]]]:
    """Return what `segment --add pos` does."""
    adder = TokenAdder(SegmentOptions(), TokenOptions(extras=("pos",), names_from=names_from))

    def tag(text: str) -> list[tuple[str, str]]:
        [fields] = adder.apply([{"text": text}])
        return list(zip(fields["tokens"], fields["pos"], strict=True))

    return tag


def names(golds: Sequence[Path], posseg: Any) -> None:
    """Count how many of the names that bylines have are one word with a name's tag, wherever the page has them."""

    def theirs(text: str) -> Iterator[tuple[str, str]]:
        return ((pair.word, pair.flag) for pair in posseg.cut(text))

    print(f"\n| names of bylines, {len(golds)} pages | one word | and tagged as a name |\n| --- | --- | --- |")
    rows = (
        ("jieba.posseg", theirs),
        ("`segment --add pos --names-from none`", ours(())),
        ("`segment --add pos`", ours(FOUND)),
    )
    for what, cut in rows:
        places = one = tagged = 0
        for gold in golds:
            text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt")).read_text("utf-8")
            articles = map(json.loads, gold.read_text("utf-8").splitlines())
            wanted = {
                author["name"] for article in articles for author in article.get("byline") or [] if author["name"]
            }
            found = list(cut(text))
            places += sum(text.count(name) for name in wanted)
            one += sum(word in wanted for word, _ in found)
            tagged += sum(word in wanted and tag in NAME_TAGS for word, tag in found)
        print(f"| {what} | {one / places:.3f} | {tagged / places:.3f} |")


def spans(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where each word stands."""
    end = 0
    for word in words:
        yield end, end + len(word)
        end += len(word)


def cpu_seconds(function: Callable[[str], object], texts: Iterable[str], *, runs: int = 3) -> float:
    """Return the best of some runs over the texts, user and system time."""
    best = float("inf")
    for _ in range(runs):
        start = resource.getrusage(resource.RUSAGE_SELF)
        for text in texts:
            function(text)
        end = resource.getrusage(resource.RUSAGE_SELF)
        best = min(best, end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime)
    return best


if __name__ == "__main__":
    main()
