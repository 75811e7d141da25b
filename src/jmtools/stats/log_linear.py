"""λ of a pair: the interaction of a log-linear model of both words, and how many standard errors it is from 0.

The arguments are those of `stats.association`. 0.5 is added to each cell.
"""

from __future__ import annotations

import math

from jmtools.stats.association import check_table

_SMOOTHING = 0.5


def pair_lambda(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return λ, the logarithm of the odds ratio.

    Source:
        Blaheta & Johnson (2001), Unsupervised learning of multi-word verbs.

    >>> round(pair_lambda(2, 2, 2, 9), 6)
    4.317488
    """
    a, b, c, d = _cells(freq_xy, freq_x, freq_y, n)
    return math.log(a * d / (b * c))


def pair_z(freq_xy: float, freq_x: float, freq_y: float, n: float) -> float:
    """Return λ over its standard error: Wald's z.

    Source:
        Blaheta & Johnson (2001), Unsupervised learning of multi-word verbs.

    >>> round(pair_z(2, 2, 2, 9), 4)
    2.0278
    """
    cells = _cells(freq_xy, freq_x, freq_y, n)
    return pair_lambda(freq_xy, freq_x, freq_y, n) / math.sqrt(sum(1 / cell for cell in cells))


def _cells(freq_xy: float, freq_x: float, freq_y: float, n: float) -> tuple[float, float, float, float]:
    check_table(freq_xy, freq_x, freq_y, n)
    rest = n - freq_x - freq_y + freq_xy
    cells = (freq_xy, freq_x - freq_xy, freq_y - freq_xy, rest)
    return cells[0] + _SMOOTHING, cells[1] + _SMOOTHING, cells[2] + _SMOOTHING, cells[3] + _SMOOTHING
