"""What is done to one batch of lines: parse, check, hand to the feature, splice; in whichever process it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from jmtools.errors import RecordError
from jmtools.fields.missing import FieldWatch, Sightings
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM, Place, Reject, encode_record, over_limit, parse_record, require_text, splice

_LARGE_LINE = 1 << 20
# Bytes of lines that a filter works on at once. A part of a folder has megabytes: worked on as a whole, `keywords` took
# 1.2 GB for 8 MB and twice the time.
_AT_ONCE = 1 << 16

Check = Callable[[Mapping[str, Any]], None]
Data = dict[str, Any]


class Filter(Protocol):
    """Adds fields to each record by itself."""

    def apply(self, batch: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the new fields of each record; independent of how records are batched."""


class Report(Protocol):
    """Counts records; partial counts merge."""

    def count(self, batch: Sequence[Mapping[str, Any]]) -> Any:
        """Return the picklable partial result of one batch."""


class Expand(Protocol):
    """Makes new records of each."""

    def expand(self, batch: Sequence[Data]) -> Iterable[Mapping[str, Any]]:
        """Return the new records of a batch, in its order."""


class Scan(Protocol):
    """First pass of a command that must have seen every record: keeps of a batch only what the fit needs."""

    def scan(self, batch: Sequence[Mapping[str, Any]]) -> Any:
        """Return a compact, picklable form of the batch."""


@dataclass(slots=True)
class BatchResult:
    """What became of a batch.

    Attributes:
        out: Pieces of whole lines (filter), a partial result (report) or a compact form (scan).
        lines: For a scan, the good lines as they are to be kept until the second pass.
        read: Records in the batch, blank lines not counted; up to the stop if there was one.
        good: Records that were taken.
        rejects: The others, in order.
        extra: What the feature's `drain` gave: counts of a filter for a report beside its records.
        cuts: Segmentation of given tokens → where it was first seen; "" stands for text not cut before.
        asked: What the records show of the fields that the user named.
    """

    out: Any = ()
    lines: list[bytes] = field(default_factory=list)
    read: int = 0
    good: int = 0
    rejects: list[Reject] = field(default_factory=list)
    extra: Any = None
    cuts: dict[str, Place] = field(default_factory=dict)
    asked: Sightings = field(default_factory=Sightings)

    def add(self, later: BatchResult) -> None:
        """Take in what became of the records that follow, but for what was made of them."""
        self.read += later.read
        self.good += later.good
        self.rejects += later.rejects
        self.cuts = later.cuts | self.cuts
        self.asked.add(later.asked)


@dataclass(frozen=True)
class BatchReader:
    """Turns lines into checked records.

    Attributes:
        fail_fast: Stop at the first bad record of a batch.
        text: Whether records must have a text.
        check: What the feature asks of a record besides.
        cut_of: Names the segmentation of a record's given tokens; None where the feature does not read words.
        watch: Looks for the fields that the user named.
    """

    fail_fast: bool = True
    text: bool = True
    check: Check | None = None
    cut_of: Callable[[Mapping[str, Any]], str] | None = None
    watch: FieldWatch = field(default_factory=FieldWatch)

    def read(self, batch: LineBatch, result: BatchResult) -> tuple[list[bytes], list[Data], list[int]]:
        """Return the good lines, their records and their indexes in the batch; count and reject the others."""
        lines: list[bytes] = []
        records: list[Data] = []
        indexes: list[int] = []
        for index, line in enumerate(batch.lines):
            if index == 0 and batch.first_byte == 0:
                line = line.removeprefix(UTF8_BOM)
            if not line or line.isspace():
                continue
            result.read += 1
            try:
                data = self._take(batch, index, line)
            except RecordError as error:
                reject_line(batch, index, str(error), result)
                if self.fail_fast:
                    break
                continue
            if self.cut_of is not None:
                cut = self.cut_of(data)
                if cut not in result.cuts:
                    result.cuts[cut] = place_of(batch, index)
            lines.append(line)
            records.append(data)
            indexes.append(index)
        if self.watch and records:
            result.asked.add(self.watch.look(records))
        return lines, records, indexes

    def _take(self, batch: LineBatch, index: int, line: bytes) -> Data:
        if batch.too_long and index in batch.too_long:
            raise RecordError(over_limit(batch.too_long[index]))
        data = parse_record(line)
        if self.text:
            require_text(data)
        if self.check is not None:
            self.check(data)
        return data


def place_of(batch: LineBatch, index: int) -> Place:
    """Return where a line of a batch stands in its file."""
    return Place(batch.file, batch.first_line + index, batch.byte_of(index))


def reject_line(batch: LineBatch, index: int, reason: str, result: BatchResult) -> None:
    """Add a line of the batch to the rejects."""
    line = batch.lines[index]
    result.rejects.append(Reject(place_of(batch, index), reason, line, index in batch.too_long))


def make_reader(feature: Any, *, fail_fast: bool, text: bool) -> BatchReader:
    """Build the reader that a feature asks for by its optional `check`, `cut_of` and `asks`: fields by path."""
    watch = FieldWatch(getattr(feature, "asks", ()))
    return BatchReader(fail_fast, text, getattr(feature, "check", None), getattr(feature, "cut_of", None), watch)


class FilterWorker:
    """Batch → its lines with the feature's fields spliced in."""

    def __init__(self, feature: Filter, *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._drain: Callable[[], Any] | None = getattr(feature, "drain", None)
        self._reader = make_reader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        if self._drain is not None:
            return self._work(batch)
        result = BatchResult()
        out: list[bytes] = []
        for piece in batch.pieces(_AT_ONCE):
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
        try:
            fields: Sequence[dict[str, Any] | None] = self._feature.apply(records)
        except RecordError:
            if self._drain is not None:
                self._drain()  # what the broken attempt had counted
            fields = self._one_by_one(batch, records, indexes, result)
        if self._drain is not None:
            result.extra = self._drain()
        out = [splice(line, data, f) for line, data, f in zip(lines, records, fields, strict=True) if f is not None]
        # Joining copies: a line of many megabytes is handed on by itself.
        result.out = out if max(map(len, out), default=0) > _LARGE_LINE else [b"".join(out)]
        result.good = len(out)
        return result

    def _one_by_one(
        self, batch: LineBatch, records: list[Data], indexes: list[int], result: BatchResult
    ) -> list[dict[str, Any] | None]:
        """Find the records that the feature refuses."""
        fields: list[dict[str, Any] | None] = []
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


class ReportWorker:
    """Batch → the feature's partial result."""

    def __init__(self, feature: Report, *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = make_reader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        _, records, _ = self._reader.read(batch, result)
        result.out = self._feature.count(records)
        result.good = len(records)
        return result


class ScanWorker:
    """Batch → the feature's compact form of it, and its good lines."""

    def __init__(self, feature: Scan, *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = make_reader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        result.lines, records, _ = self._reader.read(batch, result)
        result.out = self._feature.scan(records)
        result.good = len(records)
        return result


class ExpandWorker:
    """Batch → the lines of the new records that the feature makes of it."""

    def __init__(self, feature: Expand, *, fail_fast: bool, text: bool = True) -> None:
        self._feature = feature
        self._reader = make_reader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        _, records, _ = self._reader.read(batch, result)
        pieces, lines, size = [], [], 0
        for record in self._feature.expand(records):
            lines.append(encode_record(record))
            size += len(lines[-1])
            if size > _LARGE_LINE:  # a long text has a million places: hold each once
                pieces.append(b"".join(lines))
                lines, size = [], 0
        result.out = [*pieces, b"".join(lines)]
        result.good = len(records)
        return result
