"""The parts of a Word document, and the text of those that it shows besides its own: other documents, diagrams."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from jmtools.errors import DataError
from jmtools.io.encodings import decode_text
from jmtools.read.archive import Archive
from jmtools.read.mhtml import looks_like_mhtml, read_mhtml
from jmtools.read.webpage import read_webpage
from jmtools.read.xmltree import children, parse_xml

INSERTING = {"altChunk": "id", "relIds": "dm"}  # elements that show a part, by the attribute that names it
_WEB, _TEXT = (".htm", ".html", ".xhtml"), (".txt",)
_SIZE = 10.5  # points: 五号, what Word sets Chinese text in

Line = tuple[str, float]


def relationships(archive: Archive, name: str, folder: str) -> dict[str, list[str]]:
    """Return the parts that a part of a folder names, by kind."""
    found: dict[str, list[str]] = {}
    for kind, _, target in _related(archive, name, folder):
        found.setdefault(kind, []).append(target)
    return found


def inserted_parts(archive: Archive, folder: str, name: str) -> dict[str, list[Line]]:
    """Return the lines of other documents and of diagrams that a part shows, by the name that it has for each."""
    found: dict[str, list[Line]] = {}
    names = set(archive.names())
    for kind, key, target in _related(archive, posixpath.join(folder, "_rels", f"{name}.rels"), folder):
        if target in names and kind == "aFChunk":
            found[key] = _document_lines(archive.read(target), target)
        elif target in names and kind == "diagramData":
            found[key] = [(text, _SIZE) for text in _paragraphs(parse_xml(archive.read(target)))]
    return found


def _related(archive: Archive, name: str, folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the name and the path of each part that a part names."""
    if name not in archive.names():
        return
    for one in children(parse_xml(archive.read(name)), "Relationship"):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            yield one.get("Type", "").rpartition("/")[2], one.get("Id", ""), target


def _document_lines(data: bytes, name: str) -> list[Line]:
    """Return the lines of a document inside a document.

    Raises:
        DataError: If it cannot be read.
    """
    kind = posixpath.splitext(name)[1].lower()
    if looks_like_mhtml(data[:4096].lower()):
        sheets = read_mhtml(data)
    elif kind in _WEB:
        sheets = read_webpage(data)
    elif kind in _TEXT:
        return [(line, _SIZE) for line in decode_text(data).splitlines()]
    else:
        raise DataError(f"holds another document ({posixpath.basename(name)}); save it anew in Word")
    return [line for sheet in sheets for line in sheet.lines]


def _paragraphs(diagram: ET.Element) -> Iterator[str]:
    for paragraph in diagram.iter("p"):
        text = "".join(piece.text or "" for piece in paragraph.iter("t"))
        if text.strip():
            yield text
