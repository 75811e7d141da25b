"""More measures of association: what one event tells about the other, and evidence from the observed count alone.

The arguments are those of `stats.association`.
"""

from __future__ import annotations

import math

from jmtools.stats.association import check_table, expected


def phi2(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return φ², the squared correlation of both, from 0 to 1; None where one of them is everywhere or nowhere.

    Source:
        Church & Gale (1991), Concordances for parallel text.

    >>> round(phi2(20, 20, 20, 1000), 9)
    1.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    rest = freq_x / n * freq_y * (1 - freq_x / n) * (n - freq_y) if n else 0.0
    return (freq_xy - expected(freq_x, freq_y, n)) ** 2 / rest if rest else None


def average_mi(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return the mutual information in bits of whether x and whether y occurs, over all four cells.

    Source:
        Dunning (1998), Finding structure in text, genome and other symbolic sequences.

    >>> round(average_mi(2, 2, 2, 9), 3)
    0.764
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return max(0.0, math.fsum(o / n * math.log2(o * n / (r * c)) for o, r, c in _cells(freq_xy, freq_x, freq_y, n)))


def nmi(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return the average mutual information over the joint entropy, from 0 to 1; None where nothing is uncertain.

    Source:
        Bouma (2009), Normalized (pointwise) mutual information in collocation extraction.

    >>> round(nmi(10, 10, 10, 100), 9)
    1.0
    """
    information = average_mi(freq_xy, freq_x, freq_y, n)
    entropy = -math.fsum(o / n * math.log2(o / n) for o, _, _ in _cells(freq_xy, freq_x, freq_y, n))
    return information / entropy if entropy else None


def simple_ll(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return the log-likelihood of the observed count alone; None where nothing is expected.

    Source:
        Evert (2008), Corpora and collocations.

    >>> simple_ll(2, 20, 10, 100)
    0.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    mean = expected(freq_x, freq_y, n)
    if not mean:
        return None
    return 2 * ((freq_xy * math.log(freq_xy / mean) if freq_xy else 0.0) - (freq_xy - mean))


def poisson_stirling(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float | None:
    """Return O (ln O − ln E − 1), the Poisson evidence by Stirling's formula; None without co-occurrence.

    Source:
        Quasthoff & Wolff (2002), The Poisson collocation measure and its applications.

    >>> poisson_stirling(2, 20, 10, 100)
    -2.0
    """
    check_table(freq_xy, freq_x, freq_y, n)
    return freq_xy * (math.log(freq_xy / expected(freq_x, freq_y, n)) - 1) if freq_xy else None


def _cells(freq_xy: float, freq_x: float, freq_y: float, n: float) -> list[tuple[float, float, float]]:
    """Return each cell that is not empty with its row and its column."""
    others = n - freq_x - freq_y + freq_xy
    cells = (
        (freq_xy, freq_x, freq_y),
        (freq_x - freq_xy, freq_x, n - freq_y),
        (freq_y - freq_xy, n - freq_x, freq_y),
        (others, n - freq_x, n - freq_y),
    )
    return [cell for cell in cells if cell[0] > 0]
