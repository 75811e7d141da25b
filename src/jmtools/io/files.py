"""Opening inputs: files, folders and standard input, compressed or not."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from jmtools.errors import DataError, FileError
from jmtools.io.compression import COMPRESSION_SUFFIXES, MAGIC, kind_of, open_streams
from jmtools.io.digests import STDIN_DIGEST

STDIN = "-"
STDIN_NAME = "<stdin>"
MAX_EXPAND = 2000
_EXPAND_FLOOR = 64 << 20  # bytes that may come out of any compressed input before its ratio is checked
_COMPRESSED_READ = 1 << 18
_NEIGHBOUR = 1 << 22  # bytes: a larger file tells nothing of the one beside it


class ByteSource(Protocol):
    """Bytes from one input, with the name to show in messages."""

    name: str

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, fewer if no more are ready, none at the end."""

    def ready(self) -> bool:
        """Tell whether a read would return at once."""

    def close(self) -> None:
        """Release the file."""


def open_source(path: str, *, max_expand: int = MAX_EXPAND) -> ByteSource:
    """Open a file, or standard input for `-`; gzip, bzip2, xz and zstd are recognised by their first bytes.

    Args:
        path: A path as the user gave it, or `-`.
        max_expand: How many times its size a compressed input may become.

    Raises:
        FileError: If it cannot be opened or read.
    """
    plain = _Plain(path)
    kind = kind_of(plain.peek(6))
    return plain if kind is None else _Compressed(plain, kind, max_expand)


def shown(path: str) -> str:
    """Return the name by which messages call an input."""
    return STDIN_NAME if path == STDIN else path


def plain_name(path: str) -> str:
    """Return a path as it stands in records: bytes that are no UTF-8 are spelled out, `\\udcff` for 0xff.

    >>> plain_name("版\\udcff.txt")
    '版\\\\udcff.txt'
    """
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def expand_folders(paths: Sequence[str], *, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Yield files as given, and below each folder the files with one of the suffixes, sorted by path.

    Args:
        paths: Files, folders, or `-`.
        suffixes: Lower-case endings such as `.txt`; each also counts with a compression suffix after it.
    """
    endings = _endings(suffixes)
    for path in paths:
        if path == STDIN or not os.path.isdir(path):
            yield path
            continue
        for folder, folders, names in os.walk(path, onerror=_raise_walk):
            folders.sort()
            yield from (os.path.join(folder, n) for n in sorted(names) if n.lower().endswith(endings))


def unread_suffixes(path: str, *, suffixes: tuple[str, ...]) -> Counter[str]:
    """Count the files below a folder that `expand_folders` passes over by what they end in, hidden ones aside."""
    endings = _endings(suffixes)
    names = [name for _, _, names in os.walk(path) for name in names]
    passed = [name for name in names if not name.startswith(".") and not name.lower().endswith(endings)]
    return Counter(os.path.splitext(name)[1].lower() for name in sorted(passed))


def read_all(path: str, *, limit: int = 1 << 30, max_expand: int = MAX_EXPAND) -> bytes:
    """Read a whole input of at most `limit` bytes.

    Raises:
        FileError: If it cannot be read.
        DataError: If it is larger, or damaged where it is compressed.
    """
    source = open_source(path, max_expand=max_expand)
    parts: list[bytes] = []
    size = 0
    try:
        while part := source.read(1 << 20):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise DataError(f"{source.name}: is larger than {limit >> 20} MiB")
    finally:
        source.close()
    return b"".join(parts)


def neighbours(
    path: str, inputs: Sequence[str], suffixes: tuple[str, ...], *, max_expand: int = MAX_EXPAND
) -> Iterator[bytes]:
    """Yield the other files of a run: what tells about them may tell about one.

    Files that cannot be read, or that are no plain files, are left out.

    Args:
        path: The file whose neighbours are wanted.
        inputs: Files and folders of the run.
        suffixes: As of `expand_folders`.
        max_expand: How many times its size a compressed input may become.
    """
    for other in expand_folders(inputs, suffixes=suffixes):
        if other in (path, STDIN) or not other.lower().endswith(_endings(suffixes)) or not os.path.isfile(other):
            continue
        try:
            yield read_all(other, limit=_NEIGHBOUR, max_expand=max_expand)
        except (DataError, FileError):
            continue  # the run reports it when it reads that file


def _endings(suffixes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(s + c for s in suffixes for c in ("", *COMPRESSION_SUFFIXES))


class _Plain:
    """A file descriptor, read as it delivers."""

    def __init__(self, path: str) -> None:
        self.name = shown(path)
        self._head = b""
        if path == STDIN:
            self.fd = 0
        else:
            try:
                self.fd = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
            except (OSError, ValueError) as error:
                raise _file_error(self.name, "open", error) from None
        try:
            mode = os.fstat(self.fd).st_mode
        except OSError as error:
            raise _file_error(self.name, "read", error) from None
        self._waits = not stat.S_ISREG(mode)
        if stat.S_ISDIR(mode):
            self.close()
            raise FileError(f"{self.name}: is a folder; name the files in it")

    def peek(self, size: int) -> bytes:
        if self._waits and os.isatty(self.fd):
            return b""
        while len(self._head) < size:
            part = self._read(size - len(self._head))
            if not part:
                break
            self._head += part
            if self._waits and not any(m.startswith(self._head) for m, _ in MAGIC):
                break  # no magic number begins like this: do not wait for more
        return self._head

    def read(self, size: int) -> bytes:
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._read(size)

    def ready(self) -> bool:
        if not self._waits or self._head:
            return True
        import select

        try:
            return bool(select.select([self.fd], [], [], 0)[0])
        except (OSError, ValueError):
            return True  # cannot be asked (Windows pipes, descriptor past 1024): then reads may wait

    def close(self) -> None:
        if self.fd > 0:
            os.close(self.fd)
            self.fd = -1

    def _read(self, size: int) -> bytes:
        while True:
            try:
                data = os.read(self.fd, size)
                if self.fd == 0:
                    STDIN_DIGEST.update(data)
                return data
            except BlockingIOError:
                self._wait()
            except (OSError, OverflowError) as error:
                raise _file_error(self.name, "read", error) from None

    def _wait(self) -> None:
        import select

        select.select([self.fd], [], [])


class _Compressed:
    """A compressed input, expanded as it is read and never past its allowed ratio."""

    def __init__(self, plain: _Plain, kind: str, max_expand: int) -> None:
        self.name = plain.name
        self._plain = plain
        self._kind = kind
        self._max_expand = max_expand
        self._in = self._out = 0
        self._stream = open_streams(kind, self._raw_read)

    def _raw_read(self) -> bytes:
        data = self._plain.read(_COMPRESSED_READ)
        self._in += len(data)
        return data

    def read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except FileError:
            raise
        except (EOFError, OSError, ValueError) as error:
            raise DataError(f"{self.name}: damaged {self._kind} data: {_lower(str(error))}") from None
        except Exception as error:
            if type(error).__module__.split(".")[0] not in ("zlib", "_lzma", "backports", "compression", "_zstd"):
                raise
            raise DataError(f"{self.name}: damaged {self._kind} data: {_lower(str(error))}") from None
        self._out += len(data)
        if self._out > max(_EXPAND_FLOOR, self._in * self._max_expand):
            raise DataError(
                f"{self.name}: expands to over {self._max_expand} times its size; --max-expand N allows more"
            )
        return data

    def ready(self) -> bool:
        return True

    def close(self) -> None:
        self._plain.close()


def _file_error(name: str, doing: str, error: Exception) -> FileError:
    number = getattr(error, "errno", None)
    why = os.strerror(number) if number else str(error)
    if number == errno.EBADF and name == STDIN_NAME:
        why = "standard input is closed"
    return FileError(f"{name}: cannot {doing}: {_lower(why)}")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _raise_walk(error: OSError) -> None:
    raise _file_error(str(error.filename), "read", error)
