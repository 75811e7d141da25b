"""Distances → places on a plane that keep them as far as possible. One method for the topic map and for the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_ROUNDS = 200
_STILL = 1e-5  # relative gain of a round below which the places have settled
_PLACES = 4  # decimals kept: the last bits of a decomposition differ between processors

Matrix: TypeAlias = "npt.NDArray[np.float64]"


def place(distances: Matrix) -> list[tuple[float, float]]:
    """Return a point for each row of a table of distances, within 0 to 1 on both axes.

    Begins with classical scaling, then moves the points until their distances fit (stress majorization with weights
    of one over the squared distance). Deterministic: no random start, signs fixed.

    Args:
        distances: Symmetric, zero on the diagonal (n, n).

    Source:
        Torgerson (1952), Multidimensional scaling: theory and method; Gansner, Koren & North (2004), Graph drawing by
        stress majorization.

    Example:
        >>> [x for x, y in place(np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]]))]
        [1.0, 0.5, 0.0]
    """
    size = len(distances)
    if size < 2:
        return [(0.5, 0.5)] * size
    points = _majorize(_classical(distances), distances)
    points = np.round(points, _PLACES)
    low = points.min(axis=0)
    span = float((points - low).max()) or 1.0
    points = (points - low) / span
    points += (1 - points.max(axis=0)) / 2  # the shorter axis in the middle
    return [(round(float(x), 3), round(float(y), 3)) for x, y in points]


def path_lengths(size: int, edges: Iterable[tuple[int, int, float]]) -> Matrix:
    """Return the length of the shortest path between any two nodes; nodes without a path stand a little farther.

    Args:
        size: Number of nodes.
        edges: Two nodes, and the length of the edge between them.
    """
    lengths = np.full((size, size), np.inf)
    np.fill_diagonal(lengths, 0.0)
    for one, other, length in edges:
        lengths[one, other] = lengths[other, one] = min(length, lengths[one, other])
    for middle in range(size):  # Floyd and Warshall
        np.minimum(lengths, lengths[:, middle, None] + lengths[None, middle, :], out=lengths)
    far = lengths[np.isfinite(lengths)].max(initial=1.0)
    lengths[~np.isfinite(lengths)] = far * 0.8 + 0.5
    return lengths


def cosines(bags: Sequence[dict[str, float]]) -> Matrix:
    """Return the cosine of each two bags of weighted terms."""
    terms = {term: number for number, term in enumerate(sorted({term for bag in bags for term in bag}))}
    table = np.zeros((len(bags), max(1, len(terms))))
    for row, bag in enumerate(bags):
        for term, weight in bag.items():
            table[row, terms[term]] = weight
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(norms > 0, norms, 1.0)
    similar: Matrix = np.clip(table @ table.T, 0.0, 1.0)
    return similar


def merges(similar: Matrix) -> list[tuple[int, int, float]]:
    """Join the two nearest clusters until one is left: average linkage; new clusters are numbered on from the rows.

    Returns:
        Of each step the two clusters and their similarity.

    Source:
        Sokal & Michener (1958), A statistical method for evaluating systematic relationships.
    """
    size = len(similar)
    alive: dict[int, list[int]] = {number: [number] for number in range(size)}
    steps: list[tuple[int, int, float]] = []
    while len(alive) > 1:
        numbers = sorted(alive)
        pairs = ((one, other) for n, one in enumerate(numbers) for other in numbers[n + 1 :])
        scored = ((round(float(similar[np.ix_(alive[a], alive[b])].mean()), 9), a, b) for a, b in pairs)
        score, one, other = max(scored, key=lambda item: (item[0], -item[1], -item[2]))
        steps.append((one, other, score))
        alive[size + len(steps) - 1] = alive.pop(one) + alive.pop(other)
    return steps


def _classical(distances: Matrix) -> Matrix:
    size = len(distances)
    centre = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-0.5 * centre @ (distances**2) @ centre)
    best = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0))
    if best.shape[1] < 2:
        best = np.hstack([best, np.zeros((size, 2 - best.shape[1]))])
    for axis in range(2):  # the sign of an axis is arbitrary: the largest value goes to the right
        strongest = int(np.argmax(np.round(np.abs(best[:, axis]), 6)))
        if best[strongest, axis] < 0:
            best[:, axis] *= -1
    # Points at one place would never move apart.
    turn = 2.399963 * np.arange(size)
    spread = 1e-3 * float(distances.max() or 1.0)
    parted: Matrix = best + spread * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return parted


def _majorize(points: Matrix, distances: Matrix) -> Matrix:
    size = len(points)
    wanted = np.where(distances > 0, distances, distances[distances > 0].min(initial=1.0) / 2)
    weights = 1 / wanted**2
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    before = np.inf
    for _ in range(_ROUNDS):
        between = np.linalg.norm(points[:, None] - points[None], axis=2)
        stress = float((weights * (between - wanted) ** 2).sum())
        if before - stress < _STILL * max(before, 1e-12) and before < np.inf:
            break
        before = stress
        with np.errstate(divide="ignore", invalid="ignore"):
            pull = np.where(between > 0, weights * wanted / between, 0.0)
        moved = np.diag(pull.sum(axis=1)) - pull
        points = inverse @ (moved @ points)
        points = points.reshape(size, 2)
    return points
