"""Count which characters meet inside a phrase, begin a sentence, end a clause: `data/junctions.txt`, `data/edges.txt`.

    python training/split_junctions.py FOLDER [FOLDER ...]

A sentence that a column break cuts goes on with the other half of a word or phrase (采|购); two lines that have nothing
to do with each other seldom meet in a pair that the language knows. Few sentences begin with 的, few clauses end in 把.
Reads the `paragraphs` of gold files.
"""

import argparse
import json
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

_DATA = Path("src/jmtools/data")
_JUNCTIONS_HEAD = (
    "# Characters (first in each line), those that often follow them inside a phrase and, after a tab, those that\n"
    "# nearly always belong to them; see pages/continuity.py.\n"
)
_EDGES_HEAD = (
    "# How often a character begins a sentence (b) or ends a clause (e), compared with how often it stands anywhere:\n"
    "# 0 hardly ever to 4 far more often; see pages/continuity.py.\n"
)
_STEPS = (-2.5, -1.0, 0.0, 1.0)  # nats
_SEEN = 25  # occurrences: of rarer characters nothing is said
_BEGIN = re.compile(r"(?:^|(?<=[。！？!?]))[“‘《（(]*([一-龥])")
_END = re.compile(r"([一-龥])[”’》）)]*[，。；！？,;!?]")


class Counts:
    """What stands beside what in some paragraphs."""

    def __init__(self) -> None:
        self.single: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.edges: dict[str, Counter[str]] = {"b": Counter(), "e": Counter()}

    def add(self, paragraph: str) -> None:
        """Count a paragraph."""
        self.single.update(char for char in paragraph if "一" <= char <= "龥")
        self.pairs.update(a + b for a, b in pairwise(paragraph) if "一" <= a <= "龥" and "一" <= b <= "龥")
        self.edges["b"].update(_BEGIN.findall(paragraph))
        self.edges["e"].update(_END.findall(paragraph))


def paragraphs(folders: list[Path]) -> Iterator[str]:
    """Yield the paragraphs of gold files."""
    for folder in folders:
        for file in sorted(folder.glob("*.gold.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                yield from json.loads(line)["paragraphs"]


def junction_rows(counts: Counts, least: int, some: float, much: float) -> list[str]:
    """Return the rows of `junctions.txt`: pairs above one and above another pointwise mutual information, in nats."""
    total = counts.single.total()
    after: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for pair, times in counts.pairs.items():
        shared = math.log(times * total / (counts.single[pair[0]] * counts.single[pair[1]]))
        if times >= least and shared >= some:
            after[pair[0]][shared >= much].append(pair[1])
    return [
        first + "".join(sorted(after[first][0])) + "\t" + "".join(sorted(after[first][1])) + "\n"
        for first in sorted(after)
    ]


def edge_rows(counts: Counts) -> list[str]:
    """Return the rows of `edges.txt`: which edge, how often, the characters."""
    rows = []
    total = counts.single.total()
    for edge, seen in counts.edges.items():
        classes: dict[int, list[str]] = defaultdict(list)
        for char, times in counts.single.items():
            if times >= _SEEN:
                ratio = math.log((seen[char] + 0.5) / seen.total() * total / times)
                classes[bisect_right(_STEPS, ratio)].append(char)
        rows += [f"{edge}{step}\t{''.join(sorted(classes[step]))}\n" for step in sorted(classes)]
    return rows


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=10, help="occurrences")
    parser.add_argument("--pmi", type=float, default=1.5, help="pointwise mutual information, nats")
    parser.add_argument(
        "--strong", type=float, default=4.0, help="the same, of pairs that nearly always belong together"
    )
    args = parser.parse_args()
    counts = Counts()
    for paragraph in paragraphs(args.folders):
        counts.add(paragraph)
    for name, head, rows in (
        ("junctions.txt", _JUNCTIONS_HEAD, junction_rows(counts, args.least, args.pmi, args.strong)),
        ("edges.txt", _EDGES_HEAD, edge_rows(counts)),
    ):
        (_DATA / name).write_text(head + "".join(rows), encoding="utf-8")
        print(name, (_DATA / name).stat().st_size, "bytes")


if __name__ == "__main__":
    main()
