"""What the lines of a page have in common: pairs of neighbouring characters, rare pairs weighing more."""

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

_SAMPLE = 600  # characters of a line that are looked at, half of them at either end
_CODEC = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

_BEYOND = 1 << 60  # no two UTF-16 units make a number as large

Pair = int
# A set of numbers has the same order in every run, one of strings has not: sums over it would differ in their last bits
# from run to run, and a share could fall on either side of a border.


@dataclass(slots=True)
class LineWords:
    """The pairs of some lines.

    Attributes:
        repeated: Those that other lines of the page have too.
        single: How many stand in one line alone.
        weight: The sum of the weights of all, once it is needed.
    """

    repeated: set[Pair]
    single: int
    weight: float = -1.0


class PageWords:
    """The pairs of all lines of a page.

    A pair that stands in one line of the page is only counted: no other line can share it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lines = [_pairs(text) for text in texts]
        counts = Counter(chain.from_iterable(lines))
        total = math.log(len(texts) + 1)
        logs = [0.0] + [max(total - math.log(n), 0.0) for n in range(1, max(counts.values(), default=1) + 1)]
        self._weight = {pair: logs[count] for pair, count in counts.items() if count > 1}
        self._weight_single = logs[1]
        self._counts = counts
        often = set(self._weight)
        self._repeated = [pairs & often for pairs in lines]
        self._single = [len(pairs) - len(again) for pairs, again in zip(lines, self._repeated, strict=True)]

    def has(self, pair: str) -> bool:
        """Say whether two characters stand side by side anywhere on the page."""
        return pair_number(pair) in self._counts

    def of_line(self, i: int) -> LineWords:
        """Return the pairs of one line."""
        return LineWords(self._repeated[i], self._single[i])

    def of(self, lines: Sequence[int]) -> LineWords:
        """Return the pairs of several lines."""
        return LineWords(set().union(*[self._repeated[i] for i in lines]), sum([self._single[i] for i in lines]))

    def share(self, own: LineWords, other: LineWords) -> float:
        """Return the share of some pairs, by weight, that other lines have too."""
        if own.weight < 0:
            own.weight = own.single * self._weight_single + self._sum(own.repeated)
        return self._sum(own.repeated & other.repeated) / (own.weight or 1.0)

    def common(self, one: LineWords, other: LineWords) -> float:
        """Return the share of the smaller set that the other has too."""
        size, other_size = one.single + len(one.repeated), other.single + len(other.repeated)
        if not size or not other_size:
            return 0.0
        return self.share(other, one) if size > other_size else self.share(one, other)

    def _sum(self, pairs: set[Pair]) -> float:
        return sum(map(self._weight.__getitem__, pairs))


def _pairs(text: str) -> set[Pair]:
    """Return the pairs of neighbouring characters of a line, of a very long one those of its two ends."""
    if len(text) > _SAMPLE:
        text = text[: _SAMPLE // 2] + " " + text[-_SAMPLE // 2 :]
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
