"""The work on one batch of lines, in any process: parse, check, hand to the feature, splice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from jmtools.batches.feature import (
    ExpandFeature,
    Feature,
    FilterFeature,
    Part,
    PartFeature,
    ScanFeature,
    TakenLines,
)
from jmtools.errors import RecordError
from jmtools.fields.missing import FieldTracker, Sightings
from jmtools.io.json_types import Fields, Record
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM, Place, Reject, encode_record, over_limit, parse_record, require_text, splice

_LARGE_LINE = 1 << 20


@dataclass(slots=True)
class BatchResult:
    """What became of a batch.

    Attributes:
        out: Pieces of whole lines (filter), a part of a result (report, sink) or a compact form (scan).
        lines: For a scan, the good lines as they are to be kept until the second pass.
        read: Records in the batch, blank lines not counted; up to the stop if there was one.
        good: Records that were taken.
        rejects: The others, in order.
        side_counts: What the filter counted for a second output, piece by piece.
        segmentations: How records are segmented → where it was first seen; "" stands for text not segmented before.
        lengths: Length of the vectors that records bring → where it was first seen.
        sightings: Which of the fields that the user named the records have.
        range_of: Input of which a cluster's worker read a range by itself; its line numbers begin with the range.
        range_lines: Lines in that range.
        passed: Type → records of it that were not worked on.
        repeats: Records that were not worked on because their story had come before.
        storyless: With `--count stories`: records that have no story.
        residue: Records in whose text tags or entities of web pages stand.
    """

    out: Any = ()
    lines: list[bytes] = field(default_factory=list)
    read: int = 0
    good: int = 0
    rejects: list[Reject] = field(default_factory=list)
    side_counts: list[Any] = field(default_factory=list)
    segmentations: dict[str, Place] = field(default_factory=dict)
    lengths: dict[int, Place] = field(default_factory=dict)
    sightings: Sightings = field(default_factory=Sightings)
    range_of: str = ""
    range_lines: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    repeats: int = 0
    storyless: int = 0
    residue: int = 0

    def add(self, later: BatchResult) -> None:
        """Take in what became of the records that follow, but for what was made of them."""
        self.read += later.read
        self.good += later.good
        self.rejects += later.rejects
        self.side_counts += later.side_counts
        self.segmentations = later.segmentations | self.segmentations
        self.lengths = later.lengths | self.lengths
        self.sightings.add(later.sightings)
        self.residue += later.residue


class BatchReader:
    """Turns lines into checked records."""

    def __init__(self, feature: Feature, *, fail_fast: bool = True, text: bool = True) -> None:
        """Get ready.

        Args:
            feature: Says what it needs of a record.
            fail_fast: Stop at the first bad record of a batch.
            text: Whether records must have a text.
        """
        self.fail_fast = fail_fast
        self._text = text
        self._check = feature.check
        self._lines_reader = feature.read_lines
        self._segmentation_of = feature.segmentation_of
        self._has_residue = feature.has_residue
        self._vector_length = feature.vector_length
        self._tracker = FieldTracker(feature.fields_read())

    def read(self, batch: LineBatch, result: BatchResult) -> tuple[list[bytes], Sequence[Record], Sequence[int]]:
        """Return the good lines, their records and their indexes in the batch; count and reject the others."""
        taken = self._read_lines(batch)
        if taken is not None:
            return self._taken(taken, batch, result)
        lines: list[bytes] = []
        records: list[Fields] = []
        indexes: list[int] = []
        for index, line in enumerate(batch.lines):
            if index == 0 and batch.first_byte == 0:
                line = line.removeprefix(UTF8_BOM)
            if not line or line.isspace():
                continue
            result.read += 1
            try:
                data = self._take(batch, index, line)
                length = self._length(batch, data)
                segmentation = self._segmentation_of(data)
            except RecordError as error:
                reject_line(batch, index, str(error), result)
                if self.fail_fast:
                    break
                continue
            if segmentation is not None and segmentation not in result.segmentations:
                result.segmentations[segmentation] = place_of(batch, index)
            result.residue += self._has_residue(data)
            if length is not None and length not in result.lengths:
                result.lengths[length] = place_of(batch, index)
            lines.append(line)
            records.append(data)
            indexes.append(index)
        if self._tracker and records:
            result.sightings.add(self._tracker.look(records))
        return lines, records, indexes

    def _length(self, batch: LineBatch, data: Fields) -> int | None:
        length = self._vector_length(data)
        if length is not None and batch.vector is not None and length != batch.vector[0]:
            first, place = batch.vector
            raise RecordError(
                f"has a vector of {length} numbers, but {place} one of {first}; make all with the same program"
            )
        return length

    def _read_lines(self, batch: LineBatch) -> TakenLines | None:
        """Read the lines at once, or return None if each must be parsed."""
        marked = batch.first_byte == 0 and batch.lines and batch.lines[0].startswith(UTF8_BOM)
        if marked or batch.too_long or self._tracker or not self._text:
            return None
        return self._lines_reader(batch.lines)

    def _taken(
        self, taken: TakenLines, batch: LineBatch, result: BatchResult
    ) -> tuple[list[bytes], Sequence[Record], Sequence[int]]:
        places, lines = taken.places, batch.lines
        result.read += len(places)
        result.residue += taken.residue
        segmentation = self._segmentation_of({}) if len(places) else None
        if segmentation is not None and segmentation not in result.segmentations:
            result.segmentations[segmentation] = place_of(batch, places[0])
        return lines if len(places) == len(lines) else [lines[place] for place in places], taken.records, places

    def _take(self, batch: LineBatch, index: int, line: bytes) -> Fields:
        if batch.too_long and index in batch.too_long:
            raise RecordError(over_limit(batch.too_long[index]))
        data = parse_record(line)
        if self._text:
            require_text(data)
        self._check(data)
        return data


def place_of(batch: LineBatch, index: int) -> Place:
    """Return where a line of a batch stands in its file."""
    return Place(batch.file, batch.first_line + index, batch.byte_of(index))


def reject_line(batch: LineBatch, index: int, reason: str, result: BatchResult) -> None:
    """Add a line of the batch to the rejects."""
    line = batch.lines[index]
    result.rejects.append(Reject(place_of(batch, index), reason, line, index in batch.too_long))


class FilterWorker:
    """Batch → its lines with the feature's fields spliced in."""

    def __init__(self, feature: FilterFeature, *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = BatchReader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        out: list[bytes] = []
        for piece in batch.pieces(self._feature.bytes_at_once()):
            one = self._work(piece)
            out += one.out
            result.add(one)
            if one.rejects and self._reader.fail_fast:
                break
        result.out = out
        return result

    def _work(self, batch: LineBatch) -> BatchResult:
        result = BatchResult()
        lines, records, indexes = self._reader.read(batch, result)
        if not records:
            return result
        made = self._feature.written_lines(records)
        if made is not None:
            result.out, result.good = [made], len(records)
            return result
        try:
            fields = self._feature.written_fields(records)
        except RecordError:
            self._feature.take_side_counts()  # what the broken attempt had counted
            fields = self._one_by_one(batch, records, indexes, result)
        side_counts = self._feature.take_side_counts()
        if side_counts is not None:
            result.side_counts.append(side_counts)
        out = [splice(line, data, f) for line, data, f in zip(lines, records, fields, strict=True) if f is not None]
        # Joining copies: a line of many megabytes is handed on by itself.
        result.out = out if max(map(len, out), default=0) > _LARGE_LINE else [b"".join(out)]
        result.good = len(out)
        return result

    def _one_by_one(
        self, batch: LineBatch, records: Sequence[Record], indexes: Sequence[int], result: BatchResult
    ) -> list[Fields | None]:
        """Find the records that the feature refuses."""
        fields: list[Fields | None] = []
        for index, record in zip(indexes, records, strict=True):
            try:
                fields.extend(self._feature.apply([record]))
            except RecordError as error:
                earlier = bool(result.rejects) and self._reader.fail_fast
                if earlier:
                    result.rejects.clear()  # in fail mode only the first bad line counts, and it is this one
                reject_line(batch, index, str(error), result)
                if self._reader.fail_fast:
                    fields.extend([None] * (len(records) - len(fields)))
                    break
                fields.append(None)
        result.rejects.sort(key=lambda reject: reject.place.line)
        return fields


class PartWorker(Generic[Part]):
    """Batch → the part of a result that its records make."""

    def __init__(self, feature: PartFeature[Part], *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = BatchReader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        _, records, _ = self._reader.read(batch, result)
        result.out = self._feature.count(records)
        result.good = len(records)
        return result


class ScanWorker(Generic[Part]):
    """Batch → the feature's compact form of it, and its good lines."""

    def __init__(self, feature: ScanFeature[Part], *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = BatchReader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        result.lines, records, _ = self._reader.read(batch, result)
        result.out = self._feature.scan(records)
        result.good = len(records)
        return result


class ExpandWorker:
    """Batch → the lines of the new records that the feature makes of it."""

    def __init__(self, feature: ExpandFeature, *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = BatchReader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        _, records, _ = self._reader.read(batch, result)
        pieces: list[bytes] = []
        lines: list[bytes] = []
        size = 0
        for record in self._feature.expand(records):
            lines.append(encode_record(record))
            size += len(lines[-1])
            if size > _LARGE_LINE:  # a long text has a million places: hold each once
                pieces.append(b"".join(lines))
                lines, size = [], 0
        result.out = [*pieces, b"".join(lines)]
        result.good = len(records)
        return result
