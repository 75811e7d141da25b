"""Which topic the words of a record point to: naive Bayes in two forms, and records that settle by it.

The complement form (Rennie et al. 2003) learns most from a partition that is still rough; a mixture of multinomials by
expectation and maximisation (Nigam et al. 2000) lets all records, above all short ones, find their place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jmtools.topics.vectors import Floats, Ints, Matrix, turned_rows

_SMOOTHING = 1.0
PRIOR = 0.1  # of each term in each topic of the mixture, in units of TF-IDF
STILL = 1e-4
SEED_WEIGHT = 0.02  # least share of a seed word among its topic's terms
_FEW_TOPICS = 32  # up to which sums are faster by columns of all topics than as a product of sparse matrices


def learn(matrix: Matrix, labels: Ints, k: int, turned: Matrix | None = None) -> Floats:
    """Return the weight of each term for each topic: −ln of its share in all other topics, shape (k, terms)."""
    sums = class_sums(matrix, labels, k, turned)
    others = sums.sum(axis=0) + _SMOOTHING - sums
    weights: Floats = -np.log(others / others.sum(axis=1, keepdims=True))
    return weights


def learn_shares(matrix: Matrix, labels: Ints, k: int, turned: Matrix | None = None) -> Floats:
    """Return the ln of each term's share in each topic, shape (k, terms)."""
    return _shares(class_sums(matrix, labels, k, turned))


def judge(
    matrix: Matrix, weights: Floats, groups: Ints | None = None, *, extra: Floats | None = None
) -> tuple[Ints, Floats]:
    """Return the best topic of each record and its probability, shapes (records,).

    Args:
        matrix: TF-IDF, shape (records, terms).
        weights: Of each term for each topic, shape (topics, terms).
        groups: Number of the group of each topic, from 0; the best group is returned then.
        extra: What else is known of the ln of each topic's probability, shape (records, topics).
    """
    sums = np.asarray(matrix @ np.ascontiguousarray(weights.T))
    if extra is not None:
        sums = sums + extra
    sums -= sums.max(axis=1, keepdims=True)
    np.exp(sums, out=sums)
    if groups is not None:
        merged = np.zeros((len(sums), int(groups.max()) + 1))
        for column, group in enumerate(groups.tolist()):
            merged[:, group] += sums[:, column]
        sums = merged
    # term by term: a whole-array sum would round by its shape
    total = np.zeros(len(sums))
    for column in range(sums.shape[1]):
        total += sums[:, column]
    labels: Ints = sums.argmax(axis=1)
    return labels, sums[np.arange(len(sums)), labels] / total


def settle(
    matrix: Matrix,
    labels: Ints,
    k: int,
    rounds: int,
    *,
    still: float = STILL,
    turned: Matrix | None = None,
    fixed: Ints | None = None,
    wanted: Sequence[Sequence[int]] = (),
) -> tuple[Ints, Floats]:
    """Let records settle in the topics that their words point to; all topics are equally likely.

    Args:
        matrix: TF-IDF, shape (records, terms).
        labels: Where the records start, shape (records,).
        k: Number of topics.
        rounds: Of expectation and maximisation, at most.
        still: Share of the records that may move in a round which is taken to be the last.
        turned: What `turned_rows` makes of the matrix, where it is there already.
        fixed: Topic of the records that must stay where they are, -1 for the others.
        wanted: For each of the first topics the columns of words that it is to be about.

    Returns:
        Labels, shape (records,), and weights as `learn_shares` gives them.
    """
    turned = turned_rows(matrix) if turned is None else turned
    weights = _guided(learn_shares(matrix, labels, k, turned), wanted)
    stay = np.flatnonzero(fixed >= 0) if fixed is not None else np.zeros(0, np.int64)
    before = np.zeros((matrix.shape[0], k))
    for _ in range(rounds):
        belief = np.asarray(matrix @ np.ascontiguousarray(weights.T))
        belief -= belief.max(axis=1, keepdims=True)
        np.exp(belief, out=belief)
        belief /= belief.sum(axis=1, keepdims=True)
        if fixed is not None:
            belief[stay] = 0
            belief[stay, fixed[stay]] = 1
        weights = _guided(_shares(np.asarray(turned @ belief).T), wanted)
        moved = float(np.abs(belief - before).sum()) / 2
        if moved <= still * len(before):
            break
        before = belief
    labels, _ = judge(matrix, weights)
    return labels, weights


def likelihood(matrix: Matrix, weights: Floats) -> float:
    """Return the log-likelihood of the records' words under a mixture of equally likely topics."""
    sums = np.asarray(matrix @ np.ascontiguousarray(weights.T))
    most = sums.max(axis=1)
    return float((most + np.log(np.exp(sums - most[:, None]).sum(axis=1))).sum())


def _guided(weights: Floats, wanted: Sequence[Sequence[int]]) -> Floats:
    for topic, columns in enumerate(wanted):
        weights[topic, columns] = np.maximum(weights[topic, columns], np.log(SEED_WEIGHT))
    return weights


def _shares(sums: Floats) -> Floats:
    sums = sums + PRIOR
    weights: Floats = np.log(sums / sums.sum(axis=1, keepdims=True))
    return weights


def class_sums(matrix: Matrix, labels: Ints, k: int, turned: Matrix | None = None) -> Floats:
    """Return the sum of the rows of each topic, shape (k, columns), added in their order."""
    from scipy.sparse import csr_matrix

    if k <= _FEW_TOPICS:
        of_topic = (labels[:, None] == np.arange(k)).astype(np.float64)
        return np.asarray((matrix.T if turned is None else turned) @ of_topic).T
    inside = np.flatnonzero(labels >= 0)
    members = csr_matrix((np.ones(len(inside)), (labels[inside], inside)), shape=(k, len(labels)))
    return np.asarray((members @ matrix).todense())
