"""Write the characters by which the encoding of a short text is told: src/jmtools/data/characters.txt.

    python training/encoding_characters.py

Every character of jieba's word list counts with the frequencies of its words, in Simplified characters and, converted
by OpenCC (`pip install opencc`), in Traditional ones. The commonest of each script are kept, in rows by the natural
logarithm of their share, in halves.
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import jieba
import opencc

KEPT = 3_500  # of each form: 99.8 % of running text
OUT = Path(__file__).parent.parent / "src/jmtools/data/characters.txt"
HEAD = """\
# The commonest Chinese characters of both scripts, below the natural logarithm of their share of running text:
# jieba's word list (MIT License), and the same through OpenCC (Apache License 2.0); written by
# training/encoding_characters.py; see io/encodings.py.
"""
_ROW = 100


def main() -> None:
    """Write the table."""
    rows = [line.split(" ") for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()]
    words, counts = [row[0] for row in rows], [int(row[1]) for row in rows]
    traditional = [opencc.OpenCC(form).convert("\n".join(words)).split("\n") for form in ("s2t", "s2tw", "s2hk")]
    best: dict[str, float] = {}
    for spelled in (words, *traditional):
        shares: Counter[str] = Counter()
        for word, count in zip(spelled, counts, strict=True):
            for char in word:
                if "\u3400" <= char <= "\u9fff":
                    shares[char] += count
        total = shares.total()
        for char, count in shares.most_common(KEPT):
            best[char] = max(best.get(char, -99.0), math.log(count / total))
    classes: dict[float, list[str]] = {}
    for char, log in best.items():
        classes.setdefault(round(log * 2) / 2, []).append(char)
    with OUT.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for log, chars in sorted(classes.items(), reverse=True):
            chars.sort()
            out.write(f"{log:g}\n")
            out.writelines("".join(chars[i : i + _ROW]) + "\n" for i in range(0, len(chars), _ROW))


if __name__ == "__main__":
    main()
