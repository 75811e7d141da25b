"""Nearest neighbours and k-means beside the plain way to find them."""

from __future__ import annotations

import numpy as np
import pytest

from jmtools.topics.latent import _largest, smooth, unit
from jmtools.topics.means import means


@pytest.mark.parametrize(("columns", "count"), [(16, 3), (64, 15), (1600, 15), (4096, 2)])
def test_the_largest_of_each_row_are_found_by_groups(columns: int, count: int) -> None:
    values = np.random.default_rng(columns).standard_normal((30, columns), dtype=np.float32)
    plain = np.sort(np.argsort(values, axis=1)[:, -count:], axis=1)
    assert (_largest(values, count) == plain).all()


@pytest.mark.parametrize("size", [21, 517])
def test_vectors_are_averaged_with_their_nearest_neighbours(size: int) -> None:
    vectors = unit(np.random.default_rng(size).standard_normal((size, 8), dtype=np.float32))
    (found,) = smooth([vectors], vectors)
    expected = vectors
    count = min(15, max(2, size // 10), size - 1)
    for _ in range(3):
        cosines = expected @ expected.T - 10 * np.eye(size, dtype=np.float32)
        near = np.where(cosines >= np.sort(cosines, axis=1)[:, [-count]], np.maximum(cosines, 0), 0)
        expected = unit(expected + near / near.sum(axis=1, keepdims=True) @ expected)
    assert np.allclose(found, expected, atol=1e-4)


def test_runs_of_means_that_stand_still_are_left_alone() -> None:
    draws = np.random.default_rng(5)
    vectors = draws.standard_normal((300, 4), dtype=np.float32)
    labels, costs = means(vectors, 6, runs=5, rounds=60, draws=np.random.default_rng(1))
    for run, cost in zip(labels, costs.tolist(), strict=True):
        centres = np.stack([vectors[run == cluster].mean(axis=0) for cluster in range(6)])
        near = vectors @ centres.T - (centres**2).sum(axis=1) / 2
        assert (near.argmax(axis=1) == run).all(), "nobody has a nearer centre"
        assert np.isclose(cost, -near.max(axis=1).sum(), rtol=1e-4)
