"""How `jmtools dedupe` reads the records to compare with and its own, and writes them with their stories."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import Any

from jmtools.batches.workers import ScanWorker
from jmtools.cli.frame.messages import note
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.streams import batch_results
from jmtools.dedupe.scanner import StoryScanner
from jmtools.dedupe.stories import Stories, StoryOptions
from jmtools.errors import DataError
from jmtools.io.outputs import write_whole
from jmtools.io.records import encode_record, parse_record, splice
from jmtools.io.spool import Spool

_BATCH = 1 << 20


def run_dedupe(
    io: RecordIO, options: StoryOptions, *, against: tuple[str, ...], drop: bool, report_file: str | None
) -> None:
    """Read, compare and write."""
    stories = Stories(options)
    with io.open_run(batch_bytes=_BATCH) as run, Spool() as spool:
        if against:
            _absorb_known(io, stories, against)
        for result in run.results(partial(_worker, io.fail_fast)):
            stories.absorb(result.out)
            spool.extend(result.lines)
            run.take(result)
        stories.fit(run.tell)
        fields, repeats = stories.fields(), stories.repeats()
        for lines in spool.batches():
            out = [splice(line, parse_record(line), new) for line, new in zip(lines, fields, strict=False)]
            if drop:
                out = [line for line, repeat in zip(out, repeats, strict=False) if not repeat]
            run.write(b"".join(out))
        if report_file is not None and not run.stopped:
            write_whole(report_file, map(encode_record, stories.story_records()))
        _tell(stories)


def _absorb_known(io: RecordIO, stories: Stories, against: tuple[str, ...]) -> None:
    others = replace(io, files=against, where=None, types=None)
    worker = partial(_worker, True)
    with contextlib.closing(batch_results(others, worker, batch_bytes=_BATCH, folder=None)) as results:
        for result in results:
            for reject in result.rejects:
                raise DataError(f"--against: {reject.place}: {reject.reason}")
            stories.absorb_known(result.out)


def _tell(stories: Stories) -> None:
    if stories.boilerplate:
        note(f"records that are mostly passages which return day by day join no story: {stories.boilerplate:,}")
    if stories.short:
        note(f"records too short to be compared: {stories.short:,}")


def _worker(fail_fast: bool) -> Any:
    return ScanWorker(StoryScanner(), fail_fast=fail_fast)
