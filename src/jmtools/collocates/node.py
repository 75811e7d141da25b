"""Collocates of a node: the words in its spans, counted on its left and right, measured by association."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jmtools.batches.feature import ReportFeature
from jmtools.collocates.scores import SPAN_MEASURES, Scorer, ShownOptions, Table
from jmtools.collocates.spans import SpanCounts, only_words, places_near, with_node
from jmtools.errors import OptionError
from jmtools.fields.patterns import Literals
from jmtools.fields.where import parse_where
from jmtools.io.json_types import Fields, Record
from jmtools.stats.pair_measures import MEASURES
from jmtools.words.phrases import Phrases, edges_of, words_in_text
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import record_text
from jmtools.words.sentences import WITHIN
from jmtools.words.term_filter import TermFilter

UNITS = ("word", "char", "string")


@dataclass(frozen=True)
class CollocateOptions:
    """Whose collocates, how far away, and what is shown.

    Attributes:
        node: The word, or words in a row with spaces between.
        unit: `word`; `char`: node and collocates are characters; `string`: the node stands wherever its characters do,
            its collocates are the words around.
        segment: How text is segmented.
        window: Words on the left and on the right that count.
        within: Where a span ends: one of `words.sentences.WITHIN`.
        where: Condition on records, or None.
        shown: What is shown.
    """

    node: str
    unit: str = "word"
    segment: SegmentOptions = field(default_factory=SegmentOptions)
    window: tuple[int, int] = (5, 5)
    within: str = "sentence"
    where: str | None = None
    shown: ShownOptions = field(default_factory=ShownOptions)


class CollocateCounter(ReadsWords, ReportFeature[SpanCounts, SpanCounts]):
    """Counts the words in the spans of a node: a report."""

    def __init__(self, options: CollocateOptions) -> None:
        """Get ready.

        Raises:
            OptionError: If there is no node, or an option has no such value.
        """
        self._options = options
        if options.unit not in UNITS:
            raise OptionError(f"no unit called {options.unit!r}; there are {', '.join(UNITS)}")
        if options.within not in WITHIN:
            raise OptionError(f"--within: {options.within!r} is none of {', '.join(WITHIN)}")
        self._node = tuple({"word": options.node.split(), "char": "".join(options.node.split())}.get(options.unit, ()))
        if options.unit == "string" and options.node.strip():
            self._node = (options.node.strip(),)
            self._literal = Literals(self._node)
        if not self._node:
            raise OptionError("NODE: there is no word to look for")
        self._scorer = Scorer(options.shown, {**MEASURES, **SPAN_MEASURES})
        self._filter = TermFilter(options.shown.filter, user_dicts=options.segment.user_dicts)
        self._reader = WordReader(options.segment)
        self.words = self._reader if options.unit != "char" else None
        self._where = parse_where(options.where)
        words = self._reader.cut if options.unit == "word" else lambda word: [word]
        self._phrase = Phrases([" ".join(self._node)], words)
        self._whole = "".join(self._node)
        self._notes: Sequence[str] = ()

    def count(self, batch: Sequence[Record]) -> SpanCounts:
        """Return the counts of a batch."""
        counts = SpanCounts()
        for data in batch:
            if self._where is not None and not self._where.matches(data):
                continue
            counts.records += 1
            tokens = self._units_of(data)
            counts.words.update(tokens)
            if self._whole in "".join(tokens):
                self._count_near(data, tokens, counts)
        return counts

    def merge(self, total: SpanCounts, part: SpanCounts) -> SpanCounts:
        """Add the counts of later records."""
        total.add(part)
        return total

    def records(self, total: SpanCounts) -> Iterator[Fields]:
        """Yield a record for each collocate, the most associated first."""
        if total.records and not total.nodes:
            self._notes = [f"{self._options.node} does not occur in any of the records"]
        yield from self._scorer.rows(self._counted(total))

    def notes(self) -> Sequence[str]:
        """Return that the node does not occur, if so."""
        return self._notes

    def _counted(self, total: SpanCounts) -> Iterator[tuple[Fields, Table, int]]:
        shown = self._options.shown
        words = only_words(total.words)
        n_tokens, freq_spans = sum(words.values()), total.near.total()
        for term, freq in total.near.items():
            if freq < shown.min_freq or total.docs[term] < shown.filter.min_docfreq or not self._filter.keeps(term):
                continue
            row = {
                "node": ("" if self._options.unit == "char" else " ").join(self._node),
                "term": term,
                "freq": freq,
                "left": total.left[term],
                "right": total.right[term],
                "docfreq": total.docs[term],
                "freq_node": total.nodes,
                "freq_spans": freq_spans,
                "freq_term": words[term],
                "n_tokens": n_tokens,
            }
            yield row, (freq, freq_spans, words[term], n_tokens), total.nodes

    def _units_of(self, data: Record) -> list[str]:
        if self._options.unit == "char":
            return list(record_text(data))
        tokens = self._reader.tokens(data)
        if self._options.unit == "word":
            return tokens
        spans = [(start, end) for _, start, end in self._literal.find("".join(tokens))]
        return with_node(tokens, spans, self._node[0]) if spans else tokens

    def _count_near(self, data: Record, tokens: Sequence[str], counts: SpanCounts) -> None:
        if self._options.unit == "word":
            text, tokens, edges = words_in_text(data, tokens)
        else:
            text, edges = "".join(tokens), edges_of(tokens)
        nodes = ((first, after) for _, first, after in self._phrase.find(text, tokens, edges))
        options = self._options
        found = places_near(text, tokens, edges, nodes, window=options.window, within=options.within)
        counts.nodes += found[0]
        counts.add_near(tokens, *found[1:])
