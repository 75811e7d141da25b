"""The vector space of the topics: log tf × idf^1.5 × what words are worth as keywords, length 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from jmtools.words.grades import grades_of

if TYPE_CHECKING:
    import numpy.typing as npt

Rows: TypeAlias = "npt.NDArray[np.int64] | slice[int | None, int | None, int | None]"  # which records
Matrix = Any  # a sparse matrix of SciPy, or what its operations give: they have no exact types
Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"
Small: TypeAlias = "npt.NDArray[np.int32]"
IDF_POWER = 1.5  # measured: +0.02 NMI over 1
MAX_SHARE = (
    0.4  # of the records; a word in more says nothing (0.2 to 0.4 measure the same on ten topics; three need 0.4)
)
_LEAST_SHARE, _TOPICS_OF_A_WORD = 0.1, 1.0  # with ten topics 0.01 NMI better than MAX_SHARE
_FEW = 100  # records under which every word counts
_LOSERS = 0.02  # of the records: so many that lose most of their words are a theme (of 2,921 articles none loses them)
# What a word of each grade counts, from no term at all (0) to always a good keyword (5), see words/grades.py. Chosen on
# halves of two labelled collections; nearby values do as well.
GRADE_WEIGHTS = (0.3, 0.6, 0.85, 1.0, 1.0, 1.0)
_DOUBT = 0.5  # guessed grades go so far back to the mean


class VectorSpace:
    """Terms as columns."""

    def __init__(self, terms: list[str], df: Ints, docs: int, worth: Floats | None = None) -> None:
        """Take the terms.

        Args:
            terms: Of each column.
            df: In how many texts each stands, shape (terms,).
            docs: Number of texts.
            worth: How much each counts beside its rarity, shape (terms,); None for the same of all.
        """
        self.terms, self.df, self.docs = terms, df, docs
        self.worth = np.ones(len(terms)) if worth is None else worth
        self.columns = {term: column for column, term in enumerate(terms)}
        self._weights: Floats = (np.log((1 + docs) / (1 + df)) + 1) ** IDF_POWER * self.worth

    def matrix(self, columns: Small, counts: Small, sizes: Small) -> Matrix:
        """Return records as rows of a sparse matrix, shape (records, terms): TF-IDF, rows of length 1 or empty.

        Args:
            columns: Column of each entry; -1 for words that are no term.
            counts: Of each entry.
            sizes: Entries of each record.
        """
        return self.weigh(self.damped(columns, counts, sizes))

    def damped(self, columns: Small, counts: Small, sizes: Small) -> Matrix:
        """Return 1 + ln of the counts as a sparse matrix, shape (records, terms), columns ascending."""
        from scipy.sparse import csr_matrix

        known = columns >= 0
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(known)])[np.cumsum(sizes)]
        starts = np.concatenate([np.zeros(1, np.int64), ends])
        shape = (len(sizes), len(self.terms))
        found = csr_matrix((1 + np.log(counts[known]), columns[known], starts), shape=shape)
        return found.tocsc().tocsr()  # there and back is a sort by columns that takes linear time

    def weigh(self, damped: Matrix) -> Matrix:
        """Return the TF-IDF of damped counts."""
        from scipy.sparse import csr_matrix

        values = damped.data * self._weights[damped.indices]
        entries = np.diff(damped.indptr)
        rows = np.repeat(np.arange(len(entries), dtype=np.int32), entries)
        lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(entries)))
        values /= np.maximum(lengths, 1e-12)[rows]
        return csr_matrix((values, damped.indices, damped.indptr), shape=damped.shape)


def turned_rows(matrix: Matrix) -> Matrix:
    """Return the transpose of a sparse matrix by rows: sums are added in the same order, in less time."""
    return matrix.T.tocsr()


def choose_terms(
    words: list[str],
    df: Ints,
    docs: int,
    k: int | None = None,
    *,
    seen: Ints | None = None,
    entries: tuple[Small, Small] | None = None,
) -> VectorSpace:
    """Return the space of the words that are neither too rare nor too common, in the order of their characters.

    Of `k` topics, if their number is known, one has about 1/k of the records: a word in more says little. Where a theme
    is so common that its records would lose most of their words by that, common words are kept.

    Args:
        words: Distinct words.
        df: In how many texts each stands, shape (words,).
        docs: Number of texts.
        k: Number of topics.
        seen: In how many records each stands, copies of a text included; None where that is the same.
        entries: Numbers of words and sizes of some records, by which it is seen what they would lose.
    """
    seen = df if seen is None else seen
    kept = seen >= (2 if docs >= _FEW else 1)
    share = MAX_SHARE if k is None else min(MAX_SHARE, max(_LEAST_SHARE, _TOPICS_OF_A_WORD / k))
    for most in (share, MAX_SHARE, 1.0):
        common = df > max(most * docs, min(docs - 1, 20), 1)
        if entries is None or _losers(*entries, kept & common, kept) < _LOSERS:
            break
    chosen = sorted(np.flatnonzero(kept & ~common).tolist(), key=words.__getitem__)
    terms = [words[i] for i in chosen]
    return VectorSpace(terms, df[chosen].astype(np.int64), docs, worth_of(terms))


def worth_of(terms: Sequence[str]) -> Floats:
    """Return how much words count by their grades as keywords: 0.3 for function words, 1 for what one would search for.

    >>> worth_of(["但是", "医保"]).tolist()
    [0.3, 1.0]
    """
    worth: Floats = np.interp(grades_of(terms, doubt=_DOUBT), range(len(GRADE_WEIGHTS)), GRADE_WEIGHTS).round(3)
    return worth


def _losers(numbers: Small, sizes: Small, common: Any, kept: Any) -> float:
    """Return the share of the records of whose kept words more than half are common."""
    if not len(sizes) or not common.any():
        return 0.0
    rows = np.repeat(np.arange(len(sizes)), sizes)
    lost = np.bincount(rows[common[numbers]], minlength=len(sizes))
    return float((2 * lost > np.bincount(rows[kept[numbers]], minlength=len(sizes))).mean())
