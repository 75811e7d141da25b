"""A sample of the records that depends on their words alone: the same in any order, from any number of workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from jmtools.batches.feature import CountFeature
from jmtools.io.json_types import Record
from jmtools.topics.witnesses import first_copies, spare_copies
from jmtools.topics.words import Bags, WordScanner
from jmtools.words.reader import ReadsWords, SegmentOptions

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass
class RecordSample:
    """Bags of words of the records with the smallest digests, among those seen.

    Attributes:
        wanted: Records of the sample, where n copies of a text take the room of √n, and most copies of a text in it.
        seen: Records that were seen.
        bags: The words of the records that may still belong to it.
        kept: Records that the last trimming left.
    """

    wanted: int
    seen: int = 0
    bags: list[Bags] = field(default_factory=list)
    kept: int = 0

    def add(self, later: RecordSample) -> None:
        """Take in what was seen elsewhere."""
        self.seen += later.seen
        self.bags += later.bags
        if sum(len(bags.sizes) for bags in self.bags) > self.wanted + max(self.wanted, self.kept):
            self.trim()

    def trim(self) -> None:
        """Drop the records that cannot belong to it any more."""
        digests = np.concatenate([np.zeros(0, np.int64), *(bags.digests for bags in self.bags)])
        mask = first_copies(digests, self.wanted)
        rooms = digests[mask]
        rooms = rooms[spare_copies(rooms)]
        if len(rooms) > self.wanted:
            mask &= digests <= np.partition(rooms, self.wanted - 1)[self.wanted - 1]
        ends = np.cumsum([len(bags.sizes) for bags in self.bags])
        self.kept = int(mask.sum())
        if self.kept < len(mask):
            kept = (_taken(bags, mask[end - len(bags.sizes) : end]) for bags, end in zip(self.bags, ends, strict=True))
            self.bags = [bags for bags in kept if len(bags.sizes)]


class Sampler(ReadsWords, CountFeature[RecordSample, RecordSample]):
    """Takes the sample batch by batch: the total is the sample."""

    def __init__(self, segment: SegmentOptions, stopwords: str, wanted: int, vectors: str | None = None) -> None:
        self._scanner = WordScanner(segment, stopwords, vectors)
        self._wanted = wanted
        self.words = self._scanner.words

    def vector_length(self, data: Record) -> int | None:
        """Return the length of the vector of a record."""
        return self._scanner.vector_length(data)

    def count(self, batch: Sequence[Record]) -> RecordSample:
        """Return the sample of one batch."""
        bags = self._scanner.scan(batch)
        sample = RecordSample(self._wanted, len(bags.sizes), [bags])
        sample.trim()
        return sample

    def merge(self, total: RecordSample, part: RecordSample) -> RecordSample:
        """Return the sample of two lots of records."""
        total.add(part)
        return total


def _taken(bags: Bags, mask: npt.NDArray[np.bool_]) -> Bags:
    """Return the records that a mask takes."""
    entries = np.repeat(mask, bags.sizes)
    here, numbers = np.unique(bags.numbers[entries], return_inverse=True)
    words, lines = list(bags.words), bags.labels.splitlines(keepends=True)
    return Bags(
        [words[i] for i in here.tolist()],
        numbers.astype(np.int32),
        bags.counts[entries],
        bags.sizes[mask],
        bags.digests[mask],
        b"".join(lines[i] for i in np.flatnonzero(mask).tolist()),
        bags.segmentation,
        None if bags.vectors is None else bags.vectors[mask],
    )
