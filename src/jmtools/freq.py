"""Term frequencies: how often, in how many articles, per million words, how evenly spread."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jmtools.counting import CountOptions, TermCounter, is_word
from jmtools.errors import OptionError
from jmtools.grouping import group_order
from jmtools.patterns import Pattern
from jmtools.records import round6
from jmtools.spread import FIELDS as SPREAD_FIELDS
from jmtools.spread import Spread, equal_parts
from jmtools.stats.effects import per_million
from jmtools.stats.intervals import wilson_interval
from jmtools.stopwords import load_stopwords
from jmtools.tally import Counts, Ints, Key, Tally

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


class FreqCounter(TermCounter):
    """Counts terms and gives a record for each: a report."""

    def __init__(self, options: FreqOptions) -> None:
        super().__init__(options.counting)
        self._show = options
        self._stop = load_stopwords(options.stopwords)
        self._terms = None if options.terms is None else frozenset(options.terms)
        self._regex = None if options.regex is None else Pattern(options.regex, option="--regex")
        equal_parts(options.parts)
        if options.sort not in SORTS:
            raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
        if options.sort in SPREAD_FIELDS and not options.dispersion:
            raise OptionError(f"--sort {options.sort}: is known with --dispersion only")

    def records(self, total: Tally) -> Iterator[dict[str, Any]]:
        """Yield a record for each term, group by group, the most frequent first."""
        if not self.grouping.specs:
            for order in self._orders:
                total.counts.setdefault(((), order), Counts())
        for key in sorted(total.counts, key=lambda key: (group_order(key[0]), key[1])):
            yield from self._group(key, total)

    def _group(self, key: Key, total: Tally) -> Iterator[dict[str, Any]]:
        group, order = key
        counts = total.counts[key]
        table = _Table(counts, total.vocabularies[order].terms(), self.options)
        spread = Spread(counts, self._show.parts) if self.options.sequence else None
        shown = self._shown_rows(table)
        rows: Iterable[dict[str, Any]] = (self._row(group, order, row, table, spread) for row in shown)
        if self._show.sort in SPREAD_FIELDS:
            rows = self._sorted(list(rows))
        yield from rows
        if self._terms is not None:
            for term in sorted(self._terms.difference(table.terms)):
                if self._show.min_freq == 0 or self._show.min_freq == 1:
                    yield self._labels(group, order) | table.absent(term)

    def _shown_rows(self, table: _Table) -> Sequence[int]:
        """Return the rows that are shown, in their order; unsorted where the order needs what is not known yet."""
        show = self._show
        free = self._only_frequency()
        enough = table.at_least(show.min_freq, show.min_docfreq, show.top if free and show.min_docfreq <= 1 else None)
        rows = enough if free else [row for row in enough if self._is_shown(table, row)]
        terms, values = table.terms, table.docfreq if show.sort == "docfreq" else table.freq
        rows.sort(key=terms.__getitem__)
        if show.sort in ("freq", "docfreq"):
            rows.sort(key=values.tolist().__getitem__, reverse=not show.reverse)
        elif show.sort == "term" and show.reverse:
            rows.reverse()
        return rows if show.sort in SPREAD_FIELDS else rows[: show.top]

    def _only_frequency(self) -> bool:
        """Tell whether nothing but frequency decides what is shown, and in which order."""
        show = self._show
        free = show.terms is None and show.regex is None and not self._stop and show.min_length <= 1
        return free and show.sort == "freq" and not show.reverse

    def _is_shown(self, table: _Table, row: int) -> bool:
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

    def _row(self, group: Any, order: int, row: int, table: _Table, spread: Spread | None) -> dict[str, Any]:
        record = self._labels(group, order) | table.row(row)
        show = self._show
        if show.interval is not None:
            record["ipm_low"], record["ipm_high"] = self._interval(row, table, spread)
        if show.dispersion and spread is not None:
            for name, value in spread.fields(int(table.numbers[row])).items():
                record[name] = value if isinstance(value, int) else round6(value)
        return record

    def _interval(self, row: int, table: _Table, spread: Spread | None) -> tuple[float | None, float | None]:
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


class _Table:
    """The terms of one group that are words, with their counts."""

    def __init__(self, counts: Counts, names: list[str], options: CountOptions) -> None:
        numbers, freq, docfreq = counts.total()
        terms = [names[number] for number in numbers.tolist()]
        if options.unit != "string" and options.ngrams == (1, 1):
            words = np.fromiter(map(is_word, terms), bool, len(terms))
            terms = [term for term, flag in zip(terms, words.tolist(), strict=True) if flag]
            numbers, freq, docfreq = numbers[words], freq[words], docfreq[words]
        self.terms, self.numbers, self.freq, self.docfreq = terms, numbers, freq, docfreq
        self.docs = counts.docs
        self.n = counts.words or int(freq.sum())
        self._ascending: Ints = np.sort(freq)
        # Most terms share their frequencies with others: what follows from them is worked out once for each.
        self._of_freq = functools.cache(self._rank_and_ipm)
        self._of_docfreq = functools.cache(self._percent)

    def at_least(self, freq: int, docfreq: int, top: int | None) -> list[int]:
        """Return the rows with these frequencies that can be among the `top` most frequent."""
        if top is not None and top <= 0:
            return []
        if top is not None and top < len(self.terms):
            freq = max(freq, int(self._ascending[-top]))
        rows: list[int] = np.flatnonzero((self.freq >= freq) & (self.docfreq >= docfreq)).tolist()
        return rows

    def row(self, row: int) -> dict[str, Any]:
        """Return what is known of a term; terms of one frequency share the best rank."""
        return self._record(self.terms[row], int(self.freq[row]), int(self.docfreq[row]))

    def absent(self, term: str) -> dict[str, Any]:
        """Return the record of a term that does not occur."""
        return self._record(term, 0, 0)

    def _record(self, term: str, freq: int, docfreq: int) -> dict[str, Any]:
        rank, ipm = self._of_freq(freq)
        share = self._of_docfreq(docfreq)
        return {"term": term, "freq": freq, "rank": rank, "docfreq": docfreq, "docfreq_pct": share, "ipm": ipm}

    def _rank_and_ipm(self, freq: int) -> tuple[int | None, float]:
        above = len(self.terms) - int(np.searchsorted(self._ascending, freq, side="right"))
        return above + 1 if freq else None, round6(per_million(freq, self.n))

    def _percent(self, docfreq: int) -> float:
        return round6(100 * docfreq / self.docs) if self.docs else 0.0
