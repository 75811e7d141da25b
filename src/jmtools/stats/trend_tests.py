"""Tests of a trend in seasonal or autocorrelated series, and of a change of level. Gaps stay gaps."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from statistics import median

from jmtools.stats.intervals import normal_quantile
from jmtools.stats.series import (
    Monotony,
    Series,
    kendall_score,
    kendall_variance,
    mann_kendall,
    monotony_of,
    theil_sen,
)
from jmtools.stats.tables2x2 import p_of_z


@dataclass(frozen=True)
class ChangePoint:
    """A change of level: its first step, Pettitt's K and approximate p, and 1 for up, -1 for down, 0 for none."""

    step: int
    k: float
    p: float
    direction: int


def seasonal_mann_kendall(series: Series, *, period: int) -> Monotony | None:
    """Return the Mann–Kendall test over seasons: each step is compared with the same season of other years only.

    Args:
        series: One value for each step; None where there is no value.
        period: Steps of a year: 12 for months, 4 for quarters.

    Source:
        Hirsch, Slack & Smith (1982), Techniques of trend analysis for monthly water quality data.

    >>> seasonal_mann_kendall([1, 9, 2, 10, 3, 11], period=2).s
    6
    """
    seasons = [[value for value in series[start::period] if value is not None] for start in range(period)]
    seasons = [season for season in seasons if len(season) > 1]
    if sum(map(len, seasons)) < 3:
        return None
    s = sum(map(kendall_score, seasons))
    pairs = sum(len(season) * (len(season) - 1) // 2 for season in seasons)
    ties = sum(t * (t - 1) // 2 for season in seasons for t in Counter(season).values())
    return monotony_of(s, sum(map(kendall_variance, seasons)), pairs, pairs - ties)


def seasonal_sen(series: Series, *, period: int) -> float | None:
    """Return the median slope per year of all pairs of like steps; None where there is no pair.

    Args:
        series: One value for each step; None where there is no value.
        period: Steps of a year.

    Source:
        Hirsch, Slack & Smith (1982), Techniques of trend analysis for monthly water quality data.

    >>> seasonal_sen([1, 9, 2, 10, 4, 11], period=2)
    1.0
    """
    slopes = []
    for start in range(period):
        points = [(year, value) for year, value in enumerate(series[start::period]) if value is not None]
        slopes += [(w - v) / (t - s) for i, (s, v) in enumerate(points) for t, w in points[i + 1 :]]
    return median(slopes) if slopes else None


def hamed_rao(series: Series) -> Monotony | None:
    """Return the Mann–Kendall test with its variance corrected for autocorrelation; None for less than three points.

    The ranks of the residuals of the Theil–Sen trend are correlated at every lag; those outside the 95 % band
    count. Gaps are closed up for this, as other programs do.

    Source:
        Hamed & Rao (1998), A modified Mann-Kendall trend test for autocorrelated data.

    >>> hamed_rao([1, 2, 3, 4, 5]).s
    10
    """
    plain, slope = mann_kendall(series), theil_sen(series)
    if plain is None or slope is None:
        return None
    values = [value for value in series if value is not None]
    n = len(values)
    ranks = _ranks([value - step * slope.slope for step, value in enumerate(values, 1)])
    band = normal_quantile(0.95) / math.sqrt(n)
    total = 0.0
    for lag, correlation in enumerate(_autocorrelations(ranks), 1):
        if abs(correlation) > band:
            total += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation
    factor = max(0.0, 1 + 2 * total / (n * (n - 1) * (n - 2)))
    variance = kendall_variance(values) * factor
    z = (plain.s - (plain.s > 0) + (plain.s < 0)) / math.sqrt(variance) if variance > 0 else 0.0
    return Monotony(plain.s, plain.tau, z, p_of_z(z))


def change_point(series: Series) -> ChangePoint | None:
    """Return the most likely change of level, by Pettitt's test; None for less than three points.

    Source:
        Pettitt (1979), A non-parametric approach to the change-point problem.

    >>> change_point([1, 2, 1, 2, 9, 8, 9, 8]).step
    4
    """
    points = [(step, value) for step, value in enumerate(series) if value is not None]
    n = len(points)
    if n < 3:
        return None
    ranks = _ranks([value for _, value in points])
    best, at, total = 0.0, 0, 0.0
    for place, rank in enumerate(ranks[:-1], 1):
        total += rank
        statistic = 2 * total - place * (n + 1)
        if abs(statistic) > abs(best):
            best, at = statistic, place
    p = min(1.0, 2 * math.exp(-6 * best * best / (n**3 + n**2)))
    return ChangePoint(points[at][0], abs(best), p, -1 if best > 0 else 1 if best < 0 else 0)


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 1; ties share their mean rank."""
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value) + 1) / 2 for value in values]


def _autocorrelations(values: Sequence[float]) -> list[float]:
    """Return the autocorrelation at each lag from 1 on; all 0 for a series that does not vary."""
    n = len(values)
    mean = math.fsum(values) / n
    gaps = [value - mean for value in values]
    whole = math.fsum(gap * gap for gap in gaps)
    if not whole:
        return [0.0] * (n - 1)
    return [math.fsum(map(mul, gaps, gaps[lag:])) / whole for lag in range(1, n)]
