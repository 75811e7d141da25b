"""What was counted of a series: records, issues and pages of each period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from jmtools.fields.grouping import period_of
from jmtools.io.json_types import JsonValue

Totals = tuple[str, str, str | None, int, int]
TermCourse = dict[str, tuple[int, int, dict[str, int]]]  # period → frequency, records, records by origin


class Met(NamedTuple):
    """How often something came up in a period: frequency, records, words of the period, records by origin."""

    freq: int
    docfreq: int
    size: int
    origins: Mapping[str, int]


@dataclass
class PeriodCounts:
    """Counts by period. An issue is a newspaper's day, a page one of its pages."""

    docs: Counter[str] = field(default_factory=Counter)
    issues: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    pages: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    values: Counter[tuple[str, JsonValue]] = field(default_factory=Counter)
    origins: Counter[tuple[str, JsonValue, str]] = field(default_factory=Counter)

    def add(self, period: str, issue: tuple[str, str], page: str | None) -> None:
        """Count a record."""
        self.docs[period] += 1
        self.issues.setdefault(period, set()).add(issue)
        if page is not None:
            self.pages.setdefault(period, set()).add((*issue, page))

    def merge(self, later: PeriodCounts) -> None:
        """Add the counts of later records."""
        self.docs.update(later.docs)
        self.values.update(later.values)
        self.origins.update(later.origins)
        for period, issues in later.issues.items():
            self.issues.setdefault(period, set()).update(issues)
        for period, pages in later.pages.items():
            self.pages.setdefault(period, set()).update(pages)


def sums_by_period(totals: Iterable[Totals], by: str) -> tuple[PeriodCounts, dict[str, int]]:
    """Return sums by page as counts by period, and the words of each period.

    Args:
        totals: Day, newspaper, page (or None), records and words.
        by: One of `jmtools.fields.grouping.PERIODS`; every day tells it.
    """
    counts, words = PeriodCounts(), Counter[str]()
    for day, newspaper, page, docs, size in totals:
        period = period_of(day, by) or ""
        issue = newspaper, day
        counts.docs[period] += docs
        counts.issues.setdefault(period, set()).add(issue)
        if page is not None:
            counts.pages.setdefault(period, set()).add((*issue, page))
        words[period] += size
    return counts, dict(words)


def terms_by_period(rows: Iterable[tuple[str, str, str | None, int, int]], by: str) -> dict[str, TermCourse]:
    """Return the counts of terms by period.

    Args:
        rows: Term, day, origin (or None), frequency and records.
        by: One of `jmtools.fields.grouping.PERIODS`; every day tells it.
    """
    found: dict[str, TermCourse] = {}
    for term, day, origin, freq, docs in rows:
        course = found.setdefault(term, {})
        period = period_of(day, by) or ""
        before, docs_before, origins = course.get(period, (0, 0, {}))
        if origin is not None:
            origins[origin] = origins.get(origin, 0) + docs
        course[period] = before + freq, docs_before + docs, origins
    return found


def met_by_period(course: TermCourse, sizes: Mapping[str, int]) -> dict[str, Met]:
    """Return the counts of a term in every period, with the words of the period."""
    found = {}
    for period, size in sizes.items():
        freq, docfreq, origins = course.get(period, (0, 0, {}))
        found[period] = Met(freq, docfreq, size, origins)
    return found
