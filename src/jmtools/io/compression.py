"""Compressed data, stream after stream: what follows a stream is read too, or it is an error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Protocol

COMPRESSION_SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    *((bytes([0x50 + n]) + b"\x2a\x4d\x18", "zstd") for n in range(16)),  # frames to be skipped
)
_LONGEST_MAGIC = max(len(magic) for magic, _ in MAGIC)

RawRead = Callable[[], bytes]


class Expanded(Protocol):
    """Expanded data."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


def without_suffix(name: str) -> str:
    """Return a file name without the suffixes that tell how the file is compressed.

    >>> without_suffix("2024-03-11.txt.gz")
    '2024-03-11.txt'
    """
    for suffix in COMPRESSION_SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def kind_of(head: bytes) -> str | None:
    """Return how data is compressed that begins like this, None if it is not.

    >>> kind_of(b"BZh91AY"), kind_of(b"{}")
    ('bzip2', None)
    """
    return next((kind for magic, kind in MAGIC if head.startswith(magic)), None)


def open_streams(kind: str, raw_read: RawRead) -> Expanded:
    """Expand compressed data of one kind.

    Args:
        kind: As `kind_of` names it.
        raw_read: Returns the next piece of compressed data, nothing at the end.
    """
    if kind == "gzip":
        import gzip

        file: Any = _RawFile(raw_read)
        return gzip.GzipFile(fileobj=file, mode="rb")
    return _Streams(kind, raw_read)


class _Streams:
    """Streams of bzip2, xz or zstd one after the other, zero bytes between them.

    The readers of the standard library take a second stream that is damaged for garbage and end without a word.
    """

    def __init__(self, kind: str, raw_read: RawRead) -> None:
        self._kind = kind
        self._raw_read = raw_read
        self._rest = b""
        self._count = 0
        self._stream: Any = None

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes.

        Raises:
            EOFError: If the data ends inside a stream.
            ValueError: If something else follows a stream.
        """
        while self._stream is not None or self._begin():
            data = self._rest or (self._raw_read() if self._stream.needs_input else b"")
            self._rest = b""
            if not data and self._stream.needs_input:
                raise EOFError("ends in the middle of a stream")
            out: bytes = self._stream.decompress(data, size)
            if self._stream.eof:
                self._rest = self._stream.unused_data
                self._stream = None
            if out:
                return out
        return b""

    def _begin(self) -> bool:
        """Begin with the next stream, if there is one."""
        rest = self._rest
        while len(rest := rest.lstrip(b"\x00") if self._count else rest) < _LONGEST_MAGIC:
            piece = self._raw_read()
            if not piece:
                break
            rest += piece
        self._rest = rest
        if not rest:
            return False
        if kind_of(rest) != self._kind:
            raise ValueError(f"what follows stream {self._count} is no {self._kind} data")
        self._count += 1
        self._stream = _decompressor(self._kind)
        return True


def _decompressor(kind: str) -> Any:
    if kind == "bzip2":
        import bz2

        return bz2.BZ2Decompressor()
    if kind == "xz":
        import lzma

        return lzma.LZMADecompressor(lzma.FORMAT_XZ)
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    return zstd.ZstdDecompressor()


class _RawFile:
    """The file object that gzip asks for."""

    def __init__(self, raw_read: RawRead) -> None:
        self._raw_read = raw_read
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        data = self._rest or self._raw_read()
        if len(data) < size < 10 and (more := self._raw_read()):  # gzip takes the two bytes that mark it in one piece
            data += more
        if size < 0:
            self._rest = b""
            return data
        self._rest = data[size:]
        return data[:size]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False
