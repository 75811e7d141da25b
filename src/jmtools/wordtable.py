"""A table of words kept as the bytes of its file: no object a word, ready in a third of the time of a dict.

jieba's two tables have 349,000 and 270,000 lines. As dicts they take some 100 ms and 40 MB each; here a line is a hash
and its place, 20 bytes, and what it says is read when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_SHIFT = 32
_BLOCK = 8  # bytes that are mixed into a hash at once

_Hashes = npt.NDArray[np.uint64]
_Places = npt.NDArray[np.int64]


class WordTable:
    """Lines `word rest`, found by their word; of two lines with the same word the later one counts."""

    def __init__(self, data: bytes) -> None:
        """Take the lines of a table in UTF-8; blank lines and lines without a space are passed over."""
        self._data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
        starts, stops, ends = _lines(self._data)
        hashes = hash_spans(self._data, starts, stops)
        order = np.argsort(hashes)
        hashes = hashes[order]
        for place in np.flatnonzero(hashes[1:] == hashes[:-1]).tolist():  # the same word twice: the later line is last
            order[place : place + 2].sort()
        self._hashes = hashes
        self._starts, self._stops, self._ends = (part[order].astype(np.int32) for part in (starts, stops, ends))
        self._longest = int((stops - starts).max(initial=0))

    def __len__(self) -> int:
        return len(self._hashes)

    def get(self, word: str) -> bytes | None:
        """Return what a word's line says after the first space, or None if there is no such line."""
        sought = word.encode("utf-8", "surrogatepass")
        found = int(np.searchsorted(self._hashes, np.uint64(_hash(sought)), side="right")) - 1
        if found < 0:
            return None
        start, stop, end = (int(part[found]) for part in (self._starts, self._stops, self._ends))
        return self._data[stop + 1 : end] if self._data[start:stop] == sought else None

    def get_all(self, words: Sequence[str]) -> list[bytes | None]:
        """Return what `get` returns, for many words at once."""
        encoded = [word.encode("utf-8", "surrogatepass") for word in words]
        sizes = np.array([len(word) for word in encoded], np.int64)
        stops = np.cumsum(sizes)
        # A word longer than any line's cannot be found: what is hashed of it does not matter.
        starts = np.maximum(stops - sizes, stops - self._longest)
        hashes = hash_spans(b"".join(encoded), starts, stops)
        found = np.searchsorted(self._hashes, hashes, side="right") - 1
        if not len(self):
            return [None] * len(words)
        data = self._data
        bounds = (part[found].tolist() for part in (self._starts, self._stops, self._ends))
        return [
            data[stop + 1 : end] if data[start:stop] == word else None
            for word, start, stop, end in zip(encoded, *bounds, strict=True)
        ]

    def words(self) -> Iterator[str]:
        """Yield every word, in no order that means anything."""
        data = self._data
        for start, stop in zip(self._starts.tolist(), self._stops.tolist(), strict=True):
            yield data[start:stop].decode()

    def rests(self) -> tuple[list[bytes], _Places]:
        """Return the different things that lines say after the first space, and how many lines say each."""
        starts, stops = self._stops.astype(np.int64) + 1, self._ends.astype(np.int64)
        hashes = hash_spans(self._data, starts, stops)
        order = np.argsort(hashes)
        hashes = hashes[order]
        heads = np.append(np.zeros(min(len(hashes), 1), np.int64), np.flatnonzero(hashes[1:] != hashes[:-1]) + 1)
        counts, first = np.diff(np.append(heads, len(hashes))), order[heads]
        spans = zip(starts[first].tolist(), stops[first].tolist(), strict=True)
        return [self._data[start:stop] for start, stop in spans], counts


def read_word_table(path: Path) -> WordTable:
    """Read a table from a file."""
    return WordTable(path.read_bytes())


def _lines(data: bytes) -> tuple[_Places, _Places, _Places]:
    """Return where the words of a table start, where they stop, and where their lines end."""
    codes = np.frombuffer(data, np.uint8)
    breaks = np.flatnonzero(codes == ord("\n"))
    if not data.endswith(b"\n"):
        breaks = np.append(breaks, len(data))
    starts = np.append(np.zeros(min(len(breaks), 1), np.int64), breaks[:-1] + 1)
    spaces = np.flatnonzero(codes == ord(" "))
    each = len(spaces) // max(len(breaks), 1)
    stops = spaces[::each] if each and each * len(breaks) == len(spaces) else spaces[:0]
    if len(stops) != len(starts) or not ((stops > starts) & (stops < breaks)).all():
        spaces = np.append(spaces, len(data))
        stops = spaces[np.searchsorted(spaces, starts)]
    good = (stops > starts) & (stops < breaks)
    if good.all():
        return starts, stops, breaks
    return starts[good], stops[good], breaks[good]


def hash_spans(data: bytes, starts: _Places, stops: _Places) -> _Hashes:
    """Return a hash of each stretch of bytes, the same on any machine: 8 bytes at a time are mixed in.

    Args:
        data: The bytes.
        starts: Where each stretch begins, shape (n,).
        stops: Where each ends, shape (n,).
    """
    padded = data + bytes(_BLOCK)
    blocks: _Hashes = np.ndarray((len(data) + 1,), "<u8", padded, strides=(1,))  # the 8 bytes from any place on
    sizes = stops - starts
    hashes = _mix(np.zeros(len(starts), np.uint64), blocks[starts], sizes)
    rows, done = np.flatnonzero(sizes > _BLOCK), _BLOCK
    while len(rows):
        left = sizes[rows] - done
        hashes[rows] = _mix(hashes[rows], blocks[starts[rows] + done], left)
        rows, done = rows[left > _BLOCK], done + _BLOCK
    return hashes


def _mix(hashes: _Hashes, blocks: _Hashes, left: _Places) -> _Hashes:
    """Mix the first `left` bytes of each block into its hash."""
    unused = (np.maximum(_BLOCK - left, 0) * 8).astype(np.uint64)
    # A shift by all 64 bits would do nothing: an empty stretch has its block cleared.
    blocks = np.where(left > 0, (blocks << unused) >> unused, np.uint64(0))
    blocks ^= hashes
    blocks *= np.uint64(_MIX)
    blocks ^= blocks >> np.uint64(_SHIFT)
    return blocks


def _hash(data: bytes) -> int:
    """Return the hash that `hash_spans` gives a stretch."""
    value = 0
    for at in range(0, len(data), _BLOCK):
        value = ((value ^ int.from_bytes(data[at : at + _BLOCK], "little")) * _MIX) & _MASK
        value ^= value >> _SHIFT
    return value
