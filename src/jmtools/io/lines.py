"""Batches of lines: input cut at newlines into pieces of work, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jmtools.io.files import MAX_EXPAND, ByteSource, open_source

BATCH_BYTES = 1 << 18
MAX_LINE = 256 << 20
_READ = 1 << 18
_KEPT_OF_LONG_LINE = 1 << 10


@dataclass(slots=True)
class LineBatch:
    """Consecutive lines of one input.

    Attributes:
        file: The input's name as shown.
        lines: The lines without their newline, otherwise as they were read.
        first_line: 1-based number of the first.
        first_byte: Where the first begins in the (expanded) input.
        too_long: Index of a line over the limit → its length; `lines` holds only its beginning.
        repeats: Indexes of the records whose story has come before; only where that is asked for.
        vector: Length of the first vector of the run and the place of its record; only where records bring vectors.
    """

    file: str
    lines: list[bytes]
    first_line: int
    first_byte: int
    too_long: dict[int, int] = field(default_factory=dict)
    repeats: frozenset[int] = frozenset()
    vector: tuple[int, str] | None = None

    def pieces(self, size: int) -> Iterator[LineBatch]:
        """Yield the lines in batches of about `size` bytes, all of about one size."""
        whole = self.byte_of(len(self.lines)) - self.first_byte
        count = round(whole / size)
        if count <= 1:
            yield self
            return
        size = -(-whole // count)
        begin, byte = 0, self.first_byte
        while begin < len(self.lines):
            end, after = begin, byte
            while end < len(self.lines) and after - byte < size:
                after += self.too_long.get(end, len(self.lines[end])) + 1
                end += 1
            too_long = {at - begin: length for at, length in self.too_long.items() if begin <= at < end}
            repeats = frozenset(at - begin for at in self.repeats if begin <= at < end)
            lines = self.lines[begin:end]
            yield LineBatch(self.file, lines, self.first_line + begin, byte, too_long, repeats, self.vector)
            begin, byte = end, after

    def pass_over(self, max_line: int, longer: int = 0) -> None:
        """Keep only the beginning of lines of more than `max_line` bytes; the last has `longer` more than are here."""
        for index, line in enumerate(self.lines):
            size = len(line) + (longer if index == len(self.lines) - 1 else 0)
            if size > max_line:
                self.too_long[index] = size
                self.lines[index] = line[:_KEPT_OF_LONG_LINE]

    def byte_of(self, index: int) -> int:
        """Return the byte offset at which a line of this batch begins."""
        before = sum(map(len, self.lines[:index])) + min(index, len(self.lines))
        lost = sum(size - len(self.lines[i]) for i, size in self.too_long.items() if i < index)
        return self.first_byte + before + lost


def read_batches(
    paths: Sequence[str],
    *,
    max_line: int = MAX_LINE,
    max_expand: int = MAX_EXPAND,
    batch_bytes: int = BATCH_BYTES,
    pauses: bool = True,
) -> Iterator[LineBatch | None]:
    """Yield the lines of all inputs in batches of about `batch_bytes`; `None` says that the next read would wait.

    Args:
        paths: Files or `-`; none means standard input.
        max_line: Bytes that a line may have; a longer one is passed over without being held.
        max_expand: See `open_source`.
        batch_bytes: A batch ends at the first newline at or after this size, or where an input pauses.
        pauses: Whether an input that has nothing more just now ends a batch; if not, only its bytes decide.

    Raises:
        FileError: If an input cannot be opened or read.
        DataError: If compressed input is damaged.
    """
    for path in paths or ("-",):
        source = open_source(path, max_expand=max_expand)
        try:
            yield from _Cutter(source, max_line, batch_bytes, pauses).batches()
        finally:
            source.close()


class _Cutter:
    def __init__(self, source: ByteSource, max_line: int, batch_bytes: int, pauses: bool) -> None:
        self._pauses = pauses
        self._source = source
        self._max_line = max_line
        self._batch_bytes = batch_bytes
        self._next_line = 1
        self._next_byte = 0

    def batches(self) -> Iterator[LineBatch | None]:
        parts: list[bytes] = []  # what is read and not handed out
        size, whole = 0, False  # `whole`: at least one line of it is complete
        while True:
            if self._pauses and not self._source.ready():
                if whole:
                    yield self._cut(parts)
                    size, whole = sum(map(len, parts)), False
                yield None
            part = self._source.read(min(_READ, self._batch_bytes))
            if not part:
                break
            parts.append(part)
            size += len(part)
            whole = whole or b"\n" in part
            if whole and size >= self._batch_bytes:
                yield self._cut(parts)
                size, whole = sum(map(len, parts)), False
            elif not whole and size > self._max_line:
                yield self._pass_over(parts)
                size, whole = sum(map(len, parts)), any(b"\n" in p for p in parts)
        rest = b"".join(parts)
        parts.clear()
        if rest:
            yield self._batch(rest.removesuffix(b"\n").split(b"\n"))

    def _cut(self, parts: list[bytes]) -> LineBatch:
        data = b"".join(parts)
        parts.clear()
        lines = data.split(b"\n")
        if rest := lines.pop():
            parts.append(rest)
        return self._batch(lines)

    def _batch(self, lines: list[bytes]) -> LineBatch:
        batch = LineBatch(self._source.name, lines, self._next_line, self._next_byte)
        batch.pass_over(self._max_line)
        self._next_byte = batch.byte_of(len(lines))
        self._next_line += len(lines)
        return batch

    def _pass_over(self, parts: list[bytes]) -> LineBatch:
        """Read to the end of a line that is too long without holding it."""
        begin = b"".join(parts)[:_KEPT_OF_LONG_LINE]
        length = sum(map(len, parts))
        parts.clear()
        while part := self._source.read(_READ):
            here = part.find(b"\n")
            if here >= 0:
                length += here
                rest = part[here + 1 :]
                parts[:] = [rest] if rest else []
                break
            length += len(part)
        batch = LineBatch(self._source.name, [begin], self._next_line, self._next_byte, {0: length})
        self._next_byte += length + 1
        self._next_line += 1
        return batch
