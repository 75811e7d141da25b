"""XML parsed safely: no entities of its own, nothing fetched, no bottomless nesting."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from xml.parsers import expat

from jmtools.errors import DataError, OptionError
from jmtools.io.encodings import decode_text

_DEEPEST = 200
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf-16": "utf-16", "utf-8": "utf-8-sig"}


def parse_xml(data: bytes) -> ET.Element:
    """Return the root of an XML document; names are without their namespaces.

    Raises:
        DataError: If it is not well-formed, declares entities, or is nested too deep.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise DataError(f"is nested over {_DEEPEST} deep")
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    def entity(*_: object) -> None:
        raise DataError("declares entities, which no file of this kind needs")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(_decode(data), True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"is no well-formed XML ({error})") from None
    return builder.close()


def _decode(data: bytes) -> str:
    """Return XML in the encoding that it declares: the parser itself knows few of them."""
    for mark, codec in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if data.startswith(mark):
            return decode_text(data, encoding=codec)
    declared = _DECLARED.match(data)
    if declared is not None:
        name = declared[1].decode("ascii").lower()
        try:
            return decode_text(data, encoding=_WIDER.get(name, name))
        except (DataError, OptionError):
            pass  # it says what it is not
    return decode_text(data)


def children(element: ET.Element, *names: str) -> list[ET.Element]:
    """Return all elements of some names below an element, in document order."""
    return [one for one in element.iter() if one.tag in names]


def number(element: ET.Element, name: str) -> float:
    """Return a numeric attribute, or 0."""
    try:
        return float(element.get(name, ""))
    except ValueError:
        return 0.0


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
