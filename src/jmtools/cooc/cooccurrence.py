"""Co-occurrence: pairs of terms that stand in the same record, paragraph or sentence, measured by association."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.cooc.pair_counts import Pair, PairCounts, Spans, SpanStore, count_pairs
from jmtools.counts.term_counter import is_word
from jmtools.errors import OptionError
from jmtools.fields.path import Path as FieldPath
from jmtools.fields.path import flat
from jmtools.fields.patterns import Literals
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import round6
from jmtools.stats import association
from jmtools.stats.pair_measures import (
    DIRECTIONS,
    Measure,
    add_corrected,
    choose_measures,
    direction_of,
    strength,
)
from jmtools.stats.pair_measures import (
    MEASURES as PAIR_MEASURES,
)
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens, record_text
from jmtools.words.sentences import stretch_ends
from jmtools.words.term_filter import FilterOptions, TermFilter
from jmtools.words.tokens import places

UNITS = ("word", "char", "string")
WITHIN = ("record", "paragraph", "sentence")
MEASURES = {"pmi" if name == "mi" else name: measure for name, measure in PAIR_MEASURES.items()}
USUAL = ("log_dice", "jaccard", "pmi", "npmi", "ll")
SORTS = (*MEASURES, "freq", "docfreq")
USUAL_FILTER = FilterOptions(stopwords="default", min_length=2)


@dataclass(frozen=True)
class CoocOptions:
    """What is paired, and what is shown.

    Attributes:
        segment: How text is segmented.
        unit: `word`, `char`, or `string`: the `terms`, wherever they stand.
        within: What two terms share: one of `WITHIN`.
        field: Pair the values of this field of each record instead, such as `keywords.term`; None for the text.
        filter: Which terms are paired; its `min_docfreq` is that of a pair. Characters and strings have no length, stop
            list or part of speech, and values of a field no length.
        vocabulary: How many terms may be paired: the most frequent.
        min_freq: Least number of records, paragraphs or sentences that a pair shares.
        direction: `over`: pairs that occur more often than by chance; `under`; `both`.
        measures: Scores beside the usual ones; `all` for every one.
        sort: One of `SORTS`.
        max_p: Largest p, corrected by Benjamini and Hochberg, that is shown.
        top: Pairs shown; None for all.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    unit: str = "word"
    within: str = "record"
    field: str | None = None
    filter: FilterOptions = USUAL_FILTER
    vocabulary: int = 2000
    min_freq: int = 3
    direction: str = "both"
    measures: tuple[str, ...] = ()
    sort: str = "log_dice"
    max_p: float = 1.0
    top: int | None = None


class CoocCounter(ReadsWords, ReportFeature[Spans, SpanStore]):
    """Keeps which terms stand in which span, then counts the pairs: a report."""

    def __init__(self, options: CoocOptions) -> None:
        """Get ready.

        Raises:
            OptionError: If options contradict each other.
        """
        self._options = options
        _check(options)
        self._field = FieldPath(options.field) if options.field is not None else None
        self._measures = choose_measures(options.measures, usual=USUAL, sort=options.sort, known=MEASURES)
        self._filter = TermFilter(_fitting(options), user_dicts=options.segment.user_dicts)
        self._literals = Literals(options.filter.terms or ()) if options.unit == "string" else None
        reads_words = options.unit == "word" and self._field is None
        self.words = WordReader(options.segment) if reads_words else None
        self._kept: dict[str, bool] = {}

    def fields_read(self) -> tuple[str, ...]:
        """Return the field whose values are counted."""
        return () if self._options.field is None else (self._options.field,)

    def check(self, data: Record) -> None:
        """Check that the tokens a record brings can be found in its text, where options count by sentence or paragraph.

        Raises:
            RecordError: If not.
        """
        if self.words is None or self._options.within == "record":
            return
        tokens = given_tokens(data)
        if tokens is not None and isinstance(data.get("text"), str):
            for _ in places(record_text(data), tokens):
                pass

    def count(self, batch: Sequence[Record]) -> Spans:
        """Return the terms of each span of a batch."""
        spans = Spans()
        for data in batch:
            spans.add(self._spans_of(data))
        return spans

    def merge(self, total: Spans | SpanStore, part: Spans) -> SpanStore:
        """Append the spans of a later batch."""
        store = total if isinstance(total, SpanStore) else SpanStore(total)
        store.append(part)
        return store

    def records(self, total: Spans | SpanStore) -> Iterator[Fields]:
        """Yield a record for each pair, the most associated first."""
        options = self._options
        if isinstance(total, Spans) and not total.docs:
            return
        store = total if isinstance(total, SpanStore) else SpanStore(total)
        counts = count_pairs(store, vocabulary=options.vocabulary, least=options.min_freq, within=options.within)
        pairs = [pair for pair in counts.pairs(options.min_freq) if pair.docfreq >= options.filter.min_docfreq]
        exact = [association.association_ll(*_table(counts, pair)) for pair in pairs]
        corrected: list[Fields] = [{} for _ in pairs]
        add_corrected(corrected, exact=exact)
        for index in self._ordered(counts, pairs, corrected)[: options.top]:
            yield self._row(counts, pairs[index], corrected[index])

    def _ordered(self, counts: PairCounts, pairs: Sequence[Pair], corrected: Sequence[Fields]) -> list[int]:
        """Return the pairs that are shown, in their order; of each, only what it is sorted by is known by now."""
        name, wanted = self._options.sort, self._options.direction
        measure = MEASURES.get(name)
        values = np.array([_sorted_by(counts, pair, name, measure) for pair in pairs], float)
        if measure is not None and wanted == "under":
            values = -values
        by_name = sorted(range(len(counts.terms)), key=counts.terms.__getitem__)
        place = np.empty(len(by_name), np.int64)
        place[by_name] = np.arange(len(by_name))
        names = [place[np.array([pair[column] for pair in pairs], np.int64)] for column in (1, 0)]
        return [
            index
            for index in np.lexsort((*names, -values)).tolist()
            if corrected[index]["p_bh"] <= self._options.max_p
            and wanted in ("both", direction_of(*_table(counts, pairs[index])))
        ]

    def _row(self, counts: PairCounts, pair: Pair, corrected: Mapping[str, float]) -> Fields:
        table = _table(counts, pair)
        row: Fields = {"term_a": counts.terms[pair.first], "term_b": counts.terms[pair.second]}
        row["direction"] = direction_of(*table)
        row |= {"freq": pair.freq, "docfreq": pair.docfreq, "freq_a": table[1], "freq_b": table[2], "spans": table[3]}
        scores: dict[str, float | None] = {"expected": association.expected(*table[1:])}
        scores |= {name: MEASURES[name].formula(*table) for name in self._measures}
        return row | {name: None if v is None else round6(v) for name, v in (scores | dict(corrected)).items()}

    def _spans_of(self, data: Record) -> list[set[str]]:
        """Return the terms of each span of a record; spans without any are there too, since they count as spans."""
        if self._field is not None:
            values = self._field.values(data) or []
            items = [item for value in values for item in (value if isinstance(value, list) else (value,))]
            return [{str(flat(item)) for item in items if item is not None and self._is_kept(str(flat(item)))}]
        tokens = given_tokens(data) if self.words is not None else None
        has_text = tokens is None or isinstance(data.get("text"), str)
        text = record_text(data) if has_text else "".join(tokens or ())
        if self.words is not None and tokens is None:
            tokens = self.words.cut(text)
        if self._options.within == "record":
            return [set(self._kept_of(tokens if tokens is not None else self._found(text)))]
        return self._split(text, tokens)

    def _split(self, text: str, tokens: Sequence[str] | None) -> list[set[str]]:
        ends = _ends(text, self._options.within)
        if not ends:
            return []
        spans: list[set[str]] = [set() for _ in ends]
        if tokens is not None:
            kept = set(self._kept_of(tokens))
            placed = ((start, token) for (start, _), token in zip(places(text, tokens), tokens, strict=True))
            placed = ((start, token) for start, token in placed if token in kept)
        elif self._literals is not None:
            placed = ((start, self._literals.strings[index]) for index, start, _ in self._literals.find(text))
        else:
            placed = ((start, char) for start, char in enumerate(text) if self._is_kept(char))
        for start, term in placed:
            spans[min(bisect_right(ends, start), len(ends) - 1)].add(term)
        return spans

    def _found(self, text: str) -> list[str]:
        if self._literals is not None:
            return [self._literals.strings[index] for index, _, _ in self._literals.find(text)]
        return list(text)

    def _kept_of(self, tokens: Sequence[str]) -> list[str]:
        """Return the terms that may be paired, each once."""
        return [term for term in dict.fromkeys(tokens) if self._is_kept(term)]

    def _is_kept(self, term: str) -> bool:
        known = self._kept.get(term)
        if known is None:
            if len(self._kept) > 500_000:
                self._kept.clear()
            known = is_word(term) and self._filter.keeps(term)
            self._kept[term] = known
        return known


def _table(counts: PairCounts, pair: Pair) -> tuple[int, int, int, int]:
    return pair.freq, counts.freqs[pair.first], counts.freqs[pair.second], counts.spans


def _sorted_by(counts: PairCounts, pair: Pair, name: str, measure: Measure | None) -> float:
    if measure is None:
        return pair.freq if name == "freq" else pair.docfreq
    table = _table(counts, pair)
    return strength(measure, measure.formula(*table), direction_of(*table))


def _fitting(options: CoocOptions) -> FilterOptions:
    """Return the filter without what the unit does not have."""
    if options.unit != "word":
        return replace(options.filter, stopwords="none", min_length=1)
    return replace(options.filter, min_length=1) if options.field is not None else options.filter


def _check(options: CoocOptions) -> None:
    if options.direction not in DIRECTIONS:
        raise OptionError(f"--direction: {options.direction!r} is none of {', '.join(DIRECTIONS)}")
    if options.sort not in SORTS:
        raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
    if options.unit == "string" and not options.filter.terms:
        raise OptionError("--unit string: name the strings with --terms FILE, one a line")
    if options.filter.pos and (options.unit != "word" or options.field is not None):
        raise OptionError("--pos: only words of a text have a part of speech")
    if options.field is not None and (options.unit != "word" or options.within != "record"):
        raise OptionError("--field: its values are paired within a record; leave --unit and --within out")


def _ends(text: str, within: str) -> list[int]:
    """Return where the spans of a text end; those without a word are no spans."""
    ends = stretch_ends(text, within)
    return [end for start, end in zip([0, *ends], ends, strict=False) if is_word(text[start:end])]
