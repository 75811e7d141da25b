"""Two-by-two tables of counts: G², χ², their p-values, and corrections for many tests.

A table is given by its marginals, as corpora are: `freq_a` of `n_a` and `freq_b` of `n_b`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from jmtools.errors import StatisticError

_NEGLIGIBLE = 1e-18  # the sum of a tail stops here: smaller terms change no digit that is shown
_SAME = 1 + 1e-7  # probabilities that differ by less count as equal, as in R and SciPy
SIDES = ("two-sided", "greater", "less")


def check_counts(freq: float, n: float) -> None:
    """Check that `freq` of `n` can occur.

    Raises:
        StatisticError: If a count is negative, larger than its whole, or the whole is empty.
    """
    if not 0 <= freq <= n or n <= 0:
        raise StatisticError(f"{freq} of {n} cannot occur")


def log_likelihood(freq_a: float, freq_b: float, *, n_a: float, n_b: float, two_cells: bool = False) -> float:
    """Return G² of one term in two samples, from 0 (no difference) up; one degree of freedom.

    Args:
        freq_a: Occurrences in the first sample.
        freq_b: Occurrences in the second.
        n_a: Size of the first sample, in tokens; positive.
        n_b: Size of the second.
        two_cells: Leave out the cells of all other tokens, as the log-likelihood calculators of corpus linguistics do;
            for rare terms the difference is negligible.

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Dunning (1993), Accurate methods for the statistics of surprise and coincidence; the form with two cells:
        Rayson & Garside (2000), Comparing corpora using frequency profiling.

    >>> round(log_likelihood(10, 2, n_a=1000, n_b=1000), 4)
    5.8543
    >>> log_likelihood(3, 3, n_a=100, n_b=100)
    0.0
    """
    check_counts(freq_a, n_a)
    check_counts(freq_b, n_b)
    share = (freq_a + freq_b) / (n_a + n_b)
    total = _term(freq_a, n_a * share) + _term(freq_b, n_b * share)
    if not two_cells:
        total += _term(n_a - freq_a, n_a * (1 - share)) + _term(n_b - freq_b, n_b * (1 - share))
    return max(0.0, 2 * total)


def chi_squared(freq_a: float, freq_b: float, *, n_a: float, n_b: float, yates: bool = False) -> float:
    """Return Pearson's χ² of one term in two samples; one degree of freedom.

    Args:
        freq_a: Occurrences in the first sample.
        freq_b: Occurrences in the second.
        n_a: Size of the first sample.
        n_b: Size of the second.
        yates: Apply the continuity correction.

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Pearson (1900); the correction: Yates (1934).

    >>> round(chi_squared(10, 2, n_a=1000, n_b=1000), 4)
    5.3655
    """
    check_counts(freq_a, n_a)
    check_counts(freq_b, n_b)
    hits, n = freq_a + freq_b, n_a + n_b
    if hits in (0, n):
        return 0.0
    gap = abs(freq_a * n_b - freq_b * n_a)
    if yates:
        gap -= min(n / 2, gap)
    return gap / (n_a * n_b) * gap / hits * (n / (n - hits))


def williams(statistic: float, freq_a: float, freq_b: float, *, n_a: float, n_b: float) -> float:
    """Return G² or χ² with Williams' correction, which makes it smaller for small samples.

    Args:
        statistic: G² or χ² over all four cells.
        freq_a: Occurrences in the first sample.
        freq_b: Occurrences in the second.
        n_a: Size of the first sample.
        n_b: Size of the second.

    Source:
        Williams (1976), Improved likelihood ratio tests for complete contingency tables.

    >>> round(williams(5.0, 10, 2, n_a=1000, n_b=1000), 4)
    4.8
    """
    check_counts(freq_a, n_a)
    check_counts(freq_b, n_b)
    hits, n = freq_a + freq_b, n_a + n_b
    if not 0 < hits < n:
        return statistic
    return statistic / (1 + (n / n_a + n / n_b - 1) * (n / hits + n / (n - hits) - 1) / (6 * n))


def fisher_exact(freq_a: int, freq_b: int, *, n_a: int, n_b: int, alternative: str = "two-sided") -> float:
    """Return p of Fisher's exact test of one term in two samples.

    Args:
        freq_a: Occurrences in the first sample.
        freq_b: Occurrences in the second.
        n_a: Size of the first sample.
        n_b: Size of the second.
        alternative: `greater`: the first has at least so many; `less`: at most; `two-sided`: any table that is no more
            probable than this one.

    Raises:
        StatisticError: If a count cannot occur, or there is no such alternative.

    Source:
        Fisher (1934), Statistical methods for research workers, 5th edition.

    >>> [round(fisher_exact(1, 3, n_a=4, n_b=4, alternative=side), 3) for side in SIDES]
    [0.486, 0.986, 0.243]
    """
    check_counts(freq_a, n_a)
    check_counts(freq_b, n_b)
    if alternative not in SIDES:
        raise StatisticError(f"no alternative called {alternative!r}; there are {', '.join(SIDES)}")
    hits = freq_a + freq_b
    here = math.exp(_log_probability(freq_a, hits, n_a, n_b))
    above = _tail(freq_a, hits, n_a, n_b, 1)
    below = _tail(freq_a, hits, n_a, n_b, -1)
    if alternative != "two-sided":
        return min(1.0, here + (above if alternative == "greater" else below))
    mode = (hits + 1) * (n_a + 1) // (n_a + n_b + 2)
    near, step = (above, -1) if freq_a >= mode else (below, 1)
    other = _first_as_rare(freq_a, hits, n_a, n_b, mode, step)
    if other is None:
        return min(1.0, here + near)
    return min(
        1.0, here + near + math.exp(_log_probability(other, hits, n_a, n_b)) + _tail(other, hits, n_a, n_b, step)
    )


def p_of_chi_squared(statistic: float) -> float:
    """Return the probability of a G² or χ² at least this large, with one degree of freedom.

    >>> round(p_of_chi_squared(3.841458820694124), 6)
    0.05
    """
    return math.erfc(math.sqrt(max(statistic, 0.0) / 2))


def p_of_z(z: float) -> float:
    """Return the two-sided probability of a standard normal deviate at least this far from 0.

    >>> round(p_of_z(-1.959963984540054), 6)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def bonferroni(p_values: Sequence[float], *, tests: int | None = None) -> list[float]:
    """Return p-values times the number of tests, at most 1.

    Args:
        p_values: Of the tests.
        tests: How many tests were made, if more than are given.

    >>> bonferroni([0.01, 0.4, 0.5])
    [0.03, 1.0, 1.0]
    """
    n = len(p_values) if tests is None else tests
    return [min(1.0, p * n) for p in p_values]


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted so that a threshold on them bounds the false discovery rate; the order is kept.

    Source:
        Benjamini & Hochberg (1995), Controlling the false discovery rate.

    >>> benjamini_hochberg([0.04, 0.01, 0.03])
    [0.04, 0.03, 0.04]
    """
    n = len(p_values)
    adjusted = [0.0] * n
    least = 1.0
    for rank, index in zip(range(n, 0, -1), sorted(range(n), key=lambda i: -p_values[i]), strict=True):
        least = min(least, p_values[index] * n / rank)
        adjusted[index] = least
    return adjusted


def bic(log_likelihood: float, n: float) -> float:
    """Return the Bayesian information criterion of a G²: below 0 for no evidence, over 10 for very strong evidence.

    Args:
        log_likelihood: G² with one degree of freedom.
        n: Size of both samples together.

    Source:
        Wilson (2013), Embracing Bayes factors for key item analysis in corpus linguistics.

    >>> round(bic(20.0, 1_000_000), 4)
    6.1845
    """
    return log_likelihood - math.log(n)


def _term(observed: float, expected: float) -> float:
    return observed * math.log(observed / expected) if observed > 0 else 0.0


def _log_probability(k: int, hits: int, n_a: int, n_b: int) -> float:
    return _log_choose(n_a, k) + _log_choose(n_b, hits - k) - _log_choose(n_a + n_b, hits)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _tail(k: int, hits: int, n_a: int, n_b: int, step: int) -> float:
    """Return the probability of all tables beyond `k`, upwards or downwards."""
    low, high = max(0, hits - n_b), min(hits, n_a)
    term = start = math.exp(_log_probability(k, hits, n_a, n_b))
    total = 0.0
    while low <= k + step <= high:
        if step > 0:
            term *= (n_a - k) * (hits - k) / ((k + 1) * (n_b - hits + k + 1))
        else:
            term *= k * (n_b - hits + k) / ((n_a - k + 1) * (hits - k + 1))
        total += term
        k += step
        if term < _NEGLIGIBLE * max(start, total):
            break
    return total


def _first_as_rare(k: int, hits: int, n_a: int, n_b: int, mode: int, step: int) -> int | None:
    """Return the first table on the other side of the mode that is no more probable than `k`, by bisection."""
    limit = _log_probability(k, hits, n_a, n_b) + math.log(_SAME)
    far = max(0, hits - n_b) if step < 0 else min(hits, n_a)
    if far == k or (far - k) * step < 0 or _log_probability(far, hits, n_a, n_b) > limit:
        return None
    near = mode if (mode - k) * step > 0 else k + step
    if _log_probability(near, hits, n_a, n_b) <= limit:
        return near
    while abs(far - near) > 1:
        middle = (far + near) // 2
        if _log_probability(middle, hits, n_a, n_b) <= limit:
            far = middle
        else:
            near = middle
    return far
