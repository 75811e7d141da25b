"""Counts of terms over records, by group: made batch by batch, merged in any process, never holding a text.

Words become integers, in the core or in one call a record, and integers are counted (docs/benchmarks/speed.md).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jmtools.batches.feature import CountFeature, TakenLines
from jmtools.counts.core_counting import Order, count_in_core
from jmtools.counts.core_vocabulary import CoreVocabulary
from jmtools.counts.forms import FORMS, cased
from jmtools.counts.ngrams import ngrams
from jmtools.counts.tally import Counts, Ints, Key, Tally, Vocabulary
from jmtools.counts.tally_store import spill
from jmtools.errors import OptionError
from jmtools.fields.grouping import Grouping
from jmtools.fields.patterns import Literals
from jmtools.fields.where import parse_where
from jmtools.io.json_types import Record
from jmtools.words.core import Core, load_core
from jmtools.words.lexicon import fold_case
from jmtools.words.phrases import Phrases, is_row, words_in_text
from jmtools.words.pos_marks import is_wanted, marks_again, without_marks
from jmtools.words.reader import ReadsWords, SegmentOptions
from jmtools.words.segment import record_text
from jmtools.words.units import Units, load_units

_FIRST_ROOM = 1 << 16
_REMEMBERED = 300_000  # terms that a process which only sends its counts away remembers, about 60 MB


@dataclass(frozen=True)
class CountOptions:
    """What is counted.

    Attributes:
        segment: How text is segmented.
        unit: `word`, `char`, or `string`: the `strings`, wherever they stand.
        ngrams: Smallest and largest number of words (or characters) in a term.
        strings: What `unit="string"` counts; those of several words are counted too (`words.phrases`).
        where: Condition on the records that are counted, or None.
        group_by: Fields by which counts are kept apart.
        sequence: Keep the order of the words: 4 bytes each, for statistics of dispersion.
        parts: With `sequence`: field that says to which part of the corpus a record belongs; None: each is a part.
        fold_case: Count terms that differ in case only as one, and their printed forms apart (`counts.forms`).
        pos: Parts of speech of the words that are shown; others are counted with a mark (`words.words_by_pos`).
        max_memory: Bytes that the counts may take; past half of it they wait on disk. None for no limit.
    """

    segment: SegmentOptions = field(default_factory=SegmentOptions)
    unit: str = "word"
    ngrams: tuple[int, int] = (1, 1)
    strings: tuple[str, ...] = ()
    where: str | None = None
    group_by: tuple[str, ...] = ()
    sequence: bool = False
    parts: str | None = None
    fold_case: bool = False
    pos: tuple[str, ...] = ()
    max_memory: int | None = None


class TermCounter(ReadsWords, CountFeature[Tally, Tally]):
    """Counts batches of records."""

    def __init__(self, options: CountOptions) -> None:
        self.options = options
        self.grouping = Grouping(options.group_by)
        self._where = parse_where(options.where)
        self._parts = Grouping([options.parts], option="--parts") if options.parts else None
        self._orders = range(options.ngrams[0], options.ngrams[1] + 1)
        if options.unit == "string":
            if options.ngrams != (1, 1):
                raise OptionError("--ngram: strings stand where they stand; --unit word or char has n-grams")
            self._literals = Literals(
                [fold_case(term) for term in options.strings] if options.fold_case else options.strings
            )
        else:
            self._units = _units_of(options)
            self.words = self._units.words
        self._phrases: Phrases | None = None
        if options.strings and options.unit == "word" and options.ngrams == (1, 1) and not options.sequence:
            cut = self._units.cut
            rows = [term for term in options.strings if term.strip() and is_row(term, cut)]
            rows = list(dict.fromkeys(map(fold_case, rows))) if options.fold_case else rows
            self._phrases = Phrases(rows, cut) if rows else None
            self._rows = rows
        self._core = self._usable_core()
        orders = [*self._orders, FORMS] if options.fold_case else self._orders
        self._vocabularies = {order: self._new_vocabulary() for order in orders}
        self._known = _IsWord()
        self._room: Ints | None = None
        self._pieces = self._choose()

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields of groups, parts and the condition."""
        return (
            *self.grouping.field_names,
            *(self._parts.field_names if self._parts is not None else ()),
            *(self._where.field_names if self._where is not None else ()),
        )

    def check(self, data: Record) -> None:
        """Check that a record can be put into a group.

        Raises:
            RecordError: If it cannot.
        """
        if self.options.group_by:
            self.grouping.of(data)
        if self._parts is not None:
            self._parts.of(data)

    def read_lines(self, lines: Sequence[bytes]) -> TakenLines | None:
        """Return the records of lines at once where the core counts them, and nothing else of them matters."""
        vocabulary = self._vocabularies.get(1)
        alone = not self.grouping.specs and self._parts is None and self._where is None
        return vocabulary.read_lines(lines) if alone and isinstance(vocabulary, CoreVocabulary) else None

    def count(self, batch: Sequence[Record]) -> Tally:
        """Return the counts of a batch."""
        self._forget()
        tally = Tally(dict(self._vocabularies))
        if self._where is not None:
            batch = [data for data in batch if self._where.matches(data)]
        vocabulary = self._vocabularies.get(1)
        if isinstance(vocabulary, CoreVocabulary) and batch:
            in_order = Order(self._parts, is_word) if self.options.sequence else None
            batch = count_in_core(batch, tally, vocabulary, self.grouping, in_order)
        pieces: dict[Key, list[Ints]] = {}
        for data in batch:
            found, words = self._pieces(data)
            for group in self.grouping.of(data):
                for order, numbers in found.items():
                    key = (group, order)
                    counts = tally.counts.setdefault(key, Counts())
                    counts.docs += 1
                    counts.words += words
                    pieces.setdefault(key, []).append(numbers)
                    if self.options.sequence and order != FORMS:
                        self._keep_order(counts, numbers, data)
        for key, arrays in pieces.items():
            tally.counts[key].add(*self._sum(arrays, key[1]))
        return tally

    def merge(self, total: Tally, part: Tally) -> Tally:
        """Add the counts of later records."""
        if self._core is not None and total.store is None and not isinstance(total.vocabularies[1], CoreVocabulary):
            first, total = total, Tally(dict(self._vocabularies))  # it came from another process
            total.merge(first)
        total.merge(part)
        room = self.options.max_memory
        if room is not None and self.options.unit != "string" and total.size > room // 2:
            spill(total)
        return total

    def _forget(self) -> None:
        """Begin a new vocabulary where the old one is long and no other process uses its numbers."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        for order, vocabulary in self._vocabularies.items():
            if len(vocabulary) > _REMEMBERED and vocabulary.owner != os.getpid():
                self._vocabularies[order] = self._new_vocabulary()

    def _choose(self) -> Callable[[Record], tuple[dict[int, Ints], int]]:
        if self.options.unit == "string":
            vocabulary = self._vocabularies[1]
            vocabulary.encode(self._literals.strings)
            return self._string_pieces
        if self._phrases is not None:
            return self._phrase_pieces
        return self._word_pieces if self.options.ngrams == (1, 1) else self._ngram_pieces

    def _usable_core(self) -> Core | None:
        """Return what numbers words without making strings of them; None where strings are needed, or no core is."""
        options, segment = self.options, self.options.segment
        words_alone = options.unit == "word" and options.ngrams == (1, 1)
        plain = segment.is_plain and segment.segmenter == "rjieba" and not options.fold_case
        return load_core() if words_alone and plain and self._phrases is None and not options.pos else None

    def _new_vocabulary(self) -> Vocabulary:
        return Vocabulary() if self._core is None else CoreVocabulary(self._core, self._units.cut)

    def _word_pieces(self, data: Record) -> tuple[dict[int, Ints], int]:
        words = self._units.of(data)
        if self.options.sequence:
            known = self._known
            words = [word for word in words if known[word]]
        return self._encoded({1: words}), 0

    def _encoded(self, terms: Mapping[int, Sequence[str]]) -> dict[int, Ints]:
        """Return the numbers of terms by their length; where case is folded, also of their forms as printed."""
        if not self.options.fold_case:
            return {order: self._vocabularies[order].encode(names) for order, names in terms.items()}
        found = {order: self._vocabularies[order].encode(list(map(fold_case, names))) for order, names in terms.items()}
        return found | {
            FORMS: self._vocabularies[FORMS].encode([form for names in terms.values() for form in cased(names)])
        }

    def _phrase_pieces(self, data: Record) -> tuple[dict[int, Ints], int]:
        assert self._phrases is not None  # noqa: S101 - see `_choose`
        words = self._units.of(data)
        text, tokens, edges = words_in_text(data, without_marks(words))
        marked = marks_again(tokens, words)
        whole = text
        if self.options.fold_case:
            text, tokens = fold_case(text), [fold_case(token) for token in tokens]
        rows = []
        for index, first, after in self._phrases.find(text, tokens, edges):
            if after > first + 1 and all(map(is_wanted, marked[first:after])):  # else it is a word itself
                row, printed = self._rows[index], whole[edges[first] : edges[after]]
                rows.append(printed if self.options.fold_case and fold_case(printed) == row else row)
        known = self._known
        return self._encoded({1: [*words, *rows]}), sum(known[word] for word in words)

    def _ngram_pieces(self, data: Record) -> tuple[dict[int, Ints], int]:
        runs = self._runs_of(data)
        glue = "" if self.options.unit == "char" else " "
        return self._encoded({order: ngrams(runs, order, glue) for order in self._orders}), 0

    def _runs_of(self, data: Record) -> list[list[str]]:
        """Return the words that stand in a row: what was taken out of given tokens parts them as a mark does."""
        words: Sequence[str] = self._units.of(data)
        if self.options.unit == "word" and data.get("tokens") is not None:
            words = marks_again(words_in_text(data, without_marks(words))[1], words)
        return _runs(words, self._known)

    def _string_pieces(self, data: Record) -> tuple[dict[int, Ints], int]:
        text = record_text(data)
        size = len("".join(text.split()))
        if self.options.fold_case:
            return self._encoded({1: [text[start:end] for _, start, end in self._literals.find(fold_case(text))]}), size
        return {1: np.array([index for index, _, _ in self._literals.find(text)], np.int64)}, size

    def _sum(self, arrays: list[Ints], order: int) -> tuple[Ints, Ints, Ints]:
        """Count the numbers of each record: how often, and in how many records."""
        size = len(self._vocabularies[order])
        if self._room is None or size > len(self._room):
            self._room = np.zeros(max(2 * size, _FIRST_ROOM), np.int64)
        docfreq = self._room
        for numbers in arrays:
            docfreq[numbers] += 1  # once for each number, however often it stands there
        freq = np.bincount(np.concatenate(arrays))
        numbers = np.flatnonzero(freq)
        result = numbers, freq[numbers], docfreq[numbers]
        docfreq[numbers] = 0
        return result

    def _keep_order(self, counts: Counts, numbers: Ints, data: Record) -> None:
        counts.sequence.append(numbers.astype(np.int32))
        counts.sizes.append(len(numbers))
        if self._parts is not None:
            counts.parts.append(self._parts.of(data)[0])


def _units_of(options: CountOptions) -> Units:
    if not options.pos or options.unit != "word":
        return load_units(options.unit, options.segment)
    from jmtools.words.words_by_pos import WordsByPos

    return WordsByPos(options.segment, options.pos)


class _IsWord(dict[str, bool]):
    def __missing__(self, word: str) -> bool:
        found = self[word] = is_word(word)
        return found


def _runs(words: Sequence[str], known: _IsWord) -> list[list[str]]:
    """Return the words between punctuation marks, run by run."""
    runs: list[list[str]] = [[]]
    for word in words:
        if known[word]:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return runs


def is_word(term: str) -> bool:
    """Tell whether a token is a word and not punctuation or white space.

    >>> is_word("医保"), is_word("5G-A"), is_word("——")
    (True, True, False)
    """
    return term.isalnum() or any(map(str.isalnum, term))


def marks_of(options: CountOptions) -> frozenset[str]:
    """Return the terms that were asked for and are no words: ……, 😀."""
    return frozenset(term for term in options.strings if not is_word(term))
