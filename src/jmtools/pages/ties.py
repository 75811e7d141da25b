"""What ties lines of an article together: rare words, names above all, that both have.

Common words stand in every article, so two paragraphs that share them need not be about one matter. What is compared
are pairs of neighbouring characters; a table has those that many paragraphs have.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from math import sqrt

from jmtools.io.installed import read_data
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.words import Pair, pair_number, pairs_of

_RAREST = 3  # weight of a pair of characters that the table lacks
_HAN = range(0x4E00, 0x9FA6)

Pairs = set[Pair]


class Ties:
    """The pairs of characters of a page's lines."""

    def __init__(self, around: Surroundings) -> None:
        self._texts = around.texts
        self._sizes = [len(text) for text in around.texts]
        self._pairs: dict[int, Pairs] = {}
        self._weights: dict[Pair, int] = {}

    def of(self, lines: Iterable[int]) -> Pairs:
        """Return the pairs of some lines."""
        return set().union(*[self._of_line(i) for i in lines])

    def weight(self, pairs: Pairs) -> int:
        """Return how much some pairs say: rare ones more, common ones nothing."""
        known = self._weights
        for pair in pairs - known.keys():
            known[pair] = _weight(pair)
        return sum(map(known.__getitem__, pairs))

    def between(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return how strongly some lines are tied to others, for their length."""
        shared = self.weight(self.of(one) & self.of(other))
        return shared / sqrt(self._length(one) * self._length(other)) if shared else 0.0

    def share(self, line: int, others: Sequence[int]) -> float:
        """Return how much of a line is said in others too."""
        return self.weight(self._of_line(line) & self.of(others)) / self._sizes[line]

    def _of_line(self, i: int) -> Pairs:
        found = self._pairs.get(i)
        if found is None:
            found = self._pairs[i] = pairs_of(self._texts[i])
        return found

    def _length(self, lines: Iterable[int]) -> int:
        return sum([self._sizes[i] for i in lines])


def _weight(pair: Pair) -> int:
    known = _common_pairs().get(pair)
    if known is not None:
        return known
    return _RAREST if pair & 0xFFFF in _HAN and pair >> 16 in _HAN else 0


@cache
def _common_pairs() -> dict[Pair, int]:
    return {
        pair_number(row[0] + second): weight
        for row in read_data("common_pairs.txt").splitlines()
        if not row.startswith("#")
        for weight, seconds in enumerate(row[1:].split("\t"))
        for second in seconds
    }
