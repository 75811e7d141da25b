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
    """Return an interval of a relative frequency that takes the article, not the word, as what was sampled.

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
