"""From a sample of bags of words to topics: partition, settling, description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeAlias

import numpy as np

from jmtools.topics.bayes import class_sums, judge, learn_shares, settle
from jmtools.topics.consensus import SMALL, USUAL_K, Consensus, small_partition
from jmtools.topics.describe import Describer
from jmtools.topics.fit_sample import FitSample
from jmtools.topics.guide import Seed, guided
from jmtools.topics.likeliest import MAX_FIT, ROUNDS, likeliest
from jmtools.topics.methods import OWN_NUMBER, partition_by
from jmtools.topics.outside import OutsideVectors, VectorTopics, centred
from jmtools.topics.tiny import Found, refilled, without_tiny
from jmtools.topics.vectors import Floats, Ints, Matrix, Small, VectorSpace
from jmtools.topics.witnesses import spare_copies

MAX_SETTLE = 50_000  # records that settle in the topics
_SHARPNESS = 10.0  # multiplies the cosines of few records, so that their probabilities differ
LEAST = 6  # records under which there is one topic
_MOST_DAMPED = 3.0  # 1 + ln of a count, for a topic's terms: the names of one long story are not those of its topic
_ONE_THEME = 0.5  # mean cosine of two records from which all are one topic; in news it is under 0.1,
_OTHERS = 0.03  # unless so many of them
_UNLIKE = 0.35  # have so small a cosine with the mean; notices that differ in streets have 0.9, other texts 0.1

Scores = list[dict[str, float]]
Finder = Callable[[int | None], Iterable[Ints]]
Tell = Callable[[str], None]
Part: TypeAlias = "tuple[Ints, Floats, Floats | None, list[dict[str, float]]]"


class FitOptions(Protocol):
    """What fitting needs of the options."""

    @property
    def method(self) -> str:
        """Return the family of clustering."""

    @property
    def k(self) -> int | None:
        """Return the number of topics, or None."""

    @property
    def k_range(self) -> tuple[int, int] | None:
        """Return the range to choose from, or None."""

    @property
    def seed(self) -> int:
        """Return the seed of all that draws."""

    @property
    def vectors(self) -> str | None:
        """Return the field of the records' vectors."""

    @property
    def vector_weight(self) -> float:
        """Return how much they count beside the words."""

    @property
    def seeds(self) -> Sequence[Seed]:
        """Return the topics that are wanted."""


@dataclass
class Fitted:
    """What was found.

    Attributes:
        weights: Of each term in each topic, shape (topics, terms).
        describer: Knows the topics' words.
        table: The scores of each number of topics that was tried.
        order: The records that have words, in their canonical order.
        labels: The topic of each of these.
        scores: Its probability.
        vectors: What the vectors of records say of the topics, if they bring some.
        alike: Whether the records are too much alike for more than one topic.
    """

    weights: Floats
    describer: Describer
    table: list[dict[str, float]]
    order: Ints
    labels: Ints
    scores: Floats
    alike: bool = False
    vectors: VectorTopics | None = None

    def spread(self, size: int) -> tuple[Ints, Floats]:
        """Return topic and probability of `size` records in the order of the input; -1 and 0 for one without words."""
        labels, scores = np.full(size, -1, np.int64), np.zeros(size)
        labels[self.order], scores[self.order] = self.labels, self.scores
        return labels, scores


def fit_topics(space: VectorSpace, sample: FitSample, of_word: Small, *, options: FitOptions, tell: Tell) -> Fitted:
    """Find topics; those that are wanted come first.

    Args:
        space: The terms.
        sample: The records.
        of_word: Column of each word, -1 for words that are no term.
        options: Method, number of topics, seed.
        tell: Is told of each step.
    """
    damped = space.damped(of_word[sample.numbers], sample.counts, sample.sizes)
    order = sample.order
    if sample.vectors is None:
        order = order[np.diff(damped.indptr)[order] > 0]
    damped = damped[order]
    matrix = space.weigh(damped)
    wanted = [[space.columns[word] for word in seed.words if word in space.columns] for seed in options.seeds]
    mean, own = centred(sample.vectors, order, options.vector_weight)
    alike = not wanted and own is None and _one_theme(matrix, sample.texts[order], options)
    with _one_thread():
        if alike:
            labels, weights, centres, table = _one_topic(matrix)
        else:
            rows = np.flatnonzero(spare_copies(sample.texts[order]))[:MAX_FIT]
            labels, weights, centres, table = _partition(matrix, rows, own, options, wanted, tell)
    damped.data = np.minimum(damped.data, _MOST_DAMPED)
    sums = class_sums(damped, labels, len(weights))
    describer = Describer(space, matrix, labels, sums)
    vectors = extra = None
    if own is not None and centres is not None:
        vectors, extra = VectorTopics(options.vectors or "", own.weight, mean, centres), own.evidence(centres)
    scores = judge(matrix, weights, extra=extra)[1] if len(labels) else np.zeros(0)
    return Fitted(weights, describer, table, order, labels, scores, alike, vectors)


def _one_theme(matrix: Matrix, texts: Ints, options: FitOptions) -> bool:
    """Return whether nothing can be told apart: one text, or, without a number that is wanted, texts that are as near.

    The squared length of a sum of vectors of length 1 is the sum of their cosines. A theme that most records share
    lifts the mean, so that records of other themes are looked for too.
    """
    size = matrix.shape[0]
    if size < 2 or options.k == 1:
        return False
    if len(np.unique(texts)) == 1:
        return True
    if options.k is not None or options.k_range is not None:
        return False
    total = np.asarray(matrix.sum(axis=0)).ravel()
    if total @ total - size <= _ONE_THEME * size * (size - 1):
        return False
    likeness = matrix @ (total / np.linalg.norm(total))
    return float((likeness < _UNLIKE).mean()) < _OTHERS


def _one_topic(matrix: Matrix) -> Part:
    labels = np.zeros(matrix.shape[0], np.int64)
    return labels, learn_shares(matrix, labels, 1), None, []


def _partition(
    matrix: Matrix, rows: Ints, own: OutsideVectors | None, options: FitOptions, wanted: list[list[int]], tell: Tell
) -> Part:
    sample, mine = matrix[rows], None if own is None else own.take(rows)
    size, terms = sample.shape
    if size == 0:
        return np.zeros(0, np.int64), np.zeros((0, terms)), None, []
    if size < SMALL or (terms < SMALL and own is None):
        return _few(matrix, rows, own, options, wanted)
    tell("finding topics in a sample")
    find, k, table = _finder(sample, mine, options)
    tell("comparing partitions")
    known = options.k is not None
    choose = partial(likeliest, matrix, sample, mend=known) if own is None else partial(own.spread, matrix, rows)

    start, fixed, k = _start(matrix, size, choose, find, k, wanted, free=not known)
    tell("settling all records")

    def settled(labels: Ints, number: int) -> Found:
        if own is not None:
            return own.settle(matrix, labels, number, fixed=fixed)
        rounds = ROUNDS if number > 1 else 0
        return *settle(matrix, labels, number, rounds, fixed=fixed, wanted=wanted), None

    found = settled(start, k)
    if known:  # as many topics as are wanted, each large enough
        found = refilled(matrix, found, settled, keep=len(wanted))
    return *without_tiny(matrix, found, own, keep=len(wanted)), table


def _finder(sample: Matrix, mine: OutsideVectors | None, options: FitOptions) -> tuple[Finder, int | None, Scores]:
    """Return what partitions the sample into any number of topics, the number to use, and the scores."""
    table: list[dict[str, float]] = []
    k, method = options.k, options.method
    by_itself = method in OWN_NUMBER and options.k_range is None
    consensus = None
    if method == "partition" or (k is None and not by_itself):
        likely = k if options.k_range is None else min(max(USUAL_K, options.k_range[0]), options.k_range[1])
        consensus = Consensus(sample, seed=options.seed, k=likely, own=mine)
        if k is None:
            k, table = consensus.choose_k(_numbers(sample.shape[0], options.k_range))
    if method == "partition" and consensus is not None:
        found = consensus
        return lambda number: found.partitions(number or 1), k, table
    return lambda number: [partition_by(method, sample, number, seed=options.seed, own=mine)], k, table


def _start(
    matrix: Matrix,
    size: int,
    choose: Callable[[Iterable[Ints]], Ints],
    find: Finder,
    k: int | None,
    wanted: list[list[int]],
    *,
    free: bool,
) -> tuple[Ints, Ints | None, int]:
    """Return where all records start, the topic of those that must stay there, and the number of topics."""
    start = choose(find(k) if k != 1 else [np.zeros(size, np.int64)])
    found = int(start.max()) + 1
    if not wanted:
        return start, None, found
    start, fixed = guided(matrix, start, found, wanted)
    extra = int(start.max()) + 1 - found
    if not free and extra > 0:
        rest = max(1, found - extra)
        start, fixed = guided(matrix, choose(find(rest)), rest, wanted)
    return start, fixed, max(int(start.max()) + 1, len(wanted))


def _few(matrix: Matrix, rows: Ints, own: OutsideVectors | None, options: FitOptions, wanted: list[list[int]]) -> Part:
    """Partition few records, or many of few words."""
    sample, size = matrix[rows], len(rows)
    k = options.k if options.k is not None else None if size >= LEAST and options.k_range is None else 1
    if options.k is None and options.k_range is not None:
        k = min(options.k_range[0], size)
    labels = (
        np.zeros(size, np.int64)
        if k == 1
        else small_partition(sample if own is None else own.take(rows).joined(sample), k)
    )
    if wanted:
        labels, _ = guided(sample, labels, int(labels.max()) + 1, wanted)
    weights = _centroids(sample, labels)
    if own is None:
        return judge(matrix, weights)[0], weights, None, []
    weights, centres = weights * (1 - own.weight), own.take(rows).centres(labels, len(weights))
    return judge(matrix, weights, extra=own.evidence(centres))[0], weights, centres, []


def _numbers(size: int, wanted: tuple[int, int] | None) -> list[int]:
    """Return the numbers of topics that are tried."""
    low, high = wanted or (2, max(3, min(40, size // 12)))
    low, high = max(2, min(low, size // 2)), max(2, min(high, size // 2))
    steps = [*range(2, 13), *range(14, 21, 2), *range(25, 61, 5), *range(70, 201, 10)]
    return sorted({low, high, *(k for k in steps if low <= k <= high)})


def _centroids(matrix: Matrix, labels: Ints) -> Floats:
    k = int(labels.max()) + 1
    sums = np.vstack([np.asarray(matrix[labels == label].sum(axis=0)) for label in range(k)])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    weights: Floats = sums / np.maximum(lengths, 1e-12) * _SHARPNESS
    return weights


def _one_thread() -> AbstractContextManager[object]:
    """Several threads add in another order, and the last bits differ."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limits
