"""A process of its own that reads one PDF from standard input: damaged files may crash it, and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from jmtools.io.json_types import Fields
from jmtools.read.layout import page_lines
from jmtools.read.sheet import count_chars

_MEMORY, _SECONDS = 4 << 30, 600
_MOST_NAMED = 5  # files packed into a document
_XFA = 2  # PDFium's number of forms that are drawn from XML of their own


def main() -> None:
    """Read the PDF on standard input; write a JSON line for each page, or one with `error`."""
    _limit()
    out = sys.stdout.buffer
    for record in document_records(sys.stdin.buffer.read()):
        out.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        out.flush()


def document_records(data: bytes) -> Iterator[Fields]:
    """Yield a record for each page of a PDF and one with the number of pages, or one with `error`."""
    import pypdfium2 as pdfium

    from jmtools.read.pdf_fonts import use_one_font

    use_one_font()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        yield {"error": _why(str(error))}
        return
    form = _form(document)
    for number in range(len(document)):
        try:
            yield {"page": number + 1, **_read_page(document, number, form)}
        except pdfium.PdfiumError as error:
            yield {"page": number + 1, "lines": [], "damaged": str(error)}
    yield {"pages": len(document), "attached": _attached(document), "xfa": document.get_formtype() == _XFA}


def _attached(document: Any) -> list[str]:
    """Return the names of the files that are packed into a document."""
    import pypdfium2 as pdfium

    try:
        return [document.get_attachment(i).get_name() for i in range(min(_MOST_NAMED, document.count_attachments()))]
    except pdfium.PdfiumError:
        return ["?"]


def _form(document: Any) -> Any:
    """Return PDFium's handle of the form that a document is, or None."""
    import pypdfium2.raw as raw

    if document.get_formtype() in (raw.FORMTYPE_NONE, raw.FORMTYPE_XFA_FULL):
        return None
    document.init_forms()
    return document.formenv.raw if document.formenv is not None else None


def _read_page(document: Any, number: int, form: Any) -> Fields:
    """Read a page with what annotations and form fields show on it."""
    from jmtools.read.pdf_annotations import merge_annotations

    page = document[number]  # PDFium closes a page that nobody holds
    merged, bare = merge_annotations(page.raw, form)
    if merged:
        page = document[number]
    record = page_record(page.raw)
    for text in bare:
        lines = [(line, 0.0) for line in text.splitlines() if line.strip()]
        record["lines"] += [("", 0.0), *lines] if record["lines"] else lines
        for name in ("chars", "written"):
            record[name] += sum(count_chars(line) for line, _ in lines)
    return {**record, "annotations": merged or bool(bare)}


def page_record(page: Any) -> Fields:
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
        "doubtful": found.doubtful,
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


if __name__ == "__main__":
    main()
