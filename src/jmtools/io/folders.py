"""Writing a folder of files that is whole or absent."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile

from jmtools.errors import FileError, OptionError


class AtomicFolder:
    """A new folder that appears under its name when it is committed, or not at all.

    The files go to a private folder beside it, which is renamed at the end. A folder that is there and empty is
    replaced; one with something in it is refused, for nothing of it shall be lost.
    """

    def __init__(self, path: str) -> None:
        self._path = os.path.abspath(path)
        self._temp = ""
        if os.path.lexists(self._path) and not (os.path.isdir(self._path) and not os.listdir(self._path)):
            raise OptionError(f"{path}: is there and not empty; name a new folder")
        try:
            self._temp = tempfile.mkdtemp(prefix=f".jmtools-{os.getpid()}-", dir=os.path.dirname(self._path))
        except OSError as error:
            raise _folder_error(path, error) from None

    def add(self, name: str, data: bytes) -> None:
        """Write one file; the name must be one of ours, never one from data."""
        if not name or name in (".", "..") or set(name) & set("/\\\0"):
            raise ValueError(f"not a file name: {name!r}")
        path = os.path.join(self._temp, name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with open(os.open(path, flags, 0o666), "wb") as file:
                file.write(data)
        except OSError as error:
            raise _folder_error(os.path.join(self._path, name), error) from None

    def write(self, data: bytes) -> None:  # noqa: ARG002
        """Refuse: a folder holds files."""
        raise TypeError("a folder is written by add")

    def commit(self) -> None:
        """Put the folder in its place."""
        mask = os.umask(0o077)
        os.umask(mask)
        try:
            os.chmod(self._temp, 0o777 & ~mask)
            os.replace(self._temp, self._path)
        except OSError as error:
            self.abort()
            raise _folder_error(self._path, error) from None
        self._temp = ""

    def abort(self) -> None:
        """Remove what was begun."""
        if self._temp:
            with contextlib.suppress(OSError):
                shutil.rmtree(self._temp)
            self._temp = ""


def make_folder(path: str) -> None:
    """Make a folder, and those around it, where they are not there.

    Raises:
        FileError: If it cannot be made.
    """
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise _folder_error(path, error) from None


def _folder_error(path: str, error: OSError) -> FileError:
    why = os.strerror(error.errno) if error.errno else str(error)
    return FileError(f"{path}: cannot write: {why[:1].lower()}{why[1:]}")
