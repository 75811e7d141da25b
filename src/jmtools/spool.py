"""A private temporary file of lines, written once and read again; in memory while it is small."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import TracebackType

from jmtools.errors import FileError

_IN_MEMORY = 4 << 20
_READ = 1 << 18


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
