"""Confidence intervals of relative frequencies."""

from __future__ import annotations

import math
from statistics import NormalDist

from jmtools.errors import StatisticError
from jmtools.stats.tables2x2 import check_counts


def wilson_interval(freq: float, n: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a proportion: right for zero and for one, unlike the usual ± formula.

    It takes every token for an independent draw; words come in bursts, so `ratio_interval` is usually wider.

    Args:
        freq: Occurrences.
        n: Tokens; positive.
        confidence: Between 0 and 1.

    Raises:
        StatisticError: If the counts cannot occur, or the confidence is not between 0 and 1.

    Source:
        Wilson (1927), Probable inference, the law of succession, and statistical inference.

    >>> [round(x, 4) for x in wilson_interval(5, 50)]
    [0.0435, 0.2136]
    """
    check_counts(freq, n)
    z = normal_quantile(confidence)
    share, square = freq / n, z * z
    center = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return (0.0 if freq == 0 else max(0.0, center - half), 1.0 if freq == n else min(1.0, center + half))


def ratio_interval(
    freq: float,
    n: float,
    *,
    docs: int,
    freq_squares: float,
    products: float,
    n_squares: float,
    confidence: float = 0.95,
) -> tuple[float, float] | None:
    """Return an interval of a relative frequency for a sample of whole articles, not of single words.

    Args:
        freq: Occurrences in all articles.
        n: Tokens in all articles; positive.
        docs: Articles; None is returned for less than two.
        freq_squares: Sum over the articles of the squared occurrences.
        products: Sum over the articles of occurrences times tokens.
        n_squares: Sum over the articles of the squared tokens.
        confidence: Between 0 and 1.

    Source:
        Cochran (1977), Sampling techniques, 3rd edition, section 6.3: variance of a ratio estimate.

    >>> [round(x, 4) for x in ratio_interval(4, 40, docs=4, freq_squares=16, products=40, n_squares=400)]
    [0.0, 0.296]
    """
    check_counts(freq, n)
    if docs < 2:
        return None
    share = freq / n
    squares = max(0.0, freq_squares - 2 * share * products + share * share * n_squares)
    half = normal_quantile(confidence) * math.sqrt(docs * squares / (docs - 1)) / n
    return max(0.0, share - half), min(1.0, share + half)


def log_ratio_interval(
    freq_target: float, freq_reference: float, *, n_target: float, n_reference: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return an interval of log ratio, in bits; a frequency of 0 counts as 0.5, as it does for log ratio.

    It takes every token for an independent draw: words come in bursts, so the true interval is wider.

    Args:
        freq_target: Occurrences in the target.
        freq_reference: Occurrences in the reference.
        n_target: Tokens of the target; positive.
        n_reference: Tokens of the reference; positive.
        confidence: Between 0 and 1.

    Raises:
        StatisticError: If a count cannot occur, or the confidence is not between 0 and 1.

    Source:
        Katz, Baptista, Azen & Pike (1978), Obtaining confidence intervals for the risk ratio in cohort studies.

    >>> [round(x, 3) for x in log_ratio_interval(40, 10, n_target=1000, n_reference=1000)]
    [1.008, 2.992]
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    a, b = freq_target or 0.5, freq_reference or 0.5
    center = math.log2(a / n_target) - math.log2(b / n_reference)
    variance = max(0.0, 1 / a - 1 / n_target + 1 / b - 1 / n_reference)
    half = normal_quantile(confidence) * math.sqrt(variance) / math.log(2)
    return center - half, center + half


def conservative_log_ratio(
    freq_target: float,
    freq_reference: float,
    *,
    n_target: float,
    n_reference: float,
    confidence: float = 0.95,
    tests: int = 1,
) -> float:
    """Return the end of the interval of log ratio that is nearer to 0, and 0 where the interval holds 0.

    The interval is exact: of a Poisson test given the sum of both counts, corrected for the number of tests.

    Args:
        freq_target: Occurrences in the target.
        freq_reference: Occurrences in the reference.
        n_target: Tokens of the target; positive.
        n_reference: Tokens of the reference; positive.
        confidence: Of all tests together (Bonferroni).
        tests: How many terms are compared.

    Raises:
        StatisticError: If a count cannot occur, or the confidence is not between 0 and 1.

    Source:
        Evert (2022), Measuring keyness; the interval: Fay (2010), Two-sided exact tests and matching confidence
        intervals for discrete data.

    >>> round(conservative_log_ratio(8, 0, n_target=1177, n_reference=341805, tests=20109), 4)
    6.0209
    >>> conservative_log_ratio(3, 3, n_target=1000, n_reference=1000)
    0.0
    """
    from scipy.special import betaincinv  # takes 0.1 s, and only this function needs it

    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    if not 0 < confidence < 1:
        raise StatisticError(f"a confidence of {confidence} is not between 0 and 1")
    tail = (1 - confidence) / (2 * max(tests, 1))
    scale = n_reference / n_target
    low = float(betaincinv(freq_target, freq_reference + 1, tail)) if freq_target else 0.0
    if low > 0 and low / (1 - low) * scale > 1:
        return math.log2(low / (1 - low) * scale)
    high = 1 - float(betaincinv(freq_reference, freq_target + 1, tail)) if freq_reference else 1.0
    return min(0.0, math.log2(high / (1 - high) * scale)) if 0 < high < 1 else 0.0


def normal_quantile(confidence: float) -> float:
    """Return how many standard deviations around the mean hold this share of a normal distribution.

    Raises:
        StatisticError: If the confidence is not between 0 and 1.

    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    if not 0 < confidence < 1:
        raise StatisticError(f"a confidence of {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)
