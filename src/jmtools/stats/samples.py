"""Two samples of records compared: is a term more frequent in the records of one than in those of the other?

Most records do not have the term, so that a sample is its values above 0 and how many records there are in all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.errors import StatisticError
from jmtools.stats.tables2x2 import p_of_z


@dataclass(frozen=True)
class RankTest:
    """Mann–Whitney's U of the first sample, the probability of superiority (U over all pairs), z and two-sided p."""

    u: float
    superiority: float
    z: float
    p: float


@dataclass(frozen=True)
class MeanTest:
    """Welch's t, its degrees of freedom and the two-sided p."""

    t: float
    df: float
    p: float


def mann_whitney(first: Sequence[float], second: Sequence[float], *, n_first: int, n_second: int) -> RankTest:
    """Return the rank test of two samples; ties share their mean rank, and z has the continuity correction.

    Args:
        first: Values above 0 of the first sample.
        second: Values above 0 of the second.
        n_first: Records of the first sample; those without a value count as 0.
        n_second: Records of the second.

    Raises:
        StatisticError: If a sample is empty, or has more values than records.

    Source:
        Mann & Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other;
        as keyness: Kilgarriff (2001), Comparing corpora.

    >>> mann_whitney([12, 15, 18, 24, 88], [3, 3, 13, 27, 33], n_first=5, n_second=5).u
    16.0
    """
    _check_sizes(first, second, n_first, n_second)
    counts = Counter(first), Counter(second)
    counts[0][0.0] += n_first - len(first)
    counts[1][0.0] += n_second - len(second)
    n = n_first + n_second
    rank_sum, below, ties = 0.0, 0, 0
    for value in sorted(counts[0].keys() | counts[1].keys()):
        tied = counts[0][value] + counts[1][value]
        rank_sum += counts[0][value] * (below + (tied + 1) / 2)
        below += tied
        ties += tied**3 - tied
    u = rank_sum - n_first * (n_first + 1) / 2
    pairs = n_first * n_second
    variance = pairs / 12 * (n + 1 - ties / (n * (n - 1))) if n > 1 else 0.0
    gap = u - pairs / 2
    z = (gap - math.copysign(min(0.5, abs(gap)), gap)) / math.sqrt(variance) if variance > 0 else 0.0
    return RankTest(u, u / pairs, z, p_of_z(z))


def welch(first: Sequence[float], second: Sequence[float], *, n_first: int, n_second: int) -> MeanTest | None:
    """Return Welch's t-test of two samples with variances of their own; None where neither varies.

    Args:
        first: Values above 0 of the first sample.
        second: Values above 0 of the second.
        n_first: Records of the first sample, at least two; those without a value count as 0.
        n_second: Records of the second.

    Raises:
        StatisticError: If a sample has more values than records.

    Source:
        Welch (1947), The generalization of Student's problem when several different population variances are involved.

    >>> round(welch([1, 2, 3], [2, 4, 6], n_first=3, n_second=3).t, 6)
    -1.549193
    """
    _check_sizes(first, second, n_first, n_second)
    if n_first < 2 or n_second < 2:
        return None
    means, shares = [], []
    for values, n in ((first, n_first), (second, n_second)):
        mean = math.fsum(values) / n
        squares = math.fsum((value - mean) ** 2 for value in values) + (n - len(values)) * mean * mean
        means.append(mean)
        shares.append(squares / (n - 1) / n)
    spread = sum(shares)
    if spread <= 0:
        return None
    from scipy.special import stdtr  # takes 0.1 s, and only this function needs it

    t = (means[0] - means[1]) / math.sqrt(spread)
    df = spread**2 / (shares[0] ** 2 / (n_first - 1) + shares[1] ** 2 / (n_second - 1))
    return MeanTest(t, df, min(1.0, 2 * float(stdtr(df, -abs(t)))))


def _check_sizes(first: Sequence[float], second: Sequence[float], n_first: int, n_second: int) -> None:
    if not 0 < n_first >= len(first) or not 0 < n_second >= len(second):
        raise StatisticError(f"{len(first)} of {n_first} and {len(second)} of {n_second} cannot occur")
