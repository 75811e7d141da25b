"""What the OCR formats share: sizes of lines, joining of words, reading order."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from jmtools.read.sheet import count_chars
from jmtools.read.xmltree import number

Block = list[tuple[str, float]]

_FIRST_CJK = "\u2e80"
_HYPHENS = "-\u00ad\u00ac\u2010\u2011⸗"
_ONE_TEXT = ("TextLine", "Word", "Glyph", "String")
_GROUPS = ("OrderedGroup", "OrderedGroupIndexed", "UnorderedGroup", "UnorderedGroupIndexed")


def even_sizes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give all lines of a block the middle of their sizes: heights that an engine measured differ line by line."""
    for block in blocks:
        sizes = sorted(size for text, size in block if text and size > 0)
        middle = sizes[len(sizes) // 2] if sizes else 0.0
        alike = all(0.6 * middle <= size <= 1.6 * middle for size in sizes)
        yield [(text, middle if alike else size) for text, size in block]


def print_size(text: str, width: float, height: float) -> float:
    """Return the size of print of a line with this box: the width of vertical print, else the height.

    >>> print_size("竖排的题目", 30, 160), print_size("横排的题目", 160, 30), print_size("单", 28, 30)
    (30, 30, 30)
    """
    return width if 0 < width < height and count_chars(text) > 1 else height


def spaced(pieces: Sequence[str | None]) -> str:
    """Join words; None is a space, written where neither neighbour is a Chinese character.

    >>> spaced(["茶农", None, "Silk", None, "Ro", "ad", "好"])
    '茶农Silk Road好'
    """
    text = ""
    blank = False
    for piece in pieces:
        if not piece:
            blank = blank or piece is None
            continue
        text += (" " if blank and text and text[-1] < _FIRST_CJK and piece[0] < _FIRST_CJK else "") + piece
        blank = False
    return text


def hyphenated(text: str, hyphen: str) -> str:
    """Add the hyphen that ends a line where none is there yet.

    >>> hyphenated("exam", "-"), hyphenated("exam-", "-")
    ('exam-', 'exam-')
    """
    return text if not text or text[-1] in _HYPHENS else text + hyphen


def reading_order(element: ET.Element, *names: str) -> list[str]:
    """Return what a `ReadingOrder` refers to, groups in groups gone through.

    Args:
        element: The element that has one somewhere below it.
        names: Attributes that hold a reference.
    """
    order = next((one for one in element.iter() if one.tag == "ReadingOrder"), None)
    return [] if order is None else list(_references(order, names))


def _references(group: ET.Element, names: Sequence[str]) -> Iterator[str]:
    members = list(group)
    if group.tag in ("OrderedGroup", "OrderedGroupIndexed"):
        members.sort(key=lambda member: number(member, "index"))  # stable: without an index they stand as they are
    for member in members:
        yield from (member.get(name, "") for name in names if member.get(name))
        if member.tag in _GROUPS:
            yield from _references(member, names)


def in_order(items: Mapping[str, ET.Element], order: Iterable[str]) -> list[str]:
    """Return the names of elements: the ordered ones first, the others as they stand."""
    return list(dict.fromkeys([*(name for name in order if name in items), *items]))


def by_index(elements: Sequence[ET.Element]) -> list[ET.Element]:
    """Return elements in the order of the index that each of them has in `custom` or `index`; else as they stand."""
    for index_of in (_custom_index, _own_index):
        keys = [index_of(element) for element in elements]
        if keys and all(key is not None for key in keys):
            return [element for _, element in sorted(zip(keys, elements, strict=True), key=lambda pair: pair[0] or 0.0)]
    return list(elements)


def _custom_index(element: ET.Element) -> float | None:
    found = re.search(r"readingOrder\s*\{[^}]*?index\s*:\s*([0-9]+)", element.get("custom", ""))
    return float(found[1]) if found else None


def _own_index(element: ET.Element) -> float | None:
    return number(element, "index") if element.get("index", "").isdecimal() else None


def fullest(candidates: Iterable[str]) -> str:
    """Return the text with most characters, of equal ones the first."""
    return max(candidates, key=count_chars, default="")


def by_name(elements: Iterable[ET.Element], attribute: str) -> dict[str, ET.Element]:
    """Return elements by name; one without a name, or with that of another, has a name of its own."""
    named: dict[str, ET.Element] = {}
    for place, element in enumerate(elements):
        name = element.get(attribute, "")
        named[name if name and name not in named else f"{name} {place}"] = element
    return named


def held(element: ET.Element, own: Callable[[ET.Element], str]) -> Counter[str]:
    """Return all characters of an element, whatever reads it.

    Lines, words and characters say the same on several levels: the one with most characters counts. A region may have
    text of its own beside that of its parts.
    """
    parts: Counter[str] = Counter()
    for child in element:
        parts.update(held(child, own))
    mine = Counter("".join(own(element).split()))
    if element.tag in _ONE_TEXT:
        return mine if mine.total() >= parts.total() else parts
    return mine | parts
