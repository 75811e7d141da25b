"""The options that every command has."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jmtools import __version__
from jmtools.io.json_types import Fields, Record

if TYPE_CHECKING:
    from jmtools.archive.narrowing import Needs
    from jmtools.fields.news import TypeRule
    from jmtools.fields.where import Where


@dataclass(frozen=True)
class RunOptions:
    """The options that every command has, and what they mean.

    Attributes:
        files: Inputs; none is standard input.
        output: `-` or a path that appears whole.
        on_error: `fail` stops at a bad record with 65; `skip` goes on and ends with 3.
        rejects: Where bad records are kept, or None.
        max_errors: In skip mode, the number of bad records after which to stop; None for no limit.
        jobs: Processes; None: one, or for slow work all processors from some size on.
        max_line: Bytes a line may have.
        max_expand: How many times its size a compressed input may become.
        part_bytes: Size of the parts into which work for a folder or a cluster is cut.
        resume: Whether a folder keeps the parts of an earlier, unfinished run.
        scheduler: Address of a Dask scheduler, or None.
        where: Condition on the records that are read, or None for all.
        types: Which types of records are worked on, or None for all.
        by_story: Whether only the first record of each story is worked on.
        vector_length: Reads the length of the vector that a record brings; None where no command asks for vectors.
        nothing: What is said where records were read and nothing is written.
        needs: Strings of which a record must hold one to matter; an archive leaves out the others.
        meaning: The command and its own options, as one string.
        summary: Where a record of the run is written: size of the corpus, parameters, version; or None.
        parameters: The command's own options, by name.
        afterwards: Is called when the output is in its place, whether records were rejected or not; writes what the
            command writes beside it.
    """

    files: tuple[str, ...] = ()
    output: str = "-"
    on_error: str = "fail"
    rejects: str | None = None
    max_errors: int | None = None
    jobs: int | None = None
    max_line: int = 256 << 20
    max_expand: int = 2000
    part_bytes: int = 8 << 20
    resume: bool = False
    scheduler: str | None = None
    where: Where | None = None
    types: TypeRule | None = None
    by_story: bool = False
    vector_length: Callable[[Record], int] | None = None
    nothing: str = "nothing to write"
    needs: Needs | None = None
    meaning: str = ""
    summary: str | None = None
    parameters: Record = field(default_factory=dict)
    afterwards: Callable[[], None] | None = None

    def signature(self) -> Fields:
        """Return what two runs must have in common for their outputs to be the same bytes."""
        inputs: list[list[Any]] = []
        for path in self.files:
            with contextlib.suppress(OSError):
                status = os.stat(path)
                inputs.append([path, status.st_size, status.st_mtime_ns])
        return {"version": __version__, "meaning": self.meaning, "inputs": inputs, "part_bytes": self.part_bytes}

    @property
    def fail_fast(self) -> bool:
        """Whether the first bad record ends the run."""
        return self.on_error == "fail"
