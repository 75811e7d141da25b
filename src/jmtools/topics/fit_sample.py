"""The records that topics are found in: their words, their canonical order, and how many different texts they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jmtools.topics.latent import Singles
from jmtools.topics.vectors import Ints, Small
from jmtools.topics.witnesses import texts_of, words_of_texts


@dataclass(frozen=True)
class FitSample:
    """Records that are fitted on, in the order of the input.

    Attributes:
        numbers: Word of each entry, shape (entries,).
        counts: How often it stands there, shape (entries,).
        sizes: Entries of each record, shape (records,).
        digests: Of each record, shape (records,).
        whole: Whether every record of the input is here, or one with the same words.
        copy_of: For each record of the input the record here that has its words; empty if not `whole`.
        vectors: That the records bring, shape (records, dimensions).
    """

    numbers: Small
    counts: Small
    sizes: Small
    digests: Ints
    whole: bool
    copy_of: Ints
    vectors: Singles | None = None

    @cached_property
    def order(self) -> Ints:
        """Return the canonical order, which depends on the records' words alone."""
        return np.argsort(self.digests, kind="stable")

    @cached_property
    def texts(self) -> Ints:
        """Return the number of the text of each record; nearly the same words are the same text."""
        order, texts = self.order, np.empty(len(self.sizes), np.int64)
        starts = np.cumsum(self.sizes, dtype=np.int64) - self.sizes
        sizes = self.sizes[order]
        first = np.cumsum(sizes, dtype=np.int64) - sizes
        entries = np.repeat(starts[order] - first, sizes) + np.arange(len(self.numbers))
        texts[order] = texts_of(self.numbers[entries], self.counts[entries], sizes, self.digests[order])
        return texts

    def count_texts(self, seen: Ints, docs: int) -> tuple[Ints, int]:
        """Return in how many different texts each word stands, and how many texts there are.

        Args:
            seen: In how many records of the input each word stands, shape (words,).
            docs: Records of the input.
        """
        distinct = len(np.unique(self.texts))
        df = words_of_texts(self.numbers, self.sizes, self.texts, len(seen))
        if self.whole or not len(self.sizes):
            return df, distinct
        here = np.bincount(self.numbers, minlength=len(seen))
        shares = np.divide(df, here, out=np.ones(len(seen)), where=here > 0)
        total = max(1, round(docs * distinct / len(self.sizes)))
        return np.minimum(np.maximum(np.rint(seen * shares).astype(np.int64), 1), total), total


def sample_of(numbers: Small, counts: Small, sizes: Small, *, digests: Ints, mask: Ints, whole: bool) -> FitSample:
    """Return the sample of the records that a mask keeps.

    Args:
        numbers: Word of each entry of these records.
        counts: How often it stands there.
        sizes: Entries of each of these records.
        digests: Of every record of the input.
        mask: Which of these are kept.
        whole: Whether a record is left out only where one with the same words is kept.
    """
    own, copy_of = digests[mask], np.zeros(0, np.int64)
    if whole:
        order = np.argsort(own, kind="stable")
        copy_of = order[np.searchsorted(own[order], digests)]
        copy_of[mask] = np.arange(len(own))
    return FitSample(numbers, counts, sizes, own, whole, copy_of)
