"""Copies of one text count once: which records say nearly the same, and in how many different texts a word stands."""

from __future__ import annotations

from math import isqrt

import numpy as np

from jmtools.topics.latent import Singles
from jmtools.topics.vectors import Ints, Matrix, Small

ALIKE = 0.7  # of two records' words, repeated ones included (Jaccard): two notices that differ in a street and a date
_LEADERS = 100  # records that the others are compared with: a text that is 4 % of the records is among them, 98 of 100
_TIMES = 3  # occurrences of a word that are told apart
_BLOCK = 4000  # records that are compared at once


def spare_copies(digests: Ints) -> Matrix:
    """Return which records are kept: of n records with the same words, the first √n, rounded up.

    So a text that is printed every day can still be a topic, but never fills the sample.

    >>> spare_copies(np.array([5, 3, 3, 3, 3, 3])).tolist()
    [True, True, True, True, False, False]
    """
    order, rank, copies = _ranks(digests)
    most = np.array([isqrt(n - 1) + 1 for n in copies.tolist()], np.int64)
    kept = np.empty(len(order), np.bool_)
    kept[order] = rank < np.repeat(most, copies)
    return kept


def first_copies(digests: Ints, most: int) -> Matrix:
    """Return which records are among the first `most` with their words.

    >>> first_copies(np.array([5, 3, 3, 3]), 2).tolist()
    [True, True, True, False]
    """
    order, rank, _ = _ranks(digests)
    kept = np.empty(len(order), np.bool_)
    kept[order] = rank < most
    return kept


def _ranks(digests: Ints) -> tuple[Ints, Ints, Ints]:
    """Return records sorted by digest, the place of each among its copies, and how many copies each text has."""
    order = np.argsort(digests, kind="stable")
    first, copies = _runs(digests[order])
    return order, np.arange(len(order)) - np.repeat(first, copies), copies


def texts_of(numbers: Small, counts: Small, sizes: Small, digests: Ints) -> Ints:
    """Return the number of the text of each record: nearly the same words, the same text.

    Args:
        numbers: Word of each entry, shape (entries,).
        counts: How often it stands there, shape (entries,).
        sizes: Entries of each record, shape (records,).
        digests: Of each record; equal for the same words, shape (records,).
    """
    size = len(sizes)
    if not size:
        return np.zeros(0, np.int64)
    distinct, first, exact = np.unique(digests, return_index=True, return_inverse=True)
    texts: Ints = np.arange(len(distinct))
    leaders = first[:_LEADERS]
    near = _nearest_leader(numbers, counts, sizes, leaders)[first]
    of_leader = texts[: len(leaders)]
    for leader in np.flatnonzero(near[: len(leaders)] >= 0):  # a leader that is like an earlier one follows it
        of_leader[leader] = of_leader[near[leader]]
    found: Ints = np.where(near >= 0, of_leader[near], texts)
    return found[exact]


def words_of_texts(numbers: Small, sizes: Small, texts: Ints, words: int) -> Ints:
    """Return in how many different texts each word stands, shape (words,)."""
    several = np.repeat(np.bincount(texts)[texts] > 1, sizes)
    found: Ints = np.bincount(numbers[~several], minlength=words)
    pairs = np.unique(np.repeat(texts, sizes)[several] * words + numbers[several])
    return found + np.bincount(pairs % words, minlength=words)


def _nearest_leader(numbers: Small, counts: Small, sizes: Small, leaders: Ints) -> Ints:
    """Return the first leader that each record is like; -1 for none."""
    ends = np.cumsum(sizes, dtype=np.int64)
    width = int(numbers.max(initial=0)) + 1
    known = np.zeros((_TIMES, width), np.int32)
    for leader in leaders.tolist():
        own = slice(ends[leader] - sizes[leader], ends[leader])
        for time in range(_TIMES):
            known[time, numbers[own][counts[own] > time]] = 1
    columns = np.where(known > 0, np.cumsum(known, dtype=np.int32).reshape(known.shape) - 1, -1)
    lengths = _lengths(counts, sizes)
    features = int(known.sum())
    led = np.zeros((features, len(leaders)), np.float32)
    for column, leader in enumerate(leaders.tolist()):
        own = slice(ends[leader] - sizes[leader], ends[leader])
        for time in range(_TIMES):
            led[columns[time, numbers[own][counts[own] > time]], column] = 1
    found = np.full(len(sizes), -1, np.int64)
    # Most records have too many words that no leader has to be like any.
    likely = _lengths(np.where(columns[0][numbers] >= 0, counts, 0), sizes) >= ALIKE * lengths
    mine = np.repeat(likely, sizes)
    numbers, counts, sizes = numbers[mine], counts[mine], sizes[likely]
    places, ends, own_lengths = np.flatnonzero(likely), np.cumsum(sizes, dtype=np.int64), lengths[likely]
    for start in range(0, len(sizes), _BLOCK):
        rows = slice(start, start + _BLOCK)
        entries = slice(int(ends[start] - sizes[start]), int(ends[rows][-1]))
        shared = _shared(numbers[entries], counts[entries], sizes[rows], columns, led)
        alike = _alike(shared, own_lengths[rows], lengths[leaders])
        found[places[rows]] = np.where(alike.any(axis=1), alike.argmax(axis=1), -1)
    return found


def _shared(numbers: Small, counts: Small, sizes: Small, columns: Small, led: Singles) -> Singles:
    """Return how many words each record shares with each leader, occurrence by occurrence, shape (records, leaders)."""
    from scipy.sparse import csr_matrix

    rows, shared = np.repeat(np.arange(len(sizes)), sizes), np.zeros((len(sizes), led.shape[1]), np.float32)
    for time in range(_TIMES):
        places = columns[time][numbers]
        known = (places >= 0) & (counts > time)
        rows, numbers, counts, places = rows[known], numbers[known], counts[known], places[known]
        starts = np.append(0, np.cumsum(np.bincount(rows, minlength=len(sizes))))
        ones = np.ones(len(places), np.float32)
        shared += csr_matrix((ones, places, starts), shape=(len(sizes), len(led))) @ led
    return shared


def _alike(shared: Matrix, lengths: Ints, of_leaders: Ints) -> Matrix:
    return shared >= ALIKE * np.maximum(lengths[:, None] + of_leaders[None] - shared, 1)


def _lengths(counts: Small, sizes: Small) -> Ints:
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.minimum(counts, _TIMES))])
    ends = np.cumsum(sizes)
    found: Ints = sums[ends] - sums[ends - sizes]
    return found


def _runs(values: Ints) -> tuple[Ints, Ints]:
    """Return where each run of equal values begins, and how long it is."""
    first = np.flatnonzero(np.diff(values, prepend=values[:1] - 1)) if len(values) else np.zeros(0, np.int64)
    return first, np.diff(first, append=len(values))
