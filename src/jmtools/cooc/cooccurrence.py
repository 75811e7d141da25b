"""Co-occurrence: pairs of terms that stand in the same record, paragraph or sentence, measured by association."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jmtools.batches.feature import ReportFeature
from jmtools.cooc.pair_counts import Pair, PairCounts, Spans, SpanStore, count_pairs
from jmtools.counts.term_counter import is_word
from jmtools.errors import OptionError
from jmtools.fields.path import Path as FieldPath
from jmtools.fields.path import flat
from jmtools.fields.patterns import Literals
from jmtools.io.records import round6
from jmtools.stats import association
from jmtools.words.lexicon import load_lexicon
from jmtools.words.postag import Tagger
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens, record_text
from jmtools.words.sentences import sentence_spans
from jmtools.words.stopwords import load_stopwords
from jmtools.words.tokens import places

UNITS = ("word", "char", "string")
WITHIN = ("record", "paragraph", "sentence")
MEASURES: dict[str, Callable[[float, float, float, float], float | None]] = {
    "log_dice": association.log_dice,
    "jaccard": association.jaccard,
    "pmi": association.mi,
    "npmi": association.npmi,
    "ll": association.association_ll,
}
SORTS = (*MEASURES, "freq", "docfreq")


@dataclass(frozen=True)
class CoocOptions:
    """What is paired, and what is shown.

    Attributes:
        segment: How text is segmented.
        unit: `word`, `char`, or `string`: the `terms`, wherever they stand.
        within: What two terms share: one of `WITHIN`.
        field: Pair the values of this field of each record instead, such as `keywords.term`; None for the text.
        terms: Only these; empty for all.
        stopwords: Stop list whose words are left out.
        pos: Parts of speech; empty for all.
        min_length: Least number of characters in a term.
        vocabulary: How many terms may be paired: the most frequent.
        min_freq: Least number of records, paragraphs or sentences that a pair shares.
        sort: One of `SORTS`.
        top: Pairs shown; None for all.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    unit: str = "word"
    within: str = "record"
    field: str | None = None
    terms: tuple[str, ...] = ()
    stopwords: str = "default"
    pos: tuple[str, ...] = ()
    min_length: int = 2
    vocabulary: int = 2000
    min_freq: int = 3
    sort: str = "log_dice"
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
        self._wanted = frozenset(options.terms)
        self._field = FieldPath(options.field) if options.field is not None else None
        self._stop = load_stopwords(options.stopwords if options.unit == "word" else "none")
        self._literals = Literals(options.terms) if options.unit == "string" else None
        reads_words = options.unit == "word" and self._field is None
        self.words = WordReader(options.segment) if reads_words else None
        self._tagger = Tagger(load_lexicon(options.segment.dictionary_paths)) if options.pos else None
        self._kept: dict[str, bool] = {}

    def fields_read(self) -> tuple[str, ...]:
        """Return the field whose values are counted."""
        return () if self._options.field is None else (self._options.field,)

    def check(self, data: Mapping[str, Any]) -> None:
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

    def count(self, batch: Sequence[Mapping[str, Any]]) -> Spans:
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

    def records(self, total: Spans | SpanStore) -> Iterator[dict[str, Any]]:
        """Yield a record for each pair, the most associated first."""
        options = self._options
        store = total if isinstance(total, SpanStore) else SpanStore(total)
        counts = count_pairs(store, vocabulary=options.vocabulary, least=options.min_freq, within=options.within)
        for pair in self._ordered(counts)[: options.top]:
            yield self._row(counts, pair)

    def _ordered(self, counts: PairCounts) -> list[Pair]:
        """Return the pairs in the order in which they are shown; of each, only what it is sorted by is known by now."""
        name = self._options.sort
        measure = MEASURES.get(name)
        pairs = counts.pairs(self._options.min_freq)
        if measure is None:
            values = np.array([pair.freq if name == "freq" else pair.docfreq for pair in pairs], float)
        else:
            freqs, n = counts.freqs, counts.spans
            values = np.array([measure(p.freq, freqs[p.first], freqs[p.second], n) or 0.0 for p in pairs], float)
        by_name = sorted(range(len(counts.terms)), key=counts.terms.__getitem__)
        place = np.empty(len(by_name), np.int64)
        place[by_name] = np.arange(len(by_name))
        names = [place[np.array([pair[column] for pair in pairs], np.int64)] for column in (1, 0)]
        return [pairs[index] for index in np.lexsort((*names, -values)).tolist()]

    def _row(self, counts: PairCounts, pair: Pair) -> dict[str, Any]:
        freq_a, freq_b = counts.freqs[pair.first], counts.freqs[pair.second]
        row: dict[str, Any] = {"term_a": counts.terms[pair.first], "term_b": counts.terms[pair.second]}
        row |= {"freq": pair.freq, "docfreq": pair.docfreq, "freq_a": freq_a, "freq_b": freq_b, "spans": counts.spans}
        row["expected"] = round6(association.expected(freq_a, freq_b, counts.spans))
        for name, measure in MEASURES.items():
            row[name] = round6(measure(pair.freq, freq_a, freq_b, counts.spans) or 0.0)
        return row

    def _spans_of(self, data: Mapping[str, Any]) -> list[set[str]]:
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
        terms = dict.fromkeys(tokens)
        if self._tagger is None:
            return [term for term in terms if self._is_kept(term)]
        # A tag may depend on the words beside it, so that a term is kept where one of its places has the tag.
        wanted = frozenset(self._options.pos)
        tagged = zip(tokens, self._tagger.tags(tokens), strict=True)
        return list(dict.fromkeys(term for term, tag in tagged if tag in wanted and self._is_kept(term)))

    def _is_kept(self, term: str) -> bool:
        known = self._kept.get(term)
        if known is None:
            if len(self._kept) > 500_000:
                self._kept.clear()
            options = self._options
            least = options.min_length if options.unit == "word" and self._field is None else 1
            known = is_word(term) and len(term) >= least and term not in self._stop
            known = known and (not self._wanted or term in self._wanted)
            self._kept[term] = known
        return known


def _check(options: CoocOptions) -> None:
    if options.sort not in SORTS:
        raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
    if options.unit == "string" and not options.terms:
        raise OptionError("--unit string: name the strings with --terms FILE, one a line")
    if options.pos and (options.unit != "word" or options.field is not None):
        raise OptionError("--pos: only words of a text have a part of speech")
    if options.field is not None and (options.unit != "word" or options.within != "record"):
        raise OptionError("--field: its values are paired within a record; leave --unit and --within out")


def _ends(text: str, within: str) -> list[int]:
    """Return where the spans of a text end; those without a word are no spans."""
    if within == "sentence":
        ends = [end for _, end in sentence_spans(text)]
    else:
        ends = [place + 1 for place, char in enumerate(text) if char == "\n"] + [len(text)]
    return [end for start, end in zip([0, *ends], ends, strict=False) if is_word(text[start:end])]
