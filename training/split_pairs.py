"""Write `data/common_pairs.txt`: pairs of Chinese characters that so many paragraphs have that they tie none together.

    python training/split_pairs.py DATA

DATA is the folder of labelled data. Counted are the paragraphs of all sources but the papers that `score_split.py`
leaves out, so that its figures owe nothing to this table.
"""

import argparse
import math
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from split_sources import ROOT, SOURCES, load_sources

from jmtools.pages.reading import read_lines

_FILE = ROOT / "src" / "jmtools" / "data" / "common_pairs.txt"
_HEAD = (
    "# Pairs of Chinese characters that many paragraphs have: the first of each, then what follows it in more than\n"
    "# 1 of 148, of 403 and of 1,097 paragraphs (logarithms 5, 6, 7), with tabs between; see pages/ties.py.\n"
)
_LEAST = 30  # characters of a paragraph
_STEPS = (5.0, 6.0, 7.0)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    papers = [source.name for source in SOURCES if source.paper]
    counts: Counter[str] = Counter()
    number = 0
    for page in load_sources(args.data, papers):
        for text in read_lines([line.text for line in page.lines]):
            if len(text) >= _LEAST:
                number += 1
                counts.update({a + b for a, b in pairwise(text) if "一" <= a <= "龥" and "一" <= b <= "龥"})
    rows: dict[str, list[list[str]]] = defaultdict(lambda: [[] for _ in _STEPS])
    for pair, times in sorted(counts.items()):
        step = sum(math.log(number / times) >= least for least in _STEPS)
        if step < len(_STEPS):
            rows[pair[0]][step].append(pair[1])
    text = "".join(
        first + "\t".join("".join(seconds) for seconds in rows[first]).rstrip("\t") + "\n" for first in sorted(rows)
    )
    _FILE.write_text(_HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
