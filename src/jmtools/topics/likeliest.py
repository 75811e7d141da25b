"""The likeliest of several partitions, and moves that make it likelier: two topics become one, another becomes two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from jmtools.topics.bayes import judge, learn, likelihood, settle
from jmtools.topics.consensus import shared_information
from jmtools.topics.latent import latent, unit
from jmtools.topics.means import means
from jmtools.topics.vectors import Floats, Ints, Matrix, turned_rows

MAX_FIT = 4000  # records that are partitioned; more gained nothing
MAX_ENTRIES = 500_000  # words of the records by which one of several partitions is chosen
ROUNDS = 40  # of settling; more gained nothing
STILL = 1e-3  # settling ends for a comparison when fewer than this share of the records move
_SAME = 0.99  # shared information from which two partitions are taken for the same
_LIKELIER = 1e-4  # share of the log-likelihood that a move must gain
_MOVES = 3  # that are made one after another
_PAIRS, _LARGE = 2, 2  # of topics that are joined, and of topics that are parted, in each try
_DIMENSIONS, _RUNS = 20, 6  # of parting a topic


@dataclass
class _Settled:
    """A partition that has settled: topics, weights of the terms, log-likelihood of a record."""

    labels: Ints
    weights: Floats
    value: float


def likeliest(matrix: Matrix, sample: Matrix, partitions: Iterable[Ints], *, mend: bool = True) -> Ints:
    """Return where all records start: in the partition of the sample that makes their words likeliest once it settles.

    One partition falls into one of several solutions by chance. For short texts the likeliest is the best; for whole
    articles those that are about as likely are about as good. Where partitions differ, all of them may have missed the
    best: two themes in one topic, one theme in two. Moves of splitting and merging (Ueda et al. 2000) mend that.

    Args:
        matrix: TF-IDF, shape (records, terms).
        sample: Some of its rows.
        partitions: Topic of each record of the sample.
        mend: Whether such moves are tried. Where the number of topics is not known, two themes in one may be right.
    """
    tried = matrix[: max(MAX_FIT, int(np.searchsorted(matrix.indptr, MAX_ENTRIES)))]
    turned, turned_sample = turned_rows(tried), turned_rows(sample)
    found = [_settled(tried, turned, _spread(tried, sample, labels, turned_sample)) for labels in partitions]
    best = max(found, key=lambda one: one.value)
    if mend and len(best.weights) > 2 and any(shared_information(best.labels, one.labels) < _SAME for one in found):
        best = _improved(tried, turned, best)
    return best.labels if len(best.labels) == matrix.shape[0] else _spread(matrix, tried, best.labels, turned)


def _settled(matrix: Matrix, turned: Matrix, labels: Ints) -> _Settled:
    k = int(labels.max()) + 1
    labels, weights = settle(matrix, labels, k, ROUNDS if k > 1 else 0, still=STILL, turned=turned)
    return _Settled(labels, weights, round(likelihood(matrix, weights) / matrix.shape[0], 9))


def _spread(matrix: Matrix, sample: Matrix, labels: Ints, turned: Matrix) -> Ints:
    """Assign all records by the partition of the sample."""
    names, packed = np.unique(labels, return_inverse=True)
    packed = packed.astype(np.int64) - int(names[0] < 0)
    k = int(packed.max()) + 1
    return judge(matrix, learn(sample, packed, k, turned))[0] if k > 1 else np.zeros(matrix.shape[0], np.int64)


def _improved(matrix: Matrix, turned: Matrix, best: _Settled) -> _Settled:
    """Make the moves that gain most, one after another."""
    for _ in range(_MOVES):
        moved = max(
            (_settled(matrix, turned, labels) for labels in _moves(matrix, best)),
            key=lambda one: one.value,
            default=best,
        )
        if moved.value <= best.value + _LIKELIER * abs(best.value):
            break
        best = moved
    return best


def _moves(matrix: Matrix, now: _Settled) -> Iterator[Ints]:
    """Yield partitions in which two of the most similar topics are one, and one of the largest others is two."""
    k, draws = len(now.weights), np.random.default_rng(len(now.weights))
    profiles = unit(np.exp(now.weights))
    one, other = np.triu_indices(k, 1)
    nearest = np.argsort(-(profiles @ profiles.T)[one, other], kind="stable")[:_PAIRS]
    largest = np.argsort(-np.bincount(now.labels, minlength=k), kind="stable")[:_LARGE].tolist()
    halves = {topic: second_half(matrix, np.flatnonzero(now.labels == topic), draws) for topic in largest}
    for kept, freed in zip(one[nearest].tolist(), other[nearest].tolist(), strict=True):
        for topic in largest:
            if topic not in (kept, freed):
                labels = np.where(now.labels == freed, kept, now.labels)
                labels[halves[topic]] = freed
                yield labels


def second_half(matrix: Matrix, records: Ints, draws: np.random.Generator) -> Ints:
    """Return some of these records, which differ from the others."""
    if len(records) < 2:
        return records
    vectors = unit(latent(matrix[records], _DIMENSIONS, draws))
    labels, costs = means(vectors, 2, runs=_RUNS, rounds=ROUNDS, draws=draws)
    half: Ints = records[labels[costs.argmin()] == 1]
    return half
