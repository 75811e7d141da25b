"""Term frequencies: how often, in how many articles, per million words, how evenly spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.counts.dispersion import FIELDS as SPREAD_FIELDS
from jmtools.counts.dispersion import USUAL, TermDispersion, equal_parts
from jmtools.counts.forms import commonest_forms, take_forms
from jmtools.counts.tally import Counts, Ints, Key, Tally
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word
from jmtools.errors import OptionError
from jmtools.fields.grouping import Group as GroupKey
from jmtools.fields.grouping import group_order
from jmtools.freq.table import Table
from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.stats.intervals import wilson_interval
from jmtools.stats.pair_measures import choose_measures
from jmtools.words.shadow import mixes_scripts
from jmtools.words.term_filter import FilterOptions, TermFilter

SORTS = ("freq", "docfreq", "term", *SPREAD_FIELDS)


@dataclass(frozen=True)
class FreqOptions:
    """What is shown of the counts.

    Attributes:
        counting: What is counted.
        top: Terms shown of each group and length; None for all.
        min_freq: Shown from this frequency.
        filter: Which terms are shown (the others count all the same); the terms that it lists are shown even where they
            do not occur.
        sort: One of `SORTS`.
        reverse: Sort the other way round.
        dispersion: Add the statistics of dispersion.
        parts: Over what: `doc`, `equal:N`, or the field of `counting.parts`.
        measures: Measures of dispersion beside the usual ones; `all` for every one.
        interval: Add the interval of `ipm`: over `tokens` or over `docs`; None for neither.
        confidence: Of the interval.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    top: int | None = None
    min_freq: int = 1
    filter: FilterOptions = field(default_factory=FilterOptions)
    sort: str = "freq"
    reverse: bool = False
    dispersion: bool = False
    parts: str = "doc"
    measures: tuple[str, ...] = ()
    interval: str | None = None
    confidence: float = 0.95


class FreqCounter(TermCounter, ReportFeature[Tally, Tally]):
    """Counts terms and gives a record for each: a report."""

    def __init__(self, options: FreqOptions) -> None:
        super().__init__(options.counting)
        self._notes: Sequence[str] = ()
        self._forms: dict[str, str] = {}
        self._show = options
        self._filter = TermFilter(options.filter, user_dicts=options.counting.segment.user_dicts)
        self._terms = self._filter.terms
        equal_parts(options.parts)
        if options.sort not in SORTS:
            raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
        if (options.sort in SPREAD_FIELDS or options.measures) and not options.dispersion:
            name = f"--sort {options.sort}" if options.sort in SPREAD_FIELDS else "--measures"
            raise OptionError(f"{name}: is known with --dispersion only")
        self._measures = choose_measures(options.measures, usual=USUAL, sort=options.sort, known=SPREAD_FIELDS)
        self._only_counts = not options.dispersion and options.interval is None and options.filter.terms is None

    def records(self, total: Tally) -> Iterator[Fields]:
        """Yield a record for each term, group by group, the most frequent first."""
        for key in self._keys(total):
            yield from self._group(key, total)

    def lines(self, total: Tally) -> Iterator[bytes]:
        """Yield what `records` yields, as lines, many in one piece."""
        if not self._only_counts:
            yield from super().lines(total)
            return
        for key in self._keys(total):
            table = self._table(key, total)
            yield from table.lines(self._shown_rows(table), self._labels(*key))

    def notes(self) -> Sequence[str]:
        """Return what was dropped for want of memory."""
        return self._notes

    def _keys(self, total: Tally) -> list[Key]:
        dropped = gather([total], room=self.options.max_memory, always=self._terms or (), is_counted=self._sums_up)
        self._notes = [*dropped.note(self._show.min_freq), *self._scripts(total)]
        self._forms = commonest_forms(take_forms(total))
        if not self.grouping.specs and (total.counts or self._terms):
            for order in self._orders:
                total.counts.setdefault(((), order), Counts())
        return sorted(total.counts, key=lambda key: (group_order(key[0]), key[1]))

    def _scripts(self, total: Tally) -> list[str]:
        """Return a note where words of both scripts are counted."""
        if self.options.unit != "word" or 1 not in total.vocabularies:
            return []
        if not mixes_scripts(*total.vocabularies[1].scripts()):
            return []
        return [
            "the text is in both scripts, and the same word in each is counted apart; "
            "jmtools normalize --script simplified makes them one"
        ]

    def _table(self, key: Key, total: Tally) -> Table:
        return Table(total.counts[key], total.vocabularies[key[1]], self.options, self._forms)

    @property
    def _sums_up(self) -> Callable[[str], bool]:
        return is_word if self.options.unit != "string" and self.options.ngrams == (1, 1) else lambda _: True

    def _group(self, key: Key, total: Tally) -> Iterator[Fields]:
        group, order = key
        table = self._table(key, total)
        spread = TermDispersion(total.counts[key], self._show.parts) if self.options.sequence else None
        shown = self._shown_rows(table)
        rows: Iterable[Fields] = (self._row(group, order, row, table, spread) for row in shown.tolist())
        if self._show.sort in SPREAD_FIELDS:
            rows = self._sorted(list(rows))
        yield from rows
        if self._terms is not None:
            for term in sorted(self._terms.difference(map(self._filter.key, table.terms))):
                if self._show.min_freq == 0 or self._show.min_freq == 1:
                    yield self._labels(group, order) | table.absent(self._filter.listed(term))

    def _shown_rows(self, table: Table) -> Ints:
        """Return the rows that are shown, in their order; unsorted where the order needs what is not known yet."""
        show = self._show
        free, docfreq = self._only_frequency(), show.filter.min_docfreq
        enough = table.at_least(show.min_freq, docfreq, show.top if free and docfreq <= 1 else None)
        if not free:
            enough = np.array([row for row in enough.tolist() if self._filter.keeps(table.terms[row])], np.int64)
        order = table.by_term(enough)
        if show.sort in ("freq", "docfreq"):
            values = (table.docfreq if show.sort == "docfreq" else table.freq)[order]
            order = order[np.argsort(values if show.reverse else -values, kind="stable")]
        elif show.sort == "term" and show.reverse:
            order = order[::-1]
        return order if show.sort in SPREAD_FIELDS else order[: show.top]

    def _only_frequency(self) -> bool:
        """Tell whether nothing but frequency decides what is shown, and in which order."""
        show = self._show
        return show.filter.is_open and show.sort == "freq" and not show.reverse

    def _row(self, group: GroupKey, order: int, row: int, table: Table, spread: TermDispersion | None) -> Fields:
        record = self._labels(group, order) | table.row(row)
        show = self._show
        if show.interval is not None:
            record["ipm_low"], record["ipm_high"] = self._interval(row, table, spread)
        if show.dispersion and spread is not None:
            record |= spread.rounded(int(table.numbers[row]), self._measures)
        return record

    def _interval(self, row: int, table: Table, spread: TermDispersion | None) -> tuple[float | None, float | None]:
        confidence = self._show.confidence
        if spread is not None and self._show.interval == "docs":
            found = spread.interval(int(table.numbers[row]), confidence=confidence)
        else:
            found = wilson_interval(int(table.freq[row]), table.n, confidence=confidence)
        return (None, None) if found is None else (round6(found[0] * 1e6), round6(found[1] * 1e6))

    def _sorted(self, rows: list[Fields]) -> list[Fields]:
        sign = 1 if self._show.reverse else -1
        rows.sort(key=lambda record: (sign * record[self._show.sort], record["term"]))
        return rows[: self._show.top]

    def _labels(self, group: GroupKey, order: int) -> Fields:
        labels: Fields = {"group": self.grouping.label(group)} if self.grouping.specs else {}
        if len(self._orders) > 1:
            labels["ngram"] = order
        return labels
