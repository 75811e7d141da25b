"""Trends: how often something comes up over time; a day without an issue is a gap and not a zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.counts.tally import Counts, Tally, Vocabulary
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word
from jmtools.errors import OptionError
from jmtools.fields.grouping import PERIODS, Group, Grouping, group_order, iso_date
from jmtools.fields.path import Path
from jmtools.fields.where import parse_where
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.records import round6
from jmtools.stats import series
from jmtools.stats.effects import per_million
from jmtools.trend.calendar import calendar
from jmtools.trend.origins import ORIGINS, OriginCounter, Tallies, origin_fields, origins_of
from jmtools.trend.overall import overall
from jmtools.trend.period_counts import Met, PeriodCounts, TermCourse, Totals, met_by_period, sums_by_period
from jmtools.words.reader import ReadsWords

if TYPE_CHECKING:
    import numpy.typing as npt

_COUNTS = ("freq", "docfreq", *ORIGINS, "docs", "issues", "pages", "n_tokens", "ipm", "share", "per_issue", "per_page")
Found = dict[str, Met]  # by period


@dataclass(frozen=True)
class TrendOptions:
    """What is followed.

    Attributes:
        counting: How terms are counted; its `group_by` is set here.
        terms: The terms; empty where a field is followed.
        field: A field whose values are followed, or None.
        by: One of `jmtools.fields.grouping.PERIODS`.
        date: The field with the date.
        overall: One record for each term, with its slope and tests, instead of one for each period.
        top: Most frequent values of the field that are followed; None for all.
        group_by: Fields by whose values series are kept apart.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    terms: tuple[str, ...] = ()
    field: str | None = None
    by: str = "month"
    date: str = "date"
    overall: bool = False
    top: int | None = None
    group_by: tuple[str, ...] = ()


@dataclass
class TrendCounts:
    """What was counted: a course for each group of records, and the terms of each group and period."""

    of_group: dict[Group, PeriodCounts]
    tally: Tally | None = None
    origins: Tallies = field(default_factory=dict)
    of_terms: Mapping[str, TermCourse] | None = None  # from an index, without any record


class TrendCounter(ReadsWords, ReportFeature[TrendCounts, TrendCounts]):
    """Counts by period and gives a record for each term and period, or for each term: a report."""

    def __init__(self, options: TrendOptions, totals: Sequence[Totals] | None = None) -> None:
        """Get ready.

        Args:
            options: What is followed.
            totals: The sums of all records, where only those that may have a term are counted.

        Raises:
            OptionError: If there is nothing to follow, or two things.
        """
        if options.by not in PERIODS:
            raise OptionError(f"--by: no period called {options.by!r}; there are {', '.join(PERIODS)}")
        if bool(options.terms) == (options.field is not None):
            raise OptionError("what to follow: --term TERM or --terms FILE, or --field FIELD, one of the two")
        self._options = options
        self._totals = totals
        self._period = Grouping([f"{options.date}:{options.by}"], option="--date-field")
        self._date = Path(options.date)
        self._groups = Grouping(options.group_by)
        self._field = Grouping([options.field], option="--field") if options.field is not None else None
        self._where = parse_where(options.counting.where)
        self._terms: TermCounter | None = None
        if options.terms:
            by = (f"{options.date}:{options.by}", *options.group_by)
            grouped = replace(options.counting, group_by=by, strings=options.terms)
            self._terms = TermCounter(grouped)
            self._origins = OriginCounter(grouped)
        self.words = self._terms.words if self._terms is not None else None

    def fields_read(self) -> tuple[str, ...]:
        """Return the field of the date, those of the groups, and the field that is followed."""
        followed = self._field.field_names if self._field is not None else ()
        return (self._options.date, *self._groups.field_names, *followed)

    def check(self, data: Record) -> None:
        """Check that a record's date is one, and that its fields have values that can be followed.

        Raises:
            RecordError: If not.
        """
        self._period.of(data)
        self._groups.of(data)
        if self._field is not None:
            self._field.of(data)

    def count(self, batch: Sequence[Record]) -> TrendCounts:
        """Return the counts of a batch."""
        courses = TrendCounts({})
        for data in batch:
            if self._where is not None and not self._where.matches(data):
                continue
            period = self._period.of(data)[0][0]
            if not isinstance(period, str):
                continue
            issue = str(data.get("newspaper") or ""), str(iso_date(str((self._date.values(data) or [""])[0])))
            page = str(data["page"]) if isinstance(data.get("page"), str | int) else None
            for group in self._groups.of(data):
                course = courses.of_group.setdefault(group, PeriodCounts())
                course.add(period, issue, page)
                if self._field is not None:
                    values = [value[0] for value in self._field.of(data)]
                    course.values.update((period, value) for value in values)
                    if data.get("origin") in ORIGINS:
                        course.origins.update((period, value, data["origin"]) for value in values)
        if self._terms is not None:
            courses.tally = self._terms.count(batch)
            courses.origins = self._origins.count(batch)
        return courses

    def merge(self, total: TrendCounts, part: TrendCounts) -> TrendCounts:
        """Add the counts of later records."""
        for group, course in part.of_group.items():
            total.of_group.setdefault(group, PeriodCounts()).merge(course)
        if total.tally is not None and part.tally is not None:
            assert self._terms is not None  # noqa: S101 - it made the tally
            self._terms.merge(total.tally, part.tally)
            self._origins.merge(total.origins, part.origins)
        return total

    def records(self, total: TrendCounts) -> Iterator[Fields]:
        """Yield records, group by group and term by term, in the order of time."""
        sizes: dict[str, int] | None = None
        if self._totals is not None:
            total.of_group[()], sizes = sums_by_period(self._totals, self._options.by)
        if not any(course.docs for course in total.of_group.values()):
            return
        if total.tally is not None:
            room = self._options.counting.max_memory
            gather([total.tally, *total.origins.values()], room=room, always=self._options.terms, is_counted=is_word)
        every = [period for course in total.of_group.values() for period in course.docs]
        periods = calendar(min(every), max(every), self._options.by)
        for group in sorted(total.of_group, key=group_order):
            course = total.of_group[group]
            label = {"group": self._groups.label(group)} if self._groups.specs else {}
            for name, found in self._found(group, course, total, sizes):
                rows = [label | self._row(name, period, found.get(period), course) for period in periods]
                self._compare(rows)
                if self._options.overall:
                    yield label | self._overall(name, rows)
                else:
                    yield from rows

    def _found(
        self, group: Group, course: PeriodCounts, total: TrendCounts, sizes: Mapping[str, int] | None
    ) -> Iterator[tuple[JsonValue, Found]]:
        """Yield each thing that is followed, with its counts by period."""
        if self._field is not None:
            yield from self._values_of(course)
            return
        if total.of_terms is not None:
            yield from (
                (term, met_by_period(total.of_terms.get(term, {}), sizes or {})) for term in self._options.terms
            )
            return
        assert total.tally is not None  # noqa: S101 - terms are counted
        by_period = self._by_period(total.tally, group)
        if sizes is not None:
            by_period = {p: (by_period.get(p, ({}, 0))[0], size) for p, size in sizes.items()}
        origins = {origin: self._by_period(tally, group) for origin, tally in total.origins.items()}
        for term in self._options.terms:
            yield (
                term,
                {
                    p: Met(
                        *terms.get(term, (0, 0)),
                        size,
                        {origin: found[p][0].get(term, (0, 0))[1] for origin, found in origins.items() if p in found},
                    )
                    for p, (terms, size) in by_period.items()
                },
            )

    def _values_of(self, course: PeriodCounts) -> Iterator[tuple[JsonValue, Found]]:
        """Yield the values of the field that is followed, the commonest first."""
        sums: Counter[JsonValue] = Counter()
        for (_, value), count in course.values.items():
            sums[value] += count
        for name in sorted(sums, key=lambda value: (-sums[value], group_order((value,))))[: self._options.top]:
            counts = {p: course.values[p, name] for p in course.docs}
            origins = {p: {origin: course.origins[p, name, origin] for origin in ORIGINS} for p in course.docs}
            yield name, {p: Met(n, n, course.docs[p], origins[p]) for p, n in counts.items()}

    def _by_period(self, tally: Tally, group: Group) -> dict[str, tuple[dict[str, tuple[int, int]], int]]:
        """Return the counts of the terms in each period of a group, and the words of the period."""
        return {
            key[0]: self._terms_of(counted, tally.vocabularies[order])
            for (key, order), counted in tally.counts.items()
            if isinstance(key[0], str) and key[1:] == group
        }

    def _terms_of(self, counts: Counts, vocabulary: Vocabulary) -> tuple[dict[str, tuple[int, int]], int]:
        """Return the counts of each term in one period, and the words of the period."""
        number_of = vocabulary.numbers
        numbers, freq, docfreq = counts.total()
        rows = zip(numbers.tolist(), freq.tolist(), docfreq.tolist(), strict=True)
        known = {number: (f, d) for number, f, d in rows}
        terms = {term: known.get(number_of[term], (0, 0)) for term in self._options.terms if term in number_of}
        return terms, counts.words or int(freq[_marks_aside(vocabulary)[numbers]].sum()) + counts.occurrences_dropped

    def _row(self, name: JsonValue, period: str, found: Met | None, course: PeriodCounts) -> Fields:
        key = self._options.field or "term"
        row: Fields = {key: name, "period": period}
        docs = course.docs.get(period, 0)
        if not docs:
            return row | dict.fromkeys(_COUNTS)
        freq, docfreq, size, origins = found or Met(0, 0, 0, {})
        issues, pages = len(course.issues[period]), len(course.pages.get(period, ()))
        row |= {
            "freq": freq,
            "docfreq": docfreq,
            **origin_fields(docfreq, origins),
            "docs": docs,
            "issues": issues,
            "pages": pages or None,
        }
        row["n_tokens"] = None if self._field is not None else size
        row["ipm"] = None if self._field is not None else round6(per_million(freq, size))
        row["share"] = round6(docfreq / docs)
        row["per_issue"] = round6(freq / issues)
        row["per_page"] = round6(freq / pages) if pages else None
        return row

    @property
    def _measure(self) -> str:
        """What is compared over time."""
        return "share" if self._field is not None else "ipm"

    def _compare(self, rows: list[Fields]) -> None:
        """Add the change over a year, and mark bursts."""
        values = {row["period"]: row[self._measure] for row in rows}
        for row in rows:
            year_before = f"{int(row['period'][:4]) - 1:04}{row['period'][4:]}"
            change = series.change(row[self._measure], values.get(year_before))
            row["change_year"] = None if change is None else round6(change)
        docs = [row["docs"] or 0 for row in rows]
        weights: dict[int, float] = {}
        for burst in series.bursts([row["docfreq"] for row in rows], docs):
            weights |= dict.fromkeys(range(burst.first, burst.last + 1), burst.weight)
        for place, row in enumerate(rows):
            row["burst"] = round6(weights[place]) if place in weights and row["docs"] else None

    def _overall(self, name: JsonValue, rows: list[Fields]) -> Fields:
        record = overall([row[self._measure] for row in rows], [row["period"] for row in rows], by=self._options.by)
        record["freq"] = sum(row["freq"] or 0 for row in rows)
        record |= origins_of(rows)
        record["bursts"] = [row["period"] for row in rows if row["burst"] is not None]
        return {self._options.field or "term": name} | record


def _marks_aside(vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """Return of each number whether it is that of a word: punctuation is none, and `ipm` is per million words."""
    terms = vocabulary.terms()
    return np.fromiter(map(is_word, terms), bool, len(terms))
