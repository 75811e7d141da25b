"""What records are grouped by: fields by path, dates by day, week, month, quarter or year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import product

from jmtools.errors import OptionError, RecordError
from jmtools.fields.path import Path
from jmtools.io.json_types import JsonValue, Record

PERIODS = ("day", "week", "month", "quarter", "year")
GroupValue = str | int | float | None
Group = tuple[GroupValue, ...]

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_OTHER = re.compile(
    r"(\d{4})(\d{2})(\d{2})|(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
)


def iso_date(value: str) -> str | None:
    """Return a date as YYYY-MM-DD, YYYY-MM or YYYY, as exact as it is given; None if it is no date of the calendar.

    >>> iso_date("2024-03-11T06:00"), iso_date("20240311"), iso_date("2024年3月"), iso_date("2024-02-30")
    ('2024-03-11', '2024-03-11', '2024-03', None)
    """
    match = _ISO.fullmatch(value) or _OTHER.fullmatch(value)
    if match is None:
        return None
    numbers = [int(group) for group in match.groups() if group is not None]
    year, month, day = (*numbers, 1, 1)[:3]
    try:
        date = datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
    return date[: (4, 7, 10)[len(numbers) - 1]]


def period_of(date: str, period: str) -> str | None:
    """Return the period in which a date lies, named so that names sort by time; None if the date is not exact enough.

    Args:
        date: As `iso_date` gives it.
        period: One of `PERIODS`.

    >>> [period_of("2024-03-11", period) for period in PERIODS]
    ['2024-03-11', '2024-W11', '2024-03', '2024-Q1', '2024']
    """
    if period == "year":
        return date[:4]
    if period == "month":
        return date[:7] if len(date) >= 7 else None
    if period == "quarter":
        return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}" if len(date) >= 7 else None
    if len(date) < 10:
        return None
    if period == "day":
        return date
    year, week, _ = datetime.date.fromisoformat(date).isocalendar()
    return f"{year:04}-W{week:02}"


class Grouping:
    """Fields that together decide into which groups a record goes.

    A field without a value makes the group `None`; a list on the path puts the record into several groups, into each
    once.
    """

    def __init__(self, specs: Sequence[str], *, option: str = "--group-by") -> None:
        """Read the fields.

        Args:
            specs: Paths such as `page` or `authors.name`; `date:month` takes the month of a date.
            option: Named in errors.

        Raises:
            OptionError: If a period is not one of `PERIODS`.
        """
        self.specs = tuple(specs)
        self._fields: list[tuple[Path, str]] = []
        for spec in specs:
            path, colon, period = spec.rpartition(":")
            if not colon:
                path, period = spec, ""
            elif period not in PERIODS:
                raise OptionError(f"{option} {spec}: no period called {period!r}; there are {', '.join(PERIODS)}")
            self._fields.append((Path(path), period))
        self.field_names = tuple(path.spec for path, _ in self._fields)

    def of(self, data: Record) -> list[Group]:
        """Return the groups of a record, one value for each field; one empty group where there are no fields.

        Raises:
            RecordError: If a value is an object, or a date is none.

        >>> Grouping(["page", "authors.name"]).of({"page": "A01", "authors": [{"name": "张三"}, {"name": "李四"}]})
        [('A01', '张三'), ('A01', '李四')]
        """
        values = [_values(path, period, data) for path, period in self._fields]
        if all(len(found) == 1 for found in values):
            return [tuple(found[0] for found in values)]
        return list(product(*values))

    def label(self, group: Group) -> GroupValue | dict[str, GroupValue]:
        """Return a group as it is written: one field's value, or the values of several fields under their names."""
        return group[0] if len(group) == 1 else dict(zip(self.specs, group, strict=True))


def group_order(group: Group) -> tuple[tuple[int, float, str], ...]:
    """Return a sort key for groups: numbers, then strings, then None.

    >>> sorted([("b",), (None,), (3,), ("a",)], key=group_order)
    [(3,), ('a',), ('b',), (None,)]
    """
    return tuple(
        (2, 0.0, "") if value is None else (1, 0.0, value) if isinstance(value, str) else (0, value, "")
        for value in group
    )


def _values(path: Path, period: str, data: Record) -> list[GroupValue]:
    found: dict[GroupValue, None] = {}
    for value in path.values(data) or ():
        for item in value if isinstance(value, list) else (value,):
            found[_plain(path, period, item)] = None
    if len(found) > 1:
        found.pop(None, None)
    return list(found) or [None]


def _plain(path: Path, period: str, value: JsonValue) -> GroupValue:
    if isinstance(value, Mapping | list):
        raise RecordError(f"`{path.spec}` is an object; group by one of its fields, such as {path.spec}.name")
    if isinstance(value, bool):
        value = "true" if value else "false"
    if not period or value is None or value == "":
        return None if value == "" else value
    date = iso_date(str(value))
    name = period_of(date, period) if date is not None else None
    if name is None:
        raise RecordError(f"`{path.spec}` is {value!r}, in which no {period} can be read; YYYY-MM-DD is a date")
    return name
