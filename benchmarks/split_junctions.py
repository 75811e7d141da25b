"""Count which two characters stand side by side inside Chinese words, for `data/junctions.txt`.

    python benchmarks/split_junctions.py FOLDER [FOLDER ...]

A sentence that a column break cuts goes on with the other half of a word or phrase (采|购); two lines that have nothing
to do with each other seldom meet in a pair that the language knows. Reads the `paragraphs` of gold files.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

_TARGET = Path("src/jmtools/data/junctions.txt")
_HEAD = (
    "# Characters (first in each line) and those that often follow them inside a phrase; see pages/surroundings.py.\n"
)


def count(folders: list[Path]) -> tuple[Counter[str], Counter[str]]:
    """Return counts of characters and of pairs of characters."""
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for folder in folders:
        for file in sorted(folder.glob("*.gold.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                for paragraph in json.loads(line)["paragraphs"]:
                    single.update(char for char in paragraph if "一" <= char <= "龥")
                    pairs.update(a + b for a, b in pairwise(paragraph) if "一" <= a <= "龥" and "一" <= b <= "龥")
    return single, pairs


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=12, help="occurrences")
    parser.add_argument("--pmi", type=float, default=1.5, help="pointwise mutual information, nats")
    args = parser.parse_args()
    single, pairs = count(args.folders)
    total = sum(single.values())
    after: dict[str, list[str]] = defaultdict(list)
    for pair, times in pairs.items():
        if times >= args.least and math.log(times * total / (single[pair[0]] * single[pair[1]])) >= args.pmi:
            after[pair[0]].append(pair[1])
    rows = [first + "".join(sorted(after[first])) + "\n" for first in sorted(after)]
    _TARGET.write_text(_HEAD + "".join(rows), encoding="utf-8")
    print(sum(map(len, after.values())), "pairs,", _TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
