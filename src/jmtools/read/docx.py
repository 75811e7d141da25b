"""Word documents (.docx) → one page of text."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence

from jmtools.errors import DataError
from jmtools.read.archive import Archive
from jmtools.read.docx_parts import INSERTING, inserted_parts, relationships
from jmtools.read.sheet import Sheet, count_chars
from jmtools.read.xmltree import children, parse_xml

_USUAL_MAIN = "word/document.xml"
_KINDS = "[Content_Types].xml"
_RUNNING = 10.5  # points: 五号, what Word sets Chinese text in
_GONE = ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt")  # the last: how a word is read, above it
_NO_BREAK_HYPHEN = "\u2011"
_PICTURES = ("drawing", "pict", "object")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_ONLY_PAGE_NUMBERS = re.compile(r"[\s0-9０-９第页共/／|·.—–-]*")

Line = tuple[str, float]


def is_docx(archive: Archive) -> bool:
    """Tell whether an archive is a Word document.

    Raises:
        DataError: If it is an Office file of another kind, or damaged.
    """
    main = _main_part(archive)
    if main is None and _KINDS in archive.names():
        raise DataError("is an Office file of another kind; of those, Word documents are read")
    return main is not None


def read_docx(archive: Archive) -> list[Sheet]:
    """Return the text of a document, tables and text boxes where they stand, notes after the paragraph that has them.

    Raises:
        DataError: If it is damaged.
    """
    main = _main_part(archive) or _USUAL_MAIN
    try:
        document = _Document(archive, main)
    except (KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"is a damaged .docx ({error})") from None
    return [document.sheet()]


class _Document:
    """The parts of a document."""

    def __init__(self, archive: Archive, main: str) -> None:
        parts = _related(archive, main)
        self._root = parse_xml(archive.read(main))
        self._ruby = sum(count_chars(_whole(one)) for one in self._root.iter("rt"))
        _settle(self._root)
        self._inserted = inserted_parts(archive, *posixpath.split(main))
        self._styles = _style_sizes(archive, next(iter(parts.get("styles", ())), None))
        self._notes = {kind: _notes(archive, parts.get(kind, ())) for kind in _NOTES.values()}
        self._headers, self._footers = (
            [_part(archive, name) for name in parts.get(kind, ())] for kind in ("header", "footer")
        )
        self._noted: set[int] = set()

    def sheet(self) -> Sheet:
        """Return the page: headers, text, footers."""
        above, below = self._margin(self._headers), self._margin(self._footers)
        lines = [*above, *self._lines(self._root), *below]
        while lines and not lines[-1][0]:
            lines.pop()
        sheet = Sheet([(text, size if text else 0.0) for text, size in lines])
        if self._noted:
            sheet.flags.append("footnotes")
        if not sheet.written and any(one.tag in _PICTURES for one in self._root.iter()):
            sheet.flags.append("no_text_layer")
        margins = "".join(text for text, _ in (*above, *below))
        inserted = (text for part in self._inserted.values() for text, _ in part)
        sheet.compare("".join((margins, _whole(self._root), *self._noted_texts(), *inserted)))
        sheet.left_out = sum(count_chars(_whole(root)) for root in (*self._headers, *self._footers))
        sheet.left_out += self._ruby - count_chars(margins)
        return sheet

    def _noted_texts(self) -> Iterator[str]:
        """Yield the text of each note to which the document refers."""
        for element in self._root.iter():
            note = self._notes[_NOTES[element.tag]].get(element.get("id", "")) if element.tag in _NOTES else None
            if note is not None:
                yield _whole(note)

    def _margin(self, roots: Sequence[ET.Element]) -> list[Line]:
        """Return headers or footers, each once; what has nothing but page numbers is no text."""
        found = [line for root in roots for line in self._lines(root)]
        return [line for line in dict.fromkeys(found) if not _ONLY_PAGE_NUMBERS.fullmatch(line[0])]

    def _lines(self, element: ET.Element) -> list[Line]:
        lines: list[Line] = []
        for paragraph in element.iter():
            if paragraph.tag in INSERTING:
                lines += self._inserted.get(paragraph.get(INSERTING[paragraph.tag], ""), [])
            if paragraph.tag != "p":
                continue
            size = self._size(paragraph)
            lines += [(line.strip(), size) for line in _text(paragraph).split("\n")]
            for reference in (one for one in _inside(paragraph) if one.tag in _NOTES):
                note = self._notes[_NOTES[reference.tag]].get(reference.get("id", ""))
                if note is not None and id(note) not in self._noted:
                    self._noted.add(id(note))
                    lines += self._lines(note)
        return lines

    def _size(self, paragraph: ET.Element) -> float:
        found = [size for one in _inside(paragraph) if one.tag == "rPr" and (size := _half_points(one))]
        if found:
            return max(found)
        style = next((one.get("val", "") for one in _inside(paragraph) if one.tag == "pStyle"), "")
        return self._styles.get(style) or self._styles.get("") or _RUNNING


def _main_part(archive: Archive) -> str | None:
    """Return the name of the part that the package names as its document, if it is a Word document."""
    for kind, targets in relationships(archive, "_rels/.rels", "").items():
        if kind == "officeDocument":
            for target in targets:
                if target in archive.names() and b"wordprocessingml" in archive.read(target)[:4096]:
                    return target
    return _USUAL_MAIN if _USUAL_MAIN in archive.names() else None


def _related(archive: Archive, main: str) -> dict[str, list[str]]:
    """Return the parts that belong to a part by kind; the usual names where nothing tells."""
    folder, name = posixpath.split(main)
    found = relationships(archive, posixpath.join(folder, "_rels", f"{name}.rels"), folder)
    names = set(archive.names())
    for kind in ("styles", "footnotes", "endnotes"):
        found.setdefault(kind, [posixpath.join(folder, f"{kind}.xml")])
    return {kind: [part for part in parts if part in names] for kind, parts in found.items()}


def _notes(archive: Archive, parts: Sequence[str]) -> dict[str, ET.Element]:
    roots = [_part(archive, part) for part in parts]
    return {
        note.get("id", ""): note
        for root in roots
        for note in children(root, "footnote", "endnote")
        if note.get("type", "normal") == "normal"
    }


def _part(archive: Archive, name: str) -> ET.Element:
    root = parse_xml(archive.read(name))
    _settle(root)
    return root


def _settle(element: ET.Element) -> None:
    """Take out what is not shown: what was deleted or moved away, all alternatives but the one with most text."""
    for child in list(element):
        if child.tag in _GONE:
            element.remove(child)
        else:
            _settle(child)
    if element.tag == "AlternateContent" and len(element):
        best = max(element, key=lambda branch: (count_chars(_whole(branch)), branch.tag == "Choice"))
        element[:] = [best]


def _inside(paragraph: ET.Element) -> Iterator[ET.Element]:
    """Yield what stands below a paragraph, but not what other paragraphs inside of it hold."""
    for child in paragraph:
        if child.tag != "p":
            yield child
            yield from _inside(child)


def _text(paragraph: ET.Element) -> str:
    return "".join(_character(element) for element in _inside(paragraph))


def _whole(element: ET.Element) -> str:
    """Return all text below an element, paragraphs and what is in them."""
    return "".join(_character(child) for child in element.iter())


def _character(element: ET.Element) -> str:
    if element.tag == "t":
        return element.text or ""
    if element.tag in ("br", "cr"):
        return "\n"
    if element.tag in ("tab", "ptab"):
        return "\t"
    if element.tag == "noBreakHyphen":
        return _NO_BREAK_HYPHEN
    if element.tag == "sym":
        return _symbol(element.get("char", ""))
    return ""  # a soft hyphen is shown at the end of a line alone


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) and not 0xD800 <= int(code, 16) < 0xE000 else ""


def _style_sizes(archive: Archive, styles: str | None) -> dict[str, float]:
    """Return the size of each paragraph style, its own or that of the one it is based on; "" is the default."""
    if styles is None:
        return {}
    root = parse_xml(archive.read(styles))
    based: dict[str, str] = {}
    sizes: dict[str, float] = {}
    for default in children(root, "rPrDefault"):
        sizes[""] = _half_points(default)
    for style in children(root, "style"):
        name = style.get("styleId", "")
        sizes[name] = max((_half_points(properties) for properties in style if properties.tag == "rPr"), default=0.0)
        based[name] = next((base.get("val", "") for base in style if base.tag == "basedOn"), "")
    for name in list(sizes):
        above, steps = name, 0
        while not sizes[name] and above and steps < 20:
            above, steps = based.get(above, ""), steps + 1
            sizes[name] = sizes.get(above, 0.0)
    return sizes


def _half_points(element: ET.Element) -> float:
    size = next((one.get("val", "") for one in element.iter() if one.tag == "sz"), "")
    return int(size) / 2 if size.isdecimal() else 0.0
