"""Sums of weights as probabilities: what the decisions about several lines at once have in common."""

import math
from collections.abc import Mapping, Sequence

Values = Mapping[str, float]


def total_of(values: Values, weights: Mapping[str, float]) -> float:
    """Return the sum of values, each times its weight."""
    return sum([value * weights.get(name, 0.0) for name, value in values.items() if value])


def chances(totals: Sequence[float]) -> list[float]:
    """Return the probabilities of things that exclude each other, of whose factors these are the logarithms.

    >>> [round(chance, 2) for chance in chances([0.0, 0.0, 0.7])]
    [0.25, 0.25, 0.5]
    """
    top = max(totals)
    factors = [math.exp(total - top) for total in totals]
    whole = sum(factors)
    return [factor / whole for factor in factors]


def log_odds(chance: float, least: float, most: float) -> float:
    """Return the logarithm of the odds of a probability, within borders.

    >>> log_odds(0.5, -7, 4), log_odds(0.0, -7, 4)
    (0.0, -7)
    """
    if chance <= 0:
        return least
    return most if chance >= 1 else min(max(math.log(chance / (1 - chance)), least), most)
