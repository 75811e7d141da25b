"""k-means (Lloyd 1982) from drawn starts (Arthur and Vassilvitskii 2007): many runs on the same vectors, side by side.

scikit-learn's runs follow one another, and on a few thousand short vectors each costs more in its frame than in its
arithmetic; here a round of all runs is one product of matrices.
"""

from __future__ import annotations

import numpy as np

from jmtools.topics.latent import Singles
from jmtools.topics.vectors import Floats, Ints


def means(vectors: Singles, k: int, *, runs: int, rounds: int, draws: np.random.Generator) -> tuple[Ints, Floats]:
    """Partition vectors several times.

    Args:
        vectors: Shape (records, dimensions).
        k: Number of clusters, at most that of the records.
        runs: Number of partitions.
        rounds: After which a run ends though records still move.
        draws: Gives where the runs start.

    Returns:
        Labels, shape (runs, records), and how far the records lie from their centres, shape (runs,): the less the
        better, up to a constant.
    """
    size = len(vectors)
    centres = _starts(vectors, k, runs, draws)
    labels, costs = np.full((size, runs), -1, np.int64), np.zeros(runs)
    moving = np.arange(runs)
    for number in range(1, rounds + 1):
        found, lengths = _nearest(vectors, centres[moving])
        still = (found == labels[:, moving]).all(axis=0)
        labels[:, moving] = found
        ended = moving[still] if number < rounds else moving
        costs[ended] = -lengths[:, still if number < rounds else slice(None)].sum(axis=0, dtype=np.float64)
        moving, found = moving[~still], found[:, ~still]
        if not len(moving):
            break
        _move(centres, moving, vectors, found)
    return labels.T, costs


def _nearest(vectors: Singles, centres: Singles) -> tuple[Ints, Singles]:
    """Return the nearest centre of each run to each vector, and how near it is, shapes (records, runs)."""
    runs, k, dimensions = centres.shape
    near = (vectors @ centres.reshape(runs * k, dimensions).T).reshape(len(vectors), runs, k)
    near -= np.einsum("rkd,rkd->rk", centres, centres) / 2
    found = near.argmax(axis=2)
    return found, np.take_along_axis(near, found[:, :, None], axis=2)[:, :, 0]


def _move(centres: Singles, moving: Ints, vectors: Singles, found: Ints) -> None:
    """Move the centres of some runs to the means of their vectors; those of empty clusters stay."""
    from scipy.sparse import csr_matrix

    k, (size, runs) = centres.shape[1], found.shape
    flat = (found + np.arange(runs) * k).ravel()
    inside = csr_matrix((np.ones(len(flat), np.float32), flat, np.arange(size + 1) * runs), shape=(size, runs * k))
    sums = np.asarray(inside.T @ vectors)
    sizes = np.bincount(flat, minlength=runs * k)
    filled = np.flatnonzero(sizes)
    centres[moving[filled // k], filled % k] = sums[filled] / sizes[filled, None].astype(np.float32)


def _starts(vectors: Singles, k: int, runs: int, draws: np.random.Generator) -> Singles:
    """Draw the first centres of each run, shape (runs, k, dimensions): a far vector is drawn rather than a near one."""
    size, dimensions = vectors.shape
    centres = np.empty((runs, k, dimensions), np.float32)
    centres[:, 0] = vectors[draws.integers(size, size=runs)]
    lengths = np.einsum("ij,ij->i", vectors, vectors)[:, None]
    distances = np.full((size, runs), np.inf, np.float32)
    for number in range(1, k):
        last = centres[:, number - 1]
        fresh = lengths - 2 * (vectors @ last.T) + np.einsum("ij,ij->i", last, last)
        np.minimum(distances, np.maximum(fresh, 0), out=distances)
        sums = np.cumsum(distances, axis=0, dtype=np.float64)
        drawn = draws.random(runs) * sums[-1]
        places = [min(int(np.searchsorted(sums[:, run], drawn[run], "right")), size - 1) for run in range(runs)]
        centres[:, number] = vectors[places]
    return centres
