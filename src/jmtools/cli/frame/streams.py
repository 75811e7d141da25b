"""Inputs → results of batches: in this process, in several, on a cluster; as a stream, or as parts of a folder."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from jmtools.errors import OptionError
from jmtools.io.kinds import is_archive

if TYPE_CHECKING:
    from jmtools.batches.folder_parts import PartFolder
    from jmtools.batches.workers import BatchResult
    from jmtools.cli.frame.run_options import RunOptions
    from jmtools.io.lines import LineBatch

Worker = Callable[[], "Callable[[Any], BatchResult]"]
Watch = Callable[[Iterable[Any]], Iterable[Any]]
# With processes: smaller ones cost more to send, and each one's counts name their terms again; larger ones need memory.
_POOL_BATCHES = (1 << 17, 1 << 22)
_SLACK = 1 << 14  # a batch ends after a whole line
_POOL_ROUNDS = 2  # batches that each process gets at least, where the input has as many: the last to end is not far off


def batch_results(
    options: RunOptions,
    worker: Worker,
    batch_bytes: int,
    *,
    folder: PartFolder | None,
    watch: Watch = lambda b: b,
    slow: bool = False,
) -> Generator[BatchResult, None, None]:
    """Yield the result of each batch of the input, in order.

    Args:
        options: The inputs, and where the work is done.
        worker: Builds what is done to a batch of lines.
        batch_bytes: About how large a batch is where nothing else decides.
        folder: Where each batch's lines become a part, or None.
        watch: Hands the batches on, and sees them.
        slow: Whether the work takes so long that processes pay from some size on, without being asked for.
    """
    if options.where is not None:
        from jmtools.batches.where_filter import WhereWorker

        worker = partial(WhereWorker, worker, options.where)
    if options.scheduler is None and folder is None:
        yield from _streamed(options, worker, batch_bytes, watch, slow=slow)
        return
    tasks = _tasks(options, watch)
    if options.scheduler is not None:
        from jmtools.batches.byte_ranges import RangeWorker

        worker = partial(RangeWorker, worker, options.max_line)
    if folder is not None:
        from jmtools.batches.folder_parts import FolderPartWorker, PartTask

        found = folder.finished
        tasks = (PartTask(i, None if found(i) else task, found(i)) for i, task in enumerate(tasks))
        worker = partial(FolderPartWorker, worker, folder.folder, fail_fast=options.fail_fast)
    yield from _absolute(_run(options, tasks, worker))


def _streamed(
    options: RunOptions, worker: Worker, batch_bytes: int, watch: Watch, *, slow: bool
) -> Generator[BatchResult, None, None]:
    from jmtools.batches.processes import UNASKED_THRESHOLD, available_jobs, run_ordered
    from jmtools.cli.frame.progress import bytes_of

    asked = options.jobs
    jobs = asked if asked is not None else available_jobs() if slow else 1
    known = (bytes_of(options.files) or 0) if jobs > 1 else 0
    size = batch_bytes
    if jobs > 1 and (asked is not None or known >= UNASKED_THRESHOLD):
        share = known // (jobs * _POOL_ROUNDS) + _SLACK if known else size
        size = min(max(min(batch_bytes, share), _POOL_BATCHES[0]), _POOL_BATCHES[1])
    batches = batches_of(options, size)
    yield from run_ordered(watch(batches), worker, jobs=jobs, weigh=_weigh, known=known, unasked=asked is None)


def _tasks(options: RunOptions, watch: Watch) -> Iterable[Any]:
    """Cut the inputs in a way that depends on their bytes slow."""
    if options.scheduler is not None:
        from jmtools.batches.byte_ranges import plan_ranges

        if options.by_story:
            raise OptionError("--scheduler: stories are told apart in one place; --count records, or --jobs")
        if any(map(is_archive, options.files)):
            raise OptionError("--scheduler: an archive is read in one place; jmtools select writes its records out")
        return plan_ranges(options.files, range_bytes=options.part_bytes)
    return watch(batches_of(options, options.part_bytes, pauses=False))


def batches_of(options: RunOptions, size: int = 1 << 18, *, pauses: bool = True) -> Iterator[LineBatch | None]:
    """Yield the lines of the inputs: of an archive those that can matter to the command."""
    batches = _read(options, size, pauses)
    if options.by_story:
        from jmtools.batches.story_filter import StoryMarker

        batches = StoryMarker(options.where, options.types).mark(batches)
    if options.vector_length is not None:
        from jmtools.batches.vector_lengths import LengthMarker

        batches = LengthMarker(options.vector_length, options.where, options.types).mark(batches)
    return batches


def _read(options: RunOptions, size: int, pauses: bool) -> Iterator[LineBatch | None]:
    limits = {"max_line": options.max_line, "max_expand": options.max_expand, "batch_bytes": size}
    if any(map(is_archive, options.files)):
        from jmtools.archive.reader import read_any

        where = options.where.expression if options.where is not None else None
        return read_any(options.files, **limits, pauses=pauses, where=where, needs=options.needs)
    from jmtools.io.lines import read_batches

    return read_batches(options.files, **limits, pauses=pauses)


def _run(options: RunOptions, tasks: Iterable[Any], worker: Worker) -> Generator[BatchResult, None, None]:
    if options.scheduler is not None:
        from jmtools.batches.cluster import run_on_cluster

        yield from run_on_cluster(tasks, worker, scheduler=options.scheduler)
        return
    from jmtools.batches.processes import run_ordered

    yield from run_ordered(tasks, worker, jobs=options.jobs or 1, weigh=lambda _: options.part_bytes)


def _absolute(results: Iterable[BatchResult]) -> Iterator[BatchResult]:
    """Count the lines of results from ranges from the beginning of the file, not of the range."""
    before: dict[str, int] = {}
    for result in results:
        if result.range_of:
            shift = before.get(result.range_of, 0)
            before[result.range_of] = shift + result.range_lines
            result.rejects = [replace(r, place=replace(r.place, line=r.place.line + shift)) for r in result.rejects]
            found = result.segmentations.items()
            result.segmentations = {name: replace(place, line=place.line + shift) for name, place in found}
            lengths = result.lengths.items()
            result.lengths = {length: replace(place, line=place.line + shift) for length, place in lengths}
        yield result


def _weigh(batch: Any) -> int:
    return sum(map(len, batch.lines))
