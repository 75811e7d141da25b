"""Records as bags of words: distinct words with their counts, and what the report of a topic names of a record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jmtools.records import encode_record
from jmtools.segment import load_segmenter, record_tokens, segmentation_of
from jmtools.stopwords import load_stopwords
from jmtools.tokens import SegmentOptions

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
_HEADLINE = 120  # characters that a representative shows
_LONGEST = 40  # characters of a word


class Bags(NamedTuple):
    """The words of a batch of records.

    Attributes:
        words: Distinct words, in their order of appearance.
        numbers: Word of each entry, entries of a record side by side, shape (entries,).
        counts: How often it stands there, shape (entries,).
        sizes: Entries of each record, shape (records,).
        digests: A number for each record that depends on its words alone, shape (records,).
        labels: `id` and `headline` of each record, as lines of JSON.
    """

    words: list[str]
    numbers: Small
    counts: Small
    sizes: Small
    digests: Ints
    labels: bytes
    cut: str


class WordScanner:
    """Turns records into bags of words: two characters and more, no stop words, no figures."""

    def __init__(self, segment: SegmentOptions, stopwords: str = "default") -> None:
        dicts = [Path(path) for path in segment.user_dicts]
        self._segmenter = load_segmenter(segment.segmenter, user_dicts=dicts)
        self._stop = load_stopwords(stopwords)
        self._known: dict[str, bool] = {}
        if segment.allow_mixed:
            self.cut_of = None  # type: ignore[method-assign,assignment]

    def cut_of(self, data: Mapping[str, Any]) -> str:
        """Return how a record is or will be cut."""
        return segmentation_of(data) or self._segmenter.fingerprint

    @property
    def fingerprint(self) -> str:
        """Return how records without tokens are cut."""
        return self._segmenter.fingerprint

    def scan(self, batch: Sequence[Mapping[str, Any]]) -> Bags:
        """Return the words of a batch."""
        numbers: dict[str, int] = {}
        flat: list[int] = []
        counts: list[int] = []
        sizes, digests, labels = [], [], []
        cut = self._segmenter.fingerprint
        for data in batch:
            words = self.words(data)
            bag = Counter(words)
            flat += [numbers.setdefault(word, len(numbers)) for word in bag]
            counts += bag.values()
            sizes.append(len(bag))
            digests.append(_digest(words))
            labels.append(_label(data))
            cut = segmentation_of(data) or cut
        return Bags(
            list(numbers),
            np.array(flat, np.int32),
            np.array(counts, np.int32),
            np.array(sizes, np.int32),
            np.array(digests, np.int64),
            b"".join(labels),
            cut,
        )

    def words(self, data: Mapping[str, Any]) -> list[str]:
        """Return the words of a record that say something."""
        tokens = record_tokens(data, self._segmenter)
        known = self._known
        if len(known) > 1_000_000:
            known.clear()
        for word in tokens:
            if word not in known:
                known[word] = self._counts(word)
        return [word for word in tokens if known[word]]

    def _counts(self, word: str) -> bool:
        if not 1 < len(word) <= _LONGEST or word in self._stop or word.isspace():
            return False
        return word[:1].isalpha() or (word[:1].isdigit() and any(map(str.isalpha, word)))


def _digest(words: Sequence[str]) -> int:
    data = "\n".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little", signed=True)


def _label(data: Mapping[str, Any]) -> bytes:
    identity, headline = data.get("id"), data.get("headline")
    simple = identity if isinstance(identity, str | int) and not isinstance(identity, bool) else None
    if isinstance(simple, int) and abs(simple) >> 63:
        simple = None
    shown = headline[:_HEADLINE] if isinstance(headline, str) else None
    return encode_record({"id": simple, "headline": shown})
