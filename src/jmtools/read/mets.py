"""METS: the table of contents of a digitised issue, which names the files with the text of its pages, in order."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from jmtools.errors import DataError
from jmtools.read.sheet import Sheet
from jmtools.read.xmltree import children, number, parse_xml

_DATE = re.compile(r"(?:18|19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]")

Open = Callable[[str], bytes]
ReadPage = Callable[[bytes], list[Sheet]]


def read_mets(data: bytes, open_file: Open, read_page: ReadPage) -> Iterator[tuple[str, list[Sheet] | DataError]]:
    """Yield ("", the pages of an issue), and for each file that cannot be read its name and why.

    A page that has several files with text, such as the steps of an OCR workflow, is read from the one with most text,
    of equal ones the last.

    Args:
        data: The METS file.
        open_file: Returns a file by its name relative to the METS file.
        read_page: Returns the pages of an ALTO or PAGE file.

    Raises:
        DataError: If it names no text at all.
    """
    root = parse_xml(data)
    issue = _first(root, "dateIssued")
    date = _DATE.search(issue)
    sheets: list[Sheet] = []
    problems: list[tuple[str, DataError]] = []
    pages = _pages(root)
    if not pages:
        raise DataError("is METS that names no ALTO or PAGE file beside it")
    for names in pages:
        found = [one for name in names if (one := _try(name, open_file, read_page, problems))]
        best = max(reversed(found), key=lambda some: sum(sheet.written for sheet in some), default=[])
        for sheet in best:
            sheet.number = len(sheets) + 1
            sheet.date = sheet.date or (date.group() if date else None)
            sheets.append(sheet)
    yield "", sheets
    yield from problems


def text_files(data: bytes) -> list[str]:
    """Return the names, relative to it, of all files with text that a METS file names.

    Raises:
        DataError: If it is no XML.
    """
    return [name for names in _pages(parse_xml(data)) for name in names]


def _try(name: str, open_file: Open, read_page: ReadPage, problems: list[tuple[str, DataError]]) -> list[Sheet] | None:
    try:
        return read_page(open_file(name))
    except DataError as error:
        problems.append((name, error))
        return None


def _pages(root: ET.Element) -> list[list[str]]:
    """Return the files with text of each page: as the physical structure has them, else one after the other."""
    files = {
        file.get("ID", ""): name
        for file in children(root, "file")
        for place in file
        if place.tag == "FLocat" and (name := _name(place.get("href", ""), file.get("MIMETYPE", "")))
    }
    maps = sorted(children(root, "structMap"), key=lambda one: one.get("TYPE", "").upper() != "PHYSICAL")
    for structure in maps[:1]:
        divs = [div for div in children(structure, "div") if _named(div, files)]
        if all(div.get("ORDER", "").isdecimal() for div in divs):
            divs.sort(key=lambda div: number(div, "ORDER"))
        named = [_named(div, files) for div in divs]
        if named:
            return named
    return [[name] for name in files.values()]


def _named(div: ET.Element, files: dict[str, str]) -> list[str]:
    pointers = [pointer for child in div if child.tag == "fptr" for pointer in child.iter()]
    return list(dict.fromkeys(files[ref] for p in pointers if (ref := p.get("FILEID", "")) in files))


def _name(href: str, mime: str) -> str:
    """Return the name of an XML file beside or below the METS file, "" for anything else."""
    name = unquote(re.sub(r"^file:(//)?(?=\.|[^/])", "", href)).replace("\\", "/")
    if "://" in name or name.startswith("/") or ".." in name.split("/"):
        return ""
    if not name.lower().endswith((".xml", ".alto", ".page")) and "xml" not in mime:
        return ""
    return posixpath.normpath(name)


def _first(root: ET.Element, *names: str) -> str:
    return next((one.text or "" for one in root.iter() if one.tag in names), "")
