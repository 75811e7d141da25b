"""Series over time: slope, its significance, bursts, change over a year. A gap (None) never counts as zero."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from jmtools.stats.intervals import normal_quantile
from jmtools.stats.tables2x2 import p_of_z

Series = Sequence[float | None]


@dataclass(frozen=True)
class Slope:
    """A robust slope, in units of the series per step, with its confidence interval."""

    slope: float
    low: float
    high: float


@dataclass(frozen=True)
class Monotony:
    """Whether a series rises or falls: Kendall's S and tau-b with time, z and the two-sided p."""

    s: int
    tau: float
    z: float
    p: float


@dataclass(frozen=True)
class Burst:
    """A stretch of steps, `first` to `last`, in which something comes up more often than usual; weight of evidence."""

    first: int
    last: int
    weight: float


def theil_sen(series: Series, *, confidence: float = 0.95) -> Slope | None:
    """Return the median slope of all pairs of points; None for less than two points.

    Args:
        series: One value for each step; None where there is no value.
        confidence: Of the interval.

    Source:
        Theil (1950), A rank-invariant method of linear and polynomial regression analysis; Sen (1968), Estimates of the
        regression coefficient based on Kendall's tau, with its interval.

    >>> theil_sen([1, 2, None, 4, 5, 99]).slope
    1.0
    """
    points = [(step, value) for step, value in enumerate(series) if value is not None]
    n = len(points)
    if n < 2:
        return None
    slopes = sorted((w - v) / (t - s) for i, (s, v) in enumerate(points) for t, w in points[i + 1 :])
    half = normal_quantile(confidence) * math.sqrt(kendall_variance([value for _, value in points]))
    low = max(round((len(slopes) - half) / 2) - 1, 0)
    high = min(round((len(slopes) + half) / 2), len(slopes) - 1)
    return Slope(median(slopes), slopes[low], slopes[high])


def mann_kendall(series: Series) -> Monotony | None:
    """Return the Mann–Kendall test of a trend, corrected for ties; None for less than three points.

    Source:
        Mann (1945), Nonparametric tests against trend; Kendall (1975), Rank correlation methods; ties as in
        Gilbert (1987), Statistical methods for environmental pollution monitoring, section 16.4.

    >>> mann_kendall([1, 2, 3, 4, 5]).s
    10
    """
    values = [value for value in series if value is not None]
    n = len(values)
    if n < 3:
        return None
    pairs = n * (n - 1) // 2
    untied = pairs - sum(t * (t - 1) // 2 for t in Counter(values).values())
    return monotony_of(kendall_score(values), kendall_variance(values), pairs, untied)


def kendall_score(values: Sequence[float]) -> int:
    """Return Kendall's S: pairs that rise minus pairs that fall."""
    s = 0
    earlier: list[float] = []
    for seen, value in enumerate(values):
        below = bisect_left(earlier, value)
        s += below - (seen - bisect_right(earlier, value, below))
        earlier.insert(below, value)
    return s


def kendall_variance(values: Sequence[float]) -> float:
    """Return the variance of Kendall's S, ties among the values corrected for."""
    n = len(values)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    return (n * (n - 1) * (2 * n + 5) - ties) / 18


def monotony_of(s: int, variance: float, pairs: int, untied: int) -> Monotony:
    """Return the test of a score with this variance, over so many pairs, of which some are not tied."""
    z = (s - (s > 0) + (s < 0)) / math.sqrt(variance) if variance > 0 else 0.0
    tau = s / math.sqrt(pairs * untied) if untied else 0.0
    return Monotony(s, tau, z, p_of_z(z))


def bursts(
    hits: Sequence[float | None], totals: Sequence[float], *, ratio: float = 2.0, gamma: float = 1.0
) -> list[Burst]:
    """Return the stretches in which hits come at `ratio` times their usual rate, by a model of two states.

    Args:
        hits: Of each step, how many of the `totals` are hits; None where there was nothing to count.
        totals: Of each step, how many there were in all.
        ratio: How much more often in a burst; over 1.
        gamma: What it costs to enter a burst; the larger, the fewer bursts.

    Source:
        Kleinberg (2002), Bursty and hierarchical structure in streams, section 4 (batched arrivals), two states.

    >>> [(b.first, b.last) for b in bursts([1, 1, 9, 8, 1, 1], [20] * 6)]
    [(2, 3)]
    """
    steps = [(index, h, n) for index, (h, n) in enumerate(zip(hits, totals, strict=True)) if h is not None and n > 0]
    total = sum(n for _, _, n in steps)
    usual = sum(h for _, h, _ in steps) / total if total else 0.0
    high = min(usual * ratio, 0.9999)
    if not 0 < usual < high:
        return []
    enter = gamma * math.log(max(len(steps), 2))
    gains = [h * math.log(high / usual) + (n - h) * math.log((1 - high) / (1 - usual)) for _, h, n in steps]
    states = _best_states(gains, enter)
    found: list[Burst] = []
    begin = 0
    while begin < len(steps):
        end = begin
        while end < len(steps) and states[end]:
            end += 1
        if end > begin:
            found.append(Burst(steps[begin][0], steps[end - 1][0], math.fsum(gains[begin:end])))
        begin = end + 1
    return found


def change(now: float | None, before: float | None) -> float | None:
    """Return the change in percent; None where a value is missing or the earlier one is 0.

    >>> change(150, 100), change(5, 0), change(None, 3)
    (50.0, None, None)
    """
    return None if now is None or not before else (now / before - 1) * 100


def _best_states(gains: Sequence[float], enter: float) -> list[bool]:
    """Return the cheapest sequence of states; `gains` is what being in a burst saves at each step."""
    calm, burst = 0.0, -enter
    calm_from: list[bool] = []
    burst_from: list[bool] = []
    for index, gain in enumerate(gains):
        before_calm, before_burst = (0.0, -math.inf) if index == 0 else (calm, burst)
        calm_from.append(before_burst > before_calm)
        calm = max(before_calm, before_burst)
        burst_from.append(before_burst >= before_calm - enter)
        burst = max(before_burst, before_calm - enter) + gain
    state = burst > calm
    states: list[bool] = []
    for from_calm, from_burst in zip(reversed(calm_from), reversed(burst_from), strict=True):
        states.append(state)
        state = from_burst if state else from_calm
    return states[::-1]
