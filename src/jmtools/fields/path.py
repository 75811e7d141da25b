"""Field paths: `keywords.term` taken from a record, and the near name for one that no record has."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from jmtools.io.json_types import Fields, JsonValue, Record

Cell = str | int | float | None
JOINER = "; "

# An integer that does not fit into 64 bits has 19 digits or more; such a line is read once more, without rounding.
_LONG_NUMBER = re.compile(rb"(?<![0-9.])[0-9]{19,}(?![0-9.eE])")


class Path:
    """A field by its path: names and list indexes joined by dots; a list on the path stands for all its items."""

    def __init__(self, spec: str, names: Sequence[str] | None = None) -> None:
        """Take a path as a user writes it, or with the names of which it consists, whatever is in them."""
        self.spec = spec
        self._parts = spec.split(".") if names is None else names
        self._exact = names is not None

    def values(self, data: Record) -> list[JsonValue] | None:
        """Return what stands at the path, one value for each list item on the way; None where the path is not there.

        Example:
            >>> Path("keywords.term").values({"keywords": [{"term": "医保"}, {"term": "社区"}]})
            ['医保', '社区']
        """
        if not self._exact and self.spec in data:
            return [data[self.spec]]
        found = _descend(data, self._parts, exact=self._exact)
        return found or None

    def cell(self, data: Record) -> Cell:
        """Return the path's value for a table: a number, a string, or None where there is nothing.

        Example:
            >>> Path("keywords.term").cell({"keywords": [{"term": "医保"}, {"term": "社区"}]})
            '医保; 社区'
        """
        values = self.values(data)
        if values is None:
            return None
        return flat(values[0]) if len(values) == 1 else flat(values)


def flat(value: JsonValue) -> Cell:
    """Return a value as a cell: numbers and strings as they are, lists joined, objects as JSON.

    Example:
        >>> flat(["a", 2, None]), flat(True), flat({"a": [1]})
        ('a; 2', 'true', '{"a": [1]}')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return JOINER.join(str(flat(item)) for item in value if item is not None)
    return json_text(value)


def json_text(value: JsonValue) -> str:
    """Return any value as JSON for a cell, integers of any length kept."""
    return json.dumps(value, ensure_ascii=False)


def exact(line: bytes, data: Fields) -> Fields:
    """Return the record with integers past 64 bits as they are written; the fast parser makes them floats."""
    if not _LONG_NUMBER.search(line):
        return data
    loaded: Fields = json.loads(line)
    return loaded


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a mistyped one most likely meant, or None.

    Example:
        >>> nearest("keyword", ["text", "keywords"])
        'keywords'
    """
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def _descend(value: JsonValue, parts: Sequence[str], *, exact: bool) -> list[JsonValue]:
    if not parts:
        return [value]
    if isinstance(value, Mapping):
        return _descend(value[parts[0]], parts[1:], exact=exact) if parts[0] in value else []
    if isinstance(value, list):
        if parts[0].isdecimal() and not exact:
            index = int(parts[0])
            return _descend(value[index], parts[1:], exact=exact) if index < len(value) else []
        return [found for item in value for found in _descend(item, parts, exact=exact)]
    return []
