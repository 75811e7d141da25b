"""Collocates: the words that stand near a word, counted on its left and right, measured by association."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jmtools.batches.feature import ReportFeature
from jmtools.counts.term_counter import is_word
from jmtools.errors import OptionError
from jmtools.fields.patterns import Literals
from jmtools.fields.where import parse_where
from jmtools.io.records import round6
from jmtools.stats import association
from jmtools.words.phrases import Phrases, edges_of, words_in_text
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import record_text
from jmtools.words.stopwords import load_stopwords

MEASURES: dict[str, Callable[[float, float, float, float], float | None]] = {
    "log_dice": association.log_dice,
    "mi": association.mi,
    "mi3": association.mi3,
    "ll": association.association_ll,
    "t": association.t_score,
    "z": association.z_score,
    "dice": association.dice,
    "min_sensitivity": association.min_sensitivity,
}
SORTS = (*MEASURES, "freq", "delta_p_to", "delta_p_from")
_SENTENCE_ENDS = frozenset("。！？!?；;…")
UNITS = ("word", "char", "string")
WITHIN = ("sentence", "paragraph", "record")


@dataclass(frozen=True)
class CollocateOptions:
    """Whose counts, how far, what is shown.

    Attributes:
        node: The word, or words in a row with spaces between.
        unit: `word`; `char`: node and counts are characters; `string`: the node stands wherever its characters do,
            its counts is the words around.
        segment: How text is segmented.
        left: Words on the left that count.
        right: Words on the right that count.
        within: Where a span ends: one of `WITHIN`.
        where: Condition on records, or None.
        min_freq: Least number of places beside the node.
        stopwords: Stop list whose words are not shown.
        sort: One of `SORTS`.
        top: Collocates shown; None for all.
    """

    node: str
    unit: str = "word"
    segment: SegmentOptions = field(default_factory=SegmentOptions)
    left: int = 5
    right: int = 5
    within: str = "sentence"
    where: str | None = None
    min_freq: int = 3
    stopwords: str = "none"
    sort: str = "log_dice"
    top: int | None = None


@dataclass
class CollocateCounts:
    """What was counted: all words; words on the left and right of the node; records; places of the node; spans."""

    words: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    docs: Counter[str] = field(default_factory=Counter)
    places: int = 0

    def add(self, later: CollocateCounts) -> None:
        """Add later counts."""
        for name in ("words", "left", "right", "docs"):
            getattr(self, name).update(getattr(later, name))
        self.places += later.places


class CollocateCounter(ReadsWords, ReportFeature[CollocateCounts, CollocateCounts]):
    """Counts the counts of a node: a report."""

    def __init__(self, options: CollocateOptions) -> None:
        """Get ready.

        Raises:
            OptionError: If there is no node, or no such field to sort by.
        """
        self._options = options
        if options.unit not in UNITS:
            raise OptionError(f"no unit called {options.unit!r}; there are {', '.join(UNITS)}")
        self._node = tuple({"word": options.node.split(), "char": "".join(options.node.split())}.get(options.unit, ()))
        if options.unit == "string" and options.node.strip():
            self._node = (options.node.strip(),)
            self._literal = Literals(self._node)
        if not self._node:
            raise OptionError("NODE: there is no word to look for")
        if options.sort not in SORTS:
            raise OptionError(f"--sort: no field called {options.sort!r}; there are {', '.join(SORTS)}")
        self._reader = WordReader(options.segment)
        self.words = self._reader if options.unit != "char" else None
        self._where = parse_where(options.where)
        self._stop = load_stopwords(options.stopwords)
        words = self._reader.cut if options.unit == "word" else lambda word: [word]
        self._phrase = Phrases([" ".join(self._node)], words)
        self._whole = "".join(self._node)

    def count(self, batch: Sequence[Mapping[str, Any]]) -> CollocateCounts:
        """Return the counts of a batch."""
        counts = CollocateCounts()
        for data in batch:
            if self._where is not None and not self._where.matches(data):
                continue
            tokens = self._units_of(data)
            counts.words.update(tokens)
            if self._whole in "".join(tokens):
                self._count_beside(data, tokens, counts)
        return counts

    def _units_of(self, data: Mapping[str, Any]) -> list[str]:
        if self._options.unit == "char":
            return list(record_text(data))
        tokens = self._reader.tokens(data)
        if self._options.unit == "word":
            return tokens
        spans = [(start, end) for _, start, end in self._literal.find("".join(tokens))]
        return with_node(tokens, spans, self._node[0]) if spans else tokens

    def merge(self, total: CollocateCounts, part: CollocateCounts) -> CollocateCounts:
        """Add the counts of later records."""
        total.add(part)
        return total

    def records(self, total: CollocateCounts) -> Iterator[dict[str, Any]]:
        """Yield a record for each collocate, the most associated first."""
        words = {word: freq for word, freq in total.words.items() if is_word(word)}
        n = sum(words.values())
        around = total.left + total.right
        spans = sum(freq for word, freq in around.items() if is_word(word))
        rows = []
        for word, freq in around.items():
            if freq >= self._options.min_freq and is_word(word) and word not in self._stop:
                rows.append(self._row(word, freq, words[word], spans, n, total))
        name = self._options.sort
        rows.sort(key=lambda row: row["term"])
        rows.sort(key=lambda row: -row[name] if row[name] is not None else float("inf"))
        yield from rows[: self._options.top]

    def _row(self, word: str, freq: int, freq_word: int, spans: int, n: int, total: CollocateCounts) -> dict[str, Any]:
        row: dict[str, Any] = {
            "node": ("" if self._options.unit == "char" else " ").join(self._node),
            "term": word,
            "freq": freq,
            "left": total.left[word],
            "right": total.right[word],
            "docfreq": total.docs[word],
            "freq_node": total.places,
            "freq_term": freq_word,
            "expected": round6(association.expected(spans, freq_word, n)),
        }
        # A word that stands in several overlapping spans is counted in each; no marginal may then be smaller.
        table = (freq, max(spans, freq), max(freq_word, freq), max(n, spans + freq_word))
        for name, measure in MEASURES.items():
            row[name] = _rounded(measure(*table))
        row["delta_p_to"] = _rounded(association.delta_p(*table))
        row["delta_p_from"] = _rounded(association.delta_p(table[0], table[2], table[1], table[3]))
        return row

    def _count_beside(self, data: Mapping[str, Any], tokens: Sequence[str], counts: CollocateCounts) -> None:
        seen: set[str] = set()
        if self._options.unit == "word":
            text, tokens, edges = words_in_text(data, tokens)
        else:
            text, edges = "".join(tokens), edges_of(tokens)
        for _, first, after in self._phrase.find(text, tokens, edges):
            counts.places += 1
            left = self._walk(tokens, first - 1, -1, self._options.left)
            right = self._walk(tokens, after, 1, self._options.right)
            counts.left.update(left)
            counts.right.update(right)
            seen.update(left, right)
        counts.docs.update(seen)

    def _walk(self, tokens: Sequence[str], place: int, step: int, count: int) -> list[str]:
        """Return the words on one side, up to the end of the sentence or paragraph; marks are not counted."""
        found: list[str] = []
        within = self._options.within
        while 0 <= place < len(tokens) and len(found) < count:
            token = tokens[place]
            if within != "record" and "\n" in token:
                break
            if within == "sentence" and token in _SENTENCE_ENDS:
                break
            if is_word(token):
                found.append(token)
            place += step
        return found


def with_node(tokens: Sequence[str], spans: Sequence[tuple[int, int]], node: str) -> list[str]:
    """Return words in which every word that a span touches has given way to the node.

    >>> with_node(["市", "医保局", "开展"], [(2, 4)], "保局")
    ['市', '保局', '开展']
    """
    found: list[str] = []
    end = 0
    waiting = list(spans)
    for token in tokens:
        start, end = end, end + len(token)
        begun = [span for span in waiting if span[0] < end]
        found += [node] * sum(span[0] >= start for span in begun)
        if not begun:
            found.append(token)
        waiting = [span for span in waiting if span[1] > end]
    return found


def _rounded(value: float | None) -> float | None:
    return None if value is None else round6(value)
