"""A file of any kind → pages: what it is, is found in its first bytes, not in its name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from jmtools.errors import DataError, JmtoolsError
from jmtools.io.encodings import decode_beside, decode_text
from jmtools.read.abbyy import read_abbyy
from jmtools.read.alto import read_alto
from jmtools.read.archive import Archive
from jmtools.read.docx import is_docx, read_docx
from jmtools.read.hocr import read_hocr
from jmtools.read.mets import read_mets, text_files
from jmtools.read.mhtml import looks_like_mhtml, read_mhtml
from jmtools.read.page_xml import read_page_xml
from jmtools.read.pdf import OCR, read_pdf
from jmtools.read.sheet import Sheet
from jmtools.read.webpage import looks_like_html, read_webpage

SUFFIXES = (
    *(".pdf", ".docx", ".zip", ".txt", ".text", ".xml", ".alto", ".page", ".hocr"),
    *(".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".asp", ".aspx", ".jsp", ".php"),
)
TEXT_SUFFIXES = (".txt", ".text")
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
    (b"GIF8", "is a picture"),
    (b"\x00\x00\x00\x0cjP", "is a picture"),
    (b"{\\rtf", "is RTF; save it as .docx"),
    (b"%!PS", "is PostScript; ps2pdf makes a PDF of it"),
    *((magic, "is a CAJ file; print it as PDF in CAJViewer") for magic in (b"CAJ\0", b"HN\0\0", b"KDH ", b"TEB\0")),
    (b"Founder CEB", "is a CEB file; print it as PDF in Apabi Reader"),
    (b"ITSF", "is a CHM file; unpack it: its pages are web pages"),
)
_NOT_TEXT_INSIDE = (
    (257, b"ustar", "is a TAR archive; pack it as .zip"),
    (60, b"BOOKMOBI", "is a MOBI book; save it as .docx or text"),
)
# Documents that are ZIP archives, by a member or by the beginning of `mimetype`.
_PACKED = (
    ("OFD.xml", b"", "is an OFD document; save it as PDF in its reader"),
    ("mimetype", b"application/epub+zip", "is an EPUB book; unpack it: its pages are web pages"),
    ("mimetype", b"application/vnd.oasis.opendocument", "is an OpenDocument file; save it as .docx"),
    ("FixedDocSeq.fdseq", b"", "is an XPS document; print it as PDF"),
    ("FixedDocumentSequence.fdseq", b"", "is an XPS document; print it as PDF"),
)
# The first element of an XML file, past its declaration, comments and document type, without a prefix.
_ROOT = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^\[>]*(?:\[.*?\]\s*)?>\s*)*"
    rb"<(?:[a-z_][\w.-]*:)?([a-z_][\w.-]*)([^>]*)",
    re.DOTALL,
)

Found = tuple[str, list[Sheet] | DataError]
Beside = Callable[[str], bytes]


def read_file(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    max_expand: int = 2000,
    beside: Beside | None = None,
    others: Iterable[bytes] = (),
) -> Iterator[Found]:
    """Yield the pages of a file, or why there are none; of an archive those of each member, by name.

    Args:
        data: The file.
        name: What to call it.
        encoding: Of text and web pages; None finds it.
        max_expand: How many times its size an archive may become.
        beside: Returns a file by its name relative to this one; for METS, which names the files of an issue.
        others: The files beside it, which tell the encoding of a text too short to tell it.

    Raises:
        ModelError: If a package is missing that this kind of file needs.
    """
    if not data.startswith(b"PK\x03\x04"):
        yield from _read(data, name, encoding, beside, others)
        return
    try:
        archive = Archive(data, max_expand=max_expand)
        if is_docx(archive):
            yield name, read_docx(archive)
            return
        _refuse_documents(archive)
    except DataError as error:
        yield name, error
        return
    yield from _members(archive, name, encoding, max_expand)


def _refuse_documents(archive: Archive) -> None:
    names = set(archive.names())
    for member, begin, reason in _PACKED:
        if member in names and archive.read(member).startswith(begin):
            raise DataError(reason)


def files_named_by(data: bytes) -> list[str]:
    """Return the files, relative to this one, whose pages are read with it: those that a METS file names."""
    if _root(_head(data))[0] != b"mets":
        return []
    try:
        return text_files(data)
    except DataError:
        return []


def _members(archive: Archive, name: str, encoding: str | None, max_expand: int) -> Iterator[Found]:
    members = list(archive.members())
    by_name = {shown: member for member, shown in members}
    named: set[str] = set()
    for member, shown in members:
        if shown.lower().endswith(".xml"):
            try:
                named.update(
                    posixpath.join(posixpath.dirname(shown), one) for one in files_named_by(archive.peek(member))
                )
            except DataError:
                continue  # the run reports it when it reads that file
    for member, shown in members:
        if shown in named:
            continue
        inner = f"{name}/{shown}"

        def beside(other: str, folder: str = posixpath.dirname(shown)) -> bytes:
            wanted = posixpath.normpath(posixpath.join(folder, other))
            if wanted not in by_name:
                raise DataError("is named in METS and not in the archive")
            return archive.read(by_name[wanted])

        try:
            content = archive.read(member)
            if content.startswith(b"PK\x03\x04"):
                nested = Archive(content, max_expand=max_expand)
                if not is_docx(nested):
                    _refuse_documents(nested)
                    raise DataError("is an archive in an archive; unpack it")
                yield inner, read_docx(nested)
                continue
        except DataError as error:
            yield inner, error
            continue
        others = (archive.peek(other) for other, _ in members if other is not member)
        yield from _read(content, inner, encoding, beside, others)


def _read(
    data: bytes, name: str, encoding: str | None, beside: Beside | None, others: Iterable[bytes]
) -> Iterator[Found]:
    try:
        if _root(_head(data))[0] == b"mets":
            for other, found in read_mets(data, beside or _nowhere, _read_ocr):
                yield posixpath.join(posixpath.dirname(name), other) if other else name, found
        else:
            yield name, _sheets(data, encoding, others)
    except DataError as error:
        yield name, error
    except JmtoolsError:
        raise
    except RecursionError:
        yield name, DataError("is nested too deep")


def _nowhere(name: str) -> bytes:
    raise DataError(f"is METS, which names other files ({name}): give its path, or all of them in a ZIP archive")


def _read_ocr(data: bytes) -> list[Sheet]:
    reader = {b"alto": read_alto, b"pcgts": read_page_xml}.get(_root(_head(data))[0])
    if reader is None:
        raise DataError("is named in METS and neither ALTO nor PAGE")
    return reader(data)


def _head(data: bytes) -> bytes:
    return data[:_SNIFFED].replace(b"\x00", b"").lower()


def _root(head: bytes) -> tuple[bytes, bytes]:
    """Return the name and the attributes of the first element, in lower case; nothing where there is none."""
    found = _ROOT.match(head)
    return (found[1], found[2]) if found else (b"", b"")


def _sheets(data: bytes, encoding: str | None, others: Iterable[bytes]) -> list[Sheet]:
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    _refuse_files(data)
    head = _head(data)
    if looks_like_mhtml(head):
        return read_mhtml(data, encoding=encoding)
    root, attributes = _root(head)
    if root == b"alto":
        return read_alto(data)
    if root == b"pcgts":
        return read_page_xml(data)
    if root == b"document" and b"finereader" in attributes:
        return read_abbyy(data)
    if root or head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<?xml", b"<!doctype")):
        if b"ocr_page" in head:
            return read_hocr(data, encoding=encoding)
        if looks_like_html(head, root):
            return read_webpage(data, encoding=encoding)
        raise DataError("is XML of an unknown kind; ALTO, PAGE, hOCR, METS and ABBYY are read")
    if head.lstrip().startswith(b'{"'):
        raise DataError("is JSON Lines already: `split` takes page records, the other commands articles")
    return _plain_text(data, encoding, others)


def _refuse_files(data: bytes) -> None:
    for magic, reason in _NOT_TEXT:
        if data.startswith(magic):
            raise DataError(reason + (f"; {OCR}" if reason == "is a picture" else ""))
    for place, magic, reason in _NOT_TEXT_INSIDE:
        if data[place : place + len(magic)] == magic:
            raise DataError(reason)


def _plain_text(data: bytes, encoding: str | None, others: Iterable[bytes]) -> list[Sheet]:
    if encoding is not None:
        text, note = decode_text(data, encoding=encoding), ""
    else:
        text, note = decode_beside(data, others)
    text = text.replace("\r\n", "\n").removesuffix("\n")
    return [Sheet([(line, 0.0) for line in text.split("\n")], note=note)] if text.strip() else []
