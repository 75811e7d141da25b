"""Byte ranges of inputs: tasks that name their text instead of carrying it, for workers that read it themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from jmtools.batches.workers import BatchResult
from jmtools.errors import FileError, OptionError
from jmtools.io.compression import COMPRESSION_SUFFIXES
from jmtools.io.lines import MAX_LINE, LineBatch

RANGE_BYTES = 32 << 20
_AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The lines of one input that begin in [start, end)."""

    path: str
    start: int
    end: int


def plan_ranges(paths: Sequence[str], *, range_bytes: int = RANGE_BYTES) -> Iterator[ByteRange]:
    """Cut inputs into ranges, in order.

    Args:
        paths: Files, or URLs that fsspec opens; all workers must see them under the same name.
        range_bytes: Size of a range.

    Raises:
        OptionError: If an input cannot be cut: standard input, a pipe, compressed data.
        FileError: If an input cannot be found.
    """
    for path in paths or ("-",):
        if path == "-":
            raise OptionError("workers elsewhere cannot read this standard input; name files that all of them see")
        if path.lower().endswith(COMPRESSION_SUFFIXES):
            raise OptionError(f"{path}: compressed input cannot be cut into ranges; expand it first")
        size = _size(path)
        for start in range(0, size, range_bytes):
            yield ByteRange(path, start, min(size, start + range_bytes))


def read_range(part: ByteRange, *, max_line: int = MAX_LINE) -> LineBatch:
    """Read the lines of a range; their numbers count from 1 at its beginning.

    Raises:
        FileError: If the input cannot be read.
    """
    try:
        with _open(part.path) as file:
            lines, first, longer = _lines(file, part, max_line)
    except OSError as error:
        raise FileError(f"{part.path}: cannot read: {(error.strerror or str(error)).lower()}") from None
    batch = LineBatch(part.path, lines, 1, first)
    batch.pass_over(max_line, longer)
    return batch


class RangeWorker:
    """Reads a range, then does with it what another worker does with a batch of lines."""

    def __init__(self, worker: Callable[[], Callable[[LineBatch], BatchResult]], max_line: int) -> None:
        self._work = worker()
        self._max_line = max_line

    def __call__(self, part: ByteRange) -> BatchResult:
        """Return the result, its line numbers relative to the range, which it names."""
        batch = read_range(part, max_line=self._max_line)
        result = self._work(batch)
        result.range_of, result.range_lines = part.path, len(batch.lines)
        return result


def _lines(file: IO[bytes], part: ByteRange, max_line: int) -> tuple[list[bytes], int, int]:
    """Return the lines, where the first begins, and how many bytes of a last one over the limit were not kept."""
    start = part.start
    if start > 0:
        # A line that begins exactly here is ours: look one byte back for the end of the one before.
        file.seek(start - 1)
        start += _passed(file)
    if start >= part.end:
        return [], start, 0
    file.seek(start)
    data = file.read(part.end - start)
    longer = 0
    if not data.endswith(b"\n"):
        data += file.readline(max_line + 1)
        if not data.endswith(b"\n"):
            longer = _passed(file)
    return data.removesuffix(b"\n").split(b"\n") if data else [], start, longer


def _passed(file: IO[bytes]) -> int:
    """Read to the end of a line without holding it; return how many bytes stood before its end."""
    size = 0
    while part := file.readline(_AT_ONCE):
        size += len(part.removesuffix(b"\n"))
        if part.endswith(b"\n"):
            break
    return size


def _open(path: str) -> Any:
    if "://" in path:
        return _filesystem(path).open(path, "rb")
    return open(path, "rb")


def _size(path: str) -> int:
    if "://" in path:
        return _size_of_url(path)
    try:
        if not os.path.isfile(path):
            os.stat(path)
            raise OptionError(f"{path}: is not a regular file, and cannot be cut into ranges")
        return os.path.getsize(path)
    except OSError as error:
        raise FileError(f"{path}: cannot open: {(error.strerror or str(error)).lower()}") from None


def _size_of_url(path: str) -> int:
    try:
        size = _filesystem(path).size(path)
    except OSError as error:
        raise FileError(f"{path}: cannot open: {(error.strerror or str(error)).lower()}") from None
    if size is None:
        raise OptionError(f"{path}: does not say how large it is, and cannot be cut into ranges; copy it first")
    return int(size)


def _filesystem(path: str) -> Any:
    try:
        import fsspec
    except ImportError:
        raise OptionError(f"{path}: URLs need fsspec; pip install '.[dask]'") from None
    try:
        return fsspec.core.url_to_fs(path)[0]
    except (ImportError, ValueError) as error:  # a protocol of another package, such as s3fs, or of none
        raise OptionError(f"{path}: {str(error).splitlines()[0]}") from None
