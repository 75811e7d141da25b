"""Target against reference, by words or by whole records: counts, scores, and the order of the key terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jmtools.batches.feature import ReportFeature
from jmtools.counts.dispersion import TermDispersion
from jmtools.counts.forms import FORMS, commonest_forms, take_forms
from jmtools.counts.tally import Tally
from jmtools.counts.tally_store import gather
from jmtools.counts.term_counter import CountOptions, TermCounter, is_word, marks_of
from jmtools.errors import DataError, OptionError
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import round6
from jmtools.keyness.measures import MEASURES, RECORD_TESTS, TESTS, USUAL, MeasureInput, distance
from jmtools.keyness.sides import ANY, Side, side_of
from jmtools.stats import effects, tables2x2
from jmtools.stats.pair_measures import DIRECTIONS, choose_measures
from jmtools.stats.samples import mann_whitney, welch
from jmtools.words.lexicon import fold_case
from jmtools.words.reader import ReadsWords
from jmtools.words.term_filter import FilterOptions, TermFilter

COUNTS = ("freq_target", "freq_reference", "docfreq_target", "docfreq_reference", "term")
LEVELS = ("words", "records")


@dataclass(frozen=True)
class KeynessOptions:
    """What is compared, and what is shown.

    Attributes:
        counting: What is counted; its `where` chooses the target.
        reference_where: Chooses the reference from the same records; None where the reference is given apart.
        filter: Which terms are compared; its `min_docfreq` is of both sides together.
        level: `words` compares frequencies, `records` compares in how many records a term occurs.
        test: What p is of: one of `TESTS`, or of `RECORD_TESTS`, which compare the rates of the records.
        top: Terms shown; None for all.
        min_freq: Least frequency in both together.
        direction: One of `DIRECTIONS`.
        measures: Scores beside the usual ones; `all` for every one.
        sort: A measure, or one of `COUNTS`.
        max_p: Largest p, corrected by Benjamini and Hochberg, that is shown.
        smoothing: Of simple maths, in instances per million.
        confidence: Of the intervals of log ratio.
    """

    counting: CountOptions = field(default_factory=CountOptions)
    reference_where: str | None = None
    filter: FilterOptions = field(default_factory=FilterOptions)
    level: str = "words"
    test: str = "ll"
    top: int | None = None
    min_freq: int = 3
    direction: str = "over"
    measures: tuple[str, ...] = ()
    sort: str = "ll"
    max_p: float = 1.0
    smoothing: float = 100.0
    confidence: float = 0.95


class Reference:
    """A reference counted before. Workers do not need it: it stays in the process where it was made."""

    def __init__(self, value: Side | Tally | None) -> None:
        self.value = value

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the counts behind when sent to another process."""
        return Reference, (Side({}, {}, 0),)


Total = tuple[Tally, Tally | None, int]  # target, reference, and how many records were read


class KeynessCounter(ReadsWords, ReportFeature[Total, Total]):
    """Counts target and reference and gives a record for each key term: a report."""

    def __init__(self, options: KeynessOptions, *, reference: Reference | Side | None = None) -> None:
        """Get ready to count.

        Args:
            options: See there.
            reference: The other side; None where `reference_where` chooses it.

        Raises:
            OptionError: If there is no reference, or two, or an option has no such value.
        """
        if (reference is None) == (options.reference_where is None):
            raise OptionError("name the reference: --reference FILE, or --reference-where CONDITION, one of the two")
        _check(options)
        self._options = options
        self._given = reference.value if isinstance(reference, Reference) else reference
        self._names = choose_measures(
            [*options.measures, *([TESTS[options.test]] if options.test in TESTS else [])],
            usual=USUAL,
            sort=options.sort,
            known=MEASURES,
        )
        self._notes: Sequence[str] = ()
        self._target = TermCounter(options.counting)
        other = replace(options.counting, where=options.reference_where)
        self._other = TermCounter(other) if reference is None else None
        self._filter = TermFilter(options.filter, user_dicts=options.counting.segment.user_dicts)
        self.words = self._target.words

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields of the conditions on both sides."""
        return (*self._target.fields_read(), *(self._other.fields_read() if self._other is not None else ()))

    def count(self, batch: Sequence[Record]) -> Total:
        """Return the counts of a batch."""
        other = self._other.count(batch) if self._other is not None else None
        return self._target.count(batch), other, len(batch)

    def merge(self, total: Total, part: Total) -> Total:
        """Add the counts of later records."""
        self._target.merge(total[0], part[0])
        if total[1] is not None and part[1] is not None and self._other is not None:
            self._other.merge(total[1], part[1])
        return total[0], total[1], total[2] + part[2]

    def records(self, total: Total) -> Iterator[Fields]:
        """Yield a record for each key term, the most key first.

        Raises:
            DataError: If a side has no words although records were read.
        """
        if not total[2]:
            return
        other = self._given if total[1] is None else total[1]
        assert other is not None  # noqa: S101 - checked when the counter was made
        target, reference = self._sides(total[0], other)
        self._check_sides(target, reference)
        rates = _Rates(total[0], other) if self._options.test in RECORD_TESTS else None
        rows = self._rows(target, reference, rates)
        name = self._options.sort
        rows.sort(key=lambda row: row["term"])
        if name != "term":
            rows.sort(key=lambda row: -(row[name] if name in COUNTS else distance(name, row[name])))
        for row in rows[: self._options.top]:
            yield {key: round6(value) if isinstance(value, float) else value for key, value in row.items()}

    def notes(self) -> Sequence[str]:
        """Return what was dropped for want of memory."""
        return self._notes

    def sides(self, total: Total) -> Fields:
        """Return the sizes of target and reference."""
        other = self._given if total[1] is None else total[1]
        found = {"target": side_of(total[0]), "reference": side_of(other) if isinstance(other, Tally) else other}
        return {
            name: {"records": side.docs, "tokens": sum(side.sizes.values()), "types": len(side.terms)}
            for name, side in found.items()
            if side is not None
        }

    def _sides(self, target: Tally, other: Tally | Side) -> tuple[Side, Side]:
        wanted = self._filter.terms or ()
        dropped = gather(
            [target, other] if isinstance(other, Tally) else [target],
            room=self._options.counting.max_memory,
            always=wanted if isinstance(other, Tally) else {*map(self._key, other.terms), *wanted},
            is_counted=is_word,
        )
        self._notes = dropped.note(self._options.min_freq)
        marks = marks_of(self._options.counting)
        sides = side_of(target, marks), side_of(other, marks) if isinstance(other, Tally) else other
        if not self._options.counting.fold_case:
            return sides
        seen = take_forms(target)
        if isinstance(other, Tally):
            seen += take_forms(other)
        else:
            seen.update({term: freq for term, (freq, _, _) in other.terms.items()})
        forms = commonest_forms(seen)
        return sides[0].folded(forms), sides[1].folded(forms)

    def _key(self, term: str) -> str:
        return fold_case(term) if self._options.counting.fold_case else term

    def _check_sides(self, target: Side, reference: Side) -> None:
        if target.is_empty:
            where = self._options.counting.where
            raise DataError("the target is empty: " + (f"no record meets {where}" if where else "no record has a word"))
        if reference.is_empty:
            where = self._options.reference_where
            raise DataError(
                "the reference is empty: " + (f"no record meets {where}" if where else "--reference has no word")
            )
        if self._options.level == "records" and not reference.docs:
            raise DataError("--level records: the term records of --reference do not tell how many records there were")

    def _rows(self, target: Side, reference: Side, rates: _Rates | None) -> list[Fields]:
        counted = [self._counts(term, target, reference) for term in self._terms(target, reference)]
        samples = [replace(sample, tests=len(counted)) for _, sample in counted]
        rows = []
        for (row, _), sample in zip(counted, samples, strict=True):
            scores = {name: MEASURES[name](sample) for name in self._names}
            rows.append(row | scores | self._test(row["term"], scores, rates))
        p_values = [row["p"] for row in rows]
        corrected = tables2x2.bonferroni(p_values), tables2x2.benjamini_hochberg(p_values)
        for row, strict, false_rate in zip(rows, *corrected, strict=True):
            row["p_bonferroni"], row["p_bh"] = strict, false_rate
        wanted = self._options.direction
        return [row for row in rows if row["p_bh"] <= self._options.max_p and wanted in ("both", row["direction"])]

    def _terms(self, target: Side, reference: Side) -> Iterator[str]:
        options = self._options
        for term in sorted(target.terms.keys() | reference.terms.keys()):
            here, there = target.terms.get(term, (0, 0, 0)), reference.terms.get(term, (0, 0, 0))
            often = here[0] + there[0] >= options.min_freq and here[1] + there[1] >= options.filter.min_docfreq
            if often and self._filter.keeps(term):
                yield term

    def _counts(self, term: str, target: Side, reference: Side) -> tuple[Fields, MeasureInput]:
        freq, docs, order = target.terms.get(term, (0, 0, ANY))
        other, other_docs, other_order = reference.terms.get(term, (0, 0, ANY))
        order = order or other_order or self._options.counting.ngrams[0]
        sizes = target.size(order), reference.size(order)
        by_docs = self._options.level == "records"
        table = (docs, other_docs, target.docs, reference.docs) if by_docs else (freq, other, *sizes)
        sample = MeasureInput(*table, smoothing=self._options.smoothing, confidence=self._options.confidence)
        row: Fields = {"term": term}
        row["direction"] = "over" if sample.a * sample.n_b >= sample.b * sample.n_a else "under"
        row |= {"freq_target": freq, "freq_reference": other, "n_target": sizes[0], "n_reference": sizes[1]}
        row["ipm_target"] = effects.per_million(freq, sizes[0])
        row["ipm_reference"] = effects.per_million(other, sizes[1])
        row |= {"docfreq_target": docs, "docfreq_reference": other_docs}
        return row | {"docs_target": target.docs, "docs_reference": reference.docs}, sample

    def _test(self, term: str, scores: Mapping[str, float | None], rates: _Rates | None) -> Fields:
        """Return p, and the statistic that it is of where that is no measure."""
        if rates is not None:
            return rates.test(self._options.test, self._key(term))
        value = scores[TESTS[self._options.test]] or 0.0
        return {"p": value if self._options.test == "fisher" else tables2x2.p_of_chi_squared(value)}


class _Rates:
    """The relative frequencies of terms in the records of both sides."""

    def __init__(self, target: Tally, reference: Tally | Side) -> None:
        if isinstance(reference, Side):
            raise OptionError("--test: term records do not tell of single records; give the reference as records")
        self._sides = []
        for tally in (target, reference):
            spreads = {order: TermDispersion(counts, "doc") for (_, order), counts in tally.counts.items()}
            numbers = {
                term: (order, number)
                for order, vocabulary in tally.vocabularies.items()
                if order != FORMS
                for number, term in enumerate(vocabulary.terms())
            }
            self._sides.append((spreads, numbers, max(len(c.sizes) for c in tally.counts.values())))

    def test(self, name: str, term: str) -> Fields:
        """Return what a test gives for a term: p, and the statistic before it."""
        values, sizes = [], []
        for spreads, numbers, docs in self._sides:
            order, number = numbers.get(term, (0, 0))
            values.append(spreads[order].rates(number) if order in spreads else [])
            sizes.append(docs)
        if name == "mannwhitney":
            ranks = mann_whitney(*values, n_first=sizes[0], n_second=sizes[1])
            return {"u": ranks.u, "superiority": ranks.superiority, "p": ranks.p}
        means = welch(*values, n_first=sizes[0], n_second=sizes[1])
        if means is None:
            return {"t": None, "df": None, "p": 1.0}
        return {"t": means.t, "df": means.df, "p": means.p}


def _check(options: KeynessOptions) -> None:
    for option, value, known in (
        ("--sort", options.sort, (*MEASURES, *COUNTS)),
        ("--direction", options.direction, DIRECTIONS),
        ("--level", options.level, LEVELS),
        ("--test", options.test, (*TESTS, *RECORD_TESTS)),
    ):
        if value not in known:
            raise OptionError(f"{option}: no {value!r}; there are {', '.join(known)}")
    if options.test in RECORD_TESTS and not options.counting.sequence:
        raise OptionError(f"--test {options.test}: needs the places of the words")
    if options.test in RECORD_TESTS and options.level == "records":
        raise OptionError(f"--test {options.test}: compares rates; leave --level out")
