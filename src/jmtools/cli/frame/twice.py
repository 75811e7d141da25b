"""Files that are read more than once: what comes through a pipe is kept for that, or refused."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence

import click

from jmtools.errors import FileError, OptionError


def check_read_twice(files: Sequence[str], option: str) -> None:
    """Check that the inputs can be read again.

    Raises:
        OptionError: If one is standard input or another pipe.
    """
    once = [path for path in files or ("-",) if path == "-" or _is_pipe(path)]
    if once:
        name = "standard input" if once[0] == "-" else once[0]
        raise OptionError(f"{option}: reads its input twice, and {name} cannot be; name files")


def kept(path: str) -> str:
    """Return a path under which a file can be read again: a pipe's bytes are copied to a file that goes with the run.

    Raises:
        FileError: If the pipe cannot be read, or there is no room for what comes through it.
    """
    if path == "-" or not _is_pipe(path):
        return path
    try:
        file = tempfile.NamedTemporaryFile(prefix="jmtools-")  # noqa: SIM115 - it is closed with the command
        click.get_current_context().call_on_close(file.close)
        with open(path, "rb") as pipe:
            shutil.copyfileobj(pipe, file)
        file.flush()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise FileError(f"{path}: cannot keep what comes through it: {why}") from None
    return file.name


def keep_all(_context: click.Context, _param: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of an option, each of a file that can be read again; for `callback=`."""
    return tuple(map(kept, paths))


def _is_pipe(path: str) -> bool:
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
