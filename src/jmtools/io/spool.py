"""A private temporary file of lines, written once and read again; in memory while it is small."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from jmtools.errors import FileError

_IN_MEMORY = 4 << 20
_READ = 1 << 18
_PIECE = 1 << 20


class Spool:
    """Lines kept for a second pass. Use as a context manager; the file goes with it, even after a kill."""

    def __init__(self, *, folder: str | None = None) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=folder)  # noqa: SIM115

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def extend(self, lines: list[bytes]) -> None:
        """Append lines, given without their newlines.

        Raises:
            FileError: If the temporary folder is full or cannot be written.
        """
        if not lines:
            return
        try:
            self._file.write(b"\n".join(lines) + b"\n")
        except OSError as error:
            raise FileError(f"temporary file: {error.strerror}; TMPDIR=FOLDER names a folder with room") from None

    def batches(self, batch_bytes: int = _READ) -> Iterator[list[bytes]]:
        """Yield the lines again, in order, in batches of about `batch_bytes`."""
        try:
            self._file.seek(0)
            while lines := self._file.readlines(batch_bytes):
                yield [line[:-1] for line in lines]
        except OSError as error:
            raise FileError(f"temporary file: {error.strerror}") from None


def temporary_file(name: str, write: Callable[[str], None]) -> Iterator[bytes]:
    """Yield the bytes of a file that is written under a temporary path and deleted afterwards.

    Args:
        name: Of the file.
        write: Makes it at the path that it is given.
    """
    with tempfile.TemporaryDirectory(prefix="jmtools-") as folder:
        path = os.path.join(folder, name)
        write(path)
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                yield piece


class ArraySpool:
    """Arrays of integers kept for a second pass, in a private temporary file."""

    def __init__(self, *, folder: str | None = None) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=folder)  # noqa: SIM115

    def append(self, *arrays: Any) -> int:
        """Keep the arrays of one batch, and return where they stand.

        Raises:
            FileError: If the temporary folder is full or cannot be written.
        """
        # A line for each says its kind and shape: `numpy.save` writes, and reads by a parser, ten times as much.
        try:
            place = self._file.seek(0, 2)
            self._file.write(len(arrays).to_bytes(4, "little"))
            for array in arrays:
                self._file.write(f"{array.dtype.str} {' '.join(map(str, array.shape))}\n".encode())
                self._file.write(array.tobytes())
        except OSError as error:
            raise FileError(f"temporary file: {error.strerror}; TMPDIR=FOLDER names a folder with room") from None
        return place

    def read(self) -> Iterator[list[Any]]:
        """Yield the arrays of each batch again, in order."""
        place = 0
        while arrays := self.read_at(place):
            place = self._file.tell()
            yield arrays

    def read_at(self, place: int) -> list[Any]:
        """Return the arrays of the batch that stands at a place; none at the end."""
        try:
            self._file.seek(place)
            count = int.from_bytes(self._file.read(4), "little")
            return [self._read_array() for _ in range(count)]
        except OSError as error:
            raise FileError(f"temporary file: {error.strerror}") from None

    def _read_array(self) -> Any:
        import numpy as np

        kind, *shape = self._file.readline().decode().split()
        array = np.empty([int(length) for length in shape], kind)
        if array.nbytes and self._file.readinto(array.reshape(-1).view(np.uint8).data) != array.nbytes:
            raise FileError("temporary file: cut short")
        return array

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):  # otherwise the file could not be created
            self._file.close()
