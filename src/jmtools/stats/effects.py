"""Effect sizes of keyness: how much more a term is used in the target than in the reference."""

from __future__ import annotations

import math

from jmtools.errors import StatisticError
from jmtools.stats.tables2x2 import check_counts

_HALF = 0.5  # what stands for a count of zero where a quotient would otherwise have no value


def per_million(freq: float, n: float) -> float:
    """Return occurrences per million tokens; 0 in an empty corpus.

    >>> per_million(3, 60_000)
    50.0
    """
    return freq / n * 1e6 if n else 0.0


def log_ratio(freq_target: float, freq_reference: float, *, n_target: float, n_reference: float) -> float:
    """Return the binary logarithm of the quotient of relative frequencies; 1 is twice as often, -1 half as often.

    A frequency of 0 counts as 0.5.

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Hardie (2014), Log Ratio: an informal introduction.

    >>> log_ratio(40, 10, n_target=1000, n_reference=1000)
    2.0
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    return math.log2((freq_target or _HALF) / n_target) - math.log2((freq_reference or _HALF) / n_reference)


def percent_diff(freq_target: float, freq_reference: float, *, n_target: float, n_reference: float) -> float | None:
    """Return %DIFF, the difference of relative frequencies in percent of the reference's; None where that is 0.

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Gabrielatos & Marchi (2011), Keyness: matching metrics to definitions.

    >>> percent_diff(30, 10, n_target=1000, n_reference=1000)
    200.0
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    if not freq_reference:
        return None
    return (freq_target * n_reference / (freq_reference * n_target) - 1) * 100


def simple_maths(ipm_target: float, ipm_reference: float, *, smoothing: float = 100.0) -> float:
    """Return the quotient of frequencies per million, both raised by `smoothing`.

    Args:
        ipm_target: Per million tokens of the target.
        ipm_reference: Per million tokens of the reference.
        smoothing: Positive; the larger, the more frequent the terms at the top.

    Raises:
        StatisticError: If `smoothing` is not positive.

    Source:
        Kilgarriff (2009), Simple maths for keywords.

    >>> simple_maths(300, 100, smoothing=100)
    2.0
    """
    if smoothing <= 0:
        raise StatisticError(f"a smoothing of {smoothing} is not positive")
    return (ipm_target + smoothing) / (ipm_reference + smoothing)


def odds_ratio(freq_target: float, freq_reference: float, *, n_target: float, n_reference: float) -> float:
    """Return the odds of the term in the target over its odds in the reference.

    Where a cell of the table is 0, 0.5 is added to each.

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Haldane (1956), The estimation and significance of the logarithm of a ratio of frequencies.

    >>> odds_ratio(20, 10, n_target=120, n_reference=110)
    2.0
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    a, b = freq_target, freq_reference
    c, d = n_target - a, n_reference - b
    if not (a and b and c and d):
        a, b, c, d = a + _HALF, b + _HALF, c + _HALF, d + _HALF
    return a / c * (d / b)


def difference_coefficient(freq_target: float, freq_reference: float, *, n_target: float, n_reference: float) -> float:
    """Return the difference of relative frequencies over their sum, from -1 (reference only) to 1 (target only).

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Hofland & Johansson (1982), Word frequencies in British and American English.

    >>> difference_coefficient(30, 10, n_target=1000, n_reference=1000)
    0.5
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    target, reference = freq_target * n_reference, freq_reference * n_target
    return (target - reference) / (target + reference) if target + reference else 0.0


def relative_risk(freq_target: float, freq_reference: float, *, n_target: float, n_reference: float) -> float | None:
    """Return the quotient of the relative frequencies; None where the reference's is 0.

    Raises:
        StatisticError: If a count cannot occur.

    Source:
        Cornfield (1951), A method of estimating comparative rates from clinical data.

    >>> relative_risk(30, 10, n_target=1000, n_reference=1000)
    3.0
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    return freq_target * n_reference / (freq_reference * n_target) if freq_reference else None


def ell(
    log_likelihood: float, freq_target: float, freq_reference: float, *, n_target: float, n_reference: float
) -> float:
    """Return the effect size of a log-likelihood: G² of two cells over the largest it could be, from 0 to 1.

    Args:
        log_likelihood: G² with two cells.
        freq_target: Occurrences in the target.
        freq_reference: Occurrences in the reference.
        n_target: Tokens of the target.
        n_reference: Tokens of the reference.

    Returns:
        0 where less than one occurrence is expected on the smaller side, for which it is not defined.

    Source:
        Johnston, Berry & Mielke (2006), Measures of effect size for chi-squared and likelihood-ratio goodness-of-fit
        tests.

    >>> round(ell(2350.3189, 786, 1, n_target=160950, n_reference=563668), 6)
    0.000628
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    n = n_target + n_reference
    least = (freq_target + freq_reference) * min(n_target, n_reference) / n
    return log_likelihood / (n * math.log(least)) if least > 1 else 0.0


def pmi(freq_target: float, freq_reference: float, *, n_target: float, n_reference: float) -> float | None:
    """Return the mutual information in bits of the term and the target; None where the target has none.

    Source:
        Church & Hanks (1990), Word association norms, mutual information, and lexicography.

    >>> round(pmi(3, 2, n_target=17, n_reference=12), 6)
    0.033553
    """
    check_counts(freq_target, n_target)
    check_counts(freq_reference, n_reference)
    hits = freq_target + freq_reference
    return math.log2(freq_target * (n_target + n_reference) / (hits * n_target)) if freq_target else None
