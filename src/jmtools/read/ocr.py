"""What OCR engines write → pages: ALTO and PAGE XML; hOCR is read as the web page that it is."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from jmtools.errors import DataError
from jmtools.read.sheet import Sheet, blocks_to_lines, join
from jmtools.read.xmltree import children, number, parse_xml

Block = list[tuple[str, float]]


def read_alto(data: bytes) -> list[Sheet]:
    """Return the pages of an ALTO file, its blocks in their order.

    Raises:
        DataError: If it is no XML.
    """
    root = parse_xml(data)
    fonts = {style.get("ID", ""): number(style, "FONTSIZE") for style in children(root, "TextStyle")}
    sheets = []
    for index, page in enumerate(children(root, "Page"), 1):
        blocks = [
            [_alto_line(line, fonts, [block, line]) for line in children(block, "TextLine")]
            for block in children(page, "TextBlock")
        ]
        sheets.append(Sheet(blocks_to_lines(even_sizes(blocks)), index))
    return sheets


def read_page_xml(data: bytes) -> list[Sheet]:
    """Return the page of a PAGE XML file, its regions in the reading order that it gives.

    Raises:
        DataError: If it is no XML.
    """
    root = parse_xml(data)
    sheets = []
    for index, page in enumerate(children(root, "Page"), 1):
        regions = {region.get("id", str(i)): region for i, region in enumerate(children(page, "TextRegion"))}
        order = [ref.get("regionRef", "") for ref in children(page, "RegionRefIndexed", "RegionRef")]
        names = dict.fromkeys([*(name for name in order if name in regions), *regions])
        blocks = [_page_region(regions[name]) for name in names]
        sheets.append(Sheet(blocks_to_lines(even_sizes(blocks)), index))
    return sheets


def even_sizes(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give all lines of a block the middle of their sizes: heights that an engine measured differ line by line."""
    for block in blocks:
        sizes = sorted(size for text, size in block if text and size > 0)
        middle = sizes[len(sizes) // 2] if sizes else 0.0
        alike = all(0.6 * middle <= size <= 1.6 * middle for size in sizes)
        yield [(text, middle if alike else size) for text, size in block]


def _alto_line(line: ET.Element, fonts: dict[str, float], styled: Sequence[ET.Element]) -> tuple[str, float]:
    words = []
    hyphen = False
    for part in line:
        if part.tag == "String":
            words.append(part.get("CONTENT", ""))
            styled = [*styled, part]
        hyphen = hyphen or part.tag == "HYP"
    refs = [ref for element in styled for ref in element.get("STYLEREFS", "").split()]
    size = next((fonts[ref] for ref in reversed(refs) if fonts.get(ref)), 0.0)
    return join(words) + ("-" if hyphen else ""), size or number(line, "HEIGHT")


def _page_region(region: ET.Element) -> Block:
    lines = [line for line in region if line.tag == "TextLine"]
    if not lines:
        text = _unicode(region)
        return [(part, 0.0) for part in text.split("\n")]
    return [(_unicode(line) or join(_unicode(w) for w in line if w.tag == "Word"), _line_size(line)) for line in lines]


def _unicode(element: ET.Element) -> str:
    """Return the text of an element itself, of several the one of the lowest index."""
    equivs = sorted((e for e in element if e.tag == "TextEquiv"), key=lambda e: number(e, "index"))
    for equiv in equivs:
        for child in equiv:
            if child.tag == "Unicode":
                return (child.text or "").strip()
    return ""


def _line_size(line: ET.Element) -> float:
    for style in children(line, "TextStyle"):
        if number(style, "fontSize"):
            return number(style, "fontSize")
    coords = next((child for child in line if child.tag == "Coords"), None)
    if coords is None:
        return 0.0
    pairs = re.findall(r"(-?[0-9.]+),(-?[0-9.]+)", coords.get("points", ""))
    try:
        heights = [float(y) for _, y in pairs]
    except ValueError:
        raise DataError(f"coordinates {coords.get('points', '')[:40]!r} are no numbers") from None
    return max(heights) - min(heights) if heights else 0.0
