"""Measure the segmenters on JSON Lines files: speed as a ratio of CPU time.

Usage: python benchmarks/bench_segment.py FILE.jsonl…
"""

import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import orjson

from jmtools.segment import load_segmenter, record_text

TEXTS = 3_000


def main() -> None:
    """Print the table."""
    texts = [record_text(orjson.loads(line)) for path in sys.argv[1:] for line in Path(path).read_bytes().splitlines()][
        :TEXTS
    ]
    import rjieba

    raw = cpu_seconds(rjieba.cut, texts)
    print(f"{len(texts)} texts, {sum(map(len, texts))} characters")
    print("| what | CPU time, rjieba.cut = 1 |\n| --- | --- |")
    for name in ("rjieba", "jieba"):
        segmenter = load_segmenter(name)
        print(f"| `{name}`.cut | {cpu_seconds(segmenter.cut, texts) / raw:.2f} |")
        print(f"| `{name}`.tag | {cpu_seconds(segmenter.tag, texts) / raw:.2f} |")


def cpu_seconds(function: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return the best of three runs over the texts, user and system time."""
    best = float("inf")
    for _ in range(3):
        start = resource.getrusage(resource.RUSAGE_SELF)
        for text in texts:
            function(text)
        end = resource.getrusage(resource.RUSAGE_SELF)
        best = min(best, end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime)
    return best


if __name__ == "__main__":
    main()
