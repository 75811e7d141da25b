"""Days, months, years: the time axis of a report, and a calendar that shows what is missing."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_DAYS_SHOWN = 62  # spans up to two months by day, up to five years by month, longer ones by year
_MONTHS_SHOWN = 60
_GRIDS = 24  # month grids in a calendar; longer spans get one row a year
_ISSUES_FOR_RHYTHM = 10
LEVELS = 4
_FEW_GAPS = 4  # with fewer gaps than this, only equal gaps show how often a paper appears
_WEEKLY = 9  # days between issues up to which weekdays tell what is missing
# Days of the usual gap at most → what such a paper is called.
_RHYTHMS = ((20, "fortnightly"), (45, "monthly"), (135, "quarterly"), (float("inf"), "yearly"))


@dataclass(frozen=True)
class Axis:
    """Consecutive periods: `unit` is day, month or year; `periods` their names in order."""

    unit: str
    periods: tuple[str, ...]

    def of(self, day: str) -> str:
        """Return the period of a day."""
        return day[: {"day": 10, "month": 7, "year": 4}[self.unit]]


@dataclass(frozen=True)
class Cell:
    """One day or month of a calendar: its name, short name, articles, shade 0-4, and whether an issue is missing."""

    name: str
    short: str
    count: int
    level: int
    missing: bool


@dataclass(frozen=True)
class Grid:
    """A month (rows: weeks, Monday first) or all years (rows: years with twelve months)."""

    title: str
    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Calendar:
    """Issues by day: grids to show, and what is missing between the first and the last day.

    `rhythm` is daily, weekly, monthly, quarterly, yearly or irregular; `missing` counts issues, and days for a daily.
    """

    first: str
    last: str
    days: int
    issues: int
    missing: int
    longest: tuple[str, str, int] | None
    grids: tuple[Grid, ...]
    by_year: bool
    rhythm: str


def make_axis(days: Iterable[str]) -> Axis:
    """Return the periods from the first to the last day, in a unit that keeps them readable."""
    dates = sorted({_parse(day) for day in days} - {None}, key=lambda d: d or date.min)
    if not dates or dates[0] is None or dates[-1] is None:
        return Axis("day", ())
    first, last = dates[0], dates[-1]
    span = (last - first).days + 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if span <= _DAYS_SHOWN:
        return Axis("day", tuple((first + timedelta(n)).isoformat() for n in range(span)))
    if months <= _MONTHS_SHOWN:
        starts = (first.month - 1 + n for n in range(months))
        return Axis("month", tuple(f"{first.year + n // 12:04}-{n % 12 + 1:02}" for n in starts))
    return Axis("year", tuple(f"{year:04}" for year in range(first.year, last.year + 1)))


def make_calendar(counts: Mapping[str, int]) -> Calendar | None:
    """Return a calendar of articles by day (YYYY-MM-DD), or None where there is no date.

    What is missing depends on how the paper comes out. A daily or weekly misses a day that lies between its first and
    last issue and is a weekday on which it comes out: one with at least a quarter as many issues as its best (all
    weekdays while there are under ten issues). A monthly, quarterly or yearly misses as many issues as its usual gap
    fits into a longer one. Where gaps are of all lengths nothing is said to be missing.
    """
    found = {parsed: count for day, count in counts.items() if (parsed := _parse(day)) is not None}
    if not found:
        return None
    first, last = min(found), max(found)
    span = (last - first).days + 1
    rhythm, usual = _rhythm(sorted(found))
    if rhythm in ("daily", "weekly"):
        expected = _weekdays(found)
        missing = [d for d in _days(first, last) if d not in found and d.weekday() in expected]
        lost, longest = len(missing), _longest(found, missing)
    else:
        missing = []
        lost, longest = _lost(sorted(found), usual) if usual else (0, None)
    by_year = (last.year - first.year) * 12 + last.month - first.month >= _GRIDS or span > 366 * 20
    top = max(found.values())
    grids = (
        (_years(found, first, last, marks=rhythm in ("daily", "weekly", "monthly")),)
        if by_year
        else tuple(_month(found, set(missing), top, year, month) for year, month in _months(first, last))
    )
    return Calendar(first.isoformat(), last.isoformat(), span, len(found), lost, longest, grids, by_year, rhythm)


def _rhythm(issues: Sequence[date]) -> tuple[str, float]:
    """Return how often a paper comes out, and its usual gap in days; 0 where there is none."""
    gaps = sorted((later - earlier).days for earlier, later in pairwise(issues))
    if len(gaps) < 2:
        return ("daily", 1) if sum(gaps) <= 1 else ("irregular", 0)  # two issues far apart tell no rhythm
    usual = gaps[(len(gaps) - 1) // 2]
    if len(gaps) < _FEW_GAPS and gaps[-1] > max(usual * 1.5, 3):
        return "irregular", 0
    if usual <= _WEEKLY:
        return ("daily" if usual < _WEEKLY / 2 else "weekly"), usual
    near = sum(usual * 0.6 <= gap <= usual * 1.5 for gap in gaps)
    if near * 2 < len(gaps):
        return "irregular", 0
    return next(name for most, name in _RHYTHMS if usual <= most), usual


def _lost(issues: Sequence[date], usual: float) -> tuple[int, tuple[str, str, int] | None]:
    """Return how many issues are missing, and the longest gap: the issues around it, and how many it lacks."""
    lacking = [(round((b - a).days / usual) - 1, a, b) for a, b in pairwise(issues)]
    most = max(lacking, key=lambda gap: gap[0])
    lost = sum(max(0, count) for count, _, _ in lacking)
    return lost, (most[1].isoformat(), most[2].isoformat(), most[0]) if most[0] > 0 else None


def _years(found: Mapping[date, int], first: date, last: date, *, marks: bool) -> Grid:
    months: Counter[tuple[int, int]] = Counter()
    for day, count in found.items():
        months[day.year, day.month] += count
    top = max(months.values())
    rows = []
    for year in range(first.year, last.year + 1):
        cells: list[Cell | None] = []
        for month in range(1, 13):
            inside = (first.year, first.month) <= (year, month) <= (last.year, last.month)
            count = months[year, month]
            name = f"{year:04}-{month:02}"
            missing = marks and inside and not count
            cells.append(Cell(name, f"{month}", count, _level(count, top), missing) if inside else None)
        rows.append(tuple(cells))
    return Grid(f"{first.year}–{last.year}", tuple(rows))


def _month(found: Mapping[date, int], missing: set[date], top: int, year: int, month: int) -> Grid:
    weeks = []
    for week in calendar.Calendar().monthdatescalendar(year, month):
        cells = [
            Cell(d.isoformat(), str(d.day), found.get(d, 0), _level(found.get(d, 0), top), d in missing)
            if d.month == month
            else None
            for d in week
        ]
        weeks.append(tuple(cells))
    return Grid(f"{year:04}-{month:02}", tuple(weeks))


def _weekdays(found: Mapping[date, int]) -> set[int]:
    if len(found) < _ISSUES_FOR_RHYTHM:
        return set(range(7))
    seen = Counter(d.weekday() for d in found)
    return {weekday for weekday, count in seen.items() if count * 4 >= max(seen.values())}


def _longest(found: Mapping[date, int], missing: Sequence[date]) -> tuple[str, str, int] | None:
    """Return first and last missing day and number of the longest run without an issue."""
    if not missing:
        return None
    runs: list[list[date]] = []
    issues = sorted(found)
    index = 0
    previous = -1
    for day in missing:
        while index < len(issues) and issues[index] < day:
            index += 1
        if index != previous:
            runs.append([])
            previous = index
        runs[-1].append(day)
    best = max(runs, key=len)
    return best[0].isoformat(), best[-1].isoformat(), len(best)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _months(first: date, last: date) -> Iterable[tuple[int, int]]:
    start, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return ((n // 12, n % 12 + 1) for n in range(start, stop + 1))


def _level(count: int, top: int) -> int:
    return 0 if not count else 1 + min(LEVELS - 1, (count * LEVELS - 1) // top) if top else 1


def _parse(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
