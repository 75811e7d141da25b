"""Write the pairs of characters by which scrambled text is told: src/jmtools/data/character-pairs.txt.

    python training/character_pairs.py

Neighbours in the words of jieba's list count with the frequencies of their words. The commonest pairs are kept, those
with one first character in a row that begins with it. Only Simplified forms are kept: text is folded before it is
looked up.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

from jmtools.words.dictionary import dictionary_frequencies

KEPT = 50_000
OUT = Path(__file__).parent.parent / "src/jmtools/data/character-pairs.txt"
HEAD = """\
# The commonest pairs of neighbours inside Chinese words: a first character in each row, then those that follow it;
# from jieba's word list (MIT License); written by training/character_pairs.py; see read/pdf_plausible.py.
"""


def main() -> None:
    """Write the table."""
    pairs: Counter[str] = Counter()
    for word, count in dictionary_frequencies().items():
        for first, second in pairwise(word):
            if min(first, second) >= "\u4e00" and max(first, second) <= "\u9fff":
                pairs[first + second] += count
    kept = sorted(sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:KEPT])
    rows: dict[str, str] = {}
    for pair in kept:
        rows[pair[0]] = rows.get(pair[0], pair[0]) + pair[1]
    OUT.write_text(HEAD + "".join(f"{row}\n" for row in rows.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
