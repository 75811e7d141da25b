"""Vectors that records bring from another program: read and checked, made comparable, and what they say of topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from jmtools.errors import OptionError, RecordError
from jmtools.io.json_types import Record
from jmtools.topics.bayes import judge, learn, learn_shares
from jmtools.topics.latent import Singles, latent, unit
from jmtools.topics.vectors import Floats, Ints, Matrix, Rows

LONGEST = 1 << 16  # numbers in a vector
_MOST = 1e18  # the largest number: squares and sums of more would overflow
_DIMENSIONS = 100  # in which k-means runs: the leading directions
_SHARPNESS = 20.0  # of cosines, beside the words' probabilities
_ROUNDS = 2  # of settling; more lose what the vectors tell


def vector_of(data: Record, field: str) -> list[float]:
    """Return the vector of a record.

    Raises:
        RecordError: If it is missing, or no list of numbers.
    """
    found = data.get(field)
    if found is None:
        raise RecordError(f"has no vector in `{field}`")
    if not isinstance(found, list) or not 0 < len(found) <= LONGEST:
        raise RecordError(f"`{field}` is no list of numbers")
    for place, value in enumerate(found):
        if type(value) not in (int, float) or not -_MOST < value < _MOST:
            shown = "a number out of range" if type(value) in (int, float) else f"{value!r:.20}"
            raise RecordError(f"`{field}` is no list of numbers: item {place + 1} is {shown}")
    return found


def vector_length(data: Record, field: str) -> int:
    """Return the length of the vector of a record.

    Raises:
        RecordError: If it is missing, or no list of numbers.
    """
    return len(vector_of(data, field))


def no_vectors() -> Singles:
    """Return the vectors of no records."""
    return np.zeros((0, 0), np.float32)


def stack(batch: Sequence[Record], field: str | None) -> Singles | None:
    """Return the vectors of records, shape (records, dimensions); None where there is no field for them."""
    if field is None:
        return None
    rows = [data[field] for data in batch]
    if not rows:
        return no_vectors()
    if len({len(row) for row in rows}) > 1:  # the run stops for it, with both places
        rows = [row[: min(map(len, rows))] for row in rows]
    return np.array(rows, np.float64).reshape(len(rows), -1).astype(np.float32)


@dataclass
class VectorTopics:
    """What the vectors of records say of topics.

    Attributes:
        field: Where they stand in records.
        weight: How much they count beside the words: 0 not at all, 1 alone.
        mean: Of all, shape (dimensions,); it says nothing of a topic and is taken off.
        centres: The direction of each topic, sharpened, shape (rows, dimensions).
    """

    field: str
    weight: float
    mean: Singles
    centres: Floats

    def evidence(self, vectors: Singles) -> Floats:
        """Return what vectors add to the ln of each topic's probability, shape (records, rows)."""
        return _cosines(unit(vectors - self.mean), self.centres) * self.weight


def check_same_vectors(previous: VectorTopics | None, field: str | None) -> None:
    """Check that the records bring vectors in the field of the model that is refitted.

    Raises:
        OptionError: If they do not.
    """
    before = None if previous is None else previous.field
    if before != field:
        say = [f"with --vectors {name}" if name else "without --vectors" for name in (before, field)]
        raise OptionError(f"--update: the model was fitted {say[0]}, this run is {say[1]}; give the same")


@dataclass
class OutsideVectors:
    """The vectors of the records that are fitted on: the mean taken off, at length 1, shape (records, dimensions)."""

    own: Singles
    weight: float

    def take(self, rows: Rows) -> OutsideVectors:
        """Return those of some records."""
        return OutsideVectors(self.own[rows], self.weight)

    def beside(self, latent_words: Singles, draws: np.random.Generator) -> Singles:
        """Return both side by side, each with its share of the squared length."""
        leading = unit(latent(self.own, min(_DIMENSIONS, self.own.shape[1]), draws))
        words = np.sqrt(np.float32(1 - self.weight)) * unit(latent_words)
        return np.hstack([words, np.sqrt(np.float32(self.weight)) * leading]).astype(np.float32)

    def joined(self, matrix: Matrix) -> Matrix:
        """Return words and vectors of few records as one sparse matrix, each with its share of the squared length."""
        from scipy.sparse import csr_matrix, hstack

        words, own = np.sqrt(1 - self.weight), np.sqrt(self.weight)
        return hstack([matrix * words, csr_matrix(self.own.astype(np.float64)) * own]).tocsr()

    def centres(self, labels: Ints, k: int) -> Floats:
        """Return the direction of each topic, sharpened, shape (k, dimensions)."""
        members = np.zeros((k, len(self.own)), np.float32)
        inside = np.flatnonzero(labels >= 0)
        members[labels[inside], inside] = 1
        return np.asarray(unit((members @ self.own).astype(np.float64)) * _SHARPNESS)

    def evidence(self, centres: Floats) -> Floats:
        """Return what the vectors add to the ln of each topic's probability, shape (records, topics)."""
        return _cosines(self.own, centres) * self.weight

    def spread(self, matrix: Matrix, rows: Ints, partitions: Iterable[Ints]) -> Ints:
        """Let the first partition of a sample judge all records."""
        names, packed = np.unique(next(iter(partitions)), return_inverse=True)
        labels = packed.astype(np.int64) - int(names[0] < 0)
        k = int(labels.max()) + 1
        weights = learn(matrix[rows], labels, k) * (1 - self.weight)
        found, _ = judge(matrix, weights, extra=self.evidence(self.take(rows).centres(labels, k)))
        found[rows] = np.where(labels >= 0, labels, found[rows])
        return found

    def settle(self, matrix: Matrix, labels: Ints, k: int, *, fixed: Ints | None = None) -> tuple[Ints, Floats, Floats]:
        """Let records settle; return labels, weights of words in their share, and directions of the vectors."""
        for number in range(_ROUNDS if k > 1 else 1):
            weights, centres = learn_shares(matrix, labels, k) * (1 - self.weight), self.centres(labels, k)
            labels, _ = judge(matrix, weights, extra=self.evidence(centres))
            if fixed is not None and number < _ROUNDS - 1:
                labels = np.where(fixed >= 0, fixed, labels)
        return labels, weights, centres


def centred(vectors: Singles | None, order: Ints, weight: float) -> tuple[Singles, OutsideVectors | None]:
    """Return the mean of the vectors, and what stands out of it in each of the records in their order."""
    if vectors is None:
        return no_vectors(), None
    vectors = vectors[order]
    mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32) if len(vectors) else vectors.sum(axis=0)
    return mean, OutsideVectors(unit(vectors - mean), weight)


def _cosines(vectors: Singles, centres: Floats) -> Floats:
    """Return the products of vectors and centres, each by itself: those of a matrix product round by its shape."""
    found: Floats = np.einsum("rd,kd->rk", vectors.astype(np.float64), centres)
    return found
