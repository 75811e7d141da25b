"""Score `jmtools split` on folders of labelled pages, and time it.

    python benchmarks/bench_split.py SCORER FOLDER [FOLDER ...] [--model FILE] [--show]
    python benchmarks/bench_split.py - FOLDER [FOLDER ...] --speed

SCORER is a program called with pairs of gold and predicted files that prints its figures as JSON with `--json`.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from jmtools.pages import Page, PageSplitter
from jmtools.pages.confidence import probabilities
from jmtools.pages.passes import load_model

_WRAPPED = 20  # characters

Record = dict[str, Any]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--only", default="*", help="glob of page names")
    parser.add_argument("--calibrate", action="store_true", help="print the share of right records by probability")
    parser.add_argument(
        "--speed", action="store_true", help="print MB/s alone: the least time of each page in five runs"
    )
    parser.add_argument("--show", action="store_true", help="print what differs")
    args = parser.parse_args()
    splitter = PageSplitter(model=load_model(args.model) if args.model else None)
    if args.calibrate:
        calibrate(splitter, args.folders, args.only)
        return
    if args.speed:
        measure(splitter, args.folders, args.only)
        return
    for folder in args.folders:
        with tempfile.TemporaryDirectory() as scratch:
            pairs, size, seconds = predict(splitter, folder, args.only, Path(scratch))
            command = [sys.executable, str(args.scorer), "--json", *(["--show"] if args.show else []), *pairs]
            figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        figures["MB/s"] = round(size / seconds / 1e6, 2)
        print(f"{folder.name}/{args.only}", "  ".join(f"{name} {value}" for name, value in figures.items()))


def measure(splitter: PageSplitter, folders: list[Path], only: str) -> None:
    """Print MB of page text a second of CPU, of the pages as they are and hard-wrapped without blank lines."""
    for folder in folders:
        pages = [file.read_text(encoding="utf-8") for file in sorted(folder.glob(f"{only}.txt"))]
        for name, texts in (("as printed", pages), (f"wrapped at {_WRAPPED}", [wrapped(page) for page in pages])):
            best = [math.inf] * len(texts)
            for _ in range(5):
                for i, text in enumerate(texts):
                    before = time.process_time()
                    splitter.split(Page(text))
                    best[i] = min(best[i], time.process_time() - before)
            size = sum(len(text.encode()) for text in texts)
            print(f"{folder.name}, {name}: {len(texts)} pages, {size / 1e6:.2f} MB, {size / sum(best) / 1e6:.2f} MB/s")


def wrapped(page: str) -> str:
    """Return a page as a terminal of fixed width leaves it."""
    lines = (line for line in page.split("\n") if line.strip())
    return "\n".join(line[at : at + _WRAPPED] for line in lines for at in range(0, len(line), _WRAPPED))


def calibrate(splitter: PageSplitter, folders: list[Path], only: str) -> None:
    """Print how many records of each probability, and of each confidence, are right: start, headline and paragraphs."""
    rows: list[tuple[float, float, bool]] = []
    for gold in sorted(file for folder in folders for file in folder.glob(f"{only}.gold.jsonl")):
        text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt")).read_text(encoding="utf-8")
        split = splitter.split(Page(text))
        chances = probabilities(split.records, split.lines, split.decoded)
        rights = right_records(split.records, list(map(json.loads, gold.read_text("utf-8").splitlines())))
        for record, chance, right in zip(split.records, chances, rights, strict=True):
            rows.append((chance, record["confidence"], right))
    for which, bounds in ((0, (0, 0.2, 0.5, 0.7, 0.85, 0.93, 0.98, 0.995, 1.01)), (1, (0, 0.6, 0.8, 0.9, 0.95, 1.01))):
        print("probability" if which == 0 else "confidence")
        print_shares([(row[which], row[2]) for row in rows], bounds)


def print_shares(rows: Sequence[tuple[float, bool]], bounds: Sequence[float], prefix: str = " ") -> None:
    """Print of each range of a number how many records have it, and the share of them that are right."""
    for low, high in pairwise(bounds):
        here = [row for row in rows if low <= row[0] < high]
        mean, right = (sum(row[i] for row in here) / (len(here) or 1) for i in (0, 1))
        print(f"{prefix} {low:.3f}-{high:.3f}  {len(here):5} records, mean {mean:.3f}, right {right:.3f}")


def right_records(records: Sequence[Record], items: Sequence[Record]) -> list[bool]:
    """Say of each record whether its start, headline and paragraphs are those of a gold article."""
    expected = {item["line_start"]: _kept(item) for item in items}
    return [expected.get(record["line_start"]) == _kept(record) for record in records]


def _kept(record: Record) -> tuple[str, list[str]]:
    paragraphs = record.get("paragraphs")
    paragraphs = record["text"].split("\n") if paragraphs is None else paragraphs
    whole = ["".join(paragraph.split()) for paragraph in paragraphs]
    return "".join((record["headline"] or "").split()), [paragraph for paragraph in whole if paragraph]


def predict(splitter: PageSplitter, folder: Path, only: str, scratch: Path) -> tuple[list[str], int, float]:
    """Split the pages of a folder; return pairs of files, bytes read and seconds of CPU."""
    pairs, size, seconds = [], 0, 0.0
    for gold in sorted(folder.glob(f"{only}.gold.jsonl")):
        text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt")).read_text(encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_SELF)
        records = splitter.split(Page(text)).records
        after = resource.getrusage(resource.RUSAGE_SELF)
        seconds += after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        size += len(text.encode())
        predicted = scratch / f"{gold.name}.out"
        predicted.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        pairs += [str(gold), str(predicted)]
    return pairs, size, seconds


if __name__ == "__main__":
    main()
