"""A process of its own that reads one PDF from standard input: damaged files may crash it, and nothing else."""

from __future__ import annotations

import json
import sys
from typing import Any

from jmtools.read.layout import page_lines
from jmtools.read.sheet import count_chars

_MEMORY, _SECONDS = 4 << 30, 600


def main() -> None:
    """Read the PDF on standard input; write a JSON line for each page, or one with `error`."""
    _limit()
    import pypdfium2 as pdfium

    from jmtools.read.pdf_fonts import use_one_font

    use_one_font()
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        _write(out, {"error": _why(str(error))})
        return
    for number in range(len(document)):
        try:
            page = document[number]  # PDFium closes a page that nobody holds
            _write(out, {"page": number + 1, **page_record(page.raw)})
        except pdfium.PdfiumError as error:
            _write(out, {"page": number + 1, "lines": [], "damaged": str(error)})
    _write(out, {"pages": len(document)})


def page_record(page: Any) -> dict[str, Any]:
    """Return the lines of a page and what became of its characters."""
    from jmtools.read.pdf_text import page_text

    found = page_text(page)
    lines: list[tuple[str, float]] = []
    for frame in sorted(found.frames, key=lambda angle: (-len(found.frames[angle]), angle)):
        part = page_lines(found.frames[frame])
        lines += [("", 0.0), *part] if lines and part else part
    return {
        "lines": lines,
        "chars": found.chars,
        "written": sum(count_chars(text) for text, _ in lines),
        "unknown": found.unknown,
        "unread": found.unread,
        "outside": found.outside,
        "pictures": found.pictures,
        "shapes": found.shapes,
    }


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
