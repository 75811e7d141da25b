"""Word documents (.docx) → one page of text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile

from jmtools.errors import DataError
from jmtools.read.archive import Archive
from jmtools.read.sheet import Sheet
from jmtools.read.xmltree import children, parse_xml

MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_RUNNING = 10.5  # points: 五号, what Word sets Chinese text in
_DELETED = ("delText", "instrText")


def read_docx(archive: Archive) -> list[Sheet]:
    """Return the paragraphs of a document, tables and text boxes where they stand, with their sizes in points.

    Raises:
        DataError: If it is damaged.
    """
    try:
        root = parse_xml(archive.read(MAIN))
        styles = _style_sizes(archive)
    except (KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"is a damaged .docx ({error})") from None
    lines: list[tuple[str, float]] = []
    for paragraph in children(root, "p"):
        text = _text(paragraph)
        size = _size(paragraph, styles)
        lines += [(line.strip(), size) for line in text.split("\n")]
    while lines and not lines[-1][0]:
        lines.pop()
    return [Sheet([(text, size if text else 0.0) for text, size in lines])]


def _text(paragraph: ET.Element) -> str:
    """Return the text of a paragraph without that of others inside it (text boxes), which come by themselves."""
    parts: list[str] = []

    def collect(element: ET.Element) -> None:
        for child in element:
            if child.tag in ("p", "pPr", "rPr", "Fallback", *_DELETED):
                continue
            if child.tag == "t":
                parts.append(child.text or "")
            elif child.tag in ("br", "cr"):
                parts.append("\n")
            elif child.tag == "tab":
                parts.append("\t")
            else:
                collect(child)

    collect(paragraph)
    return "".join(parts)


def _size(paragraph: ET.Element, styles: dict[str, float]) -> float:
    sizes = [_half_points(run) for run in children(paragraph, "rPr")]
    found = [size for size in sizes if size]
    if found:
        return max(found)
    style = next((s.get("val", "") for s in children(paragraph, "pStyle")), "")
    return styles.get(style) or styles.get("") or _RUNNING


def _style_sizes(archive: Archive) -> dict[str, float]:
    """Return the size of each paragraph style, its own or that of the one it is based on; "" is the default."""
    if _STYLES not in archive.names():
        return {}
    root = parse_xml(archive.read(_STYLES))
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
