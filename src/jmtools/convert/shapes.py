"""What a field holds in all records together: the kinds of its values, from which each format takes its types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from jmtools.batches.feature import PartFeature
from jmtools.convert.projection import project
from jmtools.fields.missing import FieldTracker, Sightings
from jmtools.io.json_types import JsonValue, Record

# Kinds of a column: null, bool, int (fits into 64 bits), float, date (YYYY-MM-DD), text; list and struct; json, where
# records differ so much that only their JSON is common to all.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT = 1 << 53  # integers up to here are exact as floats
_INT64 = 1 << 63
_MOST_MEMBERS = 200  # an object of more names is a dictionary, not a record
_DEEPEST = 8


class Shape:
    """The kinds of values that were seen in one place of the records.

    Attributes:
        seen: Names of scalar kinds.
        items: The shape of what stands in lists, or None where no list was seen.
        members: The shapes of an object's members, in the order in which they appeared; None without objects.
        longest: The longest text, in the units of UTF-16 in which spreadsheets count.
    """

    __slots__ = ("items", "longest", "members", "seen")

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.items: Shape | None = None
        self.members: dict[str, Shape] | None = None
        self.longest = 0

    def add(self, value: JsonValue) -> None:
        """Take note of a value."""
        if isinstance(value, str):
            self.seen.add("date" if _is_date(value) else "text")
            if len(value) * 2 > self.longest:
                self.longest = max(self.longest, utf16_length(value))
        elif isinstance(value, Mapping):
            members = self.members = {} if self.members is None else self.members
            for name, member in value.items():
                if name not in members:
                    members[name] = Shape()
                members[name].add(member)
        elif isinstance(value, list):
            self.items = self.items or Shape()
            for item in value:
                self.items.add(item)
        else:
            self.seen.add(_scalar(value))

    def merge(self, other: Shape) -> Shape:
        """Take in what was seen elsewhere; return self."""
        self.seen |= other.seen
        self.longest = max(self.longest, other.longest)
        if other.items is not None:
            self.items = self.items.merge(other.items) if self.items is not None else other.items
        if other.members is not None:
            if self.members is None:
                self.members = {}
            for name, shape in other.members.items():
                self.members[name] = self.members[name].merge(shape) if name in self.members else shape
        return self

    def is_string(self) -> bool:
        """Tell whether nothing but strings and null was seen."""
        return self.items is None and self.members is None and self.seen <= {"text", "date", "null"}

    def kind(self, depth: int = 0) -> str:
        """Return the one kind that holds everything seen.

        >>> shape = Shape()
        >>> for value in (1, 2.5, None): shape.add(value)
        >>> shape.kind()
        'float'
        """
        seen = self.seen - {"null"}
        if self.items is not None or self.members is not None:
            if seen or (self.items is not None and self.members is not None) or depth > _DEEPEST:
                return "json"
            if self.members is not None:
                return "struct" if 0 < len(self.members) <= _MOST_MEMBERS else "json"
            return "list"
        if not seen:
            return "null"
        if seen <= {"int", "long"}:
            return "int"
        if seen <= {"int", "float"}:
            return "float"
        return seen.pop() if seen in ({"bool"}, {"date"}) else "text"


class ShapeScanner(PartFeature[tuple[Shape, Sightings]]):
    """Finds the shape of batches of records."""

    def __init__(self, fields: Sequence[str] = ()) -> None:
        """Look at whole records, or only at the paths given."""
        self._fields = tuple(fields)
        self._tracker = FieldTracker(self._fields)

    def count(self, batch: Sequence[Record]) -> tuple[Shape, Sightings]:
        """Return the shape of the records of a batch, and whether they have the fields that were asked for."""
        shape = Shape()
        for data in batch:
            shape.add(project(data, self._fields))
        return shape, self._tracker.look(batch)


def fits_archive(shape: Shape) -> bool:
    """Tell whether records are what an archive takes: there are texts, and headlines, texts and tokens are strings."""
    members = shape.members or {}
    tokens, text = members.get("tokens"), members.get("text")
    strings = all(members[name].is_string() for name in ("headline", "text") if name in members)
    listed = tokens is None or (
        tokens.seen <= {"null"} and tokens.members is None and (tokens.items is None or tokens.items.is_string())
    )
    return text is not None and bool(text.seen - {"null"}) and strings and listed


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 units, as spreadsheets count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def as_date(text: str) -> date:
    """Return the day that a text of the kind `date` names."""
    return date.fromisoformat(text)


def _is_date(text: str) -> bool:
    if len(text) != 10 or not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _scalar(value: JsonValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, float):
        return "float"
    return "int" if abs(value) <= _EXACT else "long" if -_INT64 <= value < _INT64 else "big"
