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
    from scipy.sparse import csr_matrix

    size, dimensions = vectors.shape
    centres = _starts(vectors, k, runs, draws)
    first = np.arange(runs) * k
    labels, flat = np.full((size, runs), -1, np.int64), np.zeros(0, np.int64)
    for _ in range(rounds):
        near = (vectors @ centres.reshape(runs * k, dimensions).T).reshape(size, runs, k)
        near -= np.einsum("rkd,rkd->rk", centres, centres) / 2
        found = near.argmax(axis=2)
        if (found == labels).all():
            break
        labels = found
        flat = (labels + first).ravel()
        ones = np.ones(len(flat), np.float32)
        inside = csr_matrix((ones, flat, np.arange(size + 1) * runs), shape=(size, runs * k))
        sums = np.asarray(inside.T @ vectors)
        sizes = np.bincount(flat, minlength=runs * k)
        filled = sizes > 0
        centres.reshape(runs * k, dimensions)[filled] = sums[filled] / sizes[filled, None].astype(np.float32)
    return labels.T, -near.max(axis=2).sum(axis=0, dtype=np.float64)


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
