"""The method `tfidf`: words by tf × idf alone, as `jieba.analyse` defines it unless options name another form of tf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from jmtools.counts.idf_tables import tf_form
from jmtools.io.records import round6
from jmtools.keywords.candidates import Texts
from jmtools.keywords.context import Context
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.vocabulary import Bools, Floats, Ints


class Tfidf:
    """The method `tfidf`."""

    nested = True

    def __init__(self, context: Context) -> None:
        self._context = context

    def rank(self, texts: Texts, tokens: Sequence[str]) -> RankedWords:  # noqa: ARG002
        """Count the words of each document."""
        return RankedWords(self._context, texts)


class RankedWords:
    """A batch of documents and their words."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._texts, self._names, self._idf = texts, context.vocabulary.words, context.vocabulary.idf
        allowed = context.vocabulary.plain & context.allowed(texts.ids)
        self._ranking = rank_words(texts, self._idf, allowed, context.look, form=context.options.tf)

    def lists(self) -> Iterator[list[RankedTerm]]:
        """Yield the best words of each document."""
        names = self._names
        bounds, ids, tf, scores = self._ranking
        rows = [
            RankedTerm(-round6(score), names[number], count, number, 1)
            for number, count, score in zip(ids.tolist(), tf.tolist(), scores.tolist(), strict=True)
        ]
        for start, end in pairwise(bounds.tolist()):
            yield sorted(rows[start:end])

    def places(self, doc: int, row: RankedTerm) -> list[tuple[int, int]]:
        """Return where a word stands."""
        return word_places(self._texts, doc, row.number)

    def factors(self, row: RankedTerm) -> dict[str, float]:
        """Return tf and idf, whose product is the score."""
        idf = float(self._idf[row.number])
        return {"tf": -row.order / idf if idf else 0.0, "idf": idf}


def word_places(texts: Texts, doc: int, number: int) -> list[tuple[int, int]]:
    """Return first token and number of tokens of each place of a word in a document."""
    first = int(texts.starts[doc])
    at = np.flatnonzero(texts.ids[first : int(texts.starts[doc + 1])] == number) + first
    return [(place, 1) for place in at.tolist()]


def rank_words(
    texts: Texts, idf: Floats, allowed: Bools, top: int, *, form: str | None = None
) -> tuple[Ints, Ints, Ints, Floats]:
    """Return the best words of each document.

    Args:
        texts: The documents.
        idf: Of each word of the vocabulary.
        allowed: Which words count, shape (words,).
        top: How many words a document may get, and ties beyond.
        form: One of `counts.idf_tables.TF_FORMS`; None for tf / number of counted words (Salton and Buckley 1988).

    Returns:
        Where each document's words begin, and the end of the last one's, shape (documents + 1,); and of all words ids,
        frequencies, and scores: form of tf × idf, best first.
    """
    token = np.flatnonzero(allowed[texts.ids])
    doc, ids = texts.doc[token], texts.ids[token]
    size = np.int64(len(idf) or 1)
    key, tf = np.unique(doc * size + ids, return_counts=True)
    doc, ids = key // size, key % size
    if form is None:
        scores = tf * idf[ids] / np.bincount(doc, weights=tf, minlength=texts.docs)[doc]
    else:
        scores = tf_form(tf.astype(float), form) * idf[ids]
    order = np.lexsort((-scores, doc))
    doc, scores = doc[order], scores[order]
    bounds = np.searchsorted(doc, np.arange(texts.docs + 1))
    if top < int(np.diff(bounds).max(initial=0)):
        # Ties are decided by the term, which is not known here: all words that tie with the last one are kept.
        last = np.minimum(bounds[:-1] + max(top, 1), bounds[1:]) - 1
        kept = (scores >= scores[last][doc]) & (top > 0)
        doc, scores, order = doc[kept], scores[kept], order[kept]
        bounds = np.searchsorted(doc, np.arange(texts.docs + 1))
    return bounds, ids[order], tf[order], scores
