"""Sums of counts: terms as numbers, sparse counts by group, merged across batches and processes."""

from __future__ import annotations

import itertools
import os
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np

from jmtools.fields.grouping import Group
from jmtools.io.json_types import Fields
from jmtools.words.shadow import count_scripts

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
_PENDING = 1 << 18  # entries that may wait before they are added up
_TERM_BYTES, _ENTRY_BYTES = 250, 72  # what a term and a count take while they are added up and sorted, measured


class PackedTerms(Sequence[str]):
    """Different terms as they go from one process to another: their letters end to end."""

    def __init__(self, data: bytes, ends: array[int]) -> None:
        """Take letters in UTF-8, and the byte at which each term ends."""
        self.data, self.ends = data, ends

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice[Any, Any, Any]) -> list[str]: ...
    def __getitem__(self, place: int | slice[Any, Any, Any]) -> str | list[str]:
        """Return a term, or some."""
        return list(self)[place]

    def __iter__(self) -> Iterator[str]:
        """Yield the terms."""
        for start, end in itertools.pairwise([0, *self.ends]):
            yield self.data[start:end].decode("utf-8", "surrogatepass")


class Vocabulary:
    """Terms and their numbers, in the order in which they were met.

    Attributes:
        owner: The process in which a total goes by these numbers; 0 if there is none.
        cleared: How often all terms were forgotten.
    """

    def __init__(self, terms: Sequence[str] = ()) -> None:
        """Take different terms, which get the numbers from 0 on."""
        self._given = terms
        self.owner = 0
        self.cleared = 0

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._made if "_made" in self.__dict__ else self._given)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each term."""
        return self._made

    @cached_property
    def _made(self) -> defaultdict[str, int]:
        # made when first used, since what a worker sends is only read through
        numbers: defaultdict[str, int] = defaultdict(None, zip(self._given, itertools.count()))
        numbers.default_factory = numbers.__len__
        return numbers

    def clear(self) -> None:
        """Forget every term."""
        self._given = ()
        self.cleared += 1
        self._made.clear()

    def terms(self) -> list[str]:
        """Return the terms in the order of their numbers."""
        return list(self._made if "_made" in self.__dict__ else self._given)

    def packed(self, numbers: Ints) -> Sequence[str]:
        """Return the terms behind numbers, to be sent to another process."""
        return self.names(numbers)

    @property
    def given(self) -> Sequence[str]:
        """The terms in the order of their numbers, as they came."""
        return self.terms() if "_made" in self.__dict__ else self._given

    def scripts(self) -> tuple[int, int]:
        """Return how many characters of the terms only Traditional text has, and how many Simplified text often has."""
        return count_scripts("\n".join(self.terms()))

    def names(self, numbers: Ints) -> list[str]:
        """Return the terms behind numbers."""
        terms = self.terms()
        return [terms[number] for number in numbers.tolist()]

    def encode(self, words: Sequence[str]) -> Ints:
        """Return the number of each word; new words get the next ones."""
        if len(words) < 2:
            return np.array([self._made[word] for word in words], np.int64)
        return np.fromiter(itemgetter(*words)(self._made), np.int64, len(words))


@dataclass
class Counts:
    """Counts of one group of records and one length of n-grams; sparse, in chunks that are added up now and then.

    Attributes:
        docs: Records.
        words: Words of the records (for strings: characters but white space); 0 where the counts themselves tell.
        chunks: Numbers of terms, their frequencies and document frequencies.
        sequence: The numbers in the order of the text, if it is kept.
        sizes: Length of each record's piece of the sequence.
        parts: The part of each record, where a field says it.
        dropped: Frequency → how many terms of it were let go for want of memory, of those that add to the sum of all.
    """

    docs: int = 0
    words: int = 0
    chunks: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    pending: int = 0
    sequence: list[npt.NDArray[np.int32]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    parts: list[Group] = field(default_factory=list)
    dropped: Counter[int] = field(default_factory=Counter)

    @property
    def occurrences_dropped(self) -> int:
        """Return how often the terms that were let go occurred."""
        return sum(freq * terms for freq, terms in self.dropped.items())

    def add(self, numbers: Ints, freq: Ints, docfreq: Ints) -> None:
        """Add counts; a number stands at most once in a chunk."""
        if len(numbers):
            self.chunks.append((numbers, freq, docfreq))
            self.pending += len(numbers)
            if self.pending > max(_PENDING, 2 * len(self.chunks[0][0])):
                self.total()

    def total(self) -> tuple[Ints, Ints, Ints]:
        """Return the sum of all chunks, by number."""
        if not self.chunks:
            none = np.zeros(0, np.int64)
            return none, none, none
        if len(self.chunks) > 1:
            self.chunks = [_added_up(self.chunks)]
        self.pending = len(self.chunks[0][0])
        return self.chunks[0]

    def renumber(self, numbers: Ints) -> None:
        """Give every term the number that stands at its old one."""
        self.chunks = [(numbers[old], freq, docfreq) for old, freq, docfreq in self.chunks]
        self.sequence = [numbers[old].astype(np.int32) for old in self.sequence]

    def merge(self, later: Counts) -> None:
        """Add the counts of later records, numbered alike."""
        self.docs += later.docs
        self.words += later.words
        for chunk in later.chunks:
            self.add(*chunk)
        self.sequence += later.sequence
        self.sizes += later.sizes
        self.parts += later.parts
        self.dropped.update(later.dropped)


def _added_up(chunks: Sequence[tuple[Ints, Ints, Ints]]) -> tuple[Ints, Ints, Ints]:
    """Return the sums of chunks by number."""
    size = max(int(numbers.max()) for numbers, _, _ in chunks) + 1
    if size > 4 * sum(len(numbers) for numbers, _, _ in chunks):  # few of many: sorting is faster
        together, freq, docfreq = (np.concatenate(column) for column in zip(*chunks, strict=True))
        known, where = np.unique(together, return_inverse=True)
        return known, np.bincount(where, freq).astype(np.int64), np.bincount(where, docfreq).astype(np.int64)
    sums = np.zeros((2, size), np.int64)
    for numbers, *columns in chunks:
        for one, column in zip(sums, columns, strict=True):
            one[numbers] += column
    known = np.flatnonzero(sums[0])
    return known, sums[0][known], sums[1][known]


Key = tuple[Group, int]  # the group, and the length of the n-grams


@dataclass
class Tally:
    """What was counted so far: a vocabulary for each length of n-grams, counts for each group and length.

    Attributes:
        vocabularies: By length.
        counts: By group and length.
        store: What was counted before and waits on disk, see `jmtools.counts.tally_store`.
    """

    vocabularies: dict[int, Vocabulary]
    counts: dict[Key, Counts] = field(default_factory=dict)
    store: Any = None

    @property
    def size(self) -> int:
        """Return about how many bytes of memory the counts take."""
        terms = sum(len(vocabulary) for vocabulary in self.vocabularies.values())
        return _TERM_BYTES * terms + _ENTRY_BYTES * sum(counts.pending for counts in self.counts.values())

    def __getstate__(self) -> Fields:
        """Take along the terms that are counted here, and no others."""
        terms: dict[int, Sequence[str]] = {}
        counts: dict[Key, Counts] = {}
        for order, vocabulary in self.vocabularies.items():
            mine = {key: value for key, value in self.counts.items() if key[1] == order}
            used = np.unique(np.concatenate([np.zeros(0, np.int64), *(value.total()[0] for value in mine.values())]))
            terms[order] = vocabulary.packed(used)
            numbers = np.zeros(len(vocabulary), np.int64)
            numbers[used] = np.arange(len(used))
            for value in mine.values():
                value.renumber(numbers)
            counts.update(mine)
        self.vocabularies = {order: Vocabulary(names) for order, names in terms.items()}
        return {"terms": terms, "counts": counts}

    def __setstate__(self, state: Fields) -> None:
        """Number the terms again."""
        self.vocabularies = {order: Vocabulary(names) for order, names in state["terms"].items()}
        self.counts, self.store = state["counts"], None

    def merge(self, later: Tally) -> None:
        """Add what was counted in later records."""
        for order, vocabulary in later.vocabularies.items():
            mine = self.vocabularies[order]
            mine.owner = os.getpid()
            if vocabulary is mine:
                continue
            numbers = mine.encode(vocabulary.given)
            for key, value in later.counts.items():
                if key[1] == order:
                    value.renumber(numbers)
        for key, value in later.counts.items():
            if key in self.counts:
                self.counts[key].merge(value)
            else:
                self.counts[key] = value
