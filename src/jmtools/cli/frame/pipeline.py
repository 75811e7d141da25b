"""The pipe that every command runs in: inputs → batches → a feature → output, with one policy for bad records."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from jmtools.cli.frame.messages import note
from jmtools.cli.frame.run import Run
from jmtools.cli.frame.run_options import RunOptions
from jmtools.cli.frame.side_outputs import SideNotes, SideOutput, with_size, write_summary
from jmtools.cli.frame.streams import batch_results
from jmtools.errors import DataError, OptionError
from jmtools.io.json_types import Fields, Record

if TYPE_CHECKING:
    from jmtools.batches.feature import (
        CorpusFeature,
        CountFeature,
        ExpandFeature,
        FilterFeature,
        OrderedFeature,
        Part,
        PartFeature,
        ReportFeature,
        ScanFeature,
        Total,
    )


# Bytes of records that are counted or filtered at once: with processes each batch names its terms, else less is faster.
_MOST_SENT, _MOST_COUNTED, _LEAST_COUNTED, _FILTERED = 1 << 22, 1 << 20, 1 << 18, 1 << 18
_ROOM_SHARE = 200  # of --max-memory: half of it may be full when a batch comes to be counted


class RecordIO(RunOptions):
    """The options that every command has, and the ways in which a command runs under them."""

    def run_filter(
        self,
        feature: Callable[[], FilterFeature],
        *,
        text: bool = True,
        side: SideOutput | SideNotes | None = None,
        slow: bool = False,
    ) -> None:
        """Add a feature's fields to every record, as a stream.

        Args:
            feature: Builds the feature; picklable, called once in each process.
            text: Whether every record must have a `text`.
            side: A second output, or notes, made of the feature's side counts.
            slow: Whether processes pay from some size on, without being asked for.
        """
        from jmtools.batches.workers import FilterWorker

        self.check_place()
        with Run(self, batch_bytes=_FILTERED) as run:
            worker = self.chosen(partial(_build, FilterWorker, feature, self.fail_fast, text), keep="out")
            for result in run.results(worker, own_parts=True, slow=slow):
                for lines in result.out:
                    run.write(lines)
                run.take(result)
                if side is not None:
                    for counts in result.side_counts:
                        side.add(counts)
            if side is not None and not run.stopped:
                side.write()

    def check_place(self) -> None:
        """Check that a cluster has a folder to write records to, before a first pass is begun in vain.

        Raises:
            OptionError: If it has none.
        """
        if self.scheduler is not None and not self.output.endswith("/"):
            raise OptionError("--scheduler: records from several machines go to a folder; add -o FOLDER/")

    def run_report(
        self,
        feature: Callable[[], ReportFeature[Part, Total]],
        *,
        text: bool = True,
        through: Callable[[Iterable[Fields]], Iterable[Fields]] | None = None,
    ) -> None:
        """Count every record with a feature and write its new records.

        Args:
            feature: Builds the feature; picklable.
            text: Whether every record must have a `text`.
            through: What every new record goes through before it is written.
        """
        from jmtools.io.records import encode_many

        if self.summary is not None:
            feature = partial(with_size, feature, self.parameters)
        local = feature()
        with Run(self, batch_bytes=self._count_bytes()) as run:
            total = self._total(run, local, feature, text)
            for lines in local.lines(total) if through is None else encode_many(through(local.records(total))):
                run.write(lines)
            for message in local.notes():
                note(message)
            if self.summary is not None and not run.stopped:
                write_summary(self, local, total, rejected=run.rejected)

    def total(self, feature: Callable[[], CountFeature[Part, Total]], *, text: bool = True) -> Part | Total:
        """Count every record with a feature and return the total; nothing is written."""
        with Run(self, batch_bytes=self._count_bytes(), writes=False) as run:
            return self._total(run, feature(), feature, text)

    def _count_bytes(self) -> int:
        """Return how many bytes of records are counted at once: a byte may make 100 of counts."""
        room = self.parameters.get("max_memory")
        most = _MOST_COUNTED if self.jobs in (None, 1) else _MOST_SENT
        return most if room is None else min(max(room // _ROOM_SHARE, _LEAST_COUNTED), most)

    def count_first(self, feature: Callable[[], CountFeature[Part, Total]], *, text: bool = True) -> Part | Total:
        """Count the records that a second pass will take, and return the total; that pass reports bad records."""
        from jmtools.batches.workers import PartWorker

        worker = self.chosen(partial(_build, PartWorker, feature, self.fail_fast, text))
        local, rejected = feature(), 0
        total: Part | Total | None = None
        with contextlib.closing(batch_results(self, worker, batch_bytes=1 << 20, folder=None)) as results:
            for result in results:
                total = result.out if total is None else local.merge(total, result.out)
                rejected += len(result.rejects)
                most = 0 if self.fail_fast else self.max_errors
                if most is not None and rejected > most:
                    break
        return local.count([]) if total is None else total

    def _total(
        self,
        run: Run,
        local: CountFeature[Part, Total],
        feature: Callable[[], CountFeature[Part, Total]],
        text: bool,
    ) -> Part | Total:
        from jmtools.batches.workers import PartWorker

        total: Part | Total | None = None
        for result in run.results(self.chosen(partial(_build, PartWorker, feature, self.fail_fast, text))):
            total = result.out if total is None else local.merge(total, result.out)
            run.take(result)
        return local.count([]) if total is None else total

    def run_expand(self, feature: Callable[[], ExpandFeature], *, text: bool = True) -> None:
        """Write any number of new records for each record, as a stream."""
        from jmtools.batches.workers import ExpandWorker

        with Run(self) as run:
            for result in run.results(self.chosen(partial(_build, ExpandWorker, feature, self.fail_fast, text))):
                for lines in result.out:
                    run.write(lines)
                run.take(result)

    def run_corpus(
        self,
        feature: CorpusFeature[Part],
        *,
        scanner: Callable[[], ScanFeature[Part]],
        text: bool = True,
        instead: Callable[[], Iterable[Record]] | None = None,
        side: SideOutput | None = None,
    ) -> None:
        """Add fields that depend on all records: scan and spool, fit, then write.

        Args:
            feature: Absorbs, fits and gives the fields, in this process.
            scanner: Builds what scans batches in each process; picklable.
            text: Whether every record must have a `text`.
            instead: Gives new records that are written in place of those that were read.
            side: A second output.
        """
        from jmtools.batches.workers import ScanWorker
        from jmtools.cli.frame.splicing import splice_all
        from jmtools.io.records import encode_record
        from jmtools.io.spool import Spool

        with Run(self, batch_bytes=1 << 20) as run, Spool() as spool:
            for result in run.results(
                self.chosen(partial(_build, ScanWorker, scanner, self.fail_fast, text), keep="lines")
            ):
                feature.absorb(result.out)
                spool.extend(result.lines)
                run.take(result)
            feature.fit(run.tell)
            if instead is not None:
                run.write(b"".join(map(encode_record, instead())))
            else:
                for data in splice_all(self, spool.batches(), feature.fields()):
                    run.write(data)
            if side is not None and not run.stopped:
                side.write()
            for message in feature.notes():
                note(message)

    def scan_others(
        self,
        paths: tuple[str, ...],
        scanner: Callable[[], ScanFeature[Part]],
        absorb: Callable[[Part], None],
        *,
        option: str,
    ) -> None:
        """Scan records that are compared with, before the run itself; they are not written.

        Raises:
            DataError: If one of them is bad.
        """
        from jmtools.batches.workers import ScanWorker

        if not paths:
            return
        others = replace(self, files=paths, where=None, types=None)
        worker = partial(_build, ScanWorker, scanner, True, True)
        with contextlib.closing(batch_results(others, worker, batch_bytes=1 << 20, folder=None)) as results:
            for result in results:
                for reject in result.rejects:
                    raise DataError(f"{option}: {reject.place}: {reject.reason}")
                absorb(result.out)

    def run_ordered(
        self,
        feature: OrderedFeature[Part],
        parts: Callable[[], PartFeature[Part]],
        *,
        keep_lines: bool = False,
    ) -> None:
        """Make a part of each batch, and let a feature of this process take them in the order of the input.

        Args:
            feature: Takes the parts and gives new records.
            parts: Builds what is done to batches in each process; picklable.
            keep_lines: Whether the feature is given the lines of the records too.
        """
        from jmtools.batches.sinks import SinkWorker
        from jmtools.io.records import encode_record

        with Run(self, batch_bytes=1 << 19) as run:
            build = partial(_build, partial(SinkWorker, keep=keep_lines), parts, self.fail_fast, True)
            for result in run.results(self.chosen(build)):
                run.write(b"".join(map(encode_record, feature.take(result.out, result.lines))))
                run.take(result)
            if not run.stopped:
                run.write(b"".join(map(encode_record, feature.end())))

    def chosen(self, worker: Callable[[], Any], *, keep: str = "") -> Callable[[], Any]:
        """Return the work with records of other types, and repeats of stories, kept from it.

        Args:
            worker: Builds what is done to a batch.
            keep: `out` or `lines`: where in a result the others stand that are handed on; empty for nowhere.
        """
        if self.by_story:
            from jmtools.batches.story_filter import StoryWorker

            worker = partial(StoryWorker, worker, keep=keep)
        if self.types is not None:
            from jmtools.batches.news_filter import NewsWorker

            worker = partial(NewsWorker, worker, self.types, keep=keep)
        return worker

    def run_source(self, tasks: Iterable[Any], worker: Callable[[], Callable[[Any], Any]]) -> Iterator[Any]:
        """Yield what a function makes of each task, in order, on `jobs` processes; for inputs that are not records.

        On a cluster the tasks go out with what is in them: the pages of a newspaper are small.
        """
        if self.scheduler is not None:
            from jmtools.batches.cluster import run_on_cluster

            yield from run_on_cluster(tasks, worker, scheduler=self.scheduler)
            return
        from jmtools.batches.processes import run_ordered

        yield from run_ordered(tasks, worker, jobs=self.jobs or 1, weigh=lambda _task: 1 << 16)

    def write_records(self, records: Iterable[Record]) -> None:
        """Write new records."""
        from jmtools.io.records import encode_many

        with Run(self, reads=False) as run:
            for lines in encode_many(records):
                run.write(lines)

    def open_run(self, *, batch_bytes: int = 1 << 18, writer: Callable[[], Any] | None = None) -> Run:
        """Return the run itself, for commands that read or write otherwise."""
        return Run(self, batch_bytes=batch_bytes, writer=writer, writes=writer is None)


def _build(worker: Callable[..., Any], feature: Callable[[], Any], fail_fast: bool, text: bool) -> Any:
    return worker(feature(), fail_fast=fail_fast, text=text)
