"""Which terms share a span: kept on disk as numbers, four bytes a term and span, and counted in a triangle of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jmtools.counts.tally import Ints, Vocabulary
from jmtools.io.disk_array import Array, DiskArray

if TYPE_CHECKING:
    import numpy.typing as npt

_PAIRS_AT_A_TIME = 1 << 21  # about 100 MB with what is made of them


@dataclass
class Spans:
    """The terms of the spans of some records.

    Attributes:
        vocabulary: Terms and their numbers.
        ids: The terms of all spans, one span after the other.
        sizes: How many terms each span has.
        docs: How many spans each record has.
    """

    terms: dict[str, int] = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    docs: list[int] = field(default_factory=list)

    def add(self, spans: Sequence[set[str]]) -> None:
        """Add the spans of a record."""
        self.docs.append(len(spans))
        terms = self.terms
        for span in spans:
            self.sizes.append(len(span))
            self.ids += [terms.setdefault(term, len(terms)) for term in sorted(span)]


class SpanStore:
    """The spans of all records: terms in memory, their numbers on disk."""

    def __init__(self, first: Spans) -> None:
        self.vocabulary = Vocabulary()
        self.ids = DiskArray("uint32")
        self.sizes: list[Array] = []
        self.docs: list[Array] = []
        self.append(first)

    def append(self, later: Spans) -> None:
        """Add the spans of later records."""
        numbers = self.vocabulary.encode(list(later.terms))
        if later.ids:
            self.ids.append(numbers[np.array(later.ids, np.int64)])
        self.sizes.append(np.array(later.sizes, np.uint32))
        self.docs.append(np.array(later.docs, np.uint32))


class Pair(NamedTuple):
    """Two terms by number, and how many spans and records have both."""

    first: int
    second: int
    freq: int
    docfreq: int


@dataclass
class PairCounts:
    """Counts of the pairs of the most frequent terms.

    Attributes:
        terms: The terms, the most frequent first.
        freqs: In how many spans each is.
        spans: Spans in all.
        joint: For each pair (see `_triangle`) how many spans have both.
        docs: And how many records have such a span.
    """

    terms: list[str]
    freqs: list[int]
    spans: int
    joint: npt.NDArray[np.int32]
    docs: npt.NDArray[np.int32]

    def pairs(self, least: int) -> list[Pair]:
        """Return each pair with at least so many spans; its first term is the more frequent."""
        found = np.flatnonzero(self.joint >= max(least, 1))
        second = ((1 + np.sqrt(1 + 8 * found.astype(float))) / 2).astype(np.int64)
        second -= second * (second - 1) // 2 > found
        second += (second + 1) * second // 2 <= found
        first = found - second * (second - 1) // 2
        columns = (first, second, self.joint[found], self.docs[found])
        return list(map(Pair._make, zip(*(column.tolist() for column in columns), strict=True)))


def count_pairs(store: SpanStore, *, vocabulary: int, least: int, within: str) -> PairCounts:
    """Count the pairs of the terms that stand in at least `least` spans, of the most frequent `vocabulary` of them."""
    sizes = np.concatenate([np.zeros(0, np.uint32), *store.sizes]).astype(np.int64)
    names = store.vocabulary.terms()
    freqs = np.zeros(len(names), np.int64)
    for start, stop in store.ids.chunks():
        freqs += np.bincount(store.ids.read(start, stop), minlength=len(names))
    chosen = sorted(np.flatnonzero(freqs >= least).tolist(), key=lambda number: (-freqs[number], names[number]))
    chosen = chosen[:vocabulary]
    rank = np.full(len(names), -1, np.int64)
    rank[chosen] = np.arange(len(chosen))
    size = len(chosen) * (len(chosen) - 1) // 2
    joint = np.zeros(size, np.int32)
    docs = joint if within == "record" else np.zeros(size, np.int32)
    docs_of = np.repeat(np.arange(sum(map(len, store.docs))), np.concatenate([np.zeros(0, np.uint32), *store.docs]))
    for ids, spans in _pieces(store, rank, sizes):
        pairs, owners = _pairs(ids, spans, docs_of)
        np.add.at(joint, pairs, 1)
        if docs is not joint:
            first_of = np.unique(owners * size + pairs)
            np.add.at(docs, first_of % size, 1)
    return PairCounts([names[n] for n in chosen], freqs[chosen].tolist(), len(sizes), joint, docs)


def _pieces(store: SpanStore, rank: Ints, sizes: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield ranks of terms and the span of each, in pieces of whole records that make about so many pairs."""
    ends = np.concatenate([[0], np.cumsum(sizes)])
    of_records = np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, np.uint32), *store.docs]), dtype=np.int64)])
    weights = np.concatenate([[0], np.cumsum(sizes * (sizes - 1) // 2 + sizes)])[of_records]
    begin = 0
    while begin < len(of_records) - 1:
        end = int(np.searchsorted(weights, weights[begin] + _PAIRS_AT_A_TIME, side="right")) - 1
        end = min(max(end, begin + 1), len(of_records) - 1)
        first, last = of_records[begin], of_records[end]
        ids = rank[store.ids.read(int(ends[first]), int(ends[last])).astype(np.int64)]
        spans = np.repeat(np.arange(first, last), sizes[first:last])
        kept = ids >= 0
        yield ids[kept], spans[kept]
        begin = end


def _pairs(ids: Ints, spans: Ints, docs_of: Ints) -> tuple[Ints, Ints]:
    """Return the place in the triangle of each pair of terms of a span, and the record of each."""
    order = np.lexsort((ids, spans))
    ids, spans = ids[order], spans[order]
    numbers, starts, counts = np.unique(spans, return_index=True, return_counts=True)
    pairs, owners = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for count in np.unique(counts[counts > 1]).tolist():
        rows = np.flatnonzero(counts == count)
        table = ids[starts[rows][:, None] + np.arange(count)]
        low, high = np.triu_indices(count, 1)
        pairs.append(_triangle(table[:, low], table[:, high]).ravel())
        owners.append(np.repeat(docs_of[numbers[rows]], len(low)))
    return np.concatenate(pairs), np.concatenate(owners)


def _triangle(low: Ints, high: Ints) -> Ints:
    """Return the place of a pair of numbers, low < high, in the triangle of all pairs, row by row of the higher one."""
    return high * (high - 1) // 2 + low
