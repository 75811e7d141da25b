"""Keyness: what a target says more, or less, often than a reference, by words or by whole records."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jmtools.batches.feature import ReportFeature
from jmtools.counts.tally import Counts, Tally
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word
from jmtools.errors import OptionError, RecordError
from jmtools.io.records import round6
from jmtools.stats import effects, tables2x2
from jmtools.words.reader import ReadsWords
from jmtools.words.stopwords import load_stopwords

SORTS = ("ll", "chi2", "log_ratio", "percent_diff", "simple_maths", "odds_ratio", "difference", "freq_target", "term")
DIRECTIONS = ("over", "under", "both")


@dataclass(frozen=True)
class KeynessOptions:
    """What is compared, and what is shown.

    Attributes:
        counting: What is counted; its `where` chooses the target.
        reference_where: Chooses the reference from the same records; None where the reference is given apart.
        terms: Compare these and no others; None for all.
        level: `words` compares frequencies, `records` compares in how many records a term occurs.
        top: Terms shown; None for all.
        min_freq: Least frequency in both together.
        stopwords: Stop list whose words are not shown.
        direction: One of `DIRECTIONS`.
        sort: One of `SORTS`.
        max_p: Largest p, corrected by Benjamini and Hochberg, that is shown.
        smoothing: Of simple maths, in instances per million.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    reference_where: str | None = None
    terms: tuple[str, ...] | None = None
    level: str = "words"
    top: int | None = None
    min_freq: int = 3
    stopwords: str = "none"
    direction: str = "over"
    sort: str = "ll"
    max_p: float = 1.0
    smoothing: float = 100.0


@dataclass
class Side:
    """Counts of one side: term → (frequency, records), number of words, number of records."""

    terms: dict[str, tuple[int, int]]
    words: int
    docs: int


class Reference:
    """A reference counted before. Workers do not need it: it stays in the process where it was made."""

    def __init__(self, value: Side | Tally | None) -> None:
        self.value = value

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to other processes empty."""
        return Reference, (Side({}, 0, 0),)


Sides = tuple[Tally, Tally | None]  # the target, and the reference where it is counted in the same pass


class KeynessCounter(ReadsWords, ReportFeature[Sides, Sides]):
    """Counts target and reference and gives a record for each key term: a report."""

    def __init__(self, options: KeynessOptions, *, reference: Reference | Side | None = None) -> None:
        """Get ready to count.

        Args:
            options: See there.
            reference: The other side; None where `reference_where` chooses it.

        Raises:
            OptionError: If there is no reference, or two.
        """
        if (reference is None) == (options.reference_where is None):
            raise OptionError("name the reference: --reference FILE, or --reference-where CONDITION, one of the two")
        if options.sort not in SORTS:
            raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
        self._options = options
        self._given = reference.value if isinstance(reference, Reference) else reference
        self._notes: Sequence[str] = ()
        self._target = TermCounter(options.counting)
        other = replace(options.counting, where=options.reference_where)
        self._other = TermCounter(other) if reference is None else None
        self._stop = load_stopwords(options.stopwords)
        self._terms = None if options.terms is None else frozenset(options.terms)
        self.words = self._target.words

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields of the conditions on both sides."""
        return (*self._target.fields_read(), *(self._other.fields_read() if self._other is not None else ()))

    def count(self, batch: Sequence[Mapping[str, Any]]) -> Sides:
        """Return the counts of a batch."""
        return self._target.count(batch), self._other.count(batch) if self._other is not None else None

    def merge(self, total: Sides, part: Sides) -> Sides:
        """Add the counts of later records."""
        self._target.merge(total[0], part[0])
        if total[1] is not None and part[1] is not None and self._other is not None:
            self._other.merge(total[1], part[1])
        return total

    def notes(self) -> Sequence[str]:
        """Return what was dropped for want of memory."""
        return self._notes

    def records(self, total: Sides) -> Iterator[dict[str, Any]]:
        """Yield a record for each key term, the most key first."""
        other = self._given if total[1] is None else total[1]
        assert other is not None  # noqa: S101 - checked when the counter was made
        dropped = gather(
            [total[0], other] if isinstance(other, Tally) else [total[0]],
            room=self._options.counting.max_memory,
            always=self._terms or () if isinstance(other, Tally) else {*other.terms, *(self._terms or ())},
            is_counted=is_word,
        )
        self._notes = dropped.note(self._options.min_freq)
        target, reference = side_of(total[0]), side_of(other) if isinstance(other, Tally) else other
        rows = self._rows(target, reference)
        corrected = tables2x2.benjamini_hochberg([row["p"] for row in rows])
        bonferroni = tables2x2.bonferroni([row["p"] for row in rows])
        for row, bh, strict in zip(rows, corrected, bonferroni, strict=True):
            row["p_bonferroni"], row["p_bh"] = strict, bh
        shown = [row for row in rows if row["p_bh"] <= self._options.max_p and self._is_shown(row)]
        name = self._options.sort
        shown.sort(key=lambda row: row["term"])
        if name != "term":
            shown.sort(key=lambda row: -abs(row[name]) if row[name] is not None else float("-inf"))
        for row in shown[: self._options.top]:
            yield {key: round6(value) if isinstance(value, float) else value for key, value in row.items()}

    def _is_shown(self, row: dict[str, Any]) -> bool:
        wanted = self._options.direction
        return wanted == "both" or row["direction"] == wanted

    def _rows(self, target: Side, reference: Side) -> list[dict[str, Any]]:
        by_docs = self._options.level == "records"
        n_target, n_reference = (target.docs, reference.docs) if by_docs else (target.words, reference.words)
        rows = []
        for term in sorted(target.terms.keys() | reference.terms.keys()):
            freq, docs = target.terms.get(term, (0, 0))
            other, other_docs = reference.terms.get(term, (0, 0))
            if freq + other < self._options.min_freq or not self._is_wanted(term):
                continue
            a, b = (docs, other_docs) if by_docs else (freq, other)
            row: dict[str, Any] = {"term": term}
            row["direction"] = "over" if a * n_reference >= b * n_target else "under"
            row |= {"freq_target": freq, "freq_reference": other}
            row["ipm_target"] = effects.per_million(freq, target.words)
            row["ipm_reference"] = effects.per_million(other, reference.words)
            row |= {"docfreq_target": docs, "docfreq_reference": other_docs}
            rows.append(row | self._statistics(a, b, n_target, n_reference))
        return rows

    def _statistics(self, a: int, b: int, n_target: int, n_reference: int) -> dict[str, Any]:
        ll = tables2x2.log_likelihood(a, b, n_a=n_target, n_b=n_reference) if n_target and n_reference else 0.0
        out: dict[str, Any] = {"ll": ll, "p": tables2x2.p_of_chi_squared(ll)}
        if not n_target or not n_reference:
            empty = ("chi2", "bic", "log_ratio", "percent_diff", "simple_maths", "odds_ratio", "difference")
            return out | dict.fromkeys(empty, 0.0)
        sizes = {"n_target": n_target, "n_reference": n_reference}
        out["chi2"] = tables2x2.chi_squared(a, b, n_a=n_target, n_b=n_reference)
        out["bic"] = tables2x2.bic(ll, n_target + n_reference)
        out["log_ratio"] = effects.log_ratio(a, b, **sizes)
        out["percent_diff"] = effects.percent_diff(a, b, **sizes)
        out["simple_maths"] = effects.simple_maths(
            effects.per_million(a, n_target), effects.per_million(b, n_reference), smoothing=self._options.smoothing
        )
        out["odds_ratio"] = effects.odds_ratio(a, b, **sizes)
        out["difference"] = effects.difference_coefficient(a, b, **sizes)
        return out

    def _is_wanted(self, term: str) -> bool:
        if self._terms is not None and term not in self._terms:
            return False
        return not any(word in self._stop for word in (term, *term.split(" ")))


def side_of(tally: Tally) -> Side:
    """Return what was counted, as one side of a comparison."""
    terms: dict[str, tuple[int, int]] = {}
    words = docs = 0
    for (_, order), counts in tally.counts.items():
        names = tally.vocabularies[order].terms()
        numbers, freq, docfreq = counts.total()
        rows = zip(numbers.tolist(), freq.tolist(), docfreq.tolist(), strict=True)
        found = {names[n]: (f, d) for n, f, d in rows if is_word(names[n])}
        terms |= found
        words = max(words, counts.words or _sum(found, counts) + counts.occurrences_dropped)
        docs = max(docs, counts.docs)
    return Side(terms, words, docs)


def side_of_records(records: Sequence[Mapping[str, Any]]) -> Side:
    """Return term records (those of `freq`) as one side of a comparison.

    Raises:
        RecordError: If a record is not one of `freq`.
    """
    terms: dict[str, tuple[int, int]] = {}
    sizes: dict[str, list[tuple[int, float]]] = {"ipm": [], "docfreq_pct": []}
    for number, data in enumerate(records, 1):
        term, freq, docfreq = data.get("term"), data.get("freq"), data.get("docfreq", 0)
        if type(term) is not str or type(freq) is not int or type(docfreq) is not int:
            raise RecordError(f"--reference: record {number} is not a term record with `term`, `freq` and `docfreq`")
        before = terms.get(term, (0, 0))
        terms[term] = (before[0] + freq, before[1] + docfreq)
        for name, count in (("ipm", freq), ("docfreq_pct", docfreq)):
            rate = data.get(name)
            if isinstance(rate, int | float) and rate > 0 and count > 0:
                sizes[name].append((count, float(rate)))
    listed = sum(f for f, _ in terms.values())
    words = _whole(sizes["ipm"], 1e6, listed)
    return Side(terms, max(words, listed), _whole(sizes["docfreq_pct"], 100, 0))


def _whole(rates: Sequence[tuple[int, float]], scale: float, guess: int) -> int:
    """Return the whole of which counts have these rates, which are rounded to six digits; the guess if it may be that.

    >>> _whole([(3, 30.9278), (1, 10.3093)], 1e6, 0), _whole([(1, 50.0)], 100, 0)
    (97000, 2)
    """
    low, high = 0.0, float("inf")
    for count, rate in rates:
        half = 0.5 * 10.0 ** (math.floor(math.log10(rate)) - 5)
        low, high = max(low, count * scale / (rate + half)), min(high, count * scale / (rate - half))
    if not rates or low <= guess <= high:
        return guess
    return round((low + high) / 2) if low <= high else round(low)


def _sum(found: Mapping[str, tuple[int, int]], counts: Counts) -> int:
    return sum(freq for freq, _ in found.values()) if counts.docs else 0
