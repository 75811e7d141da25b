"""Dispersion by the distances from one occurrence of a term to the next, the corpus closed to a ring.

A term is given by its places among the `n` tokens of the corpus, from 0, ascending; no parts are needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from jmtools.errors import StatisticError


def distances_of(positions: Sequence[int], n: int) -> list[int]:
    """Return the distances between neighbours, the last and the first included; they add up to n.

    Raises:
        StatisticError: If the term does not occur, or more often than there are tokens.

    >>> distances_of([1, 4], 10)
    [7, 3]
    """
    if not 0 < len(positions) <= n:
        raise StatisticError(f"{len(positions)} of {n} cannot occur")
    first = positions[0] + n - positions[-1]
    return [first, *(after - before for before, after in pairwise(positions))]


def ald(positions: Sequence[int], n: int) -> float:
    """Return the average logarithmic distance, to base 10: the smaller, the more even.

    Source:
        Savický & Hlaváčová (2002), Measures of word commonness.

    >>> ald([0, 10, 20, 30], 40)
    1.0
    """
    return math.fsum(step * math.log10(step) for step in distances_of(positions, n)) / n


def awt(positions: Sequence[int], n: int) -> float:
    """Return the average waiting time: how many tokens from a random one to the next occurrence.

    Source:
        Savický & Hlaváčová (2002), Measures of word commonness.

    >>> awt([0, 10, 20, 30], 40)
    5.5
    """
    return (1 + math.fsum(step * step for step in distances_of(positions, n)) / n) / 2


def f_ald(positions: Sequence[int], n: int) -> float:
    """Return the frequency of an evenly spread term with the same average logarithmic distance.

    Source:
        Savický & Hlaváčová (2002), Measures of word commonness.

    >>> round(f_ald([0, 10, 20, 30], 40), 6)
    4.0
    """
    return n / 10 ** ald(positions, n)


def f_awt(positions: Sequence[int], n: int) -> float:
    """Return the frequency of an evenly spread term with the same average waiting time.

    Source:
        Savický & Hlaváčová (2002), Measures of word commonness.

    >>> f_awt([0, 10, 20, 30], 40)
    4.0
    """
    return n / (2 * awt(positions, n) - 1)
