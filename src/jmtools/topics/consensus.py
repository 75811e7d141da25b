"""The partition: many k-means over smoothed latent vectors, and what they agree on.

Latent vectors in several dimensions, averaged with their neighbours; k-means with several numbers of clusters; the
spectral embedding of the memberships (Strehl and Ghosh 2002; Dhillon 2001) clustered once more. All in one thread, from
records in a canonical order, so that the result is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jmtools.topics.bayes import judge, learn_shares
from jmtools.topics.latent import latent, smooth, unit
from jmtools.topics.means import means
from jmtools.topics.outside import OutsideVectors
from jmtools.topics.vectors import Ints, Matrix, Rows

DIMENSIONS = (20, 50, 100)
GUIDE = 100  # dimensions for the search of neighbours: 0.01 better on articles than 50
SHARES = (0.8, 1.2, 1.6, 2.4, 3.2)  # numbers of clusters of the k-means runs, in units of k
REPEATS = 8  # runs of each kind, of which each partition is the consensus of some
PARTS = 4  # partitions that are the consensus of a quarter of the runs
WHOLE = 2  # partitions that are the consensus of all runs
RUNS = 10  # k-means runs of which a partition is the consensus
ROUGH_ROUNDS, ROUNDS = 12, 30  # of k-means
USUAL_K = 10
# The number of topics: modularity of this resolution × this power of the share of records that are found again. Set on
# 33 parts of one half of two labelled collections (3 to 10 classes, 60 to 3,500 records), measured on the other half.
RESOLUTION, POWER = 1.25, 2
SMALL = 20  # with fewer records a tree of the records works better
_LEAST_DF = 3  # records of a term that says something of neighbours,
_COVER = 0.85  # where such terms are most of what the records say
_CENTRES = 2000  # bytes of all runs that are kept side by side


class Consensus:
    """What many partitions of the same records agree on."""

    def __init__(self, matrix: Matrix, *, seed: int, k: int | None, own: OutsideVectors | None = None) -> None:
        """Make the partitions.

        Args:
            matrix: TF-IDF, shape (records, terms).
            seed: Of everything that draws.
            k: Number of topics that is likely; None for the usual one.
            own: Vectors that the records bring.
        """
        self._matrix, self._seed, self._own = matrix, seed, own
        self._size = matrix.shape[0]
        self._runs = self._rough_partitions(k or USUAL_K)

    def partitions(self, k: int) -> Iterator[Ints]:
        """Yield some partitions, each the consensus of many: labels of the records, shape (records,)."""
        k = min(k, self._size)
        draws = np.random.default_rng((self._seed, k))
        everything = [(found, number) for labels, number in self._runs for found in labels]
        for _ in range(WHOLE):
            yield self._agreed(everything, k, draws)
        for part in range(PARTS):
            mine = range(part, REPEATS, PARTS)
            yield self._agreed([(labels[run], number) for labels, number in self._runs for run in mine], k, draws)

    def _agreed(self, partitions: list[tuple[Ints, int]], k: int, draws: np.random.Generator) -> Ints:
        """Return the consensus of partitions: the best of several k-means in the embedding of what these agree on."""
        runs = max(1, min(RUNS, _CENTRES // k))
        for _ in range(2):
            places = unit(latent(_side_by_side(partitions), k, draws))
            labels, costs = means(places, k, runs=runs, rounds=ROUNDS, draws=draws)
            partitions = [(found, k) for found in labels]
        best: Ints = labels[costs.argmin()]
        return best

    def choose_k(self, numbers: list[int]) -> tuple[int, list[dict[str, float]]]:
        """Return the number of topics that fits best, and the table of scores.

        For each number the records are partitioned. Naive Bayes learns the partition from one half of the records and
        judges the other: the share of records that it puts where they are, the mean over the topics, falls with every
        topic too many. Modularity, of the graph whose edges count the runs that put two records together, falls with
        every topic too few.
        """
        draws = np.random.default_rng(self._seed)
        members = _side_by_side([(found, number) for labels, number in self._runs for found in labels])
        embedded = latent(members, min(max(numbers), self._size), draws)
        graph = Togetherness(members)
        half = np.arange(self._size) % 2 == 0
        table: list[dict[str, float]] = []
        for k in numbers:
            runs = max(1, min(RUNS, _CENTRES // k))
            found, costs = means(unit(embedded[:, :k]), k, runs=runs, rounds=ROUNDS, draws=draws)
            labels = found[costs.argmin()]
            kept = sum(
                found_again(labels[other], self._guess(this, other, labels, k)) / 2
                for this, other in ((half, ~half), (~half, half))
            )
            modularity = graph.modularity(labels, k)
            table.append({"k": k, "kept": kept, "modularity": modularity, "score": modularity * kept**POWER})
        best = max(table, key=lambda row: (round(row["score"], 9), -row["k"]))
        return int(best["k"]), table

    def _guess(self, this: Rows, other: Rows, labels: Ints, k: int) -> Ints:
        """Return the labels of other records as those of these say."""
        weights = learn_shares(self._matrix[this], labels[this], k)
        if self._own is None:
            return judge(self._matrix[other], weights)[0]
        extra = self._own.take(other).evidence(self._own.take(this).centres(labels[this], k))
        return judge(self._matrix[other], weights * (1 - self._own.weight), extra=extra)[0]

    def _rough_partitions(self, k: int) -> list[tuple[Ints, int]]:
        """Return for each kind of k-means the labels of its runs, shape (REPEATS, records), and its clusters."""
        draws = np.random.default_rng(self._seed)
        df = np.bincount(self._matrix.indices, minlength=self._matrix.shape[1])
        matrix = self._matrix
        if df[df >= _LEAST_DF].sum() >= _COVER * df.sum():
            matrix = matrix[:, np.flatnonzero(df >= _LEAST_DF)]
        vectors = latent(matrix, DIMENSIONS[-1], draws)
        seen = [vectors[:, :dimensions] for dimensions in (*DIMENSIONS, GUIDE)]
        if self._own is not None:
            seen = [self._own.beside(each, draws) for each in seen]
        smoothed = smooth(seen[:-1], seen[-1])
        runs = []
        for each in smoothed:
            for share in SHARES:
                number = max(2, min(round(share * k), self._size // 3))
                labels, _ = means(each, number, runs=REPEATS, rounds=ROUGH_ROUNDS, draws=draws)
                runs.append((labels, number))
        return runs


def _side_by_side(partitions: list[tuple[Ints, int]]) -> Matrix:
    """Return the memberships of the records in the clusters of all partitions, each cluster weighing the same."""
    from scipy.sparse import csr_matrix

    first = np.cumsum([0, *(k for _, k in partitions)])
    clusters = np.stack([labels for labels, _ in partitions], axis=1) + first[:-1]
    size, count = clusters.shape
    weights = 1 / np.sqrt(np.maximum(np.bincount(clusters.ravel(), minlength=first[-1]), 1))
    starts = np.arange(size + 1) * count
    return csr_matrix((weights[clusters.ravel()], clusters.ravel(), starts), shape=(size, first[-1]))


class Togetherness:
    """The graph of the records whose edges count the partitions that put two of them together."""

    def __init__(self, members: Matrix) -> None:
        """Take the memberships, as `_side_by_side` returns them."""
        self._clusters = members.astype(bool).astype(np.float64).T.tocsr()
        sizes = np.asarray(self._clusters.sum(axis=1)).ravel()
        self._degrees = self._clusters.T @ sizes
        self._total = float(self._degrees.sum())

    def modularity(self, labels: Ints, k: int) -> float:
        """Return how much more of the edges lie inside topics than by chance (Newman and Girvan 2004).

        A resolution over 1 (Reichardt and Bornholdt 2006) finds smaller topics.
        """
        inside = self._clusters @ (labels[:, None] == np.arange(k)).astype(np.float64)
        shares = np.bincount(labels, weights=self._degrees, minlength=k) / self._total
        return float((inside**2).sum() / self._total - RESOLUTION * (shares**2).sum())


def found_again(labels: Ints, guesses: Ints) -> float:
    """Return the share of its records that each topic gets again, the mean over the topics.

    >>> found_again(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])).__round__(6)
    0.833333
    """
    sizes = np.bincount(labels)
    kept = np.bincount(labels[labels == guesses], minlength=len(sizes))
    return float((kept[sizes > 0] / sizes[sizes > 0]).mean())


def shared_information(one: Ints, other: Ints) -> float:
    """Return the mutual information of two partitions over the mean of their entropies; 1 for two of one cluster each.

    >>> round(shared_information(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3])), 6)
    1.0
    """
    width = int(other.max()) + 1
    joint = np.bincount(one * width + other, minlength=(int(one.max()) + 1) * width).reshape(-1, width) / len(one)
    whole = _entropy(joint.sum(axis=1)) + _entropy(joint.sum(axis=0))
    return 2 * (whole - _entropy(joint.ravel())) / whole if whole else 1.0


def _entropy(shares: Matrix) -> float:
    known = shares[shares > 0]
    return float(-(known * np.log(known)).sum())


def small_partition(matrix: Matrix, k: int | None) -> Ints:
    """Return the labels of few records: a tree by Ward's method, cut at `k`, or where the silhouette is widest."""
    from scipy.cluster.hierarchy import cut_tree, linkage

    dense = np.asarray(matrix.todense())
    size = len(dense)
    best: Ints = np.zeros(size, np.int64)
    distinct = len(np.unique(dense.round(9), axis=0))
    if k is not None:
        k = min(k, distinct)
    most = distinct if 2 * distinct <= size else min(distinct, size // 3)  # copies tell topics however few they are
    numbers = [k] if k is not None else list(range(2, min(10, most) + 1))
    if size < 2 or not numbers:
        return best
    cuts = cut_tree(linkage(dense, "ward"), n_clusters=numbers).astype(np.int64)
    if k is not None:
        return cuts[:, 0]
    distances = np.sqrt(np.maximum(2 - 2 * dense @ dense.T, 0))
    widest = -1.0
    for labels in cuts.T:
        width = silhouette(distances, labels)
        if width > widest + 1e-9:
            best, widest = labels, width
    return best


def silhouette(distances: Matrix, labels: Ints) -> float:
    """Return how much nearer records lie to their own cluster than to the next (Rousseeuw 1987), on the average."""
    own, sizes = labels[:, None] == np.arange(labels.max() + 1), np.bincount(labels)
    sums = distances @ own
    inner = sums[own] / np.maximum(sizes[labels] - 1, 1)
    outer = np.where(own, np.inf, sums / sizes).min(axis=1)
    widths = np.where(sizes[labels] > 1, (outer - inner) / np.maximum(np.maximum(inner, outer), 1e-12), 0)
    return float(widths.mean())
