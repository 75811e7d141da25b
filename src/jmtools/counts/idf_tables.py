"""How rare words are: document frequencies as plain files, counted, saved, merged, and blended with the background."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.idf_values import IdfValues, read_idf_values
from jmtools.errors import ModelError, OptionError, RecordError
from jmtools.io.files import read_all
from jmtools.io.json_types import Fields
from jmtools.io.records import encode_record, parse_record

if TYPE_CHECKING:
    import numpy.typing as npt

TF_FORMS = ("raw", "log", "bm25")
BM25_K1 = 1.2  # k1 of BM25, Robertson and Walker (1994); there is no length normalisation within one document
FORMAT = "jmtools-idf"
VERSION = 1
BLEND_DOCS = 2000  # records at which corpus and background weigh the same
_LARGEST = 1 << 30
Floats: TypeAlias = "npt.NDArray[np.float64]"


def tf_form(tf: Floats, form: str) -> Floats:
    """Return how much a frequency counts: `raw` tf, `log` ln(1 + tf), `bm25` tf·(k1 + 1) / (tf + k1), below k1 + 1.

    >>> tf_form(np.array([1.0, 4.0]), "bm25").round(3).tolist()
    [1.0, 1.692]
    """
    if form == "log":
        return np.log1p(tf)
    return tf * (BM25_K1 + 1) / (tf + BM25_K1) if form == "bm25" else tf


@dataclass(frozen=True)
class IdfTable:
    """Document frequencies counted from records.

    Attributes:
        docs: Number of records.
        df: Word → records that have it.
        segmentation: How the records were segmented; None if unknown.
    """

    docs: int
    df: Mapping[str, int]
    segmentation: str | None = None
    name: str = "corpus"

    @property
    def origin(self) -> Fields:
        """Return what records say of the table: `idf`, `idf_docs`."""
        return {"idf": self.name, "idf_docs": self.docs}

    def idf(self, word: str) -> float:
        """Return ln((1 + docs) / (1 + df)) + 1, smoothed as if one more record had every word."""
        return self.idf_of(self.df.get(word, 0))

    def idfs(self, words: Sequence[str]) -> Floats:
        """Return the idf of each of many words."""
        dfs = [self.df.get(word, 0) for word in words]
        known = {df: self.idf_of(df) for df in {*dfs}}
        return np.array([known[df] for df in dfs], np.float64)

    def idf_of(self, df: int) -> float:
        """Return the idf of a word that this many records have."""
        return math.log((1 + self.docs) / (1 + df)) + 1

    def counts_of(self, words: Sequence[str]) -> Sequence[int | None]:
        """Return the records that have each of many words."""
        return [self.df.get(word, 0) for word in words]


@dataclass(frozen=True)
class BlendedIdf:
    """Corpus and background together: the more records, the more the corpus says."""

    corpus: IdfTable
    background: IdfValues

    @property
    def name(self) -> str:
        """Return what records name it."""
        return "blend"

    @property
    def origin(self) -> Fields:
        """Return what records say of the table: `idf`, `idf_docs`."""
        return {"idf": self.name, "idf_docs": self.corpus.docs}

    def idf(self, word: str) -> float:
        """Return (docs·corpus + 2000·background) / (docs + 2000), the corpus brought to the background's scale."""
        return float(self.idfs([word])[0])

    def idfs(self, words: Sequence[str]) -> Floats:
        """Return the idf of each of many words."""
        docs = self.corpus.docs
        scale = self.background.unknown / (math.log(1 + docs) + 1)
        own = self.corpus.idfs(words) * scale
        return (docs * own + BLEND_DOCS * self.background.idfs(words)) / (docs + BLEND_DOCS)

    def counts_of(self, words: Sequence[str]) -> Sequence[int | None]:
        """Return the records that have each of many words."""
        return self.corpus.counts_of(words)


Idf = IdfTable | IdfValues | BlendedIdf


def table_records(table: IdfTable) -> Iterator[Fields]:
    """Yield a table: a head with `format`, `version`, `docs`, `segmentation`, then a record for each word."""
    yield {"format": FORMAT, "version": VERSION, "docs": table.docs, "segmentation": table.segmentation}
    for word, count in sorted(table.df.items(), key=lambda item: (-item[1], item[0])):
        yield {"term": word, "df": count}


def table_lines(table: IdfTable) -> Iterator[bytes]:
    """Yield a table as lines."""
    return map(encode_record, table_records(table))


def load_table(path: Path | str) -> IdfTable | IdfValues:
    """Read a table, also one in jieba's own format.

    Raises:
        FileError: If it cannot be read.
        ModelError: If it is not a table that `--save-idf` wrote, nor one of words and numbers.
    """
    data, name = read_all(str(path), limit=_LARGEST), str(path)
    if data.strip() and not data.lstrip().startswith(b"{"):
        return read_idf_values(data, name)
    return _counted(data.splitlines(), name)


def counted_table(table: IdfTable | IdfValues, name: str) -> IdfTable:
    """Return the document frequencies of a table.

    Raises:
        OptionError: If it has idf values from which nobody can tell them.
    """
    if isinstance(table, IdfTable):
        return table
    df = table.frequencies()
    if df is None or table.docs is None:
        raise OptionError(f"{name}: its idf values do not tell in how many records a word stands; it cannot be merged")
    return IdfTable(table.docs, df, name=table.name)


def _counted(lines: Sequence[bytes], name: str) -> IdfTable:
    head = _head(lines[0] if lines else b"", name)
    df: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            data = parse_record(line)
        except RecordError as error:
            raise ModelError(f"{name}: line {number}: {error}") from None
        word, count = data.get("term"), data.get("df")
        if type(word) is not str or type(count) is not int or not 0 < count <= head["docs"] or word in df:
            raise ModelError(f"{name}: line {number}: not a new term with a df from 1 to {head['docs']}")
        df[word] = count
    return IdfTable(head["docs"], df, head.get("segmentation"), name="file")


def merge_tables(tables: Iterable[IdfTable]) -> IdfTable:
    """Add tables of archives that share no record.

    Raises:
        OptionError: If their records were segmented differently.
    """
    docs, cut = 0, None
    total: dict[str, int] = {}
    for number, table in enumerate(tables):
        if number and table.segmentation != cut:
            raise OptionError("the tables were counted from different segmentations; they cannot be merged")
        cut = table.segmentation
        docs += table.docs
        for word, count in table.df.items():
            total[word] = total.get(word, 0) + count
    return IdfTable(docs, total, cut, name="merged")


def _head(line: bytes, name: str) -> Fields:
    try:
        head = parse_record(line)
    except RecordError:
        head = {}
    if head.get("format") != FORMAT:
        raise ModelError(f"{name}: not a table of document frequencies; `jmtools idf build` makes one")
    if head.get("version") != VERSION:
        raise ModelError(f"{name}: version {head.get('version')!r} of the format is not known here")
    docs, cut = head.get("docs"), head.get("segmentation")
    if type(docs) is not int or docs < 0 or not (cut is None or type(cut) is str):
        raise ModelError(f"{name}: line 1: `docs` is a number of records, `segmentation` a string or null")
    return head
