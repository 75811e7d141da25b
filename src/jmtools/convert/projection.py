"""The fields of a record that a user named, each under its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jmtools.batches.feature import PartFeature
from jmtools.io.json_types import JsonValue, Record
from jmtools.io.records import encode_record

_MISSING: JsonValue = object()


class RecordWriter(PartFeature[bytes]):
    """Writes the named fields of records as records; nothing where none are named: the lines are there already."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = tuple(fields)

    def count(self, batch: Sequence[Record]) -> bytes:
        """Return the records as lines."""
        return b"".join(encode_record(project(data, self._fields)) for data in batch) if self._fields else b""


def project(data: Record, fields: Sequence[str]) -> Record:
    """Return the values at some paths, each under its path; the record itself where none are given.

    >>> project({"a": [{"b": 1}, {"b": 2}], "c": {"d": 3}, "e": 4}, ["c.d", "a.b"])
    {'c.d': 3, 'a.b': [1, 2]}
    """
    if not fields:
        return data
    found = {}
    for spec in fields:
        value = data[spec] if spec in data else _at(data, spec.split("."))
        if value is not _MISSING:
            found[spec] = value
    return found


def _at(value: JsonValue, parts: Sequence[str]) -> JsonValue:
    for index, part in enumerate(parts):
        if isinstance(value, Mapping):
            value = value.get(part, _MISSING)
        elif isinstance(value, list) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else _MISSING
        elif isinstance(value, list):
            found = [_at(item, parts[index:]) for item in value]
            return [item for item in found if item is not _MISSING] or _MISSING
        else:
            return _MISSING
        if value is _MISSING:
            return _MISSING
    return value
