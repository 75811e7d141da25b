"""Dispersion: how evenly a term is spread over the parts of a corpus, or over its length.

A term is given by its counts in the parts where it occurs and the sizes of those parts; the number, total size and
smallest size of all parts complete the picture, so that parts without the term cost nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import gt

from jmtools.errors import StatisticError


@dataclass(frozen=True)
class Parts:
    """The parts of a corpus.

    Attributes:
        count: How many there are.
        tokens: Their size together.
        smallest: Size of the smallest one.
    """

    count: int
    tokens: int
    smallest: int


def parts_of(sizes: Sequence[int]) -> Parts:
    """Return the parts with these sizes; empty ones do not count.

    >>> parts_of([10, 0, 30])
    Parts(count=2, tokens=40, smallest=10)
    """
    full = [size for size in sizes if size > 0]
    return Parts(len(full), sum(full), min(full, default=0))


def check_freqs(freqs: Sequence[int], sizes: Sequence[int]) -> int:
    """Return the total frequency of a term, after a check that its counts are possible.

    Raises:
        StatisticError: If it does not occur, or more often in a part than the part has tokens.
    """
    freq = sum(freqs)
    if len(freqs) != len(sizes):
        raise ValueError("each count needs the size of its part")
    if freq <= 0 or min(freqs) < 0 or any(map(gt, freqs, sizes)):
        raise StatisticError("a term without occurrences, or with more than its part has tokens, has no dispersion")
    return freq


def dp(freqs: Sequence[int], sizes: Sequence[int], parts: Parts) -> float:
    """Return Gries's DP: from 0 (spread like the corpus itself) towards 1 (all in one small part).

    Args:
        freqs: Occurrences in each part that has any.
        sizes: Sizes of those parts, in tokens.
        parts: All parts.

    Raises:
        StatisticError: If the term does not occur.

    Source:
        Gries (2008), Dispersions and adjusted frequencies in corpora.

    >>> dp([5, 5], [10, 10], Parts(count=4, tokens=40, smallest=10))
    0.5
    """
    freq = check_freqs(freqs, sizes)
    seen = gap = 0.0
    for count, size in zip(freqs, sizes, strict=True):
        share = size / parts.tokens
        seen += share
        gap += abs(count / freq - share)
    return max(0.0, (gap + max(0.0, 1 - seen)) / 2)


def dp_norm(freqs: Sequence[int], sizes: Sequence[int], parts: Parts) -> float:
    """Return DP over the largest value it can have with these parts; 0 where there is one part only.

    Source:
        Lijffijt & Gries (2012), Correction to “Dispersions and adjusted frequencies in corpora”.

    >>> dp_norm([10], [10], Parts(count=4, tokens=40, smallest=10))
    1.0
    """
    return dp_over_largest(dp(freqs, sizes, parts), parts)


def dp_over_largest(value: float, parts: Parts) -> float:
    """Return a DP over the largest value that it can have with these parts, see `dp_norm`."""
    room = 1 - parts.smallest / parts.tokens
    return min(1.0, value / room) if room > 0 else 0.0


def variation(freqs: Sequence[int], sizes: Sequence[int], parts: Parts) -> float:
    """Return the coefficient of variation of the term's relative frequencies in the parts (population form).

    Source:
        Gries (2008), where it is vc; relative frequencies make parts of different sizes comparable.

    >>> variation([5, 5], [10, 10], Parts(count=4, tokens=40, smallest=10))
    1.0
    """
    check_freqs(freqs, sizes)
    shares = [count / size for count, size in zip(freqs, sizes, strict=True)]
    mean = math.fsum(shares) / parts.count
    squares = math.fsum((share - mean) ** 2 for share in shares) + (parts.count - len(shares)) * mean * mean
    return math.sqrt(squares / parts.count) / mean


def juilland_d(freqs: Sequence[int], sizes: Sequence[int], parts: Parts) -> float:
    """Return Juilland's D: 1 for a term spread evenly, 0 for a term in one part only; 1 where there is one part only.

    Source:
        Juilland, Brodin & Davidovitch (1970), Frequency dictionary of French words; with relative frequencies.

    >>> juilland_d([5], [10], Parts(count=4, tokens=40, smallest=10))
    0.0
    """
    return 1.0 if parts.count < 2 else d_of_variation(variation(freqs, sizes, parts), parts)


def d_of_variation(value: float, parts: Parts) -> float:
    """Return Juilland's D for a coefficient of variation, see `juilland_d`."""
    return 1.0 if parts.count < 2 else max(0.0, 1 - value / math.sqrt(parts.count - 1))


def arf(positions: Sequence[int], n: int) -> float:
    """Return the average reduced frequency: the frequency if the term is spread evenly, about 1 if it is all in a heap.

    Args:
        positions: Where the term stands among the tokens of the corpus, from 0, ascending.
        n: Tokens of the corpus.

    Raises:
        StatisticError: If the term does not occur, or more often than there are tokens.

    Source:
        Savický & Hlaváčová (2002), Measures of word commonness.

    >>> arf([0, 25, 50, 75], 100), arf([0, 1, 2, 3], 100)
    (4.0, 1.12)
    """
    freq = len(positions)
    if not 0 < freq <= n:
        raise StatisticError(f"{freq} of {n} cannot occur")
    width = n / freq
    total = min(positions[0] + n - positions[-1], width)
    for index in range(1, freq):
        total += min(positions[index] - positions[index - 1], width)
    return total / width
