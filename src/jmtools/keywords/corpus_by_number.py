"""Keywords with an idf counted from the records themselves, by the segmenter core's numbers: no text is cut twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from jmtools.counts.core_vocabulary import CoreTally, different, odd_words
from jmtools.counts.idf_tables import BlendedIdf, Idf, IdfTable
from jmtools.counts.idf_values import background_idf
from jmtools.io.json_types import Fields, Record
from jmtools.io.spool import ArraySpool
from jmtools.keywords.by_number import KeywordsByNumber, load_by_number, numbered_records
from jmtools.keywords.native_ranking import NumberedRecords
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.vocabulary import Floats, Ints
from jmtools.words.core import Core, load_core
from jmtools.words.numbers import CoreNumbers, Numbers
from jmtools.words.segment import Segmenter
from jmtools.words.text_records import LineReader

if TYPE_CHECKING:
    import numpy.typing as npt

Small: TypeAlias = "npt.NDArray[np.int32]"


class Scanned(NamedTuple):
    """The words of a batch: distinct words, their numbers end to end, words and headline characters of each record."""

    words: list[str]
    numbers: Small
    lengths: Ints
    headlines: Ints
    segmentation: str


@dataclass(frozen=True)
class NumberedScan:
    """The words of a batch by the core's numbers; another process, which may have another core, gets them as words.

    Attributes:
        records: The words; numbers past those of the dictionary go on with `others`.
        others: Words that no dictionary has.
        segmentation: How texts were segmented.
    """

    records: NumberedRecords
    others: Sequence[str]
    segmentation: str

    def __reduce__(self) -> tuple[type[Scanned], tuple[object, ...]]:
        """Become words on the way to another process."""
        return Scanned, tuple(self.as_words())

    def as_words(self) -> Scanned:
        """Return the same with strings, a line break after each record."""
        core = load_core()
        assert core is not None  # noqa: S101 - it made this object
        ids, counts, headlines = self.records.ids, self.records.counts, self.records.headlines
        distinct, numbers = different(ids)
        known = int(np.searchsorted(distinct, core.words))
        words = [
            *core.cutter.names(distinct[:known].tolist()),
            *(self.others[at - core.words] for at in distinct[known:]),
        ]
        if "\n" not in words:
            words.append("\n")
        ends = np.cumsum(counts, dtype=np.int64)
        flat = np.insert(numbers.astype(np.int32), ends, words.index("\n"))
        return Scanned(words, flat, counts.astype(np.int64) + 1, headlines.astype(np.int64), self.segmentation)


class NumberScanner:
    """First pass: records → words by number."""

    def __init__(self, core: Core, segmenter: Segmenter) -> None:
        """Take the core, and what segments the few texts that it cannot."""
        self._words, self._segmentation = core.words, segmenter.fingerprint
        self._numbers = CoreNumbers(core, segmenter.cut)
        self.lines = LineReader(core)

    def scan(self, batch: Sequence[Record]) -> NumberedScan:
        """Return the words of a batch.

        Raises:
            RecordError: If a record has no usable text.
        """
        records = numbered_records(self._numbers, batch)
        ids = records.ids
        foreign = np.flatnonzero(ids >= self._words)
        distinct, places = different(ids[foreign])
        if len(foreign):
            ids = ids.copy()
            ids[foreign] = self._words + places
        others = self._numbers.cutter.names(distinct.tolist())
        return NumberedScan(NumberedRecords(ids, records.counts, records.headlines), others, self._segmentation)


class CorpusByNumber:
    """Second pass: counts document frequencies while it absorbs, then gives every record its keywords.

    Memory holds the counts; the records' words are in a temporary file, four bytes a word.
    """

    def __init__(self, options: KeywordOptions, core: Core, segmenter: Segmenter, *, blend: bool) -> None:
        """Begin without records."""
        self._options, self._core, self._blend = options, core, blend
        self._numbers = CoreNumbers(core, segmenter.cut, forgets=False)
        self._tally, self._spool = CoreTally(core), ArraySpool()
        self._df: Ints = np.zeros(core.words + (1 << 12), np.int64)
        self._docs, self._segmentation = 0, segmenter.fingerprint
        self._keywords: KeywordsByNumber | None = None

    def absorb(self, scan: NumberedScan) -> None:
        """Count the words of the next batch."""
        ids, counts = scan.records.ids, scan.records.counts
        if scan.others:
            mine = self._numbers.of_words(scan.others)
            foreign = np.flatnonzero(ids >= self._core.words)
            ids = ids.copy()
            ids[foreign] = mine[ids[foreign] - self._core.words]
        most = int(ids.max(initial=0)) + 1
        if most > len(self._df):
            self._df = np.append(self._df, np.zeros(most, np.int64))
        number, _, docfreq = self._tally.of(ids, counts)
        self._df[number] += docfreq
        self._docs += len(counts)
        self._segmentation = scan.segmentation
        self._spool.append(ids, counts, scan.records.headlines)

    def scans(self) -> Iterator[NumberedScan]:
        """Yield what was absorbed again; nothing may be absorbed afterwards."""
        others = self._numbers.cutter.names(range(self._core.words, self._core.words + self._numbers.cutter.others))
        for arrays in self._spool.read():
            yield NumberedScan(NumberedRecords(*arrays), others, self._segmentation)

    @property
    def table(self) -> IdfTable:
        """Return what was counted."""
        counted = self._counted()
        numbers = np.flatnonzero(counted)
        words = self._numbers.cutter.names(numbers.tolist())
        return IdfTable(self._docs, dict(zip(words, counted[numbers].tolist(), strict=True)), self._segmentation)

    def fit(self) -> None:
        """Turn counts into idf."""
        counted, table = self._counted(), self._table()
        self._keywords = load_by_number(self._options, table, self._core, self._numbers)
        self._keywords.facts.use(self._idf(counted[: self._core.words], table), counted[: self._core.words])

    def fields(self) -> Iterator[Fields]:
        """Yield the new fields of each record, to be written."""
        assert self._keywords is not None  # noqa: S101 - `fit` comes first
        for arrays in self._spool.read():
            yield from self._keywords.fields_of(NumberedRecords(*arrays))
        self._spool.close()

    def _counted(self) -> Ints:
        """Return the document frequency of each number; punctuation has none."""
        counted, numbers = self._df.copy(), np.flatnonzero(self._df).astype(np.uint32)
        marks = [
            place
            for place, word in odd_words(self._core.library, self._numbers, numbers)
            if not any(map(str.isalnum, word))
        ]
        counted[numbers[marks]] = 0
        return counted

    def _table(self) -> Idf:
        if self._blend:
            return BlendedIdf(self.table, background_idf())
        return IdfTable(self._docs, _Counts(self._numbers, self._counted()), self._segmentation)

    def _idf(self, counted: Ints, table: Idf) -> Floats:
        """Return the idf of each of the dictionary's words."""
        if isinstance(table, IdfTable):
            counts, places = different(counted)
            values = np.array([table.idf_of(df) for df in counts.tolist()])[places]
            return np.asarray(values, np.float64)
        idf = np.full(len(counted), np.nan)
        met = np.flatnonzero(self._df[: self._core.words])
        idf[met] = table.idfs(self._numbers.cutter.names(met.tolist()))
        return idf


class _Counts(Mapping[str, int]):
    """Document frequencies by word, each looked up by its number: few are ever asked for."""

    def __init__(self, numbers: CoreNumbers, counted: Ints) -> None:
        self._numbers, self._counted = numbers, counted

    def __getitem__(self, word: str) -> int:
        number = int(self._numbers.of_words([word])[0])
        count = int(self._counted[number]) if number < len(self._counted) else 0
        if not count:
            raise KeyError(word)
        return count

    def _met(self) -> Numbers:
        return np.flatnonzero(self._counted).astype(np.uint32)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers.cutter.names(self._met().tolist()))

    def __len__(self) -> int:
        return len(self._met())
