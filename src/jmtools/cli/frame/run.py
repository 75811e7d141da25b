"""One run of a command: its output, its rejects, its counts, and the one policy for bad records."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import click

from jmtools.batches.segmentations import OneSegmentation
from jmtools.cli.frame.idle import note_idle_of_run
from jmtools.cli.frame.manifest import count_records, side_files
from jmtools.cli.frame.messages import command_name, counted, detail, note, say, tell
from jmtools.cli.frame.progress import Progress, bytes_of
from jmtools.cli.frame.rejects import RejectFile, hint_of
from jmtools.cli.frame.run_options import RunOptions
from jmtools.cli.frame.streams import Worker, batch_results
from jmtools.errors import DataError, OptionError, RecordError

if TYPE_CHECKING:
    from jmtools.batches.folder_parts import PartFolder
    from jmtools.batches.workers import BatchResult
    from jmtools.fields.missing import Sightings
    from jmtools.io.records import Place, Reject

NAMED_REJECTS = 20
EXIT_REJECTS = 3


class Outcome(Protocol):
    """What became of a batch of lines, a page or a file."""

    @property
    def read(self) -> int:
        """Return how many records were read."""

    @property
    def rejects(self) -> Sequence[Reject]:
        """Return the bad ones."""


@dataclass
class Run:
    """One run: the output, the rejects, the counts. A context manager that commits, or leaves nothing half-done.

    Leaving the block ends the command: with 65 after a bad record in fail mode (its message names the record), with
    3 where records were rejected. `writer` opens an output that is neither a file nor a folder of parts.
    """

    io: RunOptions
    batch_bytes: int = 1 << 16
    writer: Callable[[], Any] | None = None
    read: int = 0
    rejected: int = 0
    thing: str = "record"
    reads: bool = True  # else it only writes what was known before
    writes: bool = True  # else it only counts
    segmentation: OneSegmentation = field(default_factory=OneSegmentation)
    lengths: dict[int, Place] = field(default_factory=dict)
    sightings: Sightings | None = None
    passed: Counter[str] = field(default_factory=Counter)
    repeats: int = 0
    storyless: int = 0
    residue: int = 0

    def __enter__(self) -> Run:
        from jmtools.io.outputs import open_output

        self._check_paths()
        note_idle_of_run(
            parts=self.io.output.endswith("/") or self.io.scheduler is not None, skips=not self.io.fail_fast
        )
        self._rejects = RejectFile(self.io.rejects) if self.io.rejects is not None else None
        self._folder: PartFolder | None = None
        self._own_parts = 0
        try:
            if self.writer is not None:
                self._out = self.writer()
            else:
                self._out = self._open_folder() if self.io.output.endswith("/") else open_output(self.io.output)
        except BaseException:
            self._close_rejects()
            raise
        self._progress = Progress()
        self._began, self._wrote = time.monotonic(), False
        self._fatal: RecordError | None = None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._progress.close()
        try:
            self._close_rejects()
            if error is None:
                self._finish()
        except BaseException:
            self._out.abort()
            raise
        if error is not None:
            self._out.abort()
            if isinstance(error, DataError) and self._fatal is not None:
                raise self._fatal from None  # the bad record came first, and may be why the rest makes no sense
            if isinstance(error, DataError):
                self._note_unknown()  # a mistyped field may be the reason

    def _open_folder(self) -> Any:
        from jmtools.batches.folder_parts import FolderWriter, PartFolder

        if self.io.resume and "-" in (self.io.files or ("-",)):
            raise OptionError("--resume: standard input cannot be read again; name files")
        self._folder = PartFolder(self.io.output, signature=self.io.signature(), resume=self.io.resume)
        return FolderWriter(self._folder, self.io.part_bytes)

    def results(self, worker: Worker, *, own_parts: bool = False, slow: bool = False) -> Iterator[BatchResult]:
        """Yield the result of each batch of the input lines, in order; ends after a bad record in fail mode.

        Args:
            worker: Builds what is done to a batch.
            own_parts: Whether each batch's lines are a part of their own where the output is a folder.
            slow: Whether processes pay from some size on, without being asked for.
        """
        folder = self._folder if own_parts else None
        stream = batch_results(self.io, worker, self.batch_bytes, folder=folder, watch=self.watch, slow=slow)
        with contextlib.closing(stream) as results:
            for result in results:
                for name, place in result.segmentations.items():
                    self.segmentation.take(name, place)
                self._compare_lengths(result.lengths)
                self._add_sightings(result.sightings)
                self.passed.update(result.passed)
                self.repeats += result.repeats
                self.storyless += result.storyless
                self.residue += result.residue
                self._own_parts += folder is not None
                yield result
                if self._fatal is not None:
                    return

    def watch(self, pieces: Iterable[Any], total: int | None = None) -> Iterator[Any]:
        """Hand on the pieces of the input, and let progress count them; without a total, by the bytes of the input."""
        return self._progress.watch(pieces, bytes_of(self.io.files) if total is None else total)

    def tell(self, step: str) -> None:
        """Let progress show which step has begun."""
        self._progress.tell(step)

    @property
    def out(self) -> Any:
        """What is written to."""
        return self._out

    @property
    def stopped(self) -> bool:
        """Whether a bad record has ended the run."""
        return self._fatal is not None

    def write(self, data: bytes) -> None:
        """Write whole lines at once."""
        if data:
            self._progress.close()  # on a terminal it would stand in the middle of what is written
            self._out.write(data)
            self._wrote = True

    def take(self, result: Outcome) -> None:
        """Count a batch's records and deal with its rejects; call it after the batch's lines are written."""
        self.read += result.read
        count_records(result.read, 0)
        self._progress.advance(result.read)
        for reject in result.rejects:
            self.reject(reject)
            if self._fatal is not None:
                return

    def reject(self, reject: Reject) -> None:
        """Deal with one bad record as `--on-error`, `--rejects` and `--max-errors` say."""
        self.rejected += 1
        count_records(0, 1)
        self._progress.close()  # on a terminal it would stand in the middle of the message
        if self._rejects is not None:
            self._rejects.write(reject)
        message = f"{reject.place}: {reject.reason}{hint_of(reject) if self.thing == 'record' else ''}"
        if self.io.fail_fast:
            self._fatal = RecordError(message)
            return
        if self.rejected <= NAMED_REJECTS:
            say(f"{command_name()}: {message}")
        if self.io.max_errors is not None and self.rejected > self.io.max_errors:
            self._fatal = RecordError(f"{message}; that is more than --max-errors {self.io.max_errors}")

    def _finish(self) -> None:
        if self._fatal is not None:
            if self._own_parts and self._folder is not None:
                self._folder.cut(self._own_parts)
            if self.io.output == "-":
                self._out.commit()
            else:
                self._out.abort()
            raise self._fatal
        if self._own_parts and self._folder is not None:
            self._folder.finish(self._own_parts)
        else:
            self._out.commit()
        if self.io.afterwards is not None:
            self.io.afterwards()
        if not self._note_unknown():
            self._note_emptiness()
        self._tell_passed()
        self._note_residue()
        self._detail()
        if self.rejected:
            unnamed = self.rejected - NAMED_REJECTS
            more = f", {unnamed} of them not named here" if unnamed > 0 else ""
            kept = f"; kept in {self.io.rejects}" if self.io.rejects else "; --rejects FILE keeps them"
            counts = f"{self.read} records read, {self.read - self.rejected} taken, {self.rejected} rejected"
            say(f"{command_name()}: {counts}{more}{kept}")
            raise click.exceptions.Exit(EXIT_REJECTS)

    def _note_unknown(self) -> bool:
        """Note the fields that the user named and no record has; tell whether there are any."""
        unknown = self.sightings.messages() if self.sightings is not None else []
        for message in unknown:
            note(message)
        return bool(unknown)

    def _note_emptiness(self) -> None:
        """Say that nothing came in, or that nothing came out of what came in."""
        if not self.read and self.reads and self.io.needs is not None:
            if not self._wrote:
                note(self.io.nothing)  # an archive has handed out only what might have mattered
        elif not self.read and self.reads:
            wanted = "no record meets --where" if self.io.where is not None else "the input is empty"
            note(f"{wanted}: nothing to work on")
        elif self.writes and self.read > self.rejected and not self._wrote and not self._own_parts:
            note(f"{counted(self.read, self.thing)} read, and {self.io.nothing}")

    def _tell_passed(self) -> None:
        """Say how many records of other types were there: the rule is in the help, so it is no note."""
        if self.passed:
            kinds = ", ".join(f"{count:,} {kind or 'untyped'}" for kind, count in self.passed.most_common(4))
            more = ", …" if len(self.passed) > 4 else ""
            total = counted(sum(self.passed.values()), "record")
            tell(f"{total} of other types ({kinds}{more}) not worked on; --types all takes them")

        if self.repeats:
            tell(f"{counted(self.repeats, 'record')} of stories that came before not counted")
        if self.storyless:
            note(
                f"{counted(self.storyless, 'record')} without `story` counted one by one; jmtools dedupe finds stories"
            )

    def _note_residue(self) -> None:
        if self.residue:
            note(
                f"{counted(self.residue, 'record')} with tags or entities of web pages in the text; "
                "jmtools normalize --only residue strips them"
            )

    def _detail(self) -> None:
        names, seconds = ", ".join(self.io.files) or "standard input", time.monotonic() - self._began
        detail(f"{names}: {counted(self.read, self.thing)} read in {seconds:.1f} s, {self.rejected} rejected")

    def _add_sightings(self, sightings: Sightings) -> None:
        if self.sightings is None:
            self.sightings = sightings
        else:
            self.sightings.add(sightings)

    def _compare_lengths(self, lengths: Mapping[int, Place]) -> None:
        for length, place in lengths.items():
            self.lengths.setdefault(length, place)
        if len(self.lengths) > 1:
            (one, here), (other, there) = list(self.lengths.items())[:2]
            raise DataError(
                f"{there}: has a vector of {other} numbers, but {here} one of {one}; make all with the same program"
            )

    def _check_paths(self) -> None:
        others = [*self.io.files, self.io.output]
        for option, path in side_files():
            if any(_same_file(path, other) for other in others):
                raise OptionError(f"{option} {path}: is also an input or another output")
            others.append(path)

    def _close_rejects(self) -> None:
        if self._rejects is not None:
            self._rejects.close()
            self._rejects = None


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return "-" not in (one, other) and os.path.abspath(one) == os.path.abspath(other)
