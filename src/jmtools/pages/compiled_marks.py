"""Which characters of a set the lines of a page have, found by the compiled core."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate

from jmtools.pages.compiled import address_of, end_to_end
from jmtools.words.core_library import check

MOST_BITS = 64
_MARKED = 0x10000  # characters above have no bits
_KINDS = 256


class Marks:
    """Characters, each with some bits.

    Of a line longer than `whole`, the first `reach` characters count for the bits of `head` alone, and the last for
    those of `tail`.
    """

    def __init__(self, bits: Mapping[str, int], whole: int, reach: int, head: int, tail: int) -> None:
        kinds = {0: 0}
        table = bytearray(_MARKED)
        for char, own in bits.items():
            table[ord(char)] = kinds.setdefault(own, len(kinds))
        self._table = bytes(table)
        self._bits = array("Q", [*kinds, *[0] * (_KINDS - len(kinds))])
        self._limits = whole, reach, head, tail

    def of_lines(self, library: ctypes.CDLL, texts: Sequence[str]) -> Sequence[int]:
        """Return the bits of each line."""
        data = end_to_end(texts)
        ends = array("I", accumulate(map(len, texts)))
        found = array("Q", bytes(8 * len(texts)))
        check(
            library.jm_marks(
                *(data, len(data) // 4, address_of(ends), len(ends)),
                *(self._table, address_of(self._bits), *self._limits, address_of(found)),
            )
        )
        return found
