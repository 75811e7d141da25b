"""Records as bags of words: distinct words with their counts, and the id and headline that describe a record."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Container, Sequence
from hashlib import blake2b
from itertools import accumulate, compress
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from jmtools.batches.feature import ScanFeature
from jmtools.io.json_types import Record
from jmtools.io.records import encode_record
from jmtools.topics.latent import Singles
from jmtools.topics.outside import stack, vector_length
from jmtools.topics.shared_words import SharedWords
from jmtools.words.core import Core, load_core
from jmtools.words.numbers import CoreNumbers
from jmtools.words.numbers import Numbers as CoreWordNumbers
from jmtools.words.protected import kind_of
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import record_text, segmentation_of
from jmtools.words.stopwords import load_stopwords

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Small: TypeAlias = "npt.NDArray[np.int32]"
LEAD, LEAD_TIMES = 300, 3  # characters at the head of a record whose words count three times: +0.01 NMI on articles
LEAD_LEAST = 50  # tokens under which a record is surely no longer than that
_MOST_LEAD = 0.8  # of the tokens: a lead of more would lift everything
_HEADLINE = 120  # characters that a representative shows
_ALL = (1 << 64) - 1
_SOME = 1 << 14  # numbers for which there is room beside those of the dictionary
_LONGEST = 40  # characters of a word
_MOST_KNOWN = 200_000  # words that a scanner remembers before it starts again: this bounds its memory, to about 20 MB


class Bags(NamedTuple):
    """The words of a batch of records.

    Attributes:
        words: Distinct words, or `SharedWords`.
        numbers: Word of each entry, entries of a record side by side, shape (entries,).
        counts: How often it stands there, shape (entries,).
        sizes: Entries of each record, shape (records,).
        digests: A number for each record that depends on its words alone, shape (records,).
        labels: `id` and `headline` of each record, as lines of JSON.
        segmentation: How the words were segmented.
        vectors: That the records bring, shape (records, dimensions), or None.
    """

    words: Sequence[str] | SharedWords
    numbers: Small
    counts: Small
    sizes: Small
    digests: Ints
    labels: bytes
    segmentation: str
    vectors: Singles | None = None


class WordScanner(ReadsWords, ScanFeature[Bags]):
    """Turns records into bags of words: two characters and more, no stop words, no figures."""

    words: WordReader

    def __init__(self, segment: SegmentOptions, stopwords: str = "default", vectors: str | None = None) -> None:
        """Prepare for records.

        Args:
            segment: How they are segmented.
            stopwords: Stop list.
            vectors: Field in which they bring a vector.
        """
        self.words = WordReader(segment)
        self.vectors = vectors
        self._numbers = _Numbers(load_stopwords(stopwords))
        core = load_core() if segment.segmenter == "rjieba" and segment.is_plain else None
        self._core_words = None if core is None else _CoreWords(core, self.words.cut, self._numbers)

    def vector_length(self, data: Record) -> int | None:
        """Return the length of the vector of a record.

        Raises:
            RecordError: If it should have one, and has none.
        """
        return None if self.vectors is None else vector_length(data, self.vectors)

    def scan(self, batch: Sequence[Record]) -> Bags:
        """Return the words of a batch."""
        if len(self._numbers.words) > _MOST_KNOWN or len(self._numbers) > _MOST_KNOWN:
            self._numbers.forget()
        segmentation = self.words.fingerprint
        for data in batch:
            segmentation = segmentation_of(data) or segmentation
        if self._core_words is None or any(data.get("tokens") is not None for data in batch):
            numbered = self._read(batch)
        else:
            numbered = self._core_words.of([record_text(data) for data in batch])
        numbers, counts, sizes = _bags(numbered)
        present = np.bincount(numbers) > 0
        here = np.flatnonzero(present)
        digests = _digests(np.frombuffer(self._numbers.hashes, np.uint64)[numbers], counts, sizes)
        vectors = stack(batch, self.vectors)
        return Bags(
            SharedWords(self._numbers.words, here),
            (np.cumsum(present, dtype=np.int32) - np.int32(1))[numbers],
            counts.astype(np.int32),
            sizes.astype(np.int32),
            digests if vectors is None else digests ^ np.array([_hash(row.tobytes()) for row in vectors], np.int64),
            b"".join(map(_label, batch)),
            segmentation,
            vectors,
        )

    def _read(self, batch: Sequence[Record]) -> NumberedWords:
        """Return the words of a batch, of which strings were made."""
        number = self._numbers.__getitem__
        flat: list[int] = []
        lengths, leads = [], []
        for data in batch:
            tokens = self.words.tokens(data)
            flat += map(number, tokens)
            lengths.append(len(tokens))
            leads.append(count_lead(tokens))
        sizes = np.array(lengths, np.int64)
        place = np.arange(len(flat)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return NumberedWords(np.array(flat, np.int64), sizes, place < np.repeat(np.array(leads, np.int64), sizes))


def count_lead(tokens: Sequence[str]) -> int:
    """Return how many tokens end before the `LEAD`th character of a record; 0 where little follows them."""
    if len(tokens) <= LEAD_LEAST:
        return 0
    ends = list(accumulate(map(len, tokens[:LEAD])))
    count = bisect_left(ends, LEAD)
    return count if count < _MOST_LEAD * len(tokens) else 0


class NumberedWords(NamedTuple):
    """All words of some records.

    Attributes:
        numbers: Of each word, 0 for those that are left out, records end to end, shape (words,).
        sizes: Words of each record, shape (records,).
        leads: Whether a word stands at the head of a record and counts more, shape (words,).
    """

    numbers: Ints
    sizes: Ints
    leads: npt.NDArray[np.bool_]


class _Numbers(dict[str, int]):
    """Word → its number, 0 for words that are left out, so that each word is checked once."""

    def __init__(self, stop: Container[str]) -> None:
        self._stop = stop
        self.forgotten = 0  # how often
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.words = [""]
        self.hashes = array("Q", [0])
        self.forgotten += 1

    def __missing__(self, word: str) -> int:
        number = 0
        if self._counts(word):
            number = len(self.words)
            self.words.append(word)
            self.hashes.append(_hash(word.encode("utf-8", "surrogatepass")) & _ALL)
        self[word] = number
        return number

    def of_new(self, words: Sequence[str]) -> Ints:
        """Return the numbers of words that the caller remembers; they are new ones."""
        stop, odd = self._stop, self._counts  # most words are made of Chinese characters: nothing is called for them
        counts = [
            1 < len(word) <= _LONGEST and word not in stop if word.isalpha() and not word.isascii() else odd(word)
            for word in words
        ]
        flags = np.array(counts, np.bool_)
        first, kept = len(self.words), list(compress(words, flags.tolist()))
        self.words += kept
        digests = b"".join([blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in kept])
        self.hashes.frombytes(np.frombuffer(digests, "<u8").astype(np.uint64).tobytes())
        return np.where(flags, first - 1 + np.cumsum(flags), 0)

    def _counts(self, word: str) -> bool:
        if not 1 < len(word) <= _LONGEST or word in self._stop:
            return False
        if word.isalpha():
            return not word.isascii() or not kind_of(word)
        return word[:1].isalnum() and any(map(str.isalpha, word)) and not kind_of(word)


class _CoreWords:
    """Gives the words of texts their numbers by those of the segmenter core: strings are made of new words only."""

    def __init__(self, core: Core, cut: Callable[[str], list[str]], numbers: _Numbers) -> None:
        """Take the core, what segments the few texts that it cannot, and what numbers words."""
        self._core, self._words, self._numbers = CoreNumbers(core, cut), core.words, numbers
        self._seen = 0, 0
        self._own: Small | None = None  # the number of each of the core's; -1 for words that were not met
        self._lengths: Small | None = None  # their characters

    def of(self, texts: Sequence[str]) -> NumberedWords:
        """Return the words of texts.

        Raises:
            RecordError: If a text has lone surrogates.
        """
        found, counts = self._core.of(texts)
        own, lengths = self._meet(found)
        sizes = counts.astype(np.int64)
        ends = np.cumsum(lengths[found], dtype=np.int64)
        last = np.cumsum(sizes)
        before = np.append(0, ends)[last - sizes]
        leads = ends - np.repeat(before, sizes) < LEAD
        led = np.diff(np.append(0, np.cumsum(leads))[np.append(0, last)])
        leads &= np.repeat((sizes > LEAD_LEAST) & (led < _MOST_LEAD * sizes), sizes)
        return NumberedWords(own[found].astype(np.int64), sizes, leads)

    def _meet(self, found: CoreWordNumbers) -> tuple[Small, Small]:
        """Learn the words that were not met before; return the number of each of the core's, and its characters."""
        own, lengths = self._own, self._lengths
        if own is None or lengths is None or self._seen[0] != self._numbers.forgotten:
            own, lengths = (np.full(self._words + _SOME, -1, np.int32) for _ in range(2))
        elif self._seen[1] != self._core.cleared:
            own[self._words :] = -1
        self._seen = self._numbers.forgotten, self._core.cleared
        most = int(found.max(initial=0))
        if most >= len(own):
            own, lengths = (np.append(each, np.full(most, -1, np.int32)) for each in (own, lengths))
        present = np.zeros(len(own), np.bool_)
        present[found] = True
        new = np.flatnonzero(present & (own < 0))
        if len(new):
            names = self._core.cutter.names(new.tolist())
            own[new] = self._numbers.of_new(names)
            lengths[new] = [len(name) for name in names]
        self._own, self._lengths = own, lengths
        return own, lengths


def _hash(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def _bags(words: NumberedWords) -> tuple[Ints, Ints, Ints]:
    """Return the distinct numbers of each record, how often each counts there, and how many each record has."""
    kept = words.numbers > 0
    rows = np.repeat(np.arange(len(words.sizes)), words.sizes)[kept]
    places = rows << 33 | words.numbers[kept] << 1 | words.leads[kept]
    places.sort()
    first = np.flatnonzero(np.diff(places >> 1, prepend=-1))
    counts = np.add.reduceat(1 + (LEAD_TIMES - 1) * (places & 1), first) if len(first) else first
    distinct = places[first] >> 1
    return distinct & 0xFFFFFFFF, counts, np.bincount(distinct >> 32, minlength=len(words.sizes))


def _digests(hashes: npt.NDArray[np.uint64], counts: Ints, sizes: Ints) -> Ints:
    """Return the sum of the hashes of each record's words, each turned by its count; sums wrap around."""
    mixed = hashes * (2 * counts + 1).astype(np.uint64)
    mixed ^= mixed >> np.uint64(29)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    ends = np.cumsum(sizes)
    found: Ints = (sums[ends] - sums[ends - sizes]).view(np.int64)
    return found


def _label(data: Record) -> bytes:
    identity, headline = data.get("id"), data.get("headline")
    simple = identity if isinstance(identity, str | int) and not isinstance(identity, bool) else None
    if isinstance(simple, int) and abs(simple) >> 63:
        simple = None
    shown = headline[:_HEADLINE] if isinstance(headline, str) else None
    return encode_record({"id": simple, "headline": shown})
