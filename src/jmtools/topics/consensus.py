"""The partition: many k-means over smoothed latent vectors, and what they agree on.

Latent semantic analysis (Deerwester et al. 1990) in several dimensions; each vector averaged with its nearest
neighbours; k-means with several numbers of clusters; the spectral embedding of the memberships (Strehl and Ghosh 2002;
Dhillon 2001) clustered once more. All in one thread, from records in a canonical order, so that the result is the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from jmtools.topics.bayes import judge, learn
from jmtools.topics.vectors import Floats, Ints

DIMENSIONS = (20, 50, 100)
SHARES = (0.8, 1.2, 1.6, 2.4, 3.2)  # numbers of clusters of the k-means runs, in units of k
REPEATS = 4
FINALS = 30  # k-means runs of which the last partition is the consensus
NEIGHBOURS = 15
ROUNDS = 3
USUAL_K = 10
# Of equal agreements a person wants neither two topics nor thirty: the score adds GAIN·ln k − WORTH·k. Set on a dozen
# parts of two labelled collections (4 to 10 classes, 250 to 20,000 records); values half as large again do as well.
WORTH = 0.008
GAIN = 0.05
_BLOCK = 1000
SMALL = 20  # records under which a tree of the records serves better


class Consensus:
    """What many partitions of the same records agree on."""

    def __init__(self, matrix: Any, *, seed: int, k: int | None) -> None:
        self._matrix, self._seed = matrix, seed
        self._size = matrix.shape[0]
        self._members = self._memberships(k or USUAL_K)

    def partition(self, k: int) -> Ints:
        """Return the label of each record, shape (records,).

        One k-means in the spectral embedding falls into one of several solutions by chance; what many of them agree
        on does so less.
        """
        from sklearn.cluster import KMeans

        k = min(k, self._size)
        places = self._embedding(self._members, k)
        runs = [
            (KMeans(k, n_init=1, random_state=self._seed * 1000 + run).fit_predict(places), k) for run in range(FINALS)
        ]
        agreed = self._embedding(_side_by_side(runs), k)
        found: Ints = KMeans(k, n_init=20, random_state=self._seed).fit_predict(agreed).astype(np.int64)
        return found

    def _rough(self, k: int) -> Ints:
        """Return labels that do for choosing k, in a fraction of the time."""
        from sklearn.cluster import KMeans

        places = self._embedding(self._members, min(k, self._size))
        found: Ints = KMeans(len(places[0]), n_init=10, random_state=self._seed).fit_predict(places).astype(np.int64)
        return found

    def _embedding(self, members: Any, dimensions: int) -> Floats:
        from sklearn.utils.extmath import randomized_svd

        left, values, _ = randomized_svd(members, dimensions, random_state=self._seed, n_iter=6)
        places: Floats = _unit(left * values)
        return places

    def choose_k(self, numbers: list[int]) -> tuple[int, list[dict[str, float]]]:
        """Return the number of topics on which two halves of the records agree best, and the table of scores.

        For each number the records are partitioned, naive Bayes learns the partition from one half and judges the
        other; the score is the mean agreement (normalised mutual information) + GAIN·ln k − WORTH·k.
        """
        from sklearn.metrics import normalized_mutual_info_score

        half = np.arange(self._size) % 2 == 0
        table: list[dict[str, float]] = []
        for k in numbers:
            labels = self._rough(k)
            agreement = 0.0
            for this, other in ((half, ~half), (~half, half)):
                guess, _ = judge(self._matrix[other], learn(self._matrix[this], labels[this], k))
                agreement += float(normalized_mutual_info_score(labels[other], guess)) / 2
            table.append({"k": k, "agreement": agreement, "score": agreement + GAIN * float(np.log(k)) - WORTH * k})
        best = max(table, key=lambda row: (round(row["score"], 9), -row["k"]))
        return int(best["k"]), table

    def _memberships(self, k: int) -> Any:
        from sklearn.cluster import KMeans
        from sklearn.utils.extmath import randomized_svd

        most = min(*DIMENSIONS[-1:], self._size - 1, self._matrix.shape[1] - 1)
        left, values, _ = randomized_svd(self._matrix, most, random_state=self._seed)
        latent = left * values
        runs = []
        for dimensions in DIMENSIONS:
            smoothed = smooth(latent[:, : min(dimensions, most)])
            for share in SHARES:
                for repeat in range(REPEATS):
                    number = max(2, min(round(share * k), self._size // 3))
                    means = KMeans(number, n_init=1, random_state=self._seed * 100 + repeat)
                    runs.append((means.fit_predict(smoothed), number))
        return _side_by_side(runs)


def _side_by_side(runs: list[tuple[Any, int]]) -> Any:
    """Return the memberships of the records in the clusters of all runs, each cluster weighing the same."""
    from scipy.sparse import csr_matrix, diags, hstack

    size = len(runs[0][0])
    blocks = [csr_matrix((np.ones(size), (np.arange(size), labels)), shape=(size, k)) for labels, k in runs]
    members = hstack(blocks).tocsr()
    sizes = np.asarray(members.sum(axis=0)).ravel()
    return members @ diags(1 / np.sqrt(np.maximum(sizes, 1)))


def smooth(vectors: Floats) -> npt.NDArray[np.float32]:
    """Average each vector with its nearest neighbours by cosine, half and half, three times."""
    now: npt.NDArray[np.float32] = _unit(vectors).astype(np.float32)
    size = len(now)
    count = min(NEIGHBOURS, max(2, size // 10), size - 1)
    for _ in range(ROUNDS if count > 0 else 0):
        out = np.empty_like(now)
        for start in range(0, size, _BLOCK):
            cosines = now[start : start + _BLOCK] @ now.T
            rows = np.arange(len(cosines))
            cosines[rows, start + rows] = -9
            near = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
            near.sort(axis=1)
            weights = np.take_along_axis(cosines, near, axis=1).clip(0)
            weights /= weights.sum(axis=1, keepdims=True) + 1e-12
            out[start : start + _BLOCK] = (
                now[start : start + _BLOCK] + np.einsum("ij,ijk->ik", weights, now[near])
            ) / 2
        now = _unit(out)
    return now


def small_partition(matrix: Any, k: int | None) -> Ints:
    """Return the labels of few records: a tree by Ward's method, cut at `k`, or where the silhouette is widest."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.metrics import silhouette_score

    dense = np.asarray(matrix.todense())
    size = len(dense)
    distinct = len(np.unique(dense.round(9), axis=0))
    if k is not None:
        k = min(k, distinct)
    numbers = [k] if k is not None else range(2, min(10, size // 3, distinct - 1) + 1)
    best, widest = np.zeros(size, np.int64), -1.0
    for number in numbers:
        if number < 2:
            continue
        labels: Ints = AgglomerativeClustering(number, linkage="ward").fit_predict(dense).astype(np.int64)
        if k is not None:
            return labels
        width = float(silhouette_score(dense, labels))
        if width > widest + 1e-9:
            best, widest = labels, width
    return best


def _unit(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
