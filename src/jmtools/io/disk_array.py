"""Long arrays of numbers on disk: written once, read in pieces, in bounded memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from jmtools.errors import FileError

if TYPE_CHECKING:
    import numpy.typing as npt

Array: TypeAlias = "npt.NDArray[Any]"

# Numbers worked on at a time: about 25 MB with what is made of them.
CHUNK = 1 << 19


class DiskArray:
    """A long array of numbers in a private temporary file, written once and read in pieces."""

    def __init__(self, dtype: Literal["uint16", "uint32"]) -> None:
        self._dtype, self._width = dtype, int(dtype.removeprefix("uint")) // 8
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the array goes)
        except OSError as error:
            raise FileError(f"temporary file: {error.strerror}; TMPDIR=FOLDER names a folder with room") from None
        self._length = 0
        self.filled = 0  # numbers that are not 0

    def __len__(self) -> int:
        return self._length

    @property
    def holds_codes(self) -> bool:
        """Tell whether these are the codes of a corpus, not numbers of n-grams."""
        return self._width == 2

    def append(self, values: Array | bytes) -> None:
        """Write more numbers, or bytes that hold them.

        Raises:
            FileError: If the temporary folder is full.
        """
        if isinstance(values, bytes):
            values = np.frombuffer(values, self._dtype)
        data = values.astype(self._dtype).tobytes()
        self.filled += int(np.count_nonzero(values))
        try:
            self._file.write(data)
        except OSError as error:
            raise FileError(f"temporary file: {error.strerror}; TMPDIR=FOLDER names a folder with room") from None
        self._length += len(data) // self._width

    def read(self, start: int, stop: int) -> Array:
        """Return the numbers from start to stop; those before the first and after the last are 0."""
        first, last = max(start, 0), min(stop, self._length)
        self._file.seek(first * self._width)
        data = self._file.read(max(last - first, 0) * self._width)
        values = np.frombuffer(data, self._dtype)
        return np.pad(values, (first - start, max(stop - max(last, first), 0)))

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Yield the borders of the pieces to work on."""
        for start in range(0, self._length, CHUNK):
            yield start, min(start + CHUNK, self._length)

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):  # otherwise the file could not be created
            self._file.close()
