"""A process of its own that reads one PDF from standard input: damaged files may crash it, and nothing else."""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

from jmtools.read.layout import Char, page_lines

_MOST_CHARS = 500_000  # of one page: the largest broadsheet has 20,000
_MEMORY, _SECONDS = 4 << 30, 600
_UNKNOWN = frozenset("\ufffd\ufffe\uffff\x00")


def main() -> None:
    """Read the PDF on standard input; write a JSON line for each page, or one with `error`."""
    _limit()
    import pypdfium2 as pdfium

    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        _write(out, {"error": _why(str(error))})
        return
    for number in range(len(document)):
        try:
            page = document[number]
            chars, unknown, pictures = _chars(page)
        except pdfium.PdfiumError as error:
            _write(out, {"page": number + 1, "lines": [], "damaged": str(error)})
            continue
        lines = page_lines(chars)
        _write(out, {"page": number + 1, "lines": lines, "unknown": unknown, "chars": len(chars), "pictures": pictures})
    _write(out, {"pages": len(document)})


def _chars(page: Any) -> tuple[list[Char], int, int]:
    """Return the characters of a page, how many of them no one can name, and how many pictures it has."""
    import pypdfium2.raw as raw

    height = page.get_height()
    left, bottom = page.get_bbox()[:2]
    text = page.get_textpage()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    chars: list[Char] = []
    unknown = 0
    space = False
    for index in range(min(text.count_chars(), _MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(text, index)
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            space = space or raw.FPDFText_IsGenerated(text, index) != 1
            continue
        if char in _UNKNOWN or 0xE000 <= code < 0xF900 or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
            unknown += 1
        if code < 0x20 or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        size = raw.FPDFText_GetFontSize(text, index)
        if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
            size *= (matrix.c**2 + matrix.d**2) ** 0.5
        edges = (box.left - left, height - (box.top - bottom), box.right - left, height - (box.bottom - bottom))
        chars.append(Char(char, *edges, size=size if size > 0.5 else max(1.0, box.top - box.bottom), after_space=space))
        space = False
    pictures = sum(1 for _ in _pictures(page, raw))
    return chars, unknown, pictures


def _pictures(page: Any, raw: Any) -> Iterator[Any]:
    return page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)  # type: ignore[no-any-return]


def _limit() -> None:
    """Bound memory and time, so that no file takes the machine."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (wanted, hard))


def _why(message: str) -> str:
    if "assword" in message:
        return "is locked by a password; qpdf --decrypt opens it for those who have the password"
    return f"is damaged or no PDF ({message[:100]})"


def _write(out: Any, value: Any) -> None:
    out.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
