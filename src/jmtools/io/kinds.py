"""What a file that holds no records most likely is, and which command takes it."""

from __future__ import annotations

import os
import re

_READ = "run `jmtools read` first"
_MAGIC = (
    (b"%PDF", f"this is a PDF: {_READ}"),
    (b"PK\x03\x04", f"this is a ZIP archive, a Word file or a workbook: {_READ}"),
    (b"\xd0\xcf\x11\xe0", "this is an old Word or Excel file: save it as .docx or .txt first"),
    (b"\x89PNG", "this is a picture: it needs OCR first"),
    (b"\xff\xd8\xff", "this is a picture: it needs OCR first"),
    (b"II*\x00", "this is a picture: it needs OCR first"),
    (b"SQLite format 3", "this is an SQLite database: `sqlite3 -json` or DuckDB writes its rows as JSON"),
    (b"PAR1", "this is a Parquet file: DuckDB writes its rows as JSON Lines"),
)
_MARKUP = re.compile(rb"<(!doctype|html|\?xml|alto|pcgts)\b", re.IGNORECASE)
_TABLE = re.compile(rb"[^,\t\n]{1,60}([,\t])[^,\t\n]{0,60}(\1[^,\t\n]{0,60})*")
_LOOKED_AT = 1 << 10
ARCHIVE_APPLICATION = 0x4A4D5441  # JMTA: stands in the header of the SQLite files that `jmtools index` writes
_HEADER = 100


def binary_hint(head: bytes) -> str:
    """Return what a file that is no text is, and what to do with it; empty for text.

    Example:
        >>> binary_hint(b"%PDF-1.7 ...")
        'this is a PDF: run `jmtools read` first'
    """
    return next((hint for magic, hint in _MAGIC if head.startswith(magic)), "")


def hint(head: bytes) -> str:
    """Return what a file whose first line is no record looks like, and what to do with it; empty if nothing is known.

    Example:
        >>> hint("澜江日报\\n".encode())
        'this looks like page text: run `jmtools split` first'
        >>> hint(b"id,title\\n1,a\\n")
        'this looks like a CSV table: `mlr --icsv --ojsonl cat` or DuckDB makes records of it'
        >>> hint(b"{")
        ''
    """
    head = head[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head or head.startswith(b"{"):
        return ""
    found = binary_hint(head)
    if found:
        return found
    if _MARKUP.match(head):
        return f"this looks like a web page or OCR file: {_READ}"
    if head.startswith(b"["):
        return "this looks like a JSON array: `jq -c '.[]'` makes lines of it"
    line = head.split(b"\n", 1)[0].rstrip(b"\r")
    if _TABLE.fullmatch(line) and (b"\n" in head or len(line) < _LOOKED_AT):
        return "this looks like a CSV table: `mlr --icsv --ojsonl cat` or DuckDB makes records of it"
    return "this looks like page text: run `jmtools split` first"


def is_archive(path: str) -> bool:
    """Tell by its first bytes whether a file is an archive of `jmtools index`."""
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            head = file.read(_HEADER)
    except (OSError, ValueError):
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == ARCHIVE_APPLICATION
