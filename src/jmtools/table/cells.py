"""A record as one row of cells, every field shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jmtools.fields.path import Cell, Path, flat
from jmtools.io.json_types import JsonValue, Record

TELLING = ("term", "headline", "name", "label", "cue")  # what is shown of the objects in a list


def whole_row(data: Record, *, nested: bool) -> dict[str, Cell]:
    """Return every field; with `nested`, of a list of objects the part of each that a person looks for."""
    row: dict[str, Cell] = {}
    for name, value in data.items():
        part = _telling_part(value) if nested else None
        spec = name if part is None else f"{name}.{part}"
        row[spec] = flat(value) if part is None else Path(spec).cell(data)
    return row


def parts_in_place(columns: Iterable[str], rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Return columns with the part of a list's objects where the first records had an empty list, and without that.

    >>> parts_in_place(["line", "cues", "text", "cues.cue"], [{"cues": None}, {"cues.cue": "a byline"}])
    ['line', 'cues.cue', 'text']
    """
    names = list(columns)
    for part in [name for name in names if name.rpartition(".")[2] in TELLING]:
        whole = part.rpartition(".")[0]
        if whole in names and not any(row.get(whole) for row in rows):
            names.remove(part)
            names[names.index(whole)] = part
    return names


def _telling_part(value: JsonValue) -> str | None:
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        return None
    return next((part for part in TELLING if any(part in item for item in value)), None)
