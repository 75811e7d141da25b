"""Keywords with an idf counted from the records themselves: two passes, words kept as numbers on disk in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np

from jmtools.batches.feature import CorpusFeature, CountFeature, ScanFeature, TakenLines, Tell, tell_nobody
from jmtools.counts.idf_tables import BlendedIdf, IdfTable
from jmtools.counts.idf_values import background_idf
from jmtools.counts.tally import Counts, Key, Tally
from jmtools.counts.tally import Vocabulary as Numbers
from jmtools.io.json_types import Fields, Record
from jmtools.io.spool import ArraySpool
from jmtools.keywords.by_number import core_for
from jmtools.keywords.candidates import lay_out
from jmtools.keywords.corpus_by_number import CorpusByNumber, NumberedScan, NumberScanner, Scanned
from jmtools.keywords.extract import KeywordExtractor
from jmtools.keywords.listed import listed_among, missing_notes
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.ranker import Ranker
from jmtools.keywords.reader import KeywordReader
from jmtools.keywords.shortfall import shortfall_notes
from jmtools.keywords.vocabulary import MEMO_LIMIT, Ints
from jmtools.words.core import Core
from jmtools.words.reader import WordReader
from jmtools.words.text_records import bring_tokens

_ALL: Key = ((), 1)  # no groups, single words
Scan: TypeAlias = Scanned | NumberedScan


class KeywordScanner(KeywordReader, ScanFeature[Scan]):
    """First pass: records → words as numbers."""

    def __init__(self, options: KeywordOptions) -> None:
        super().__init__(options)
        self._options = options

    @cached_property
    def _by_number(self) -> NumberScanner | None:
        core = core_for(self._options)
        return None if core is None else NumberScanner(core, self.words.segmenter)

    def read_lines(self, lines: Sequence[bytes]) -> TakenLines | None:
        """Return the records of lines at once where the core reads them."""
        records = None if self._by_number is None else self._by_number.lines.read(lines)
        return None if records is None else records.taken()

    def scan(self, batch: Sequence[Record]) -> Scan:
        """Return the words of a batch."""
        if self._by_number is not None and not bring_tokens(batch):
            return self._by_number.scan(batch)
        known = Numbers()
        self.forget()
        numbers, lengths, headlines = self.encoded(batch, known)
        return Scanned(known.terms(), numbers.astype(np.int32), lengths, headlines, self.words.fingerprint)


class DocumentCounter(KeywordReader, CountFeature[Tally, Tally]):
    """Counts in how many records each word stands, for workers that read their own ranges."""

    def __init__(self, options: KeywordOptions) -> None:
        super().__init__(options)
        self._numbers = Numbers()

    def count(self, batch: Sequence[Record]) -> Tally:
        """Return the counts of a batch."""
        if len(self._numbers.numbers) > MEMO_LIMIT:
            self._numbers = Numbers()
            self.forget()
        found, lengths, _ = self.encoded(batch, self._numbers)
        numbers, df = np.unique(_distinct(found, lengths), return_counts=True)
        counts = Counts(docs=len(lengths))
        counts.add(numbers, df, df)
        return Tally({1: self._numbers}, {_ALL: counts})

    def merge(self, total: Tally, part: Tally) -> Tally:
        """Add the counts of later records."""
        total.merge(part)
        return total

    def table(self, total: Tally) -> IdfTable:
        """Return what was counted."""
        counts, names = total.counts[_ALL], total.vocabularies[1].terms()
        numbers, df, _ = counts.total()
        pairs = zip([names[number] for number in numbers.tolist()], df.tolist(), strict=True)
        return _table(counts.docs, pairs, self.words.fingerprint)


class CountedKeywords(KeywordExtractor):
    """Second pass of workers that read their own ranges: adds `keywords` by what the first pass counted; a filter."""

    def __init__(self, options: KeywordOptions, table: IdfTable, *, blend: bool) -> None:
        super().__init__(options, table=BlendedIdf(table, background_idf()) if blend else table)
        self._table_segmentation = None


class CorpusKeywords(CorpusFeature[Scan]):
    """Second pass: counts document frequencies while it absorbs, then gives every record its keywords.

    Memory holds the vocabulary and its counts; the records' words are in a temporary file, four bytes a word.
    """

    def __init__(self, options: KeywordOptions, *, blend: bool = False) -> None:
        self._options, self._blend = options, blend
        self._counted: CorpusByNumber | CorpusByWord | None = None

    def absorb(self, scanned: Scan) -> None:
        """Count the words of the next batch."""
        if self._counted is None:
            core = core_for(self._options) if isinstance(scanned, NumberedScan) else None
            self._counted = self._by_word() if core is None else self._by_number(core)
        counted = self._counted
        if isinstance(counted, CorpusByNumber):
            if isinstance(scanned, NumberedScan):
                counted.absorb(scanned)
                return
            earlier, counted = counted, self._by_word()
            for scan in earlier.scans():
                counted.absorb(scan.as_words())
            self._counted = counted
        counted.absorb(scanned.as_words() if isinstance(scanned, NumberedScan) else scanned)

    def _by_number(self, core: Core) -> CorpusByNumber:
        return CorpusByNumber(self._options, core, WordReader(self._options.segment).segmenter, blend=self._blend)

    def _by_word(self) -> CorpusByWord:
        return CorpusByWord(self._options, blend=self._blend)

    @property
    def table(self) -> IdfTable:
        """Return what was counted."""
        return IdfTable(0, {}) if self._counted is None else self._counted.table

    def fit(self, tell: Tell = tell_nobody) -> None:  # noqa: ARG002 - it is done at once
        """Turn counts into idf."""
        if self._counted is not None:
            self._counted.fit()

    def fields(self) -> Iterator[Fields]:
        """Yield the new fields of each record, to be written: values may be JSON already."""
        return iter(()) if self._counted is None else self._counted.fields()

    def notes(self) -> Iterator[str]:
        """Yield what the user must know: which records have fewer keywords than asked for, which listed terms none."""
        if not isinstance(self._counted, CorpusByWord):
            return
        if self._counted.ranker.likely is not None:
            yield from shortfall_notes(self._counted.ranker.likely.take(), self._options)
        terms = self._options.terms
        if terms is not None:
            yield from missing_notes(terms, listed_among(self._counted.words, terms))


class CorpusByWord:
    """The same with strings, where records bring tokens, the options need it, or no core is."""

    def __init__(self, options: KeywordOptions, *, blend: bool) -> None:
        """Begin without records."""
        self._blend = blend
        self.ranker = Ranker(options, IdfTable(0, {}))
        self._spool = ArraySpool()
        self._df: Ints = np.zeros(1 << 12, np.int64)
        self._docs = 0
        self._segmentation: str | None = None

    def absorb(self, scanned: Scanned) -> None:
        """Count the words of the next batch."""
        ids = self.ranker.vocabulary.ids(scanned.words)[scanned.numbers]
        size = len(self.ranker.vocabulary.words)
        if size > len(self._df):
            self._df = np.append(self._df, np.zeros(size, np.int64))
        self._df[:size] += np.bincount(_distinct(ids, scanned.lengths), minlength=size)
        self._docs += len(scanned.lengths)
        self._segmentation = scanned.segmentation
        self._spool.append(ids.astype(np.int32), scanned.lengths.astype(np.int32), scanned.headlines.astype(np.int32))

    @property
    def words(self) -> Sequence[str]:
        """Return the words of all records."""
        return self.ranker.vocabulary.words

    @property
    def table(self) -> IdfTable:
        """Return what was counted."""
        words = self.ranker.vocabulary.words
        counts = self._df[: len(words)].tolist()
        return _table(self._docs, zip(words, counts, strict=True), self._segmentation)

    def fit(self) -> None:
        """Turn counts into idf."""
        table = self.table
        self.ranker.use(BlendedIdf(table, background_idf()) if self._blend else table)

    def fields(self) -> Iterator[Fields]:
        """Yield the new fields of each record."""
        vocabulary = self.ranker.vocabulary
        for numbers, lengths, headlines in self._spool.read():
            texts = lay_out(numbers.astype(np.int64), lengths.astype(np.int64), headlines.astype(np.int64), vocabulary)
            yield from self.ranker.fields(texts)
        self._spool.close()


def _table(docs: int, counts: Iterable[tuple[str, int]], segmentation: str | None) -> IdfTable:
    """Return the table of document frequencies of what is a word, and not punctuation."""
    return IdfTable(docs, {word: count for word, count in counts if any(map(str.isalnum, word))}, segmentation)


def _distinct(ids: Ints, lengths: Ints) -> Ints:
    """Return the ids of each record, each once a record."""
    size = np.int64(int(ids.max(initial=0)) + 1)
    key = np.sort(np.repeat(np.arange(len(lengths)), lengths) * size + ids)
    # `np.unique` alone would hash them, which takes ten times as long
    distinct: Ints = key[np.append(True, key[1:] != key[:-1])[: len(key)]] % size
    return distinct
