"""PDF files with a text layer → pages."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator

from jmtools.errors import DataError, ModelError
from jmtools.io.json_types import Fields
from jmtools.read.sheet import Sheet

_DRAWN = 50  # shapes on a page without text: its letters are drawn
OCR = "an OCR engine writes ALTO, hOCR or PAGE XML, which `read` takes"


def read_pdf(data: bytes) -> list[Sheet]:
    """Return the pages of a PDF, in columns and paragraphs.

    PDFium reads it, in a process of its own with bounds on memory and time.

    Raises:
        DataError: If it cannot be read, or has no text: its pages are pictures, or its fonts hide what they show.
        ModelError: If the package that reads PDF is not there.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ModelError("reading PDF needs the package pypdfium2; pip install '.[pdf]'")
    command = [sys.executable, "-P", "-m", "jmtools.read.pdf_process"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603
    records = [json.loads(line) for line in done.stdout.split(b"\n") if line.endswith(b"}")]
    if records and "error" in records[0]:
        raise DataError(records[0]["error"])
    if done.returncode or not records or "pages" not in records[-1]:
        raise DataError(_death(done.returncode, done.stderr))
    sheets = page_sheets(records[:-1])
    if sheets:
        sheets[0].note = "; ".join(_beside(records[-1]))
    return sheets


def _beside(document: Fields) -> Iterator[str]:
    """Say what text a document may have besides its pages."""
    if document["attached"]:
        yield f"has other files packed into it, which are not read: {', '.join(document['attached'])}"
    if document["xfa"]:
        yield "is a form that XFA readers draw: its pages may lack text"


def page_sheets(pages: list[Fields]) -> list[Sheet]:
    """Return the pages that the process of PDFium has told of.

    Raises:
        DataError: If one is damaged, or all of them are pictures.
    """
    damaged = next((page for page in pages if "damaged" in page), None)
    if damaged is not None:
        raise DataError(f"page {damaged['page']} is damaged ({damaged['damaged'][:100]}); qpdf or mutool may repair it")
    sheets = [_sheet(page) for page in pages]
    if any("no_text_layer" in sheet.flags for sheet in sheets) and not any(sheet.chars for sheet in sheets):
        raise DataError(f"has no text: its pages are pictures; {OCR}")
    return sheets


def _sheet(page: Fields) -> Sheet:
    sheet = Sheet([(text, size) for text, size in page["lines"]], page["page"])
    sheet.chars = page["chars"] + page["unread"]
    sheet.lost = page["chars"] - page["written"] + page["unread"] + page["unknown"]
    sheet.why = "its fonts do not say which characters they show"
    sheet.doubtful = page["doubtful"]
    sheet.left_out = page["outside"]
    if not sheet.chars and (page["pictures"] or page["shapes"] >= _DRAWN):
        sheet.flags.append("no_text_layer")
    if page.get("annotations"):
        sheet.flags.append("annotations")
    return sheet


def _death(code: int, stderr: bytes) -> str:
    if code in (-24, -9):  # SIGXCPU, SIGKILL
        return "takes too long or too much memory to read"
    last = stderr.decode("utf-8", "replace").strip().split("\n")[-1][:120]
    if "MemoryError" in last:
        return "takes too much memory to read"
    return f"cannot be read: the PDF reader ended by itself ({f'signal {-code}' if code < 0 else last or code})"
