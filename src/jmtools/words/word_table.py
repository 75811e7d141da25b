"""A table of words kept as the bytes of its file: no object a word, ready in a third of the time of a dict.

jieba's two tables have 349,000 and 270,000 lines. As dicts they take some 100 ms and 40 MB each; here a line is a hash
and its place, 20 bytes, and its value is read when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_SHIFT = 32
_BLOCK = 8  # bytes that are mixed into a hash at once

_Hashes: TypeAlias = "npt.NDArray[np.uint64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"
Bools: TypeAlias = "npt.NDArray[np.bool_]"


class WordTable:
    """Lines `word rest`, found by their word; of two lines with the same word the later one counts.

    Attributes:
        rests: The different things that lines say after the first space.
    """

    def __init__(self, data: bytes) -> None:
        """Take the lines of a table in UTF-8; blank lines and lines without a space are passed over."""
        data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
        starts, stops, ends = _lines(data)
        self._data = data + bytes(_BLOCK)
        blocks = _blocks(self._data)
        hashes = _hash_spans(blocks, starts, stops)
        order = np.argsort(hashes)
        hashes = hashes[order]
        for place in np.flatnonzero(hashes[1:] == hashes[:-1]).tolist():  # the same word twice: the later line is last
            order[place : place + 2].sort()
        self._hashes = hashes
        self._starts, self._sizes = starts[order].astype(np.int32), (stops - starts)[order].astype(np.int32)
        self._longest = int(self._sizes.max(initial=0))
        self.rests, codes = _distinct(self._data, blocks, stops + 1, ends)
        self._codes = codes[order]

    def __len__(self) -> int:
        return len(self._hashes)

    def get(self, word: str) -> bytes | None:
        """Return what a word's line says after the first space, or None if there is no such line."""
        sought = word.encode("utf-8", "surrogatepass")
        found = int(np.searchsorted(self._hashes, np.uint64(_hash(sought)), side="right")) - 1
        if found < 0:
            return None
        start = int(self._starts[found])
        same = self._data[start : start + int(self._sizes[found])] == sought
        return self.rests[int(self._codes[found])] if same else None

    def find(self, words: Sequence[str]) -> Ints:
        """Return for each of many words which of `rests` its line says, shape (words,); -1 if there is no such line."""
        encoded = [word.encode("utf-8", "surrogatepass") for word in words]
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
        stops = np.cumsum(sizes)
        # A word longer than any line's cannot be found: what is hashed of it does not matter.
        starts = np.maximum(stops - sizes, stops - self._longest)
        blocks = _blocks(b"".join([*encoded, bytes(_BLOCK)]))
        hashes = _hash_spans(blocks, starts, stops)
        order = np.argsort(hashes)  # sorted, they are found in half of the time
        found = np.empty(len(words), np.int64)
        found[order] = np.searchsorted(self._hashes, hashes[order], side="right") - 1
        if not len(self):
            return found
        same = self._sizes[found] == sizes
        rows, place = np.flatnonzero(same), self._starts[found].astype(np.int64)
        same[rows] = _are_equal(_blocks(self._data), place[rows], blocks, starts[rows], sizes[rows])
        return np.where(same, self._codes[found], -1)

    def words(self) -> Iterator[str]:
        """Yield every word, in arbitrary order."""
        data = self._data
        for start, size in zip(self._starts.tolist(), self._sizes.tolist(), strict=True):
            yield data[start : start + size].decode()

    def counts(self) -> Ints:
        """Return how many lines say each of `rests`, shape (rests,)."""
        return np.bincount(self._codes, minlength=len(self.rests))


def read_word_table(path: Path) -> WordTable:
    """Read a table from a file."""
    return WordTable(path.read_bytes())


def _lines(data: bytes) -> tuple[Ints, Ints, Ints]:
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


def _distinct(data: bytes, blocks: _Hashes, starts: Ints, stops: Ints) -> tuple[list[bytes], Ints]:
    """Return the different stretches of bytes, and the number of each stretch among them."""
    hashes = _hash_spans(blocks, starts, stops)
    order = np.argsort(hashes)
    hashes = hashes[order]
    heads = np.append(np.zeros(min(len(hashes), 1), np.int64), np.flatnonzero(hashes[1:] != hashes[:-1]) + 1)
    codes = np.empty(len(hashes), np.int64)
    codes[order] = np.repeat(np.arange(len(heads)), np.diff(np.append(heads, len(hashes))))
    first = order[heads]
    spans = zip(starts[first].tolist(), stops[first].tolist(), strict=True)
    return [data[start:stop] for start, stop in spans], codes


def _are_equal(lefts: _Hashes, left_starts: Ints, rights: _Hashes, right_starts: Ints, sizes: Ints) -> Bools:
    """Tell which stretches of two byte strings are equal; of each two the size is the same."""
    equal = np.ones(len(sizes), np.bool_)
    rows, done = np.flatnonzero(sizes > 0), 0
    while len(rows):
        unused = (np.maximum(_BLOCK - sizes[rows] + done, 0) * 8).astype(np.uint64)
        different = (lefts[left_starts[rows] + done] ^ rights[right_starts[rows] + done]) << unused
        equal[rows] &= different == 0
        done += _BLOCK
        rows = rows[sizes[rows] > done]
    return equal


def _blocks(data: bytes) -> _Hashes:
    """Return the 8 bytes from any place on, as numbers; `data` ends with 8 that are not asked for."""
    return np.ndarray((len(data) - _BLOCK + 1,), "<u8", data, strides=(1,))


def _hash_spans(blocks: _Hashes, starts: Ints, stops: Ints) -> _Hashes:
    """Return a hash of each stretch of bytes, the same on any machine: 8 bytes at a time are mixed in.

    Args:
        blocks: What `_blocks` gives for the bytes.
        starts: Where each stretch begins, shape (n,).
        stops: Where each ends, shape (n,).
    """
    sizes = stops - starts
    hashes = _mix(np.zeros(len(starts), np.uint64), blocks[starts], sizes)
    rows, done = np.flatnonzero(sizes > _BLOCK), _BLOCK
    while len(rows):
        left = sizes[rows] - done
        hashes[rows] = _mix(hashes[rows], blocks[starts[rows] + done], left)
        rows, done = rows[left > _BLOCK], done + _BLOCK
    return hashes


def _mix(hashes: _Hashes, blocks: _Hashes, left: Ints) -> _Hashes:
    """Mix the first `left` bytes of each block into its hash."""
    unused = (np.maximum(_BLOCK - left, 0) * 8).astype(np.uint64)
    # A shift by all 64 bits would do nothing: an empty stretch has its block cleared.
    blocks = np.where(left > 0, (blocks << unused) >> unused, np.uint64(0))
    blocks ^= hashes
    blocks *= np.uint64(_MIX)
    blocks ^= blocks >> np.uint64(_SHIFT)
    return blocks


def _hash(data: bytes) -> int:
    """Return the hash that `_hash_spans` gives a stretch."""
    value = 0
    for at in range(0, len(data), _BLOCK):
        value = ((value ^ int.from_bytes(data[at : at + _BLOCK], "little")) * _MIX) & _MASK
        value ^= value >> _SHIFT
    return value
