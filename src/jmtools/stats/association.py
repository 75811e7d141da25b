"""Association of two things that occur together: words in a span, terms in an article.

All functions take the observed co-occurrences `freq_xy`, the frequencies `freq_x` and `freq_y` of both, and the size
`n` of the sample in which they were counted; all four count the same kind of unit: tokens, sentences or articles.
"""

from __future__ import annotations

import math

from jmtools.errors import StatisticError
from jmtools.stats.tables2x2 import log_likelihood


def check_table(freq_xy: float, freq_x: float, freq_y: float, n: float) -> None:
    """Check that the four counts can occur together.

    Raises:
        StatisticError: If a cell of the table would be negative.
    """
    if not 0 <= freq_xy <= min(freq_x, freq_y) or freq_x + freq_y - freq_xy > n:
        raise StatisticError(f"{freq_xy} joint occurrences of {freq_x} and {freq_y} in {n} cannot occur")


def expected(freq_x: float, freq_y: float, n: float) -> float:
    """Return the co-occurrences expected if the two had nothing to do with each other.

    >>> expected(100, 20, 1000)
    2.0
    """
    return freq_x * freq_y / n if n else 0.0


def mi(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return (pointwise) mutual information in bits: log₂ of observed over expected; None without co-occurrence.

    Source:
        Church & Hanks (1990), Word association norms, mutual information, and lexicography.

    >>> mi(8, 100, 20, 1000)
    2.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return math.log2(freq_xy / freq_x * (n / freq_y)) if freq_xy else None


def mi3(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return log₂ of the observed count cubed over the expected: mutual information that favours frequent pairs.

    Source:
        Daille (1994), Approche mixte pour l'extraction automatique de terminologie.

    >>> mi3(8, 100, 20, 1000)
    8.0
    """
    return _mi_of_power(3, freq_xy, freq_x, freq_y, n)


def mi2(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return log₂ of the observed count squared over the expected; None without co-occurrence.

    Source:
        Daille (1994), Approche mixte pour l'extraction automatique de terminologie.

    >>> mi2(8, 100, 20, 1000)
    5.0
    """
    return _mi_of_power(2, freq_xy, freq_x, freq_y, n)


def local_mi(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return the observed count times mutual information in bits; 0 without co-occurrence.

    Source:
        Evert (2005), The statistics of word cooccurrences.

    >>> local_mi(8, 100, 20, 1000)
    16.0
    """
    return freq_xy * (mi(freq_xy, freq_x, freq_y, n) or 0.0)


def npmi(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return mutual information over its largest value, from -1 (never together) over 0 to 1 (only together).

    Source:
        Bouma (2009), Normalized (pointwise) mutual information in collocation extraction.

    >>> npmi(20, 20, 20, 1000)
    1.0
    """
    found = mi(freq_xy, freq_x, freq_y, n)
    if found is None:
        return -1.0
    return found / math.log2(n / freq_xy) if freq_xy < n else 1.0


def dice(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return twice the joint count over the sum of both counts, from 0 to 1.

    Source:
        Dice (1945), Measures of the amount of ecologic association between species.

    >>> dice(10, 30, 10, 1000)
    0.5
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return 2 * freq_xy / (freq_x + freq_y) if freq_x + freq_y else 0.0


def log_dice(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return 14 + log₂ of Dice: at most 14, one more is twice as strong, and it does not depend on the corpus size.

    Source:
        Rychlý (2008), A lexicographer-friendly association score.

    >>> log_dice(10, 30, 10, 1000)
    13.0
    """
    found = dice(freq_xy, freq_x, freq_y, n)
    return 14 + math.log2(found) if found else None


def jaccard(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return the joint count over the count of either, from 0 to 1.

    Source:
        Jaccard (1912), The distribution of the flora in the alpine zone.

    >>> jaccard(10, 30, 20, 1000)
    0.25
    """
    check_table(freq_xy, freq_x, freq_y, n)
    either = freq_x + freq_y - freq_xy
    return freq_xy / either if either else 0.0


def min_sensitivity(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return the smaller of the two conditional probabilities of one given the other.

    Source:
        Pedersen (1998), Dependent bigram identification.

    >>> min_sensitivity(10, 40, 20, 1000)
    0.25
    """
    check_table(freq_xy, freq_x, freq_y, n)
    larger = max(freq_x, freq_y)
    return freq_xy / larger if larger else 0.0


def delta_p(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return ΔP of y given x: its probability with x minus its probability without x; swap x and y for the other way.

    Source:
        Gries (2013), 50-something years of work on collocations; after Ellis (2006).

    >>> round(delta_p(8, 10, 18, 110), 6)
    0.7
    """
    check_table(freq_xy, freq_x, freq_y, n)
    if not 0 < freq_x < n:
        return None
    return freq_xy / freq_x - (freq_y - freq_xy) / (n - freq_x)


def mu_value(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return the observed over the expected count; None where nothing is expected.

    Source:
        Evert (2005), The statistics of word cooccurrences.

    >>> mu_value(8, 100, 20, 1000)
    4.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    mean = expected(freq_x, freq_y, n)
    return freq_xy / mean if mean else None


def gmean(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return the joint count over the geometric mean of both counts, from 0 to 1.

    Source:
        Evert (2005), The statistics of word cooccurrences.

    >>> gmean(10, 40, 10, 1000)
    0.5
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return freq_xy / math.sqrt(freq_x * freq_y) if freq_x and freq_y else 0.0


def conditional(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return the probability of y given x in per cent; None without x. Swap x and y for the other way.

    Source:
        Durrant (2008), High frequency collocations and second language learning.

    >>> conditional(10, 40, 10, 1000)
    25.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return 100 * freq_xy / freq_x if freq_x else None


def t_score(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return observed minus expected over the root of the observed: evidence for a frequent pair.

    Source:
        Church, Gale, Hanks & Hindle (1991), Using statistics in lexical analysis.

    >>> t_score(9, 100, 30, 1000)
    2.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return (freq_xy - expected(freq_x, freq_y, n)) / math.sqrt(freq_xy) if freq_xy else None


def z_score(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return observed minus expected over the root of the expected.

    Source:
        Berry-Rogghe (1973), The computation of collocations and their relevance in lexical studies.

    >>> z_score(10, 100, 40, 1000)
    3.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    mean = expected(freq_x, freq_y, n)
    return (freq_xy - mean) / math.sqrt(mean) if mean else None


def association_ll(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return G² of the pair, over all four cells.

    Source:
        Dunning (1993), Accurate methods for the statistics of surprise and coincidence.

    >>> association_ll(2, 20, 10, 100)
    0.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    if not 0 < freq_x < n:
        return 0.0
    return log_likelihood(freq_xy, freq_y - freq_xy, n_a=freq_x, n_b=n - freq_x)


def node_dice(freq_xy: float, freq_x: float, freq_y: float) -> float:
    """Return dice by the frequencies of both words, as Sketch Engine has it, where the joint count is of spans.

    It passes 1 where a collocate stands more than once in a span on average.

    Args:
        freq_xy: Occurrences of the collocate in spans of the node.
        freq_x: Occurrences of the node.
        freq_y: Occurrences of the collocate.

    Source:
        Rychlý (2008), A lexicographer-friendly association score.

    >>> node_dice(10, 30, 10)
    0.5
    """
    return 2 * freq_xy / (freq_x + freq_y) if freq_x + freq_y else 0.0


def node_log_dice(freq_xy: float, freq_x: float, freq_y: float) -> float | None:
    """Return 14 plus log₂ of `node_dice`; None without co-occurrence.

    Args:
        freq_xy: Occurrences of the collocate in spans of the node.
        freq_x: Occurrences of the node.
        freq_y: Occurrences of the collocate.

    Source:
        Rychlý (2008), A lexicographer-friendly association score.

    >>> node_log_dice(10, 30, 10)
    13.0
    """
    found = node_dice(freq_xy, freq_x, freq_y)
    return 14 + math.log2(found) if found else None


def _mi_of_power(power: int, freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return mutual information with the observed count raised to a power."""
    found = mi(freq_xy, freq_x, freq_y, n)
    return None if found is None else found + (power - 1) * math.log2(freq_xy)
