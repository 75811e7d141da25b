"""The pipe that every command runs in: inputs → batches → a feature → output, with one policy for bad records."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from jmtools.cli.frame.messages import note
from jmtools.cli.frame.run import Run
from jmtools.cli.frame.run_options import RunOptions
from jmtools.cli.frame.streams import batch_results
from jmtools.errors import OptionError

_PIECE = 1 << 16  # bytes of new records that are written at once


class CorpusFeature(Protocol):
    """A filter that must have seen every record before it can say anything of one.

    A scanner (`scan(batch)` → a compact, picklable form of it) runs where batches run; these run in this process, in
    the order of the input. A feature whose fit takes long has a `tell`, which is called with the name of each step.
    """

    def absorb(self, scanned: Any) -> None:
        """Take in the compact form of the next batch."""

    def fit(self) -> None:
        """Learn from all that was absorbed."""

    def fields(self) -> Iterator[dict[str, Any]]:
        """Yield the new fields of each record, in the order in which they were absorbed."""


@dataclass(frozen=True)
class Beside:
    """A second output of a filter, written whole when all records have been read.

    Attributes:
        path: Where it goes.
        add: Takes what the feature's `drain` gave for a batch, in the order of the input.
        records: Gives what is written.
    """

    path: str
    add: Callable[[Any], None]
    records: Callable[[], Iterable[Mapping[str, Any]]]


class RecordIO(RunOptions):
    """The options that every command has, and the ways in which a command runs under them."""

    def run_filter(self, feature: Callable[[], Any], *, text: bool = True, beside: Beside | None = None) -> None:
        """Add a feature's fields to every record, as a stream.

        Args:
            feature: Builds the feature (`apply`, optional `check`, `cut_of`, `drain`); picklable, called once in each
                process.
            text: Whether every record must have a `text`.
            beside: A second output, made of what `drain` gave for each batch.
        """
        from jmtools.batches.workers import FilterWorker

        self.check_place()
        with Run(self) as run:
            worker = partial(_build, FilterWorker, feature, self.fail_fast, text)
            for result in run.results(worker, own_parts=True):
                for lines in result.out:
                    run.write(lines)
                run.take(result)
                if beside is not None and result.extra is not None:
                    beside.add(result.extra)
            if beside is not None and not run.stopped:
                self._write_beside(beside)

    def check_place(self) -> None:
        """Check that a cluster has a folder to write records to; a first pass that nobody could write is not begun.

        Raises:
            OptionError: If it has none.
        """
        if self.scheduler is not None and not self.output.endswith("/"):
            raise OptionError("--scheduler: records from several machines go to a folder; add -o FOLDER/")

    def run_report(
        self, feature: Callable[[], Any], *, text: bool = True, each: Callable[[dict[str, Any]], None] | None = None
    ) -> None:
        """Count every record with a feature (`count`, `merge`, `records`) and write its new records.

        Args:
            feature: Builds the feature, with `lines` where it can write its records faster; picklable.
            text: Whether every record must have a `text`.
            each: Is shown every new record.
        """
        local = feature()
        with Run(self, batch_bytes=1 << 22) as run:
            total = self._total(run, local, feature, text)
            as_lines = getattr(local, "lines", None) if each is None else None
            for lines in _encoded(local.records(total), each) if as_lines is None else as_lines(total):
                run.write(lines)
            for message in getattr(local, "notes", ()):
                note(message)

    def total(self, feature: Callable[[], Any], *, text: bool = True) -> Any:
        """Count every record with a feature (`count`, `merge`) and return the total; nothing is written."""
        with Run(self, batch_bytes=1 << 22) as run:
            return self._total(run, feature(), feature, text)

    def count_first(self, feature: Callable[[], Any], *, text: bool = True) -> Any:
        """Return the total over the records that a second pass will take; of bad ones that pass will speak."""
        from jmtools.batches.workers import ReportWorker

        worker = partial(_build, ReportWorker, feature, self.fail_fast, text)
        local, total, rejected = feature(), None, 0
        with contextlib.closing(batch_results(self, worker, batch_bytes=1 << 20, folder=None)) as results:
            for result in results:
                total = result.out if total is None else local.merge(total, result.out)
                rejected += len(result.rejects)
                most = 0 if self.fail_fast else self.max_errors
                if most is not None and rejected > most:
                    break
        return local.count([]) if total is None else total

    def _total(self, run: Run, local: Any, feature: Callable[[], Any], text: bool) -> Any:
        from jmtools.batches.workers import ReportWorker

        total: Any = None
        for result in run.results(partial(_build, ReportWorker, feature, self.fail_fast, text)):
            total = result.out if total is None else local.merge(total, result.out)
            run.take(result)
        return local.count([]) if total is None else total

    def run_expand(self, feature: Callable[[], Any], *, text: bool = True) -> None:
        """Write any number of new records for each record, as a stream (`expand(batch)` gives them)."""
        from jmtools.batches.workers import ExpandWorker

        with Run(self) as run:
            for result in run.results(partial(_build, ExpandWorker, feature, self.fail_fast, text)):
                for lines in result.out:
                    run.write(lines)
                run.take(result)

    def run_corpus(
        self,
        feature: CorpusFeature,
        *,
        scanner: Callable[[], Any],
        text: bool = True,
        instead: Callable[[], Iterable[Mapping[str, Any]]] | None = None,
    ) -> None:
        """Add fields that depend on all records: scan and spool, fit, then write.

        Args:
            feature: Absorbs, fits and gives the fields, in this process.
            scanner: Builds the object whose `scan` (and `check`, `cut_of`) runs in each process; picklable.
            text: Whether every record must have a `text`.
            instead: Gives new records that are written in place of those that were read.
        """
        from jmtools.batches.workers import ScanWorker
        from jmtools.io.records import encode_record, parse_record, splice
        from jmtools.io.spool import Spool

        with Run(self, batch_bytes=1 << 20) as run, Spool() as spool:
            for result in run.results(partial(_build, ScanWorker, scanner, self.fail_fast, text)):
                feature.absorb(result.out)
                spool.extend(result.lines)
                run.take(result)
            if hasattr(feature, "tell"):
                feature.tell = run.tell
            feature.fit()
            if instead is not None:
                run.write(b"".join(map(encode_record, instead())))
                return
            fields = feature.fields()
            for lines in spool.batches():
                run.write(b"".join(splice(line, parse_record(line), next(fields)) for line in lines))

    def run_source(self, tasks: Iterable[Any], worker: Callable[[], Callable[[Any], Any]]) -> Iterator[Any]:
        """Yield what a function makes of each task, in order, on `jobs` processes; for inputs that are not records.

        On a cluster the tasks go out with what is in them: the pages of a newspaper are small.
        """
        if self.scheduler is not None:
            from jmtools.batches.cluster import run_on_cluster

            yield from run_on_cluster(tasks, worker, scheduler=self.scheduler)
            return
        from jmtools.batches.processes import run_ordered

        yield from run_ordered(tasks, worker, jobs=self.jobs, weigh=lambda _task: 1 << 16)

    def write_records(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Write new records."""
        with Run(self) as run:
            for lines in _encoded(records):
                run.write(lines)

    def open_run(self, *, batch_bytes: int = 1 << 18, writer: Callable[[], Any] | None = None) -> Run:
        """Return the run itself, for commands that read or write otherwise."""
        return Run(self, batch_bytes=batch_bytes, writer=writer)

    def _write_beside(self, beside: Beside) -> None:
        from jmtools.io.outputs import write_whole
        from jmtools.io.records import encode_record

        write_whole(beside.path, map(encode_record, beside.records()))


def _encoded(
    records: Iterable[Mapping[str, Any]], each: Callable[[dict[str, Any]], None] | None = None
) -> Iterator[bytes]:
    """Yield the lines of records, many in one piece: a call of the system for each would cost more than the rest."""
    from jmtools.io.records import encode_record

    lines: list[bytes] = []
    size = 0
    for record in records:
        lines.append(encode_record(record))
        size += len(lines[-1])
        if each is not None:
            each(dict(record))
        if size >= _PIECE:
            yield b"".join(lines)
            lines.clear()
            size = 0
    yield b"".join(lines)


def _build(worker: Callable[..., Any], feature: Callable[[], Any], fail_fast: bool, text: bool) -> Any:
    return worker(feature(), fail_fast=fail_fast, text=text)
