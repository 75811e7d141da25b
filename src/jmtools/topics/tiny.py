"""Topics of very few records, which no editor wants to see: their records go elsewhere, a large topic becomes two."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from jmtools.topics.bayes import judge
from jmtools.topics.likeliest import second_half
from jmtools.topics.outside import OutsideVectors
from jmtools.topics.vectors import Floats, Ints, Matrix

# A topic with fewer records than this share of all, or of what a topic has on the average, is noise or a single story.
_LEAST_SHARE, _LEAST_OF_MEAN = 0.005, 0.1
_TRIES = 3

Found: TypeAlias = "tuple[Ints, Floats, Floats | None]"  # labels, weights of words, directions of vectors


def large_enough(labels: Ints, k: int, *, keep: int = 0) -> Matrix:
    """Return which topics have so many records that an editor wants to see them, shape (k,).

    Args:
        labels: Topic of each record.
        k: Number of topics.
        keep: Topics, the first ones, that stay however small they are.

    >>> large_enough(np.repeat([0, 1, 2], [1000, 2, 30]), 3).tolist()
    [True, False, True]
    """
    sizes = np.bincount(labels[labels >= 0], minlength=k)
    large = sizes >= min(_LEAST_OF_MEAN / k, _LEAST_SHARE) * len(labels)
    large[:keep] = True
    return large


def refilled(matrix: Matrix, found: Found, settled: Callable[[Ints, int], Found], *, keep: int) -> Found:
    """Return as many topics without tiny ones, if that can be had: for each of these the largest other becomes two.

    Args:
        matrix: TF-IDF, shape (records, terms).
        found: Topics.
        settled: Lets records settle in topics.
        keep: Topics, the first ones, that stay.
    """
    for number in range(_TRIES):
        labels, weights, _ = found
        k = len(weights)
        large = np.flatnonzero(large_enough(labels, k, keep=keep))
        if len(large) in (0, k):
            break
        draws = np.random.default_rng((k, number))
        labels = judge(matrix, weights[large])[0]
        for free in range(len(large), k):
            largest = int(np.bincount(labels, minlength=k)[keep:].argmax()) + keep
            labels[second_half(matrix, np.flatnonzero(labels == largest), draws)] = free
        found = settled(labels, k)
    return found


def without_tiny(matrix: Matrix, found: Found, own: OutsideVectors | None, *, keep: int) -> Found:
    """Return the topics that are large enough, and all records in them."""
    labels, weights, centres = found
    large = np.flatnonzero(large_enough(labels, len(weights), keep=keep))
    if len(large) in (0, len(weights)):
        return found
    weights, centres = weights[large], None if centres is None else centres[large]
    extra = None if own is None or centres is None else own.evidence(centres)
    return judge(matrix, weights, extra=extra)[0], weights, centres
