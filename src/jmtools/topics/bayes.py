"""Complement naive Bayes (Rennie et al. 2003): which topic a record's words speak for."""

from __future__ import annotations

from typing import Any

import numpy as np

from jmtools.topics.vectors import Floats, Ints

_SMOOTHING = 1.0


def learn(matrix: Any, labels: Ints, k: int) -> Floats:
    """Return the weight of each term for each topic: −ln of its share in all other topics, shape (k, terms)."""
    from scipy.sparse import csr_matrix

    rows = len(labels)
    members = csr_matrix((np.ones(rows), (labels, np.arange(rows))), shape=(k, rows))
    sums = np.asarray((members @ matrix).todense())
    others = sums.sum(axis=0) + _SMOOTHING - sums
    weights: Floats = -np.log(others / others.sum(axis=1, keepdims=True))
    return weights


def judge(matrix: Any, weights: Floats) -> tuple[Ints, Floats]:
    """Return the best topic of each record and its probability, shapes (records,)."""
    sums = np.asarray(matrix @ weights.T)
    labels = sums.argmax(axis=1)
    sums -= sums.max(axis=1, keepdims=True)
    # one over the sum of exponentials, term by term: a whole-array sum would round by its shape
    total = np.zeros(len(sums))
    for column in range(sums.shape[1]):
        total += np.exp(sums[:, column])
    return labels, 1 / total


def refine(matrix: Any, labels: Ints, k: int, rounds: int) -> tuple[Ints, Floats]:
    """Let records move to the topic that their words speak for, until none moves or the rounds are over.

    Returns:
        Labels, shape (records,), and the weights that gave them.
    """
    weights = learn(matrix, labels, k)
    for _ in range(rounds):
        moved, _ = judge(matrix, weights)
        if (moved == labels).all():
            break
        labels = moved
        weights = learn(matrix, labels, k)
    return labels, weights
