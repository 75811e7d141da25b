"""Records as bags of words: distinct words with their counts, and the id and headline that describe a record."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Container, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from jmtools.batches.feature import ScanFeature
from jmtools.io.json_types import Record
from jmtools.io.records import encode_record
from jmtools.topics.latent import Singles
from jmtools.topics.outside import stack, vector_of
from jmtools.words.protected import kind_of
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import segmentation_of
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
_LONGEST = 40  # characters of a word
_MOST_KNOWN = 30_000  # words that a scanner remembers before it starts again: this bounds its memory


class Bags(NamedTuple):
    """The words of a batch of records.

    Attributes:
        words: Distinct words.
        numbers: Word of each entry, entries of a record side by side, shape (entries,).
        counts: How often it stands there, shape (entries,).
        sizes: Entries of each record, shape (records,).
        digests: A number for each record that depends on its words alone, shape (records,).
        labels: `id` and `headline` of each record, as lines of JSON.
        segmentation: How the words were segmented.
        vectors: That the records bring, shape (records, dimensions), or None.
    """

    words: list[str]
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

    def vector_length(self, data: Record) -> int | None:
        """Return the length of the vector of a record.

        Raises:
            RecordError: If it should have one, and has none.
        """
        return None if self.vectors is None else len(vector_of(data, self.vectors))

    def scan(self, batch: Sequence[Record]) -> Bags:
        """Return the words of a batch."""
        if len(self._numbers) > _MOST_KNOWN:
            self._numbers.forget()
        number, read = self._numbers.__getitem__, self.words.tokens
        flat: list[int] = []
        lengths, labels = [], []
        segmentation = self.words.fingerprint
        for data in batch:
            before, tokens = len(flat), read(data)
            flat += map(number, tokens)
            lead = count_lead(tokens)
            flat += (LEAD_TIMES - 1) * flat[before : before + lead]
            lengths.append(len(flat) - before)
            labels.append(_label(data))
            segmentation = segmentation_of(data) or segmentation
        numbers, counts, sizes = _bags(np.array(flat, np.int64), np.array(lengths, np.int64))
        here = np.unique(numbers)
        digests = _digests(np.frombuffer(self._numbers.hashes, np.uint64)[numbers], counts, sizes)
        vectors = stack(batch, self.vectors)
        return Bags(
            [self._numbers.words[i] for i in here.tolist()],
            np.searchsorted(here, numbers).astype(np.int32),
            counts.astype(np.int32),
            sizes.astype(np.int32),
            digests if vectors is None else digests ^ np.array([_hash(row.tobytes()) for row in vectors], np.int64),
            b"".join(labels),
            segmentation,
            vectors,
        )


def count_lead(tokens: Sequence[str]) -> int:
    """Return how many tokens end before the `LEAD`th character of a record; 0 where little follows them."""
    if len(tokens) <= LEAD_LEAST:
        return 0
    ends = list(accumulate(map(len, tokens[:LEAD])))
    count = bisect_left(ends, LEAD)
    return count if count < _MOST_LEAD * len(tokens) else 0


class _Numbers(dict[str, int]):
    """Word → its number, 0 for words that are left out, so that each word is checked once."""

    def __init__(self, stop: Container[str]) -> None:
        self._stop = stop
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.words = [""]
        self.hashes = array("Q", [0])

    def __missing__(self, word: str) -> int:
        number = 0
        if self._counts(word):
            number = len(self.words)
            self.words.append(word)
            self.hashes.append(_hash(word.encode("utf-8", "surrogatepass")) & _ALL)
        self[word] = number
        return number

    def _counts(self, word: str) -> bool:
        if not 1 < len(word) <= _LONGEST or word in self._stop:
            return False
        if word.isalpha():
            return not word.isascii() or not kind_of(word)
        return word[:1].isalnum() and any(map(str.isalpha, word)) and not kind_of(word)


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little", signed=True)


def _bags(numbers: Ints, lengths: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the distinct numbers of each record, how often each stands there, and how many each record has."""
    rows = np.repeat(np.arange(len(lengths)), lengths)[numbers > 0]
    places = rows << 32 | numbers[numbers > 0]
    places.sort()
    first = np.flatnonzero(np.diff(places, prepend=-1))
    distinct = places[first]
    counts = np.diff(first, append=len(places))
    return distinct & 0xFFFFFFFF, counts, np.bincount(distinct >> 32, minlength=len(lengths))


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
