"""Score `keywords` on the same texts in Simplified and in Traditional characters: docs/benchmarks/keywords.md.

    python benchmarks/bench_scripts.py LABELLED.jsonl …

The texts are in Simplified characters; OpenCC's phrases make Traditional ones of them. The terms that are found there
are turned back before they are compared, so that the same gold decides for both.
"""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

from bench_keywords import Record, ours, read, scores
from opencc import OpenCC


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    run, back = ours(), OpenCC("t2s").convert
    print("| F1@5 | Simplified | Traditional | ratio |\n| --- | --- | --- | --- |")
    for path in parser.parse_args().files:
        for headlines in (True, False):
            records = read(path, headlines=headlines)
            plain = scores(records, list(run(records)))[0]
            found = [[back(term) for term in terms] for terms in run([traditional(record) for record in records])]
            other = scores(records, found)[0]
            name = f"{path.stem}{'' if headlines else ', no headline'}"
            print(f"| {name} | {plain:.3f} | {other:.3f} | {other / plain:.3f} |", flush=True)


def traditional(record: Record) -> Record:
    """Return a record with headline and text in Traditional characters."""
    convert = _to_traditional().convert
    return record | {name: convert(record[name]) for name in ("headline", "text") if record.get(name)}


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


if __name__ == "__main__":
    main()
