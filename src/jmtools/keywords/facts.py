"""What is known of words by the numbers of the segmenter core, as `native/rank.c` reads it.

For the words of the dictionary it is computed once and kept in the user's cache folder; others are described when they
are first met.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.idf_values import BACKGROUND, background_idf
from jmtools.io import cache
from jmtools.io.installed import data_path
from jmtools.keywords.context import Context
from jmtools.keywords.habits import WIDTH
from jmtools.keywords.vocabulary import Described, Floats, WordDescriber
from jmtools.words.core import Core
from jmtools.words.core_image import image_path
from jmtools.words.numbers import CoreNumbers, Numbers
from jmtools.words.segment import word_tags
from jmtools.words.stopwords import load_stopwords

if TYPE_CHECKING:
    import numpy.typing as npt

FACT = np.dtype([("hash", np.uint64), ("meaning", np.uint32), ("letters", np.uint32), ("habits", np.uint8, WIDTH)])
Counts: TypeAlias = "npt.NDArray[np.int64]"
Facts: TypeAlias = "npt.NDArray[np.void]"
TAG_SHIFT, PLAIN = 26, 1 << 31  # in `meaning`: the class of the part of speech, and whether `tfidf` may choose a word
_FORMAT = "5"
_HEAD = 8  # bytes of the checksum
_MOST = 1 << 26  # bytes of a kept file
_SOME = 1 << 12
_UNASKED = -2  # stands for a document frequency that was not looked up


class WordFacts:
    """Facts and idf of every number that was met.

    Attributes:
        facts: Of each number, shape (numbers,), of type `FACT`.
        idf: Of each number; no number where nothing is known yet.
    """

    def __init__(self, core: Core, numbers: CoreNumbers, context: Context) -> None:
        """Take what is known of the dictionary's words."""
        self._words, self._numbers, self._context = core.words, numbers, context
        self._cleared = 0
        self.facts, self.idf, self._df = _of_dictionary(core)
        self._all_known = context.origin.get("idf") == BACKGROUND  # of the dictionary's words
        if not self._all_known:
            self.idf.fill(np.nan)
            self._df.fill(_UNASKED)
        changed = np.frombuffer(core.entries(sorted(context.stopwords ^ load_stopwords("default"))), np.uint32)
        changed = changed[changed < core.words]
        if len(changed):
            self.facts[changed] = _packed(context.describer.of(numbers.cutter.names(changed.tolist())))

    def use(self, idf: Floats, df: Counts) -> None:
        """Take idf and document frequencies of the dictionary's words; no number where they are not known."""
        self.idf[: self._words], self._df[: self._words] = idf, df
        self._all_known = not np.isnan(idf).any()

    def learn(self, ids: Numbers) -> None:
        """Look up what is not known yet of words that were met."""
        if self._cleared != self._numbers.cleared:
            self._cleared = self._numbers.cleared
            self.idf[self._words :] = np.nan
            self._df[self._words :] = _UNASKED
        most = int(ids.max(initial=0))
        if most >= len(self.idf):
            self.facts = np.append(self.facts, np.zeros(most, FACT))
            self.idf = np.append(self.idf, np.full(most, np.nan))
        asked = ids[ids >= self._words] if self._all_known else ids
        new = asked[np.isnan(self.idf[asked])]
        if not len(new):
            return
        new = _distinct(new)
        names = self._numbers.cutter.names(new.tolist())
        known = int(np.searchsorted(new, self._words))
        self.idf[new[:known]] = self._context.table.idfs(names[:known])
        found = self._context.describer.of(names[known:])
        self.idf[new[known:]] = found.idf
        self.facts[new[known:]] = _packed(found)

    def frequencies(self, ids: Numbers) -> Counts:
        """Return in how many records of the table each number stands, as an array by number; -1 where it is not told.

        Args:
            ids: Numbers for which it is looked up; of others it may not be known.
        """
        if len(self._df) < len(self.idf):
            self._df = np.append(self._df, np.full(len(self.idf) - len(self._df), _UNASKED, np.int64))
        new = ids[self._df[ids] == _UNASKED]
        if len(new):
            new = _distinct(new)
            counts = self._context.table.counts_of(self._numbers.cutter.names(new.tolist()))
            self._df[new] = _as_numbers(counts)
        return self._df

    def spelled(self, ids: Numbers) -> tuple[str, array[int]]:
        """Return words end to end, and at which character each ends."""
        return self._numbers.cutter.spelled(array("I", ids.tobytes()))


def _distinct(numbers: Numbers) -> Numbers:
    """Return different numbers, smallest first; at its first use `np.unique` imports more than this takes."""
    ordered = np.sort(numbers)
    distinct: Numbers = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return distinct


def _packed(found: Described) -> Facts:
    facts = np.zeros(len(found.chars), FACT)
    facts["meaning"] = np.where(found.plain, PLAIN, 0)
    facts["letters"] = found.chars
    if len(found.role):
        facts["hash"] = found.hashes
        facts["meaning"] |= (found.role | found.tag << TAG_SHIFT).astype(np.uint32)
        facts["habits"] = found.habits
    return facts


def _of_dictionary(core: Core) -> tuple[Facts, Floats, Counts]:
    """Return facts, background idf and document frequencies of the dictionary's words, with room for more.

    The facts are those by the default stop list.
    """
    path = _kept_path()
    rows = core.words + _SOME
    size = rows * (FACT.itemsize + 16)
    data = None if path is None else cache.map_kept(path, most=_MOST)
    if data is not None and len(data) == _HEAD + size:
        kept = np.frombuffer(data, np.uint8)
        if int(kept[:_HEAD].view(np.uint64)[0]) == _sum(core, kept[_HEAD:]):
            first, second = _HEAD + rows * FACT.itemsize, _HEAD + rows * (FACT.itemsize + 8)
            return kept[_HEAD:first].view(FACT), kept[first:second].view(np.float64), kept[second:].view(np.int64)
    tags, stopwords, background = word_tags().of, load_stopwords("default"), background_idf()
    describer = WordDescriber(tags_of=tags, idfs_of=background.idfs, stopwords=stopwords)
    names = core.cutter.names(range(core.words))
    found = describer.of(names)
    facts, idf = np.append(_packed(found), np.zeros(_SOME, FACT)), np.append(found.idf, np.full(_SOME, np.nan))
    df = np.append(_as_numbers(background.counts_of(names)), np.full(_SOME, _UNASKED, np.int64))
    if path is not None:
        body = facts.tobytes() + idf.tobytes() + df.tobytes()
        head = np.array([_sum(core, np.frombuffer(body, np.uint8))], np.uint64).tobytes()
        cache.keep(path, head + body)
    return facts, idf, df


def _as_numbers(counts: Sequence[int | None]) -> Counts:
    return np.array([-1 if count is None else count for count in counts], np.int64)


def _sum(core: Core, data: npt.NDArray[np.uint8]) -> int:
    found: int = core.library.jm_sum(ctypes.c_void_p(data.ctypes.data), len(data))
    return found


def _kept_path() -> Path | None:
    """Return where they are kept; the name changes with every rule and list that they come from."""
    image, here = image_path(), Path(__file__).parent
    if image is None:
        return None
    sources = sorted([*here.glob("*.py"), *(here.parent / "words").glob("*.py"), *data_path().glob("*.txt")])
    return image.with_name(f"facts-{cache.fingerprint(sources, _FORMAT, image.name)}.facts")
