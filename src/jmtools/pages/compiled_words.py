"""The pairs of characters of a page in the compiled core, where there is one."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain

from jmtools.pages.compiled import address_of, end_to_end, load_functions
from jmtools.pages.words import SAMPLE, Lines, PageWords, Pair, pair_weights
from jmtools.words.core_library import check


def page_words(texts: Sequence[str], long: Sequence[int]) -> PageWords | CompiledWords:
    """Return the pairs of characters of a page's lines.

    Args:
        texts: The lines.
        long: Lines of which several in a row are compared.
    """
    library = load_functions()
    return PageWords(texts, long) if library is None else CompiledWords(library, texts, long)


class CompiledWords:
    """What `words.PageWords` does.

    Attributes:
        data: The characters of all lines.
        pairs: Their pairs, as the core has them.
    """

    def __init__(self, library: ctypes.CDLL, texts: Sequence[str], long: Sequence[int]) -> None:
        self.library = library
        self._long = len(long)
        self.data = end_to_end(texts)
        self._whole = max(map(len, texts), default=0) <= SAMPLE
        ends = array("I", accumulate(map(len, texts)))
        order, weights = array("I", [*long, *range(len(texts))]), pair_weights(len(texts))
        self.pairs = ctypes.c_void_p()
        check(
            library.jm_pairs_new(
                *(self.data, len(self.data) // 4, address_of(ends), len(ends), address_of(weights)),
                *(address_of(order), len(order), ctypes.byref(self.pairs)),
            )
        )

    def __del__(self) -> None:
        """Give the memory back."""
        self.library.jm_pairs_free(self.pairs)

    def have(self, pairs: Sequence[str]) -> Sequence[int]:
        """Say of pairs of characters whether they stand side by side anywhere on the page."""
        found = bytearray(len(pairs) + 1)
        check(self.library.jm_pairs_have(self.pairs, end_to_end(pairs), len(pairs), address_of(found)))
        return found[:-1]

    def may_recur(self, places: Sequence[int], length: int) -> Sequence[int]:
        """Say of stretches of the joined lines whether they can stand in another line too."""
        if not self._whole:
            return bytes([1]) * len(places)
        asked, found = array("I", places), bytearray(len(places) + 1)
        text, places_asked = (self.data, len(self.data) // 4), (address_of(asked), len(asked))
        check(self.library.jm_pairs_again(self.pairs, *text, *places_asked, length, address_of(found)))
        return found[:-1]

    def line(self, i: int) -> Lines:
        """Return one line."""
        return self._long + i, self._long + i + 1

    def shares(self, asked: Sequence[tuple[Lines, Lines]]) -> list[float]:
        """Return the share of the pairs of some lines, by weight, that other lines have too."""
        return self._compare(asked, smaller=False)

    def commons(self, asked: Sequence[tuple[Lines, Lines]]) -> list[float]:
        """Return the share of the pairs of those lines that have fewer, by weight, that the other lines have too."""
        return self._compare(asked, smaller=True)

    def weigh(self, table: Mapping[Pair, int], rarest: int) -> None:
        """Say how much pairs of characters say of what a text is about, see `tied`."""
        known, ties = _sorted(table)
        check(self.library.jm_pairs_tie(self.pairs, address_of(known), ties, len(known), rarest))

    def tied(self, one: Sequence[int], other: Sequence[int]) -> int:
        """Return how much the pairs say that some lines have in common with others."""
        lines, others = array("I", one), array("I", other)
        return check(
            self.library.jm_pairs_tied(self.pairs, address_of(lines), len(lines), address_of(others), len(others))
        )

    def _compare(self, asked: Sequence[tuple[Lines, Lines]], *, smaller: bool) -> list[float]:
        ranges = array("I", chain.from_iterable(chain.from_iterable(asked)))
        found = array("d", bytes(8 * len(asked)))
        check(self.library.jm_pairs_share(self.pairs, address_of(ranges), len(asked), smaller, address_of(found)))
        return found.tolist()


_TABLES: dict[int, tuple[Mapping[Pair, int], array[int], bytes]] = {}  # by the identity of the table, which is kept


def _sorted(table: Mapping[Pair, int]) -> tuple[array[int], bytes]:
    """Return the pairs of a table, ascending, and what it has for each; sorted once."""
    found = _TABLES.get(id(table))
    if found is None:
        known = array("I", sorted(table))
        found = _TABLES[id(table)] = table, known, bytes(map(table.__getitem__, known))
    return found[1:]
