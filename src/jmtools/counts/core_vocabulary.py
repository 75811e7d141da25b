"""Terms that the segmenter core numbers: no string is made of one before somebody asks for it."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from jmtools.batches.feature import TakenLines
from jmtools.counts.tally import Counts, Ints, PackedTerms, Vocabulary
from jmtools.words.core import Core
from jmtools.words.core_library import NO_ROOM, check
from jmtools.words.numbers import CoreNumbers, Numbers
from jmtools.words.shadow import character_forms
from jmtools.words.text_records import ByteList, LineReader, TextRecords

if TYPE_CHECKING:
    import numpy.typing as npt

_FIRST_ROOM = 1 << 12
_TERM_BYTES = 24  # of most terms as JSON
_SLOT = 3  # numbers of `jm_slot`
_PIECE = 1 << 13  # lines that are written at once


class CoreTally:
    """Counts words by the core's numbers."""

    def __init__(self, core: Core) -> None:
        """Take the core."""
        self._library, self._words = core.library, core.words

    @cached_property
    def _columns(self) -> Numbers:
        return np.empty((3, _FIRST_ROOM), np.uint32)

    @cached_property
    def _slots(self) -> npt.NDArray[np.uint32]:
        return np.zeros((self._words + _FIRST_ROOM, _SLOT), np.uint32)

    def of(self, words: Numbers, counts: Numbers) -> tuple[Numbers, Ints, Ints]:
        """Return the different words of some texts, how often each stands there, and in how many texts.

        Args:
            words: Of all texts, end to end.
            counts: How many words each text has.
        """
        most = int(words.max(initial=0)) + 1
        if most > len(self._slots):
            self._slots = np.zeros((2 * most, _SLOT), np.uint32)
        if len(words) > self._columns.shape[1]:
            self._columns = np.empty((3, 2 * len(words)), np.uint32)
        number, freq, docfreq = self._columns
        columns = number.ctypes.data, freq.ctypes.data, docfreq.ctypes.data
        room = self._slots.ctypes.data, len(self._slots), *columns
        found = check(self._library.jm_tally(words.ctypes.data, len(words), counts.ctypes.data, len(counts), *room))
        return number[:found].copy(), freq[:found].astype(np.int64), docfreq[:found].astype(np.int64)


class CoreVocabulary(Vocabulary):
    """Terms in the order in which they were met; the core has their letters, under numbers of its own.

    As long as this object counts, the core forgets no word: what it would have to remember is in memory anyway.
    """

    def __init__(self, core: Core, cut: Callable[[str], list[str]]) -> None:
        """Take the core, and what segments the few texts that the core cannot."""
        super().__init__()
        self._library, self._words = core.library, core.words
        self._core = CoreNumbers(core, cut, forgets=False)
        self._tally, self._reader = CoreTally(core), LineReader(core)
        self._size = 0
        self._terms: list[str] = []  # made when they are asked for
        self._numbers: dict[str, int] = {}

    @cached_property
    def _are_words(self) -> npt.NDArray[np.bool_]:
        """Whether each term is a word, as far as somebody asked; a run without records loads no numpy."""
        return np.zeros(0, np.bool_)

    @cached_property
    def _mine(self) -> npt.NDArray[np.int32]:
        """The number here of each of the core's numbers; -1 where there is none."""
        return np.full(self._words + _FIRST_ROOM, -1, np.int32)

    @cached_property
    def _theirs(self) -> Numbers:
        """The core's number of each term."""
        return np.zeros(_FIRST_ROOM, np.uint32)

    def __len__(self) -> int:
        """Return how many terms there are."""
        return self._size

    def clear(self) -> None:
        """Forget every term."""
        super().clear()
        self._core.cutter.forget()
        self._mine.fill(-1)
        self._size, self._terms, self._numbers = 0, [], {}
        self._are_words = np.zeros(0, np.bool_)

    def scripts(self) -> tuple[int, int]:
        """Return how many characters of the terms only Traditional text has, and how many Simplified text often has."""
        if not self._size:
            return 0, 0
        theirs, counts = self._theirs[: self._size], (ctypes.c_uint64 * 2)()
        handle = self._core.cutter.handle
        self._library.jm_count_scripts(handle, theirs.ctypes.data, len(theirs), character_forms(), counts)
        return counts[0], counts[1]

    def names(self, numbers: Ints) -> list[str]:
        """Return the terms behind numbers."""
        return self._core.cutter.names(array("I", self._theirs[numbers].tobytes()))

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each term."""
        if len(self._numbers) != self._size:
            self._numbers = dict(zip(self.terms(), range(self._size), strict=True))
        return self._numbers

    def terms(self) -> list[str]:
        """Return the terms in the order of their numbers."""
        if len(self._terms) != self._size:
            self._terms = self.names(np.arange(self._size))
        return self._terms

    def encode(self, words: Sequence[str]) -> Ints:
        """Return the number of each word; new words get the next ones."""
        if isinstance(words, PackedTerms):
            found = self._core.cutter.numbers_of_joined(words.data, words.ends)
            return self._numbered(np.frombuffer(found, np.uint32))
        return self._numbered(self._core.of_words(words))

    def packed(self, numbers: Ints) -> PackedTerms:
        """Return the terms behind numbers, to be sent to another process."""
        text, stops = self._core.cutter.spelled(array("I", self._theirs[numbers].tobytes()))
        data = text.encode("utf-8", "surrogatepass")
        begins = np.append(np.flatnonzero((np.frombuffer(data, np.uint8) & 0xC0) != 0x80), len(data))
        return PackedTerms(data, array("I", begins[np.frombuffer(stops, np.uint32)].astype(np.uint32).tobytes()))

    def segment(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the words of texts by the core's numbers, end to end, and how many words each text has.

        Raises:
            RecordError: If a text has lone surrogates.
        """
        return self._core.of(texts)

    def read_lines(self, lines: Sequence[bytes]) -> TakenLines | None:
        """Return the records of lines at once, or None if one is unusual."""
        records = self._reader.read(lines)
        return None if records is None else records.taken()

    def counts_of(self, records: TextRecords) -> Counts:
        """Count the words of records that were read at once."""
        counts = Counts(docs=len(records))
        counts.add(*self.tally(*self._core.of_records(records)))
        return counts

    def tally(self, words: Numbers, counts: Numbers) -> tuple[Ints, Ints, Ints]:
        """Return the numbers of the different words of some texts, how often each stands there, and in how many.

        Args:
            words: What `segment` gives, or some texts of it.
            counts: How many words each text has.
        """
        number, freq, docfreq = self._tally.of(words, counts)
        return self._numbered(number, are_different=True), freq, docfreq

    def only_words(
        self, words: Numbers, counts: Numbers, is_word: Callable[[str], bool]
    ) -> tuple[Numbers, Numbers, Ints]:
        """Return the words of some texts without marks, how many each text has then, and their numbers here, in order.

        Args:
            words: What `segment` gives, or some texts of it.
            counts: How many words each text has.
            is_word: Says it of a term that does not begin with a Han character.
        """
        numbers = self._numbered(words)
        known = len(self._are_words)
        if known < self._size:
            new = np.ones(self._size - known, np.bool_)
            for place, term in self.odd_ones(np.arange(known, self._size)):
                new[place] = is_word(term)
            self._are_words = np.append(self._are_words, new)
        kept = self._are_words[numbers]
        before = np.append(0, np.cumsum(kept))
        ends = np.cumsum(counts, dtype=np.int64)
        return words[kept], (before[ends] - before[ends - counts]).astype(np.uint32), numbers[kept]

    def words_of(self, records: TextRecords) -> tuple[Numbers, Numbers]:
        """Return what `segment` gives for records that were read at once."""
        return self._core.of_records(records)

    def order(self, numbers: Ints) -> Ints:
        """Return the order of different terms by code points."""
        theirs = self._theirs[numbers]
        place = np.empty(int(theirs.max(initial=0)) + 1, np.int64)
        place[theirs] = np.arange(len(theirs))
        check(self._library.jm_sort_words(self._core.cutter.handle, theirs.ctypes.data, len(theirs)))
        return place[theirs]

    def lines(self, numbers: Ints, head: bytes, tails: Sequence[bytes], tail: Ints) -> Iterator[bytes]:
        """Yield a line for each term: the head, the term as JSON prints it, and its tail.

        Args:
            numbers: The terms.
            head: What all lines begin with.
            tails: What they end in.
            tail: Which of these each line ends in.
        """
        endings, handle = ByteList(tails), self._core.cutter.handle
        room = _PIECE * (len(head) + max(map(len, tails), default=0) + _TERM_BYTES)
        out = bytearray(room)
        for start in range(0, len(numbers), _PIECE):
            piece = self._theirs[numbers[start : start + _PIECE]]
            mine = tail[start : start + _PIECE].astype(np.uint32)
            ours = piece.ctypes.data, mine.ctypes.data, len(piece), head, len(head)
            while True:
                address = ctypes.addressof(ctypes.c_char.from_buffer(out))
                size = self._library.jm_word_lines(handle, *ours, *endings.parts, address, len(out))
                if size != NO_ROOM:
                    break
                out = bytearray(2 * len(out))
            yield bytes(memoryview(out)[: check(size)])

    def odd_ones(self, numbers: Ints) -> list[tuple[int, str]]:
        """Return the places of the terms that do not begin with a Han character, and the terms."""
        return odd_words(self._library, self._core, self._theirs[numbers])

    def _numbered(self, theirs: Numbers, *, are_different: bool = False) -> Ints:
        """Return the numbers here; new words get the next ones."""
        most = int(theirs.max(initial=0)) + 1
        if most > len(self._mine):
            self._mine = np.append(self._mine, np.full(most, -1, np.int32))
        mine = self._mine[theirs]
        if int(mine.min(initial=0)) < 0:
            new = theirs[mine < 0]
            if not are_different:
                order = np.argsort(new, kind="stable")
                new = new[np.sort(order[_are_first(new[order])])]
            after = self._size + len(new)
            if after > len(self._theirs):
                self._theirs = np.append(self._theirs, np.zeros(after, np.uint32))
            self._theirs[self._size : after] = new
            self._mine[new] = np.arange(self._size, after)
            self._size = after
            mine = self._mine[theirs]
        return mine.astype(np.int64)


def odd_words(library: ctypes.CDLL, core: CoreNumbers, words: Numbers) -> list[tuple[int, str]]:
    """Return the places of the words that do not begin with a Han character, and the words."""
    found = np.empty(max(len(words), 1), np.uint32)
    count = check(library.jm_odd_words(core.cutter.handle, words.ctypes.data, len(words), found.ctypes.data))
    places = found[:count]
    return list(zip(places.tolist(), core.cutter.names(array("I", words[places].tobytes())), strict=True))


def different(keys: Ints | Numbers) -> tuple[Ints, Ints]:
    """Return the different keys, smallest first, and which of these each key is; `np.unique` imports numpy.ma."""
    order = np.argsort(keys, kind="stable")
    first = _are_first(keys[order])
    which = np.empty(len(keys), np.int64)
    which[order] = np.cumsum(first) - 1
    return keys[order][first].astype(np.int64), which


def _are_first(ordered: Ints | Numbers) -> npt.NDArray[np.bool_]:
    """Return which of sorted numbers differ from the one before."""
    first: npt.NDArray[np.bool_] = np.append(np.ones(min(len(ordered), 1), np.bool_), ordered[1:] != ordered[:-1])
    return first
