"""Records → the bytes of a new archive, the same as `jmtools index` makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from jmtools.archive.rows import RowMaker
from jmtools.archive.writer import ArchiveWriter
from jmtools.batches.segmentations import OneSegmentation
from jmtools.io.records import parse_record
from jmtools.io.spool import Spool, temporary_file
from jmtools.words.reader import SegmentOptions


def archive_pieces(spool: Spool, *, segment: SegmentOptions, notes: list[str]) -> Iterator[bytes]:
    """Return the file of an archive in pieces.

    Args:
        spool: The records.
        segment: How text is segmented.
        notes: Collects notes for the user.

    Raises:
        DataError: If the records were segmented in two ways.
        FileError: If the temporary file cannot be written.
    """

    def write(path: str) -> None:
        maker = RowMaker(segment)
        with ArchiveWriter(path, maker=maker) as writer:
            one, before = OneSegmentation(), 0
            for lines in spool.batches():
                records = [parse_record(line) for line in lines]
                for number, data in enumerate(records, before + 1):
                    name = maker.segmentation_of(data)
                    if name is not None:
                        one.take(name, f"record {number}")
                before += len(records)
                tuple(writer.take(maker.count(records), lines))
            tuple(writer.end())
            if writer.replaced:
                notes.append(f"records that had the `id` of a later one, which took their place: {writer.replaced}")
            if writer.unchanged:
                notes.append(f"records that were the same as an earlier one, and are there once: {writer.unchanged}")

    return temporary_file("records.db", write)
