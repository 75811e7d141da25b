"""Other families of clusterings of the same records: factors, a topic model, density, communities.

Each gives labels of a sample in its canonical order, from one seed and one thread; what the labels say of words is
learned from them afterwards, in the same way for all.
"""

from __future__ import annotations

import numpy as np

from jmtools.errors import OptionError
from jmtools.topics.latent import latent, smooth
from jmtools.topics.outside import OutsideVectors
from jmtools.topics.vectors import Floats, Ints, Matrix

METHODS = ("partition", "nmf", "lda", "density", "communities")
OWN_NUMBER = ("density", "communities")  # methods that find the number of topics by themselves
_DIMENSIONS = 50
_NEIGHBOURS = 15
_LDA_ROUNDS = 60
_ALPHA, _BETA = 0.1, 0.05  # of the topics of a record, of the words of a topic
_LEAST_TOPIC = 50  # a dense place has one record in so many


def partition_by(method: str, matrix: Matrix, k: int | None, *, seed: int, own: OutsideVectors | None = None) -> Ints:
    """Return the label of each record; -1 where the method leaves it out.

    Args:
        method: One of `METHODS` other than partition.
        matrix: TF-IDF, shape (records, terms).
        k: Number of topics; None only for those of `OWN_NUMBER`.
        seed: Of everything that draws.
        own: Vectors that the records bring; nmf and lda know words only.
    """
    if method == "nmf":
        return _nmf(matrix, k or 1, seed)
    if method == "lda":
        return _lda(matrix, k or 1, seed)
    draws = np.random.default_rng(seed)
    vectors = latent(matrix, _DIMENSIONS, draws)
    if own is not None:
        vectors = own.beside(vectors, draws)
    (vectors,) = smooth([vectors], vectors)
    labels = _dense(vectors) if method == "density" else _communities(vectors, k, seed)
    return labels if k is None else _merged(vectors, labels, k)


def _nmf(matrix: Matrix, k: int, seed: int) -> Ints:
    """Non-negative factors (Lee and Seung 1999): a record's largest."""
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    factors = NMF(min(k, *matrix.shape), init="nndsvd", random_state=seed, max_iter=200, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a fixed number of rounds is intended
        found: Ints = np.asarray(factors.fit_transform(matrix)).argmax(axis=1).astype(np.int64)
    return found


def _lda(matrix: Matrix, k: int, seed: int) -> Ints:
    """Latent Dirichlet allocation by collapsed variational inference of order zero (Asuncion et al. 2009).

    Starts from the factors of NMF instead of chance; entries weigh their TF-IDF times the square root of how many the
    record has, which about keeps its length.
    """
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    columns, counts = matrix.indices, matrix.data * np.sqrt(np.diff(matrix.indptr))[rows]
    gamma = np.full((len(counts), k), 0.5 / k)
    gamma[np.arange(len(counts)), _nmf(matrix, k, seed)[rows]] += 0.5
    for _ in range(_LDA_ROUNDS):
        mass = gamma * counts[:, None]
        of_record = _sums(rows, mass, matrix.shape[0])
        of_word = _sums(columns, mass, matrix.shape[1])
        gamma = np.maximum(of_record[rows] - mass, 0) + _ALPHA
        gamma *= np.maximum(of_word[columns] - mass, 0) + _BETA
        gamma /= of_word.sum(axis=0) + _BETA * matrix.shape[1]
        gamma /= gamma.sum(axis=1, keepdims=True)
    found: Ints = _sums(rows, gamma * counts[:, None], matrix.shape[0]).argmax(axis=1).astype(np.int64)
    return found


def _sums(numbers: Matrix, mass: Floats, size: int) -> Floats:
    return np.stack([np.bincount(numbers, weights=column, minlength=size) for column in mass.T], axis=1)


def _dense(vectors: Matrix) -> Ints:
    """Hierarchical density (Campello et al. 2013): records outside dense regions get -1."""
    from sklearn.cluster import HDBSCAN

    least = max(5, len(vectors) // _LEAST_TOPIC)
    found: Ints = HDBSCAN(min_cluster_size=least, min_samples=5, copy=True).fit_predict(vectors).astype(np.int64)
    return found if found.max() >= 0 else np.zeros(len(vectors), np.int64)


def _communities(vectors: Matrix, k: int | None, seed: int) -> Ints:
    """Communities of the graph of nearest neighbours (Blondel et al. 2008)."""
    try:
        from networkx import Graph
        from networkx.algorithms.community import louvain_communities
    except ImportError:
        raise OptionError("--method communities: needs networkx; pip install '.[graph]'") from None
    from sklearn.neighbors import kneighbors_graph

    near = kneighbors_graph(vectors, min(_NEIGHBOURS, len(vectors) - 1)).tocoo()
    graph = Graph()
    graph.add_nodes_from(range(len(vectors)))
    graph.add_edges_from(zip(near.row.tolist(), near.col.tolist(), strict=True))
    resolution = 1.0
    for _ in range(6):
        groups = louvain_communities(graph, resolution=resolution, seed=seed)
        if k is None or len(groups) >= k:
            break
        resolution *= 1.6
    labels = np.zeros(len(vectors), np.int64)
    for number, members in enumerate(sorted(groups, key=lambda g: (-len(g), min(g)))):
        labels[list(members)] = number
    return labels


def _merged(vectors: Matrix, labels: Ints, k: int) -> Ints:
    """Merge the topics that lie nearest to each other until there are `k`."""
    from sklearn.cluster import AgglomerativeClustering

    number = int(labels.max()) + 1
    if number <= k:
        return labels
    centres = np.stack([vectors[labels == label].mean(axis=0) for label in range(number)])
    joined = AgglomerativeClustering(k, linkage="ward").fit_predict(centres) if k > 1 else np.zeros(number, np.int64)
    return np.where(labels >= 0, joined[labels], -1)
