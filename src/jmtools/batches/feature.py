"""What a command does to records: one base class a kind, each hook with a default that does nothing.

A feature is built once in each process that works on batches, from a picklable function. It knows nothing of files,
lines, processes or the command line.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from jmtools.io.json_types import Fields, Record
from jmtools.io.records import encode_many


@dataclass(frozen=True)
class TakenLines:
    """Records that were read from lines without an object for each.

    Attributes:
        records: They need no more checks.
        places: Which of the lines each is; the others are blank.
        residue: In how many of them tags or entities of web pages stand.
    """

    records: Sequence[Record]
    places: Sequence[int]
    residue: int


Part = TypeVar("Part")  # what is made of one batch; it goes from one process to another
Total = TypeVar("Total")  # what the parts add up to

Tell = Callable[[str], None]  # is called with the name of each step that begins


def tell_nobody(step: str) -> None:
    """Show no steps."""


class Feature:
    """What every kind of feature can declare about the records that it reads."""

    def fields_read(self) -> Sequence[str]:
        """Return the fields that the user named: a note says which of them no record has."""
        return ()

    def check(self, data: Record) -> None:
        """Check one record before it is taken.

        Raises:
            RecordError: If the feature cannot take it; the record is rejected.
        """

    def segmentation_of(self, data: Record) -> str | None:  # noqa: ARG002
        """Return how a record is or will be segmented, None if it does not matter; two answers in a run are an error.

        Raises:
            RecordError: If the words that it brings are none; the record is rejected.

        A feature that reads words inherits it from `words.reader.ReadsWords`.
        """
        return None

    def has_residue(self, data: Record) -> bool:  # noqa: ARG002
        """Tell whether tags or entities of web pages stand among the words that the feature reads; a note counts them.

        A feature that reads words inherits it from `words.reader.ReadsWords`.
        """
        return False

    def read_lines(self, lines: Sequence[bytes]) -> TakenLines | None:  # noqa: ARG002
        """Return the records of lines at once; None where each line must be parsed and checked, as is usual.

        A feature that answers has no checks of its own, and `segmentation_of` tells the same of all these records.
        """
        return None

    def vector_length(self, data: Record) -> int | None:  # noqa: ARG002
        """Return the length of the vector that a record brings; two answers in one run are an error. None: none.

        Raises:
            RecordError: If the record should bring one, and does not; the record is rejected.
        """
        return None


class FilterFeature(Feature, ABC):
    """A filter: gives each record new fields, by that record alone."""

    def bytes_at_once(self) -> int:
        """Return the bytes of lines that are worked on at once; a part of a folder has megabytes."""
        return 1 << 16

    @abstractmethod
    def apply(self, batch: Sequence[Record]) -> Sequence[Fields | None]:
        """Return the new fields of each record, or None for a record that is left out; batches may be of any size."""

    def written_fields(self, batch: Sequence[Record]) -> Sequence[Fields | None]:
        """Return what `apply` returns, to be written and not read: values may be JSON already."""
        return self.apply(batch)

    def written_lines(self, batch: Sequence[Record]) -> bytes | None:  # noqa: ARG002
        """Return the lines of records that `read_lines` gave with their new fields, or None for `written_fields`."""
        return None

    def take_side_counts(self) -> Any:
        """Return what was counted for a second output since the last call, and begin anew; None for no counts."""
        return None


class ExpandFeature(Feature, ABC):
    """Makes any number of new records of each record."""

    @abstractmethod
    def expand(self, batch: Sequence[Record]) -> Iterable[Record]:
        """Return the new records of a batch, in its order."""


class PartFeature(Feature, ABC, Generic[Part]):
    """Makes one result of each batch: what a sink writes, or the counts of a report."""

    @abstractmethod
    def count(self, batch: Sequence[Record]) -> Part:
        """Return the picklable part of the result that these records make."""


class CountFeature(PartFeature[Part], Generic[Part, Total]):
    """Counts records; the counts of batches merge, in the order of the input."""

    @abstractmethod
    def merge(self, total: Part | Total, part: Part) -> Part | Total:
        """Return the counts of earlier records and of those that follow; the arguments may be changed."""


class ReportFeature(CountFeature[Part, Total], Generic[Part, Total]):
    """A report: counts records, and makes new records of the counts."""

    @abstractmethod
    def records(self, total: Part | Total) -> Iterator[Fields]:
        """Yield the new records, in their order."""

    def lines(self, total: Part | Total) -> Iterator[bytes]:
        """Yield the same records as lines, many in one piece; a report that can write them faster does it here."""
        yield from encode_many(self.records(total))

    def notes(self) -> Sequence[str]:
        """Return what the user must know about the records; asked after the last of them."""
        return ()

    def sides(self, total: Part | Total) -> Fields:  # noqa: ARG002
        """Return the sizes of the parts that are compared, for the summary of a run; asked after the last record."""
        return {}


class OrderedFeature(ABC, Generic[Part]):
    """Takes what a `PartFeature` made of each batch, in the order of the input. It lives in one process.

    It stores the parts, or makes of each something that depends on the parts before.
    """

    @abstractmethod
    def take(self, part: Part, lines: Sequence[bytes]) -> Iterable[Fields]:
        """Return the new records of the next batch; `lines` are its records where the run keeps them."""

    def end(self) -> Iterable[Fields]:
        """Return what is written last; not called where a bad record ended the run."""
        return ()


class ScanFeature(Feature, ABC, Generic[Part]):
    """First pass of a corpus feature: keeps of each batch only what the fit needs."""

    @abstractmethod
    def scan(self, batch: Sequence[Record]) -> Part:
        """Return a compact, picklable form of the batch."""


class CorpusFeature(ABC, Generic[Part]):
    """A filter that must see every record before it can say anything about one. It lives in one process.

    A `ScanFeature` runs where batches run; this absorbs what it kept, in the order of the input.
    """

    @abstractmethod
    def absorb(self, scanned: Part) -> None:
        """Take in the compact form of the next batch."""

    @abstractmethod
    def fit(self, tell: Tell = tell_nobody) -> None:
        """Learn from all that was absorbed; `tell` shows the user which step has begun."""

    @abstractmethod
    def fields(self) -> Iterator[Fields | None]:
        """Yield the new fields of each record, or None for one that is left out, in the order of the input."""

    def notes(self) -> Iterable[str]:
        """Return what the user must know about the records; asked after the last of them."""
        return ()
