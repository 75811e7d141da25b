"""Rows as CSV and TSV: quoted by the book, harmless in a spreadsheet and on a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from jmtools.fields.path import Cell
from jmtools.io.visible import show

# What spreadsheets take for the beginning of a formula (OWASP, CSV injection); the wide ones in a Chinese locale.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def plain(cell: Cell) -> str:
    """Return a cell as text: nothing for None, numbers as JSON spells them."""
    return "" if cell is None else cell if isinstance(cell, str) else repr(cell)


def csv_rows(rows: Iterable[Sequence[Cell]], *, excel_safe: bool = True, raw: bool = False) -> str:
    r"""Return rows as CSV (RFC 4180, but LF at the line ends).

    Args:
        rows: Cells; newlines and tabs in a cell stay, quoted.
        excel_safe: Put an apostrophe before strings that a spreadsheet would run as a formula; numbers stay.
        raw: Leave other control characters as they are.

    Example:
        >>> csv_rows([["a,b", -1], ["=1+1", None]])
        '"a,b",-1\n\'=1+1,\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_csv(cell, excel_safe=excel_safe, raw=raw) for cell in row])
    return out.getvalue()


def tsv_rows(rows: Iterable[Sequence[Cell]], *, excel_safe: bool = True, raw: bool = False) -> str:
    r"""Return rows as TSV; tabs, newlines, carriage returns and backslashes in a cell are written `\t \n \r \\`.

    Args:
        rows: Cells.
        excel_safe: As in `csv_rows`.
        raw: Leave other control characters as they are.

    Example:
        >>> tsv_rows([["a\tb", 1.5]])
        'a\\tb\t1.5\n'
    """
    return "".join("\t".join(_tsv(cell, excel_safe=excel_safe, raw=raw) for cell in row) + "\n" for row in rows)


def visible_lines(text: str) -> str:
    r"""Return a text for a cell of several lines: newlines and tabs stay, other control characters are spelled out.

    Example:
        >>> visible_lines("a\n\x1b[31m")
        'a\n\\x1b[31m'
    """
    return "\n".join("\t".join(show(piece) for piece in line.split("\t")) for line in text.split("\n"))


def _csv(cell: Cell, *, excel_safe: bool, raw: bool) -> str:
    text = _defused(cell) if excel_safe else plain(cell)
    return text if raw else visible_lines(text)


def _defused(cell: Cell) -> str:
    text = plain(cell)
    return "'" + text if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def _tsv(cell: Cell, *, excel_safe: bool, raw: bool) -> str:
    text = _defused(cell) if excel_safe else plain(cell)
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text if raw else show(text)
