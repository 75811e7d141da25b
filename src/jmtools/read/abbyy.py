"""XML files of ABBYY FineReader → pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from jmtools.read.ocr import Block, even_sizes, print_size
from jmtools.read.sheet import Sheet, blocks_to_lines
from jmtools.read.xmltree import children, number, parse_xml


def read_abbyy(data: bytes) -> list[Sheet]:
    """Return the pages of a FineReader file, its paragraphs in their order, tables cell by cell.

    Raises:
        DataError: If it is no XML.
    """
    root = parse_xml(data)
    sheets = []
    for index, page in enumerate(children(root, "page"), 1):
        blocks: list[Block] = [[_line(line) for line in children(par, "line")] for par in children(page, "par")]
        sheet = Sheet(blocks_to_lines(even_sizes(blocks)), index)
        sheet.compare("".join(_text(formatting) for formatting in children(page, "formatting")))
        sheets.append(sheet)
    return sheets


def _line(line: ET.Element) -> tuple[str, float]:
    parts = children(line, "formatting")
    text = "".join(_text(part) for part in parts).strip()
    size = max((number(part, "fs") for part in parts), default=0.0)
    box = (number(line, "r") - number(line, "l"), number(line, "b") - number(line, "t"))
    return text, size or print_size(text, *box)


def _text(formatting: ET.Element) -> str:
    """Return the characters of a piece, one an element or all as its text."""
    chars = "".join(char.text or " " for char in children(formatting, "charParams"))
    return chars or " ".join((formatting.text or "").split())
