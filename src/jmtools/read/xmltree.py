"""XML parsed safely: no entities of its own, nothing fetched, no bottomless nesting."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any
from xml.parsers import expat

from jmtools.errors import DataError

_DEEPEST = 200


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

    def entity(*_: Any) -> None:
        raise DataError("declares entities, which no file of this kind needs")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"is no well-formed XML ({error})") from None
    return builder.close()


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
