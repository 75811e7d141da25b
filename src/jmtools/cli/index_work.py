"""How `jmtools index` brings records into an archive: rows are made in every process, and added in this one."""

from __future__ import annotations

import os
from functools import partial

from jmtools.archive.rows import ArchiveRow, RowMaker
from jmtools.archive.writer import ArchiveWriter
from jmtools.batches.sinks import SinkWorker
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.errors import OptionError
from jmtools.io.records import encode_record
from jmtools.words.reader import SegmentOptions

_BATCH = 1 << 19


def run_index(io: RecordIO, archive: str, options: SegmentOptions) -> None:
    """Add the records of the inputs, and write how many there were."""
    if any(os.path.exists(path) and os.path.exists(archive) and os.path.samefile(path, archive) for path in io.files):
        raise OptionError(f"{archive}: is both the archive and an input")
    with io.open_run(batch_bytes=_BATCH) as run, ArchiveWriter(archive, maker=RowMaker(options)) as writer:
        for result in run.results(partial(_worker, options, io.fail_fast)):
            writer.add(result.lines, result.out)
            run.take(result)
        writer.keep = not run.stopped
        if not run.stopped:
            counts = {"added": writer.added, "replaced": writer.replaced, "unchanged": writer.unchanged}
            run.write(encode_record({"archive": archive, **counts, "records": writer.size()}))


def _worker(options: SegmentOptions, fail_fast: bool) -> SinkWorker[list[ArchiveRow]]:
    return SinkWorker(RowMaker(options), fail_fast=fail_fast, text=True, keep=True)
