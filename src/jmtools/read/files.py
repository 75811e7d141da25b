"""A file of any kind → pages: what it is, is found in its first bytes, not in its name."""

from __future__ import annotations

from collections.abc import Iterator

from jmtools.errors import DataError, JmtoolsError
from jmtools.io.encodings import decode_text
from jmtools.read.archive import Archive
from jmtools.read.docx import MAIN, read_docx
from jmtools.read.ocr import read_alto, read_page_xml
from jmtools.read.pdf import OCR, read_pdf
from jmtools.read.sheet import Sheet
from jmtools.read.webpage import read_hocr, read_webpage

SUFFIXES = (".pdf", ".xml", ".alto", ".page", ".hocr", ".html", ".htm", ".xhtml", ".docx", ".zip", ".txt", ".text")
_SNIFFED = 1 << 16
_NOT_TEXT = (
    (b"PK\x05\x06", "is an empty ZIP archive"),
    (b"PK\x07\x08", "is a part of a ZIP archive; put the parts together"),
    (b"\xd0\xcf\x11\xe0", "is an old Word, Excel or WPS file; save it as .docx"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"II*\x00", "is a picture"),
    (b"MM\x00*", "is a picture"),
    (b"Rar!", "is a RAR archive; unpack it, or pack it as .zip"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it, or pack it as .zip"),
    (b"AT&TFORM", "is a DjVu file; djvutxt or an OCR engine reads it"),
    (b"SQLite format 3", "is a database"),
)

Found = tuple[str, list[Sheet] | DataError]


def read_file(data: bytes, name: str, *, encoding: str | None = None, max_expand: int = 2000) -> Iterator[Found]:
    """Yield the pages of a file, or why there are none; of an archive those of each member, by name.

    Args:
        data: The file.
        name: What to call it.
        encoding: Of text and web pages; None finds it.
        max_expand: How many times its size an archive may become.

    Raises:
        ModelError: If a package is missing that this kind of file needs.
    """
    if not data.startswith(b"PK\x03\x04"):
        yield name, _attempt(data, encoding)
        return
    try:
        archive = Archive(data, max_expand=max_expand)
        if MAIN in archive.names():
            yield name, read_docx(archive)
            return
        members = list(archive.members())
    except DataError as error:
        yield name, error
        return
    for member, shown in members:
        inner = f"{name}/{shown}"
        try:
            content = archive.read(member)
            if content.startswith(b"PK\x03\x04"):
                nested = Archive(content, max_expand=max_expand)
                if MAIN not in nested.names():
                    raise DataError("is an archive in an archive; unpack it")
                yield inner, read_docx(nested)
                continue
        except DataError as error:
            yield inner, error
            continue
        yield inner, _attempt(content, encoding)


def _attempt(data: bytes, encoding: str | None) -> list[Sheet] | DataError:
    try:
        return _sheets(data, encoding)
    except DataError as error:
        return error
    except JmtoolsError:
        raise
    except RecursionError:
        return DataError("is nested too deep")


def _sheets(data: bytes, encoding: str | None) -> list[Sheet]:
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    for magic, reason in _NOT_TEXT:
        if data.startswith(magic):
            raise DataError(reason + (f"; {OCR}" if reason == "is a picture" else ""))
    head = data[:_SNIFFED].replace(b"\x00", b"").lower()
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        if b"<alto" in head or b":alto " in head:
            return read_alto(data)
        if b"pcgts" in head:
            return read_page_xml(data)
        if b"ocr_page" in head:
            return read_hocr(data, encoding=encoding)
        if b"<html" in head or b"<!doctype html" in head or b"<body" in head:
            return read_webpage(data, encoding=encoding)
        raise DataError("is XML of an unknown kind; ALTO, PAGE and hOCR are read")
    if head.lstrip().startswith(b'{"'):
        raise DataError("is JSON Lines already: `split` takes page records, the other commands articles")
    text = decode_text(data, encoding=encoding).replace("\r\n", "\n").removesuffix("\n")
    return [Sheet([(line, 0.0) for line in text.split("\n")])] if text.strip() else []
