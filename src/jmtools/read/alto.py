"""ALTO files of OCR engines and libraries → pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence

from jmtools.read.ocr import by_name, even_sizes, held, hyphenated, in_order, print_size, reading_order, spaced
from jmtools.read.sheet import Sheet, blocks_to_lines, join
from jmtools.read.xmltree import children, number, parse_xml


def read_alto(data: bytes) -> list[Sheet]:
    """Return the pages of an ALTO file, its blocks in the order that it gives, else as they stand.

    Raises:
        DataError: If it is no XML.
    """
    root = parse_xml(data)
    fonts = {style.get("ID", ""): number(style, "FONTSIZE") for style in children(root, "TextStyle")}
    order = reading_order(root, "REF")
    spaces = any(True for _ in root.iter("SP"))
    sheets = []
    for index, page in enumerate(children(root, "Page"), 1):
        blocks = [
            [_line(line, fonts, [block, line], spaces=spaces) for line in _lines(block, order)]
            for block in _blocks(page, order)
        ]
        sheet = Sheet(blocks_to_lines(even_sizes(blocks)), index)
        sheet.compare(held(page, _content))
        sheets.append(sheet)
    return sheets


def _blocks(page: ET.Element, order: Sequence[str]) -> list[ET.Element]:
    """Return the elements that hold lines, by `ReadingOrder`, else by `IDNEXT`, else as they stand."""
    found = [element for element in page.iter() if any(child.tag == "TextLine" for child in element)]
    blocks = by_name(found, "ID")
    holder = {inner.get("ID", ""): name for name, block in blocks.items() for inner in block.iter()}
    wanted = [name for ref in order for name in _held_by(page, ref, blocks, holder)]
    return [blocks[name] for name in in_order(blocks, wanted or _chained(blocks))]


def _held_by(page: ET.Element, ref: str, blocks: Mapping[str, ET.Element], holder: Mapping[str, str]) -> Iterator[str]:
    """Yield the blocks for which a reference stands: itself, the one around it, those inside of it."""
    if ref in blocks:
        yield ref
    elif ref in holder:
        yield holder[ref]
    else:
        above = next((element for element in page.iter() if element.get("ID") == ref), None)
        inside = set() if above is None else {element.get("ID") for element in above.iter()}
        yield from (name for name in blocks if name in inside)


def _chained(blocks: Mapping[str, ET.Element]) -> Iterator[str]:
    """Follow `IDNEXT` from each block that is next to none."""
    following = {name: block.get("IDNEXT", "") for name, block in blocks.items()}
    seen: set[str] = set()
    for begin in [*(name for name in blocks if name not in following.values()), *blocks]:
        name = begin
        while name in blocks and name not in seen:
            seen.add(name)
            yield name
            name = following[name]


def _lines(block: ET.Element, order: Sequence[str]) -> list[ET.Element]:
    lines = by_name((child for child in block if child.tag == "TextLine"), "ID")
    return [lines[name] for name in in_order(lines, order)]


def _line(
    line: ET.Element, fonts: Mapping[str, float], styled: Sequence[ET.Element], *, spaces: bool
) -> tuple[str, float]:
    pieces: list[str | None] = []
    hyphen = ""
    for part in line.iter():
        if part.tag == "String":
            pieces.append(_content(part) or "".join(_content(glyph) for glyph in part))
            styled = [*styled, part]
        elif part.tag == "SP":
            pieces.append(None)
        elif part.tag == "HYP":
            hyphen = part.get("CONTENT") or "-"
    text = spaced(pieces) if spaces else join(piece for piece in pieces if piece)
    text = hyphenated(text, hyphen) if hyphen else text
    refs = [ref for element in styled for ref in element.get("STYLEREFS", "").split()]
    size = next((fonts[ref] for ref in reversed(refs) if fonts.get(ref)), 0.0)
    return text, size or print_size(text, number(line, "WIDTH"), number(line, "HEIGHT"))


def _content(element: ET.Element) -> str:
    return element.get("CONTENT", "") if element.tag in ("String", "Glyph") else ""
