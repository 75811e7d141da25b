"""Keywords with an idf counted from the very records: two passes, words kept as numbers on disk in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from jmtools.keywords.candidates import lay_out
from jmtools.keywords.options import KeywordOptions, Record
from jmtools.keywords.ranker import Ranker
from jmtools.keywords.reader import WordReader
from jmtools.keywords.vocabulary import Ints
from jmtools.spool import ArraySpool
from jmtools.tally import Vocabulary as Numbers
from jmtools.weighting import BlendedIdf, IdfTable, background_idf

Small = np.ndarray[Any, np.dtype[np.int32]]


class Scanned(NamedTuple):
    """The words of a batch: distinct words, their numbers end to end, words and headline characters of each record."""

    words: list[str]
    numbers: Small
    lengths: Ints
    headlines: Ints
    cut: str


class KeywordScanner(WordReader):
    """First pass: records → words as numbers."""

    def scan(self, batch: Sequence[Record]) -> Scanned:
        """Return the words of a batch."""
        flat, lengths, headlines = self.read(batch)
        known = Numbers()
        numbers = known.encode(flat).astype(np.int32)
        return Scanned(known.terms(), numbers, lengths, headlines, self.fingerprint)


class CorpusKeywords:
    """Second pass: counts document frequencies while it absorbs, then gives every record its keywords.

    Memory holds the vocabulary and its counts; the records' words are in a temporary file, four bytes a word.
    """

    def __init__(self, options: KeywordOptions, *, blend: bool = False) -> None:
        self._blend = blend
        self._ranker = Ranker(options, IdfTable(0, {}))
        self._spool = ArraySpool()
        self._df: Ints = np.zeros(1 << 12, np.int64)
        self._docs = 0
        self._cut: str | None = None

    def absorb(self, scanned: Scanned) -> None:
        """Count the words of the next batch."""
        ids = self._ranker.vocabulary.ids(scanned.words)[scanned.numbers]
        size = len(self._ranker.vocabulary.words)
        if size > len(self._df):
            self._df = np.append(self._df, np.zeros(size, np.int64))
        doc = np.repeat(np.arange(len(scanned.lengths)), scanned.lengths)
        key = np.sort(doc * np.int64(size) + ids)  # `np.unique` alone would hash them, in ten times the time
        distinct = key[np.append(True, key[1:] != key[:-1])[: len(key)]] % size
        self._df[:size] += np.bincount(distinct, minlength=size)
        self._docs += len(scanned.lengths)
        self._cut = scanned.cut
        self._spool.append(ids.astype(np.int32), scanned.lengths.astype(np.int32), scanned.headlines.astype(np.int32))

    @property
    def table(self) -> IdfTable:
        """Return what was counted."""
        words = self._ranker.vocabulary.words
        counts = self._df[: len(words)].tolist()
        df = {word: n for word, n in zip(words, counts, strict=True) if any(map(str.isalnum, word))}
        return IdfTable(self._docs, df, self._cut)

    def fit(self) -> None:
        """Turn counts into idf."""
        table = self.table
        self._ranker.use(BlendedIdf(table, background_idf()) if self._blend else table)

    def fields(self) -> Iterator[dict[str, Any]]:
        """Yield the new fields of each record."""
        vocabulary = self._ranker.vocabulary
        for numbers, lengths, headlines in self._spool.read():
            texts = lay_out(numbers.astype(np.int64), lengths.astype(np.int64), headlines.astype(np.int64), vocabulary)
            yield from self._ranker.fields(texts)
        self._spool.close()
