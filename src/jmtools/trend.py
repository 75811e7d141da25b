"""Trends: how often something comes up over time; a day without an issue is a gap and not a zero."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from jmtools.batches.feature import ReportFeature
from jmtools.counts.tally import Tally, Vocabulary
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word
from jmtools.errors import OptionError
from jmtools.fields.grouping import PERIODS, Grouping, group_order, iso_date
from jmtools.fields.path import Path
from jmtools.fields.where import parse_where
from jmtools.io.records import round6
from jmtools.stats import series
from jmtools.stats.effects import per_million
from jmtools.words.reader import ReadsWords

_COUNTS = ("freq", "docfreq", "docs", "issues", "pages", "ipm", "share", "per_issue", "per_page")


@dataclass(frozen=True)
class TrendOptions:
    """What is followed.

    Attributes:
        counting: How terms are counted; its `group_by` is set here.
        terms: The terms; empty where a field is followed.
        field: A field whose values are followed, or None.
        by: One of `jmtools.fields.grouping.PERIODS`.
        date: The field with the date.
        summary: One record for each term, with its slope, instead of one for each period.
        top: Most frequent values of the field that are followed; None for all.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    terms: tuple[str, ...] = ()
    field: str | None = None
    by: str = "month"
    date: str = "date"
    summary: bool = False
    top: int | None = None


@dataclass
class PeriodCounts:
    """What was counted: records, issues and pages of each period, records of each value in each period.

    An issue is a newspaper's day, a page one of its pages.
    """

    docs: Counter[str] = field(default_factory=Counter)
    issues: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    pages: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    values: Counter[tuple[str, Any]] = field(default_factory=Counter)
    tally: Tally | None = None


class TrendCounter(ReadsWords, ReportFeature[PeriodCounts, PeriodCounts]):
    """Counts by period and gives a record for each term and period, or for each term: a report."""

    def __init__(self, options: TrendOptions) -> None:
        """Get ready.

        Raises:
            OptionError: If there is nothing to follow, or two things.
        """
        if options.by not in PERIODS:
            raise OptionError(f"--by: no period called {options.by!r}; there are {', '.join(PERIODS)}")
        if bool(options.terms) == (options.field is not None):
            raise OptionError("what to follow: --term TERM or --terms FILE, or --field FIELD, one of the two")
        self._options = options
        self._period = Grouping([f"{options.date}:{options.by}"], option="--date-field")
        self._date = Path(options.date)
        self._field = Grouping([options.field], option="--field") if options.field is not None else None
        self._where = parse_where(options.counting.where)
        self._terms: TermCounter | None = None
        if options.terms:
            by = (f"{options.date}:{options.by}",)
            grouped = replace(options.counting, group_by=by, strings=options.terms)
            self._terms = TermCounter(grouped)
        self.words = self._terms.words if self._terms is not None else None

    def fields_read(self) -> tuple[str, ...]:
        """Return the field of the date and the field that is followed."""
        return (self._options.date, *(self._field.field_names if self._field is not None else ()))

    def check(self, data: Mapping[str, Any]) -> None:
        """Check that a record's date is one, and its field a value.

        Raises:
            RecordError: If not.
        """
        self._period.of(data)
        if self._field is not None:
            self._field.of(data)

    def count(self, batch: Sequence[Mapping[str, Any]]) -> PeriodCounts:
        """Return the counts of a batch."""
        counts = PeriodCounts()
        for data in batch:
            if self._where is not None and not self._where.matches(data):
                continue
            period = self._period.of(data)[0][0]
            if not isinstance(period, str):
                continue
            counts.docs[period] += 1
            issue = str(data.get("newspaper") or ""), str(iso_date(str((self._date.values(data) or [""])[0])))
            counts.issues.setdefault(period, set()).add(issue)
            if isinstance(data.get("page"), str | int):
                counts.pages.setdefault(period, set()).add((*issue, str(data["page"])))
            if self._field is not None:
                counts.values.update((period, group[0]) for group in self._field.of(data))
        if self._terms is not None:
            counts.tally = self._terms.count(batch)
        return counts

    def merge(self, total: PeriodCounts, part: PeriodCounts) -> PeriodCounts:
        """Add the counts of later records."""
        total.docs.update(part.docs)
        total.values.update(part.values)
        for period, issues in part.issues.items():
            total.issues.setdefault(period, set()).update(issues)
        for period, pages in part.pages.items():
            total.pages.setdefault(period, set()).update(pages)
        if total.tally is not None and part.tally is not None:
            assert self._terms is not None  # noqa: S101 - it made the tally
            self._terms.merge(total.tally, part.tally)
        return total

    def records(self, total: PeriodCounts) -> Iterator[dict[str, Any]]:
        """Yield records, term by term, in the order of time."""
        if not total.docs:
            return
        if total.tally is not None:
            room = self._options.counting.max_memory
            gather([total.tally], room=room, always=self._options.terms, is_counted=is_word)
        periods = calendar(min(total.docs), max(total.docs), self._options.by)
        for name, found in self._found(total):
            rows = [self._row(name, period, found.get(period), total) for period in periods]
            self._compare(rows)
            if self._options.summary:
                yield self._summary(name, rows)
            else:
                yield from rows

    def _found(self, total: PeriodCounts) -> Iterator[tuple[Any, dict[str, tuple[int, int, int]]]]:
        """Yield each thing that is followed: (frequency, records, size) by period."""
        if self._field is not None:
            sums: Counter[Any] = Counter()
            for (_, value), count in total.values.items():
                sums[value] += count
            names = sorted(sums, key=lambda value: (-sums[value], group_order((value,))))
            for name in names[: self._options.top]:
                counts = {p: total.values[p, name] for p in total.docs}
                yield name, {period: (n, n, total.docs[period]) for period, n in counts.items()}
            return
        assert total.tally is not None  # noqa: S101 - terms are counted
        by_period: dict[str, tuple[dict[str, tuple[int, int]], int]] = {}
        for (group, order), tally in total.tally.counts.items():
            if isinstance(group[0], str):
                number_of = total.tally.vocabularies[order].numbers
                words = _marks_aside(total.tally.vocabularies[order])
                numbers, freq, docfreq = tally.total()
                rows = zip(numbers.tolist(), freq.tolist(), docfreq.tolist(), strict=True)
                known = {number: (f, d) for number, f, d in rows}
                terms = {term: known.get(number_of[term], (0, 0)) for term in self._options.terms if term in number_of}
                by_period[group[0]] = terms, tally.words or int(freq[words[numbers]].sum()) + tally.occurrences_dropped
        for term in self._options.terms:
            yield term, {p: (*terms.get(term, (0, 0)), size) for p, (terms, size) in by_period.items()}

    def _row(self, name: Any, period: str, found: tuple[int, int, int] | None, total: PeriodCounts) -> dict[str, Any]:
        key = self._options.field or "term"
        row: dict[str, Any] = {key: name, "period": period}
        docs = total.docs.get(period, 0)
        if not docs:
            return row | dict.fromkeys(_COUNTS)
        freq, docfreq, size = found or (0, 0, 0)
        issues, pages = len(total.issues[period]), len(total.pages.get(period, ()))
        row |= {"freq": freq, "docfreq": docfreq, "docs": docs, "issues": issues, "pages": pages or None}
        row["ipm"] = None if self._field is not None else round6(per_million(freq, size))
        row["share"] = round6(docfreq / docs)
        row["per_issue"] = round6(freq / issues)
        row["per_page"] = round6(freq / pages) if pages else None
        return row

    def _compare(self, rows: list[dict[str, Any]]) -> None:
        """Add the change over a year, and mark bursts."""
        measure = "share" if self._field is not None else "ipm"
        values = {row["period"]: row[measure] for row in rows}
        for row in rows:
            year_before = f"{int(row['period'][:4]) - 1:04}{row['period'][4:]}"
            change = series.change(row[measure], values.get(year_before))
            row["change_year"] = None if change is None else round6(change)
        docs = [row["docs"] or 0 for row in rows]
        weights: dict[int, float] = {}
        for burst in series.bursts([row["docfreq"] for row in rows], docs):
            weights |= dict.fromkeys(range(burst.first, burst.last + 1), burst.weight)
        for place, row in enumerate(rows):
            row["burst"] = round6(weights[place]) if place in weights and row["docs"] else None

    def _summary(self, name: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
        measure = "share" if self._field is not None else "ipm"
        values = [row[measure] for row in rows]
        slope, test = series.theil_sen(values), series.mann_kendall(values)
        record: dict[str, Any] = {self._options.field or "term": name, "first": rows[0]["period"]}
        record |= {"last": rows[-1]["period"], "periods": sum(value is not None for value in values)}
        record["freq"] = sum(row["freq"] or 0 for row in rows)
        record["slope"] = None if slope is None else round6(slope.slope)
        record["slope_low"] = None if slope is None else round6(slope.low)
        record["slope_high"] = None if slope is None else round6(slope.high)
        record["tau"] = None if test is None else round6(test.tau)
        record["p"] = None if test is None else round6(test.p)
        record["bursts"] = [row["period"] for row in rows if row["burst"] is not None]
        return record


def _marks_aside(vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """Return of each number whether it is that of a word: punctuation is none, and `ipm` is per million words."""
    terms = vocabulary.terms()
    return np.fromiter(map(is_word, terms), bool, len(terms))


def calendar(first: str, last: str, by: str) -> list[str]:
    """Return every period from first to last.

    >>> calendar("2023-11", "2024-02", "month"), calendar("2024-02-28", "2024-03-01", "day")
    (['2023-11', '2023-12', '2024-01', '2024-02'], ['2024-02-28', '2024-02-29', '2024-03-01'])
    >>> calendar("2020-W52", "2021-W01", "week"), calendar("2023-Q4", "2024-Q1", "quarter")
    (['2020-W52', '2020-W53', '2021-W01'], ['2023-Q4', '2024-Q1'])
    """
    if by == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if by in ("month", "quarter"):
        size, mark = (12, "-") if by == "month" else (4, "-Q")
        steps = [int(text[:4]) * size + int(text[-(2 if by == "month" else 1) :]) - 1 for text in (first, last)]
        width = 2 if by == "month" else 1
        return [f"{step // size:04}{mark}{step % size + 1:0{width}}" for step in range(steps[0], steps[1] + 1)]
    if by == "day":
        start, end = (datetime.date.fromisoformat(text) for text in (first, last))
        return [(start + datetime.timedelta(days)).isoformat() for days in range((end - start).days + 1)]
    start, end = (datetime.date.fromisocalendar(int(text[:4]), int(text[6:]), 1) for text in (first, last))
    weeks = [(start + datetime.timedelta(7 * n)).isocalendar() for n in range((end - start).days // 7 + 1)]
    return [f"{week.year:04}-W{week.week:02}" for week in weeks]
