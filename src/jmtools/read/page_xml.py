"""PAGE XML files → pages: regions in their reading order, text on whichever level it stands."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator

from jmtools.errors import DataError
from jmtools.read.ocr import Block, by_index, by_name, even_sizes, fullest, held, in_order, print_size, reading_order
from jmtools.read.sheet import Sheet, blocks_to_lines, join
from jmtools.read.xmltree import children, number, parse_xml

_PARTS = ("TextLine", "Word", "Glyph")


def read_page_xml(data: bytes) -> list[Sheet]:
    """Return the page of a PAGE XML file, its regions in the reading order that it gives.

    Raises:
        DataError: If it is no XML.
    """
    root = parse_xml(data)
    sheets = []
    for index, page in enumerate(children(root, "Page"), 1):
        sheet = Sheet(blocks_to_lines(even_sizes(_PageReader(page).blocks())), index)
        sheet.compare(held(page, _unicode))
        sheets.append(sheet)
    return sheets


class _PageReader:
    """Finds the text and the order of the regions of a page."""

    def __init__(self, page: ET.Element) -> None:
        self._page = page
        self._own: dict[ET.Element, Block] = {}
        self._whole: set[ET.Element] = set()  # regions whose own text has all that their lines have
        for region in _inner(page):
            self._weigh(region)

    def blocks(self) -> list[Block]:
        """Return the blocks of the page in order.

        A region inside of another is read with that one, or where the reading order names it by itself.
        """
        inside = {
            inner for region in self._own for inner in region.iter() if inner is not region and inner in self._own
        }
        covered = {inner for region in self._whole for inner in region.iter() if inner is not region}
        every = by_name((region for region in self._own if region not in covered), "id")
        order = [name for name in reading_order(self._page, "regionRef") if name in every]
        named = {every[name] for name in order}
        top = {name: region for name, region in every.items() if region in named or region not in inside}
        regions = [top[name] for name in in_order(top, order)] if order else by_index(list(top.values()))
        return [block for region in regions for block in self._blocks(region, named)]

    def _blocks(self, region: ET.Element, named: set[ET.Element]) -> list[Block]:
        blocks = [self._own[region]]
        if region not in self._whole:
            for child in by_index([one for one in _inner(region) if one not in named]):
                blocks += self._blocks(child, named)
        return blocks

    def _weigh(self, region: ET.Element) -> Counter[str]:
        """Decide whether a region is read from its own text or from its lines; return all that it has."""
        lines = _lines(region)
        inside: Counter[str] = Counter()
        self._own[region] = lines
        for child in _inner(region):
            inside.update(self._weigh(child))
        below = _characters(text for text, _ in lines)
        text = _unicode(region)
        whole = _characters([text])
        size = lines[0][1] if lines else 0.0
        if whole.total() > (below + inside).total() and below + inside <= whole:
            self._own[region] = [(part, size) for part in text.split("\n")]
            self._whole.add(region)
            return whole
        if whole.total() > below.total() and below <= whole and not whole - below <= inside:
            self._own[region] = [(part, size) for part in text.split("\n")]
            below = whole
        return below + inside


def _characters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


def _lines(region: ET.Element) -> Block:
    return [_line(line) for line in by_index([child for child in region if child.tag == "TextLine"])]


def _inner(region: ET.Element) -> Iterator[ET.Element]:
    """Yield the nearest elements below a region that hold text or regions of their own."""
    for child in region:
        if child.tag in (*_PARTS, "TextEquiv"):
            continue
        if any(one.tag in ("TextLine", "TextEquiv") or one.tag.endswith("Region") for one in child):
            yield child
        else:
            yield from _inner(child)


def _line(line: ET.Element) -> tuple[str, float]:
    words = [fullest([_unicode(word), "".join(_glyphs(word))]) for word in line if word.tag == "Word"]
    text = fullest([_unicode(line), join(words), "".join(_glyphs(line))])
    return text, _size(line, text)


def _glyphs(element: ET.Element) -> Iterator[str]:
    for child in element:
        if child.tag == "Glyph":
            yield _unicode(child)


def _unicode(element: ET.Element) -> str:
    """Return the text of an element itself, of several the one of the lowest index."""
    equivs = sorted((e for e in element if e.tag == "TextEquiv"), key=lambda e: number(e, "index"))
    for equiv in equivs:
        text = next((child.text or "" for child in equiv if child.tag == "Unicode"), "").strip()
        if text:
            return text
    return ""


def _size(line: ET.Element, text: str) -> float:
    for style in children(line, "TextStyle"):
        if number(style, "fontSize"):
            return number(style, "fontSize")
    coords = next((child for child in line if child.tag == "Coords"), None)
    points = [] if coords is None else list(_points(coords))
    if not points:
        return 0.0
    xs, ys = zip(*points, strict=True)
    return print_size(text, max(xs) - min(xs), max(ys) - min(ys))


def _points(coords: ET.Element) -> Iterator[tuple[float, float]]:
    pairs: list[tuple[str, str]] = re.findall(r"(-?[0-9.]+),(-?[0-9.]+)", coords.get("points", ""))
    try:
        yield from ((float(x), float(y)) for x, y in pairs)
    except ValueError:
        raise DataError(f"coordinates {coords.get('points', '')[:40]!r} are no numbers") from None
    yield from ((number(point, "x"), number(point, "y")) for point in coords if point.tag == "Point")
