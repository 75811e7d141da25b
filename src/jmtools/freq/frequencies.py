"""Term frequencies: how often, in how many articles, per million words, how evenly spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.counts.dispersion import FIELDS as SPREAD_FIELDS
from jmtools.counts.dispersion import Spread, equal_parts
from jmtools.counts.tally import Counts, Key, Tally
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word
from jmtools.errors import OptionError
from jmtools.fields.grouping import group_order
from jmtools.fields.patterns import Pattern
from jmtools.freq.table import Table, term_order
from jmtools.io.records import round6
from jmtools.stats.intervals import wilson_interval
from jmtools.words.stopwords import load_stopwords

SORTS = ("freq", "docfreq", "term", *SPREAD_FIELDS)


@dataclass(frozen=True)
class FreqOptions:
    """What is shown of the counts.

    Attributes:
        counting: What is counted.
        top: Terms shown of each group and length; None for all.
        min_freq: Shown from this frequency.
        min_docfreq: Shown from this number of records.
        min_length: Shown from this number of characters.
        stopwords: Stop list whose words are not shown (they count as words all the same).
        terms: Show these, and no others, whether they occur or not; None for all that occur.
        regex: Show only terms in which this regular expression is found.
        sort: One of `SORTS`.
        reverse: Sort the other way round.
        dispersion: Add the statistics of dispersion.
        parts: Over what: `doc`, `equal:N`, or the field of `counting.parts`.
        interval: Add the interval of `ipm`: over `tokens` or over `docs`; None for neither.
        confidence: Of the interval.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    top: int | None = None
    min_freq: int = 1
    min_docfreq: int = 1
    min_length: int = 1
    stopwords: str = "none"
    terms: tuple[str, ...] | None = None
    regex: str | None = None
    sort: str = "freq"
    reverse: bool = False
    dispersion: bool = False
    parts: str = "doc"
    interval: str | None = None
    confidence: float = 0.95


class FreqCounter(TermCounter, ReportFeature[Tally, Tally]):
    """Counts terms and gives a record for each: a report."""

    def __init__(self, options: FreqOptions) -> None:
        super().__init__(options.counting)
        self._notes: Sequence[str] = ()
        self._show = options
        self._stop = load_stopwords(options.stopwords)
        self._terms = None if options.terms is None else frozenset(options.terms)
        self._regex = None if options.regex is None else Pattern(options.regex, option="--regex")
        equal_parts(options.parts)
        if options.sort not in SORTS:
            raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
        if options.sort in SPREAD_FIELDS and not options.dispersion:
            raise OptionError(f"--sort {options.sort}: is known with --dispersion only")
        self._only_counts = not options.dispersion and options.interval is None and options.terms is None

    def records(self, total: Tally) -> Iterator[dict[str, Any]]:
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
        self._notes = dropped.note(self._show.min_freq)
        if not self.grouping.specs:
            for order in self._orders:
                total.counts.setdefault(((), order), Counts())
        return sorted(total.counts, key=lambda key: (group_order(key[0]), key[1]))

    def _table(self, key: Key, total: Tally) -> Table:
        return Table(total.counts[key], total.vocabularies[key[1]].terms(), self.options)

    @property
    def _sums_up(self) -> Callable[[str], bool]:
        return is_word if self.options.unit != "string" and self.options.ngrams == (1, 1) else lambda _: True

    def _group(self, key: Key, total: Tally) -> Iterator[dict[str, Any]]:
        group, order = key
        table = self._table(key, total)
        spread = Spread(total.counts[key], self._show.parts) if self.options.sequence else None
        shown = self._shown_rows(table)
        rows: Iterable[dict[str, Any]] = (self._row(group, order, row, table, spread) for row in shown)
        if self._show.sort in SPREAD_FIELDS:
            rows = self._sorted(list(rows))
        yield from rows
        if self._terms is not None:
            for term in sorted(self._terms.difference(table.terms)):
                if self._show.min_freq == 0 or self._show.min_freq == 1:
                    yield self._labels(group, order) | table.absent(term)

    def _shown_rows(self, table: Table) -> Sequence[int]:
        """Return the rows that are shown, in their order; unsorted where the order needs what is not known yet."""
        show = self._show
        free = self._only_frequency()
        enough = table.at_least(show.min_freq, show.min_docfreq, show.top if free and show.min_docfreq <= 1 else None)
        rows = enough if free else [row for row in enough if self._is_shown(table, row)]
        order = np.array(rows, np.int64)[term_order([table.terms[row] for row in rows])]
        if show.sort in ("freq", "docfreq"):
            values = (table.docfreq if show.sort == "docfreq" else table.freq)[order]
            order = order[np.argsort(values if show.reverse else -values, kind="stable")]
        elif show.sort == "term" and show.reverse:
            order = order[::-1]
        shown: list[int] = order.tolist()
        return shown if show.sort in SPREAD_FIELDS else shown[: show.top]

    def _only_frequency(self) -> bool:
        """Tell whether nothing but frequency decides what is shown, and in which order."""
        show = self._show
        free = show.terms is None and show.regex is None and not self._stop and show.min_length <= 1
        return free and show.sort == "freq" and not show.reverse

    def _is_shown(self, table: Table, row: int) -> bool:
        term, show = table.terms[row], self._show
        return (
            (self._terms is None or term in self._terms)
            and len(term) >= show.min_length
            and not self._is_stopped(term)
            and (self._regex is None or self._regex.search(term))
        )

    def _is_stopped(self, term: str) -> bool:
        if not self._stop:
            return False
        return term in self._stop or any(word in self._stop for word in term.split(" ") if " " in term)

    def _row(self, group: Any, order: int, row: int, table: Table, spread: Spread | None) -> dict[str, Any]:
        record = self._labels(group, order) | table.row(row)
        show = self._show
        if show.interval is not None:
            record["ipm_low"], record["ipm_high"] = self._interval(row, table, spread)
        if show.dispersion and spread is not None:
            for name, value in spread.fields(int(table.numbers[row])).items():
                record[name] = value if isinstance(value, int) else round6(value)
        return record

    def _interval(self, row: int, table: Table, spread: Spread | None) -> tuple[float | None, float | None]:
        confidence = self._show.confidence
        if spread is not None and self._show.interval == "docs":
            found = spread.interval(int(table.numbers[row]), confidence=confidence)
        else:
            found = wilson_interval(int(table.freq[row]), table.n, confidence=confidence)
        return (None, None) if found is None else (round6(found[0] * 1e6), round6(found[1] * 1e6))

    def _sorted(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        sign = 1 if self._show.reverse else -1
        rows.sort(key=lambda record: (sign * record[self._show.sort], record["term"]))
        return rows[: self._show.top]

    def _labels(self, group: Any, order: int) -> dict[str, Any]:
        labels: dict[str, Any] = {"group": self.grouping.label(group)} if self.grouping.specs else {}
        if len(self._orders) > 1:
            labels["ngram"] = order
        return labels
