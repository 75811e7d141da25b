"""Writing outputs: whole lines on a descriptor, and files that are whole or absent."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import stat
import time
from collections.abc import Iterable
from typing import Protocol

from jmtools.errors import FileError, OptionError
from jmtools.io.compression import COMPRESSION_SUFFIXES
from jmtools.io.digests import STDOUT_DIGEST

STDOUT = "-"
STDOUT_NAME = "<stdout>"
_TEMP_PREFIX = ".jmtools-"
_TEMP_SUFFIX = ".part"
_STUCK_SECONDS = 1.0  # how long a half-written line may wait for its reader after a signal


class ReaderGone(BaseException):
    """The reader of our standard output has left; the process is to clean up and die by SIGPIPE."""


class Writer(Protocol):
    """Where records go: `write` takes whole lines; `commit` makes them count; `abort` undoes what can be undone."""

    def write(self, data: bytes) -> None:
        """Write whole lines."""

    def commit(self) -> None:
        """Finish; errors that only the end shows are raised here."""

    def abort(self) -> None:
        """Leave nothing half-done behind. Never raises."""


class LineGuard:
    """Lets signals interrupt a write only between two lines.

    A handler calls `stop`; if a line is half written, or the system is `busy` writing, the stop is `pending`: the line
    is ended first, or given up after a second without a reader. A wait for the reader (`waiting`) is broken off.
    """

    def __init__(self) -> None:
        self.torn = self.busy = self.waiting = False
        self.pending: BaseException | None = None
        self.deadline = 0.0

    def stop(self, why: BaseException) -> None:
        """Raise `why` now, or after the line that is being written."""
        if not (self.torn or self.busy):
            raise why
        if self.pending is None:
            self.pending = why
            self.deadline = time.monotonic() + _STUCK_SECONDS
        if self.waiting:
            raise _Interrupted


class _Interrupted(BaseException):
    """Leaves the wait for a reader, so that Python can handle the signal."""


GUARD = LineGuard()
_TEMPS: set[str] = set()  # temporary files of this process that are not yet in their places


class DescriptorWriter:
    """Write to an open descriptor until everything is out, whatever its mode."""

    def __init__(self, descriptor: int, *, name: str = STDOUT_NAME) -> None:
        self._fd = descriptor
        self._name = name
        try:
            mode = os.fstat(descriptor).st_mode
        except OSError as error:
            raise _write_error(name, error) from None
        # A slow reader is waited for, and then so much is written as is taken without waiting.
        self._waits = os.name == "posix" and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode))

    def write(self, data: bytes) -> None:
        """Write all of `data`, waiting where the descriptor does not block."""
        if self._fd == 1:
            STDOUT_DIGEST.update(data)
        view = memoryview(data)
        while view:
            with contextlib.suppress(_Interrupted):
                if not self._waits or self._is_ready():
                    GUARD.busy = True
                    try:
                        view = view[self._write_some(view, data) :]
                        GUARD.torn = bool(view) and data[~len(view) : len(data) - len(view)] != b"\n"
                    finally:
                        GUARD.busy = False
            if GUARD.pending is not None and (not GUARD.torn or time.monotonic() > GUARD.deadline):
                GUARD.torn = False
                raise GUARD.pending
        GUARD.torn = False

    def commit(self) -> None:
        """Check once more that everything was written and that the descriptor is still open."""
        try:
            os.write(self._fd, b"")
            os.close(os.dup(self._fd))
        except OSError as error:
            raise _write_error(self._name, error) from None

    def abort(self) -> None:
        """Do nothing: what is written is written."""

    def _is_ready(self) -> bool:
        """Wait until something can be written; after a signal, for a second at most."""
        GUARD.waiting = True
        try:
            return bool(select.select([], [self._fd], [], None if GUARD.pending is None else _STUCK_SECONDS)[1])
        except (OSError, ValueError):
            return True  # cannot be asked (a descriptor past 1024)
        finally:
            GUARD.waiting = False

    def _write_some(self, view: memoryview, data: bytes) -> int:
        try:
            if GUARD.pending is not None:
                return self._write_to_line_end(view, data)
            return os.write(self._fd, view[: select.PIPE_BUF] if self._waits else view)
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            raise ReaderGone from None
        except OSError as error:
            raise _write_error(self._name, error) from None

    def _write_to_line_end(self, view: memoryview, data: bytes) -> int:
        start = len(data) - len(view)
        end = data.index(b"\n", start) + 1 if b"\n" in data[start : start + (1 << 20)] else len(data)
        return os.write(self._fd, view[: min(end - start, select.PIPE_BUF)])


class AtomicFile:
    """A file that appears whole under its name when it is committed, or not at all.

    The bytes go to a private file beside the target (found and removed by the next run if this process is killed),
    are synced, given the mode of the old file or the umask, and renamed. A target that is not a regular file
    (`/dev/full`, a FIFO) is written in place; a symbolic link keeps pointing at the file that is replaced.
    """

    def __init__(self, path: str) -> None:
        self._shown = path
        self._path = os.path.realpath(path)
        self._folder = os.path.dirname(self._path)
        self._temp = ""
        self._fd = self._folder_fd = -1
        try:
            self._open()
        except OSError as error:
            self.abort()
            raise _write_error(path, error) from None
        self._writer = DescriptorWriter(self._fd, name=path)

    def _open(self) -> None:
        try:
            old: os.stat_result | None = os.stat(self._path)
        except FileNotFoundError:
            old = None
        if old is not None and stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if old is not None and not stat.S_ISREG(old.st_mode):
            self._fd = os.open(self._path, os.O_WRONLY)
            return
        remove_stale_temps(self._folder)
        self._folder_fd = os.open(self._folder, os.O_RDONLY) if os.name == "posix" else -1
        name = f"{_TEMP_PREFIX}{os.getpid()}-{os.urandom(4).hex()}{_TEMP_SUFFIX}"
        temp = os.path.join(self._folder, name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        _TEMPS.add(temp)
        self._temp = temp
        self._fd = os.open(temp, flags, 0o600)
        self._mode = stat.S_IMODE(old.st_mode) if old is not None else 0o666 & ~_umask()

    def write(self, data: bytes) -> None:
        """Append to the temporary file."""
        self._writer.write(data)

    def commit(self) -> None:
        """Sync the bytes and put the file in its place."""
        if not self._temp:
            self._writer.commit()
            return
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(self._fd, self._mode)
            os.fsync(self._fd)
            fd, self._fd = self._fd, -1
            os.close(fd)
            os.replace(self._temp, self._path)
            self._forget()
        except OSError as error:
            self.abort()
            raise _write_error(self._shown, error) from None
        if self._folder_fd >= 0:
            with contextlib.suppress(OSError):
                os.fsync(self._folder_fd)  # the file is whole and in place: a failure here is no loss of data
        self.abort()

    def abort(self) -> None:
        """Remove what was begun; after a commit there is nothing left to remove."""
        for descriptor in (self._fd, self._folder_fd):
            if descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        self._fd = self._folder_fd = -1
        if self._temp:
            with contextlib.suppress(OSError):
                os.unlink(self._temp)
            self._forget()

    def _forget(self) -> None:
        _TEMPS.discard(self._temp)
        self._temp = ""


def open_output(path: str) -> Writer:
    """Open standard output (`-`) or an atomic file.

    Raises:
        FileError: If it is closed or cannot be created.
        OptionError: If its name is none, or that of a compressed file.
    """
    if not path or path.lower().endswith(COMPRESSION_SUFFIXES):
        why = f"is not compressed here; write to a pipe: … | gzip > {path}" if path else "has no name"
        raise OptionError(f"-o {path or repr(path)}: {why}")
    return DescriptorWriter(1) if path == STDOUT else AtomicFile(path)


def write_whole(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all.

    Raises:
        FileError: If it cannot be written; the old file, if any, is then still there.
    """
    out = open_output(path)
    try:
        for piece in pieces:
            out.write(piece)
        out.commit()
    except BaseException:
        out.abort()
        raise


def remove_own_temps() -> None:
    """Remove the temporary files of this process: its last act when a signal came between two statements."""
    for path in list(_TEMPS):
        if os.path.basename(path).startswith(f"{_TEMP_PREFIX}{os.getpid()}-"):
            with contextlib.suppress(OSError):
                os.unlink(path)


def remove_stale_temps(folder: str) -> None:
    """Remove temporary files that killed runs of ours left in a folder; those of living processes stay."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        pid = name.removeprefix(_TEMP_PREFIX).split("-")[0]
        if name.startswith(_TEMP_PREFIX) and name.endswith(_TEMP_SUFFIX) and pid.isdecimal() and not _lives(int(pid)):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, name))


def _lives(pid: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _write_error(name: str, error: OSError) -> FileError:
    why = os.strerror(error.errno) if error.errno else str(error)
    if error.errno == errno.EBADF and name == STDOUT_NAME:
        why = "standard output is closed"
    return FileError(f"{name}: cannot write: {why[:1].lower()}{why[1:]}")
