"""Counts of records whose words the segmenter core numbers, many records at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jmtools.counts.core_vocabulary import CoreVocabulary
from jmtools.counts.tally import Counts, Tally
from jmtools.fields.grouping import Group, Grouping
from jmtools.io.json_types import Record
from jmtools.words.numbers import Numbers
from jmtools.words.segment import record_text
from jmtools.words.text_records import TextRecords


@dataclass(frozen=True, slots=True)
class Order:
    """What the order of the words is kept with.

    Attributes:
        parts: Says to which part of the corpus a record belongs; None: each is a part.
        is_word: Says of a term that does not begin with a Han character whether it is a word; others are left out.
    """

    parts: Grouping | None
    is_word: Callable[[str], bool]


def count_in_core(
    batch: Sequence[Record], tally: Tally, vocabulary: CoreVocabulary, grouping: Grouping, order: Order | None
) -> Sequence[Record]:
    """Count the records of a batch that the core segments, and return the others; with an order, all or none."""
    if isinstance(batch, TextRecords):
        if order is None:
            tally.counts[(), 1] = vocabulary.counts_of(batch)
        else:
            tally.counts[(), 1] = _in_order(vocabulary, *vocabulary.words_of(batch), (), order)
        return ()
    mine = [data for data in batch if data.get("tokens") is None]
    if order is not None and len(mine) < len(batch):
        return batch
    words, counts = vocabulary.segment([record_text(data) for data in mine])
    places: dict[Group, list[int]] = {(): list(range(len(mine)))} if mine else {}
    if grouping.specs:
        places.clear()
        for place, data in enumerate(mine):
            for group in grouping.of(data):
                places.setdefault(group, []).append(place)
    ends = np.cumsum(counts, dtype=np.int64)
    for group, found in places.items():
        theirs, sizes = words, counts
        if len(found) < len(mine):
            sizes = counts[found]
            theirs = np.concatenate([words[ends[place] - counts[place] : ends[place]] for place in found])
        if order is None:
            tally.counts[group, 1] = Counts(docs=len(found))
            tally.counts[group, 1].add(*vocabulary.tally(theirs, sizes))
        else:
            tally.counts[group, 1] = _in_order(vocabulary, theirs, sizes, [mine[place] for place in found], order)
    return [data for data in batch if data.get("tokens") is not None]


def _in_order(
    vocabulary: CoreVocabulary, words: Numbers, sizes: Numbers, docs: Sequence[Record], order: Order
) -> Counts:
    """Return the counts of some records with the order of their words; the records themselves tell their parts."""
    words, sizes, numbers = vocabulary.only_words(words, sizes, order.is_word)
    counts = Counts(docs=len(sizes), sequence=[numbers.astype(np.int32)], sizes=sizes.tolist())
    counts.add(*vocabulary.tally(words, sizes))
    if order.parts is not None:
        counts.parts += [order.parts.of(data)[0] for data in docs]
    return counts
