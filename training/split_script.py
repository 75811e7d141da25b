"""Write `data/traditional.txt`: Traditional characters and their Simplified forms, one for one, as OpenCC has them.

    python training/split_script.py

`split` reads a page in Traditional characters as if it were in Simplified ones, so that what was learned from the one
holds for the other. It needs no phrases: which of two Simplified forms is right does not matter for what a line is.
"""

from pathlib import Path

import opencc

_FILE = Path(__file__).resolve().parent.parent / "src" / "jmtools" / "data" / "traditional.txt"
_HEAD = (
    "# Traditional characters and, below each row, their Simplified forms: OpenCC's single characters (Apache License\n"
    "# 2.0), written by training/split_script.py; see pages/reading.py.\n"
)
_ROW = 40


def main() -> None:
    """Run from the command line."""
    convert = opencc.OpenCC("t2s").convert
    pairs = [(char, convert(char)) for char in map(chr, range(0x4E00, 0xA000))]
    pairs = [(char, simple) for char, simple in pairs if simple != char and len(simple) == 1 and simple < "\uffff"]
    rows = [pairs[i : i + _ROW] for i in range(0, len(pairs), _ROW)]
    text = "".join("".join(pair[k] for pair in row) + "\n" for row in rows for k in (0, 1))
    _FILE.write_text(_HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
