"""What the lines of a page have in common: pairs of neighbouring characters, rare pairs weighing more."""

from __future__ import annotations

import math
import sys
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

SAMPLE = 600  # characters of a line that are looked at, half of them at either end
_CODEC = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

_BEYOND = 1 << 60  # no two UTF-16 units make a number as large

_WEIGHT_UNIT = 1 << 20  # parts of a weight
_HAN = range(0x4E00, 0x9FA6)
_KEPT = 64  # piles that are likely to be asked for again

Pair = int
Lines = tuple[int, int]  # begin and end in the row of all long lines and, behind them, all lines


@dataclass(slots=True)
class _Pile:
    """The pairs of some lines.

    Attributes:
        repeated: Those that other lines of the page have too.
        single: How many stand in one line alone.
        weight: The sum of the weights of all, once it is needed.
    """

    repeated: set[Pair]
    single: int
    weight: int = -1


class PageWords:
    """The pairs of all lines of a page.

    A pair that stands in one line of the page is only counted: no other line can share it.
    """

    def __init__(self, texts: Sequence[str], long: Sequence[int] = ()) -> None:
        """Look at a page.

        Args:
            texts: Its lines.
            long: Lines of which several in a row are compared.
        """
        lines = [pairs_of(text) for text in texts]
        counts = Counter(chain.from_iterable(lines))
        weights = pair_weights(len(texts))
        self._weight = {pair: weights[count] for pair, count in counts.items() if count > 1}
        self._weight_single = weights[1] if texts else 0
        self._counts = counts
        often = set(self._weight)
        self._repeated = [pairs & often for pairs in lines]
        self._single = [len(pairs) - len(again) for pairs, again in zip(lines, self._repeated, strict=True)]
        self._order = [*long, *range(len(texts))]
        self._long = len(long)
        self._piles: dict[Lines, _Pile] = {}

    def have(self, pairs: Sequence[str]) -> Sequence[int]:
        """Say of pairs of characters whether they stand side by side anywhere on the page."""
        return [pair_number(pair) in self._counts for pair in pairs]

    def may_recur(self, places: Sequence[int], length: int) -> Sequence[int]:  # noqa: ARG002
        """Say of stretches of the joined lines whether they can stand in another line too: this one does not know."""
        return bytes([1]) * len(places)

    def line(self, i: int) -> Lines:
        """Return one line."""
        return self._long + i, self._long + i + 1

    def shares(self, asked: Sequence[tuple[Lines, Lines]]) -> list[float]:
        """Return the share of the pairs of some lines, by weight, that other lines have too."""
        return [self._share(self._pile(one), self._pile(other)) for one, other in asked]

    def commons(self, asked: Sequence[tuple[Lines, Lines]]) -> list[float]:
        """Return the share of the pairs of those lines that have fewer, by weight, that the other lines have too."""
        return [self._common(self._pile(one), self._pile(other)) for one, other in asked]

    def weigh(self, table: Mapping[Pair, int], rarest: int) -> None:
        """Say how much pairs of characters say of what a text is about, see `tied`.

        Args:
            table: What common pairs say.
            rarest: What a pair of Chinese characters says that it lacks; others say nothing.
        """
        self._table, self._rarest = table, rarest

    def tied(self, one: Sequence[int], other: Sequence[int]) -> int:
        """Return how much the pairs say that some lines have in common with others, all of them different lines."""
        own, its = (set().union(*[self._repeated[i] for i in lines]) for lines in (one, other))
        return sum(map(self._tie, own & its))

    def _tie(self, pair: Pair) -> int:
        known = self._table.get(pair)
        if known is not None:
            return known
        return self._rarest if pair & 0xFFFF in _HAN and pair >> 16 in _HAN else 0

    def _pile(self, lines: Lines) -> _Pile:
        pile = self._piles.get(lines)
        if pile is None:
            if len(self._piles) >= _KEPT:
                self._piles.clear()
            numbers = self._order[slice(*lines)]
            if len(numbers) == 1:
                pile = _Pile(self._repeated[numbers[0]], self._single[numbers[0]])
            else:
                pile = _Pile(
                    set().union(*[self._repeated[i] for i in numbers]), sum([self._single[i] for i in numbers])
                )
            self._piles[lines] = pile
        return pile

    def _share(self, own: _Pile, other: _Pile) -> float:
        if own.weight < 0:
            own.weight = own.single * self._weight_single + self._sum(own.repeated)
        return self._sum(own.repeated & other.repeated) / (own.weight or 1)

    def _common(self, one: _Pile, other: _Pile) -> float:
        size, other_size = one.single + len(one.repeated), other.single + len(other.repeated)
        if not size or not other_size:
            return 0.0
        return self._share(other, one) if size > other_size else self._share(one, other)

    def _sum(self, pairs: set[Pair]) -> int:
        return sum(map(self._weight.__getitem__, pairs))


@lru_cache(8)
def pair_weights(lines: int) -> array[int]:
    """Return the weight of a pair by the number of lines that have it, on a page of so many lines.

    Whole numbers, so that their sum is the same in any order.
    """
    total = math.log(lines + 1)
    return array("Q", [0, *[round((total - math.log(n)) * _WEIGHT_UNIT) for n in range(1, lines + 1)]])


def pairs_of(text: str) -> set[Pair]:
    """Return the pairs of neighbouring characters of a line, of a very long one those of its two ends."""
    if len(text) > SAMPLE:
        text = text[: SAMPLE // 2] + " " + text[-SAMPLE // 2 :]
    units = memoryview(text.encode(_CODEC, "surrogatepass"))
    size = len(text)
    if len(units) != 2 * size:
        return {pair_number(a + b) for a, b in pairwise(text)}
    # Two units at a time, from the first one on and from the second one on: no pair is built in Python.
    return {*units[: size // 2 * 4].cast("I"), *units[2 : 2 + (size - 1) // 2 * 4].cast("I")}


def pair_number(pair: str) -> Pair:
    """Return two characters as the number by which a page's pairs are known."""
    units = pair.encode(_CODEC, "surrogatepass")
    return int.from_bytes(units, sys.byteorder) if len(units) == 4 else _BEYOND | ord(pair[0]) << 24 | ord(pair[1])
