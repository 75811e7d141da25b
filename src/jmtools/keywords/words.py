"""Plain TF-IDF over words: the method `tfidf`, as `jieba.analyse` defines it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from jmtools.keywords.candidates import Texts
from jmtools.keywords.vocabulary import Bools, Floats, Ints


def rank_words(texts: Texts, idf: Floats, allowed: Bools, top: int) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield for each document its best words.

    Args:
        texts: The documents.
        idf: Of each word of the vocabulary.
        allowed: Which words count, shape (words,).
        top: How many words a document may get, and ties beyond.

    Yields:
        Ids, frequencies, and scores: tf / number of counted words × idf (Salton and Buckley 1988), best first.
    """
    token = np.flatnonzero(allowed[texts.ids])
    doc, ids = texts.doc[token], texts.ids[token]
    size = np.int64(len(idf) or 1)
    key, tf = np.unique(doc * size + ids, return_counts=True)
    doc, ids = key // size, key % size
    total = np.bincount(doc, weights=tf, minlength=texts.docs)
    scores = tf * idf[ids] / total[doc]
    order = np.lexsort((-scores, doc))
    bounds = np.searchsorted(doc, np.arange(texts.docs + 1)).tolist()
    for start, end in pairwise(bounds):
        stop = min(end, start + top)
        while 0 < stop < end and scores[order[stop]] == scores[order[stop - 1]]:
            stop += 1  # the term decides among equals, and that is not known here
        chosen = order[start:stop]
        yield ids[chosen], tf[chosen], scores[chosen]
