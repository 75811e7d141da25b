"""What ties lines of an article together: rare words, names above all, that both have.

Common words stand in every article, so two paragraphs that share them need not be about one matter. What is compared
are pairs of neighbouring characters; a table has those that many paragraphs have.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log2, sqrt

from jmtools.io.installed import read_data
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.words import Pair, pair_number

_RAREST_CHARACTER = 4.0  # in no common pair
_RAREST = 3  # weight of a pair of characters that the table lacks


class Ties:
    """How strongly lines of a page are tied to one another."""

    def __init__(self, around: Surroundings) -> None:
        self._words = around.words
        self._words.weigh(_common_pairs(), _RAREST)
        self._sizes = [len(text) for text in around.texts]

    def weight(self, one: Sequence[int], other: Sequence[int]) -> int:
        """Return how much the pairs say that some lines have in common with others: common ones nothing."""
        return self._words.tied(one, other)

    def between(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return how strongly some lines are tied to others, for their length."""
        shared = self.weight(one, other)
        return shared / sqrt(self._length(one) * self._length(other)) if shared else 0.0

    def pair(self, pair: str) -> int:
        """Return how much two neighbouring Chinese characters say of what a text is about."""
        return _common_pairs().get(pair_number(pair), _RAREST)

    def rareness(self, char: str) -> float:
        """Return how rare a Chinese character is, by the number of common pairs that have it: 0 to 4."""
        return max(_RAREST_CHARACTER - log2(1 + _pairs_with()[char]), 0.0)

    def share(self, line: int, others: Sequence[int]) -> float:
        """Return how much of a line is said in others too."""
        return self.weight([line], others) / self._sizes[line]

    def _length(self, lines: Iterable[int]) -> int:
        return sum([self._sizes[i] for i in lines])


@cache
def _pairs_with() -> Counter[str]:
    """Return in how many common pairs each character stands."""
    rows = [row for row in read_data("common_pairs.txt").splitlines() if not row.startswith("#")]
    seconds = [row[1:].replace("\t", "") for row in rows]
    return Counter("".join(seconds)) + Counter({row[0]: len(rest) for row, rest in zip(rows, seconds, strict=True)})


@cache
def _common_pairs() -> dict[Pair, int]:
    return {
        pair_number(row[0] + second): weight
        for row in read_data("common_pairs.txt").splitlines()
        if not row.startswith("#")
        for weight, seconds in enumerate(row[1:].split("\t"))
        for second in seconds
    }
