"""Choice among ranked terms in the segmenter core, and its keywords as JSON: `native/choice.c` and `native/list.c`.

They do what `keywords.terms.ranked_terms` and `keywords.choice.choose` do; of letters that have other forms in lower
case than ASCII has they know nothing, and leave records with such terms to these.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.keywords.facts import WordFacts
from jmtools.keywords.native_ranking import NumberedRecords, Rows
from jmtools.words.core import NONE, Core
from jmtools.words.core_library import NO_ROOM, TermChoice, check
from jmtools.words.light_words import closing_words, light_words, source_endings, wide_words
from jmtools.words.numbers import CoreNumbers, Numbers
from jmtools.words.text_records import ByteList

if TYPE_CHECKING:
    import numpy.typing as npt

Ends: TypeAlias = "npt.NDArray[np.uint64]"
_ROW_BYTES = 160  # of most keywords as JSON


class NativeChoice:
    """Chooses the keywords of records, and prints them."""

    def __init__(self, core: Core, numbers: CoreNumbers, *, top: int, nested: str, sifts: bool) -> None:
        """Take how many are wanted.

        Args:
            core: The core.
            numbers: Knows the words behind its numbers.
            top: Keywords of a record.
            nested: `apart` or `all`.
            sifts: Whether terms are candidates of which not all are fit to be keywords.
        """
        self._library, self._numbers = core.library, numbers
        lists = [light_words(), closing_words(), wide_words(), source_endings()]
        self._lists = [ByteList([word.encode() for word in sorted(words)]) for words in lists]
        self._choice = TermChoice(*(one.place for one in self._lists), min(top, NONE), nested == "apart", sifts)

    def choose(self, records: NumberedRecords, rows: Rows, found: Numbers) -> tuple[Rows, Numbers]:
        """Return the rows of the keywords, end to end, and how many each record has; `NONE` for odd records."""
        ids, counts, handle = records.ids, records.counts, self._numbers.cutter.handle
        words = ids.ctypes.data, len(ids), counts.ctypes.data, len(counts)
        room = rows.ctypes.data, len(rows), found.ctypes.data
        total = check(self._library.jm_choose(handle, ctypes.addressof(self._choice), *words, *room))
        return rows[:total], found

    def written(self, records: NumberedRecords, rows: Rows, found: Numbers, facts: WordFacts) -> tuple[bytes, Ends]:
        """Return the keywords of each record as a JSON array, end to end, and where each ends; none for odd records."""
        ids, counts, handle = records.ids, records.counts, self._numbers.cutter.handle
        mine = np.where(found == NONE, 0, found)
        starts = np.repeat(np.cumsum(counts, dtype=np.int64) - counts, mine)
        df = facts.frequencies(ids[(starts + rows["first"])[rows["words"] == 1]])
        ends = np.zeros(len(counts), np.uint64)
        words = ids.ctypes.data, len(ids), counts.ctypes.data, len(counts)
        known = rows.ctypes.data, len(rows), found.ctypes.data, df.ctypes.data, len(df)
        room = _ROW_BYTES * len(rows) + 2 * len(counts) + _ROW_BYTES
        while True:
            out = bytearray(room)
            address = ctypes.addressof(ctypes.c_char.from_buffer(out))
            size = self._library.jm_write_keywords(handle, *words, *known, address, room, ends.ctypes.data)
            if size != NO_ROOM:
                break
            room *= 2
        return bytes(memoryview(out)[: check(size)]), ends
