"""From a sample of bags of words to topics: partition, refinement, description."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from jmtools.records import round6
from jmtools.topics.bayes import judge, learn, refine
from jmtools.topics.consensus import SMALL, Consensus, small_partition
from jmtools.topics.describe import (
    TERMS,
    Topic,
    class_sums,
    class_weights,
    coherence,
    topic_labels,
    topic_terms,
)
from jmtools.topics.vectors import Floats, Ints, VectorSpace

MAX_FIT = 4000  # records that are partitioned; more gained nothing
MAX_REFINE = 50_000  # records that refine the partition
_ROUNDS = 20
_SPLITS = 4
_SHARPNESS = 10.0  # of the cosines of few records, so that their probabilities can be told apart
_LEAST = 6  # records under which there is one topic


class FitOptions(Protocol):
    """What fitting needs of the options."""

    @property
    def k(self) -> int | None:
        """Return the number of topics, or None."""

    @property
    def k_range(self) -> tuple[int, int] | None:
        """Return the range to choose from, or None."""

    @property
    def seed(self) -> int:
        """Return the seed."""


@dataclass
class Fitted:
    """Weights of each topic, shape (topics, terms); the topics in words; the scores of each number of topics tried."""

    weights: Floats
    topics: list[Topic]
    table: list[dict[str, float]]


def fit_topics(
    space: VectorSpace, columns: Ints, counts: Ints, sizes: Ints, *, order: Ints, options: FitOptions
) -> Fitted:
    """Find topics.

    Args:
        space: The terms.
        columns: Column of each entry, as `VectorSpace.matrix` takes them.
        counts: Of each entry.
        sizes: Entries of each record.
        order: Their canonical order.
        options: Number of topics and seed.
    """
    matrix = space.matrix(columns, counts, sizes)
    order = order[np.diff(matrix.indptr)[order] > 0]
    ordered = matrix[order]
    with _one_thread():
        labels, weights, table = _partition(ordered, options)
    k = len(weights)
    everywhere = np.full(len(sizes), -1, np.int64)
    everywhere[order] = labels
    rows = np.repeat(np.arange(len(sizes)), sizes)
    inside = everywhere[rows] >= 0
    sums = class_sums(columns[inside], counts[inside], rows[inside], everywhere, k, len(space.terms))
    return Fitted(weights, _describe(space, ordered, labels, sums, k), table)


def _partition(matrix: Any, options: FitOptions) -> tuple[Ints, Floats, list[dict[str, float]]]:
    size = matrix.shape[0]
    table: list[dict[str, float]] = []
    if size == 0:
        return np.zeros(0, np.int64), np.zeros((0, matrix.shape[1])), table
    if size < SMALL or matrix.shape[1] < SMALL:
        k = options.k if options.k is not None else None if size >= _LEAST and options.k_range is None else 1
        if options.k is None and options.k_range is not None:
            k = min(options.k_range[0], size)
        sample = matrix[:MAX_FIT]
        labels = np.zeros(len(sample.indptr) - 1, np.int64) if k == 1 else small_partition(sample, k)
        weights = _centroids(sample, labels)
        labels, _ = judge(matrix, weights)
        return labels, weights, table
    sample = matrix[:MAX_FIT]
    if options.k == 1:
        labels, weights = refine(matrix, np.zeros(size, np.int64), 1, 0)
        return labels, weights, table
    consensus = Consensus(sample, seed=options.seed, k=options.k)
    k = options.k
    if k is None:
        k, table = consensus.choose_k(_numbers(sample.shape[0], options.k_range))
    labels = _packed(consensus.partition(k))
    k = int(labels.max()) + 1
    start, _ = judge(matrix, learn(sample, labels, k))
    labels, weights = refine(matrix, start, k, _ROUNDS)
    labels, _ = judge(matrix, weights)
    return labels, weights, table


def _numbers(size: int, wanted: tuple[int, int] | None) -> list[int]:
    """Return the numbers of topics that are tried."""
    low, high = wanted or (2, max(3, min(40, size // 12)))
    low, high = max(2, min(low, size // 2)), max(2, min(high, size // 2))
    steps = [*range(2, 13), *range(14, 21, 2), *range(25, 61, 5), *range(70, 201, 10)]
    return sorted({low, high, *(k for k in steps if low <= k <= high)})


def _packed(labels: Ints) -> Ints:
    _, packed = np.unique(labels, return_inverse=True)
    return packed.astype(np.int64)


def _centroids(matrix: Any, labels: Ints) -> Floats:
    k = int(labels.max()) + 1
    sums = np.vstack([np.asarray(matrix[labels == label].sum(axis=0)) for label in range(k)])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    weights: Floats = sums / np.maximum(lengths, 1e-12) * _SHARPNESS
    return weights


def _describe(space: VectorSpace, matrix: Any, labels: Ints, sums: Floats, k: int) -> list[Topic]:
    if k == 0:
        return []
    terms = topic_terms(class_weights(sums), space.terms)
    names = topic_labels(terms)
    stable = _stability(matrix[:MAX_FIT], labels[:MAX_FIT], k)
    columns = matrix.tocsc()
    topics = []
    for row, label, steady in zip(terms, names, stable, strict=True):
        top = [term for term, _ in row[:TERMS]]
        value = coherence(top, [space.columns[term] for term in top], columns)
        topics.append(Topic(row, label, value, steady))
    return topics


def _stability(matrix: Any, labels: Ints, k: int) -> list[float | None]:
    """Return the share of each topic's records that a model learned from other records puts there too."""
    size = len(labels)
    kept, seen = np.zeros(k), np.zeros(k)
    if size < SMALL:
        return [None] * k
    for split in range(1, _SPLITS + 1):
        half = (np.arange(size) // split) % 2 == 0
        for this, other in ((half, ~half), (~half, half)):
            if this.any() and other.any():
                guess, _ = judge(matrix[other], learn(matrix[this], labels[this], k))
                kept += np.bincount(labels[other][guess == labels[other]], minlength=k)
                seen += np.bincount(labels[other], minlength=k)
    return [round6(float(a / b)) if b else None for a, b in zip(kept, seen, strict=True)]


def _one_thread() -> AbstractContextManager[Any]:
    """Several threads add in another order, and the last bits differ."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[Any] = threadpool_limits(limits=1)
    return limits
