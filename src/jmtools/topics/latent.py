"""Latent vectors: the leading directions of a sparse matrix, and each vector averaged with its nearest neighbours.

Latent semantic analysis (Deerwester et al. 1990) by block power iteration (Halko et al. 2011). scikit-learn has the
same; here the blocks are made orthogonal on the side of the records, which are few, and not on that of the
terms, in single precision: a tenth of the time, and `cluster` starts without a second of imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.topics.vectors import Ints, Matrix, turned_rows

if TYPE_CHECKING:
    import numpy.typing as npt

Singles: TypeAlias = "npt.NDArray[np.float32]"
NEIGHBOURS = 15
ROUNDS = 3  # of averaging
_POWERS = 3  # more gained nothing
_SPARE = 10  # directions that are followed beside those that are wanted
_BLOCK = 500
_FOLD = 16  # columns of which the best is looked at first


def latent(matrix: Matrix, dimensions: int, draws: np.random.Generator) -> Singles:
    """Return the records' coordinates along the leading directions, the most important first.

    Args:
        matrix: Sparse, or vectors that records bring, shape (records, columns).
        dimensions: Wanted; there are fewer where the matrix is small.
        draws: Gives where the iteration starts.

    Returns:
        Left singular vectors times singular values, shape (records, dimensions).
    """
    matrix = matrix.astype(np.float32)
    turned = matrix.T if isinstance(matrix, np.ndarray) else turned_rows(matrix)
    width = min(dimensions + _SPARE, *matrix.shape)
    block = draws.standard_normal((matrix.shape[0], width), dtype=np.float32)
    for _ in range(_POWERS):
        block = matrix @ (turned @ np.linalg.qr(block)[0])
    block = np.linalg.qr(block)[0]
    inner = np.asarray(turned @ block)
    values, turn = np.linalg.eigh(inner.T @ inner)
    kept = np.arange(width)[::-1][:dimensions]
    found: Singles = (block @ turn[:, kept]) * np.sqrt(np.maximum(values[kept], 0))
    return found


def smooth(vectors: list[Singles], guide: Singles) -> list[Singles]:
    """Average each vector with its nearest neighbours by cosine, half and half, three times.

    Args:
        vectors: Several sets of vectors of the same records.
        guide: Vectors that say which neighbours are near; smoothed as well, so that they say it better each time.
    """
    guide, size = unit(guide), len(guide)
    vectors = [unit(each) for each in vectors]
    count = min(NEIGHBOURS, max(2, size // 10), size - 1)
    for _ in range(ROUNDS if count > 0 else 0):
        near = _neighbours(guide, count)
        guide = unit(guide + near @ guide)
        vectors = [unit(each + near @ each) for each in vectors]
    return vectors


def _neighbours(vectors: Singles, count: int) -> Matrix:
    """Return the nearest neighbours of each vector as a matrix whose rows add up to one."""
    from scipy.sparse import csr_matrix

    size = len(vectors)
    near = np.empty((size, count), np.int32)
    weights = np.empty((size, count), np.float32)
    width = -(-size // _FOLD) * _FOLD
    room = np.full((min(_BLOCK, size), width), -9, np.float32)
    for start in range(0, size, _BLOCK):
        cosines = room[: size - start]
        rows = np.arange(len(cosines))
        np.matmul(vectors[start : start + _BLOCK], vectors.T, out=cosines[:, :size])
        cosines[rows, start + rows] = -9
        best = _largest(cosines, count)
        near[start : start + _BLOCK] = best
        weights[start : start + _BLOCK] = np.take_along_axis(cosines, best, axis=1).clip(0)
    weights /= weights.sum(axis=1, keepdims=True) + np.float32(1e-12)
    return csr_matrix((weights.ravel(), near.ravel(), np.arange(size + 1) * count), shape=(size, size))


def _largest(values: Singles, count: int) -> Ints:
    """Return the columns of the largest values of each row, ascending; the number of columns is a multiple of `_FOLD`.

    The `count` largest stand in the `count` groups of columns that have the largest maxima: sifting the maxima, then
    these groups, takes a quarter of the time of sifting all.
    """
    rows, width = len(values), values.shape[1] // _FOLD
    if width <= 2 * count:
        best = np.argpartition(values, values.shape[1] - count, axis=1)[:, -count:]
    else:
        most = values.reshape(rows, _FOLD, width).max(axis=1)
        groups = np.argpartition(most, width - count, axis=1)[:, -count:]
        columns = (groups[:, None, :] + width * np.arange(_FOLD)[:, None]).reshape(rows, -1)
        inside = values.ravel().take(columns + values.shape[1] * np.arange(rows)[:, None])
        best = np.take_along_axis(columns, np.argpartition(inside, -count, axis=1)[:, -count:], axis=1)
    best.sort(axis=1)
    return best


def unit(vectors: Matrix) -> Matrix:
    """Return the vectors at length 1."""
    return vectors / np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None], 1e-12)
