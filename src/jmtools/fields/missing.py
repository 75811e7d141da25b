"""Fields that a user named: which of them no record has, and the message about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jmtools.fields.path import nearest
from jmtools.io.json_types import JsonValue, Record

_MOST_NAMES = 1000  # names that are remembered for a suggestion; a record may have any number
_SHOWN_NAMES = 12
_LOOKED_AT = 20  # items of a list that are looked at for names

# How the path of a field ends in a record, and in many records the highest of them: it is not even begun; in an empty
# list or null, behind which other records may have it; in something that has no such field; where there is one.
ABSENT, OPEN, DENIED, FOUND = range(4)


@dataclass
class Sightings:
    """What some records showed about the requested fields.

    Attributes:
        ends: Of each field how its path ends: `ABSENT`, `OPEN`, `DENIED` or `FOUND`.
        names: The fields that they have, those inside objects by path; only where a field was not found.
    """

    ends: dict[str, int] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)

    def add(self, other: Sightings) -> None:
        """Add what other records showed."""
        for spec, end in other.ends.items():
            self.ends[spec] = max(end, self.ends.get(spec, ABSENT))
        if len(self.names) < _MOST_NAMES:
            self.names.update(other.names)

    def messages(self) -> list[str]:
        """Return a message for each field that no record has, if there were records."""
        missing = [spec for spec, end in self.ends.items() if end in (ABSENT, DENIED)]
        return [unknown_field(spec, list(self.names)) for spec in missing] if self.names else []


class FieldTracker:
    """Tracks which of the requested fields have been seen; a field that was seen once is not checked again."""

    def __init__(self, specs: Iterable[str] = ()) -> None:
        """Take the fields, as paths."""
        self._open = {spec: spec.split(".") for spec in specs}

    def __bool__(self) -> bool:
        """Tell whether some field has not been seen yet."""
        return bool(self._open)

    def look(self, records: Sequence[Record]) -> Sightings:
        """Return what these records show about the fields that have not been seen yet."""
        seen = Sightings()
        for spec, parts in self._open.items():
            end = ABSENT
            for data in records:
                end = FOUND if spec in data else max(end, _trace(data, parts))
                if end == FOUND:
                    break
            seen.ends[spec] = end
        self._open = {spec: parts for spec, parts in self._open.items() if seen.ends[spec] != FOUND}
        if self._open:
            for data in records:
                _collect(data, seen.names)
        return seen


def unknown_field(spec: str, known: Sequence[str]) -> str:
    """Return the message for a field that no record has.

    Example:
        >>> unknown_field("authors.nam", ["id", "authors", "authors.name"])
        "no record has the field 'authors.nam'; did you mean 'authors.name'?"
    """
    near = nearest(spec, known)
    if near is not None:
        return f"no record has the field {spec!r}; did you mean {near!r}?"
    names = [name for name in known if "." not in name]
    more = ", …" if len(names) > _SHOWN_NAMES else ""
    return f"no record has the field {spec!r}; there are: {', '.join(names[:_SHOWN_NAMES])}{more}"


def _trace(value: JsonValue, parts: Sequence[str], *, inside: bool = False) -> int:
    """Follow a path, and tell how it ended: one of the constants above."""
    for index, part in enumerate(parts):
        within = inside or index > 0
        if isinstance(value, Mapping):
            if part not in value:
                return ABSENT if not within else DENIED if value else OPEN
            value = value[part]
        elif isinstance(value, list) and not part.isdecimal():
            return max((_trace(item, parts[index:], inside=True) for item in value), default=OPEN)
        elif isinstance(value, list):
            if int(part) >= len(value):
                return OPEN
            value = value[int(part)]
        else:
            return OPEN if value is None else DENIED
    return FOUND


def _collect(data: Record, names: dict[str, None]) -> None:
    """Add the names of a record's fields, and the paths of those one step inside."""
    for name, value in data.items():
        if len(names) >= _MOST_NAMES:
            return
        names[name] = None
        for item in value[:_LOOKED_AT] if isinstance(value, list) else (value,):
            if isinstance(item, Mapping):
                names.update((f"{name}.{inner}", None) for inner in list(item)[:_LOOKED_AT])
