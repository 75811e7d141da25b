"""Tables of idf values in jieba's own format: `word idf` on each line; most tell their document frequencies too."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from jmtools.errors import ModelError
from jmtools.io import cache
from jmtools.io.json_types import Fields
from jmtools.words.core import Core, load_core
from jmtools.words.core_image import image_path
from jmtools.words.dictionary import background_idf_path
from jmtools.words.shadow import simplified_words
from jmtools.words.word_table import WordTable, read_word_table

if TYPE_CHECKING:
    import numpy.typing as npt

BACKGROUND = "background"
_EXACT = 1e-3  # values with 6 decimals give counts that are so close to integers
_MOST_DIGITS = 32  # of a number that is kept
_MOST_EXACT = 1e-6  # of the count, for the commonest words
Floats: TypeAlias = "npt.NDArray[np.float64]"
Counts: TypeAlias = "npt.NDArray[np.int64]"


class WordIndex(Protocol):
    """Words that have a value."""

    def __len__(self) -> int:
        """Return how many there are."""

    def find(self, words: Sequence[str]) -> Counts:
        """Return the index of each word's value; -1 if it has none."""

    def words(self) -> Iterator[str]:
        """Yield every word."""


@dataclass(frozen=True, eq=False)
class IdfValues:
    """The idf of words as another program counted it; the median stands for words that the table does not have.

    Attributes:
        table: Its words.
        values: The different values that `table.find` tells, and last what stands for the unknown.
        name: What records call it.
        docs: How many records were counted; None where the values do not tell.
        rarest: The idf of a word that one of them has.
        in_both_scripts: Whether its own Traditional words count; else a word is looked up in Simplified characters.
    """

    table: WordIndex
    values: Floats
    name: str
    docs: int | None
    rarest: float
    in_both_scripts: bool = True

    @property
    def unknown(self) -> float:
        """Return what stands for a word that the table does not have."""
        return float(self.values[-1])

    @property
    def origin(self) -> Fields:
        """Return what records say of the table: `idf`, and `idf_docs` where it tells."""
        return {"idf": self.name} | ({} if self.docs is None else {"idf_docs": self.docs})

    def idf(self, word: str) -> float:
        """Return a word's idf."""
        return float(self.idfs([word])[0])

    def idfs(self, words: Sequence[str]) -> Floats:
        """Return the idf of each of many words."""
        return self.values[self._find(words)]

    def counts_of(self, words: Sequence[str]) -> Sequence[int | None]:
        """Return how many records have each of many words; None where the values do not tell."""
        return [None] * len(words) if self.docs is None else self._counts(self._find(words)).tolist()

    def _counts(self, places: Counts) -> Counts:
        """Return how many records have the words at some places of `values`; the last place is that of the unknown."""
        counts: Counts = np.rint(np.exp(self.rarest - self.values[places])).astype(np.int64)
        counts[(places < 0) | (places == len(self.values) - 1)] = 0
        return counts

    def _find(self, words: Sequence[str]) -> Counts:
        found = self.table.find(simplified_words(words))
        if self.in_both_scripts:
            own = self.table.find(words)
            found = np.where(own < 0, found, own)
        return found

    def frequencies(self) -> dict[str, int] | None:
        """Return how many records have each word; None where the values do not tell."""
        if self.docs is None:
            return None
        words = list(self.table.words())
        return dict(zip(words, self._counts(self.table.find(words)).tolist(), strict=True))


@functools.cache
def background_idf() -> IdfValues:
    """Return jieba's table: 270,000 words, counted by others."""
    core = load_core()
    if core is None:
        return _of_table(read_word_table(background_idf_path()), BACKGROUND, in_both_scripts=False)
    idf = np.frombuffer(core.idf)
    has_value = np.append(~np.isnan(idf), False)
    rarest = float(np.nanmax(idf))
    docs = _docs_of_core(idf[has_value[:-1]], rarest)
    values = np.append(idf, core.unknown_idf)
    return IdfValues(_CoreIndex(core, has_value), values, BACKGROUND, docs, rarest, in_both_scripts=False)


def _docs_of_core(values: Floats, rarest: float) -> int | None:
    """Return how many records jieba's table was counted from; to find out takes 15 ms, so the answer is kept."""
    image = image_path()
    path = None if image is None else image.with_name(f"docs-{image.stem.partition('-')[2]}.kept")
    data = None if path is None else cache.map_kept(path, most=_MOST_DIGITS)
    docs = round(math.exp(rarest))
    if data is not None and data[:] == str(docs).encode():
        return docs
    found = _docs_behind(values)
    if path is not None and found == docs:
        cache.keep(path, str(docs).encode())
    return found


class _CoreIndex:
    """The words of jieba's table, found by the segmenter core; nothing is read for it."""

    def __init__(self, core: Core, has_value: npt.NDArray[np.bool_]) -> None:
        """Take the core, and whether each of its words has a value; at last False, for other words."""
        self._core, self._has_value = core, has_value

    def __len__(self) -> int:
        return int(self._has_value.sum())

    def find(self, words: Sequence[str]) -> Counts:
        numbers = np.minimum(np.frombuffer(self._core.entries(words), np.uint32), self._core.words).astype(np.int64)
        return np.where(self._has_value[numbers], numbers, -1)

    def words(self) -> Iterator[str]:
        yield from self._core.cutter.names(np.flatnonzero(self._has_value).tolist())


def read_idf_values(data: bytes, name: str) -> IdfValues:
    """Return a table in jieba's format.

    Args:
        data: Lines of a word, a space and a number, in UTF-8.
        name: What messages call it.

    Raises:
        ModelError: If a line is no such line.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    rows = []
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            rows.append(_checked(line, f"{name}: line {number}"))
    return _of_table(WordTable(b"\n".join(rows)), "file", in_both_scripts=True)


def _checked(line: bytes, place: str) -> bytes:
    word, _, value = line.strip().replace(b"\t", b" ").partition(b" ")
    try:
        if word and math.isfinite(float(value)):
            word.decode("utf-8")
            return word + b" " + value.strip()
    except ValueError:
        pass
    raise ModelError(f"{place}: not a word and its idf, as in jieba's idf files, nor a table of `jmtools idf build`")


def _of_table(table: WordTable, name: str, *, in_both_scripts: bool) -> IdfValues:
    values = np.array([float(rest) for rest in table.rests])
    rarest = float(values.max(initial=0))
    return IdfValues(
        table, np.append(values, _median(table, values)), name, _docs_behind(values), rarest, in_both_scripts
    )


def _docs_behind(values: Floats) -> int | None:
    """Return the number of records that the values come from, where they are ln(records / count).

    The rarest words stand in one record: their idf is the logarithm of the records. jieba's table is such a one: all
    its 3,328 values are those of whole counts among 1,088,899 records.
    """
    if not len(values) or values.max() > math.log(1 << 50):
        return None
    exact = np.exp(np.append(values.max() - values, values.max()))
    whole = np.rint(exact)
    if np.any(np.abs(exact - whole) > np.maximum(_EXACT, _MOST_EXACT * whole)) or whole[-1] < len(values):
        return None
    return int(whole[-1])


def _median(table: WordTable, numbers: Floats) -> float:
    """Return the median of the numbers in a table, given what each of its `rests` is as a number."""
    if not len(numbers):
        return 0.0
    order = np.argsort(numbers)
    ends = np.cumsum(table.counts()[order])
    middle = np.searchsorted(ends, [(len(table) - 1) // 2, len(table) // 2], side="right")
    return float(numbers[order][middle].mean())
