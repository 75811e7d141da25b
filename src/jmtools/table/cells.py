"""A record as one row of cells, every field shown."""

from __future__ import annotations

from collections.abc import Mapping

from jmtools.fields.path import Cell, Path, flat
from jmtools.io.json_types import JsonValue, Record

TELLING = ("term", "headline", "name", "label")  # what is shown of the objects in a list


def whole_row(data: Record, *, nested: bool) -> dict[str, Cell]:
    """Return every field; with `nested`, of a list of objects the part of each that a person looks for."""
    row: dict[str, Cell] = {}
    for name, value in data.items():
        part = _telling_part(value) if nested else None
        spec = name if part is None else f"{name}.{part}"
        row[spec] = flat(value) if part is None else Path(spec).cell(data)
    return row


def _telling_part(value: JsonValue) -> str | None:
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        return None
    return next((part for part in TELLING if any(part in item for item in value)), None)
