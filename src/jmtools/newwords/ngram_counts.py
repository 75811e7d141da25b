"""Counts of character n-grams over a corpus on disk, level by level, in bounded memory."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jmtools.io import disk_array as diskarray
from jmtools.io.disk_array import Array, DiskArray

# The code that ends each record. A corpus is UTF-16; what is not in the basic plane is U+FFFD there.
RECORD_END = 1
# Codes of which words are made: Han characters, the dot of foreign names, Latin letters, digits.
_HAN = ((0x4E00, 0x9FFF),)
# Those count under their name beside a word; a digit may stand in a word, and is a border beside one.
_NAMED = (*_HAN, (ord("·"), ord("·")), (ord("A"), ord("Z")), (ord("a"), ord("z")))
_IN_WORDS = (*_NAMED, (ord("0"), ord("9")))
# More occurrences are counted in several passes, each for a share of the n-grams, so that the table of one pass stays
# small; past MAX_PASSES a table may still outgrow MAX_DISTINCT (16 bytes each, three times while two tables
# are merged), and the rarest are let go.
OCCURRENCES_A_PASS = 4 << 20
MAX_PASSES = 16
MAX_DISTINCT = 3 << 20
# Frequent n-grams of one length that are kept; where there are more, the rarest go, whole frequencies at a time.
MAX_FREQUENT = 1 << 20
_MIX = 0x9E3779B97F4A7C15


@dataclass
class Level:
    """All frequent n-grams of one length, numbered from 0 in the order of their keys.

    Attributes:
        size: n.
        first: The number of each one's first (n-1)-gram; for n = 2 the code of its first character.
        last: The number of its last (n-1)-gram.
        counts: How often it occurs.
        ids: For each position of the corpus the number of the n-gram that begins there plus 1, or 0; on disk.
    """

    size: int
    first: Array
    last: Array
    counts: Array
    ids: DiskArray


class KeyCounter:
    """Counts 64-bit keys that come in arrays; past `MAX_DISTINCT` keys the rarest are let go.

    Letting go makes a count too small by at most the number of times that it happened; a key that matters occurs
    far more often than that.
    """

    def __init__(self) -> None:
        self.keys: Array = np.zeros(0, np.uint64)
        self.counts: Array = np.zeros(0, np.int64)
        self._floor = 0

    def add(self, keys: Array) -> None:
        """Count the keys of one array."""
        found, counts = np.unique(keys, return_counts=True)
        self._merge(found, counts.astype(np.int64))
        while len(self.keys) > MAX_DISTINCT:
            self._floor += 1
            keep = self.counts > self._floor
            self.keys, self.counts = self.keys[keep], self.counts[keep]

    def _merge(self, keys: Array, counts: Array) -> None:
        if not len(self.keys):
            self.keys, self.counts = keys, counts
            return
        both = np.concatenate([self.keys, keys])
        order = np.argsort(both, kind="stable")
        both = both[order]
        starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
        self.keys = both[starts]
        self.counts = np.add.reduceat(np.concatenate([self.counts, counts])[order], starts)


def are_han() -> Array:
    """Return of each of the 65,536 codes whether it is a Han character."""
    return _are_in(_HAN)


@functools.cache
def _are_in(ranges: tuple[tuple[int, int], ...]) -> Array:
    """Return of each of the 65,536 codes whether it stands in one of some ranges."""
    found = np.zeros(1 << 16, bool)
    for first, last in ranges:
        found[first : last + 1] = True
    return found


def count_characters(codes: DiskArray) -> Array:
    """Return how often each of the 65,536 codes occurs, 0 for those of which no words are made."""
    total = np.zeros(1 << 16, np.int64)
    for start, stop in codes.chunks():
        total += np.bincount(codes.read(start, stop), minlength=1 << 16)
    return np.where(_are_in(_IN_WORDS), total, 0)


def next_level(size: int, below: DiskArray, least: int) -> Level:
    """Count the n-grams that two overlapping frequent (n-1)-grams make, and number them at their positions.

    Args:
        size: n.
        below: Numbers (plus 1) of the (n-1)-grams at each position; for n = 2 the codes of the characters.
        least: Frequency below which an n-gram is rare.
    """
    keys, counts = _frequent_pairs(below, least)
    ids = DiskArray("uint32")
    for start, stop in below.chunks():
        ids.append(_numbers(keys, _pairs(below, start, stop)))
    shift = 0 if size == 2 else 1
    first = (keys >> np.uint64(32)).astype(np.int32) - shift
    last = (keys & np.uint64(0xFFFFFFFF)).astype(np.int32) - shift
    return Level(size, first, last, counts, ids)


def neighbour_entropies(codes: DiskArray, level: Level, wanted: Array) -> tuple[Array, Array]:
    """Return the entropy in bits of what stands before and after each wanted n-gram.

    Every punctuation mark, line break or digit beside it counts as a neighbour of its own kind.
    """
    number = np.cumsum(wanted) - 1  # wanted n-grams, numbered anew
    total = level.counts[wanted].astype(float)
    passes = _passes(int(total.sum()))
    results = []
    for side in (-1, level.size):
        entropy = np.zeros(len(total))
        for share in range(passes):
            mine = wanted & ((np.cumsum(wanted) - 1) % passes == share) if passes > 1 else wanted
            counter = KeyCounter()
            for start, places, ids in _standing(level, mine):
                which = number[ids]
                beside = codes.read(start + side, start + side + diskarray.CHUNK)[places]
                inside = _are_in(_NAMED)[beside]
                entropy += np.bincount(which[~inside], minlength=len(total)) / total * np.log2(total)
                counter.add(which[inside].astype(np.uint64) << np.uint64(16) | beside[inside].astype(np.uint64))
            owner = (counter.keys >> np.uint64(16)).astype(np.int64)
            part = counter.counts / total[owner]
            entropy += np.bincount(owner, weights=-part * np.log2(part), minlength=len(total))
        results.append(entropy)
    return results[0], results[1]


def occurrences(level: Level, wanted: Array) -> Iterator[tuple[Array, Array]]:
    """Yield, piece by piece, where wanted n-grams stand and which they are, in the order of the corpus."""
    for start, places, ids in _standing(level, wanted):
        yield places + start, ids


def _standing(level: Level, wanted: Array) -> Iterator[tuple[int, Array, Array]]:
    """Yield the start of each piece, the places in it where wanted n-grams stand, and their numbers."""
    for start, stop in level.ids.chunks():
        ids = level.ids.read(start, stop).astype(np.int64) - 1
        places = np.flatnonzero((ids >= 0) & wanted[np.maximum(ids, 0)])
        yield start, places, ids[places]


def _numbers(keys: Array, here: Array) -> Array:
    """Return the number plus 1 of each key in a sorted table, 0 for one that is not there."""
    numbers = np.zeros(len(here), np.uint32)
    some = np.flatnonzero(here)
    if len(keys) and len(some):
        sought, back = np.unique(here[some], return_inverse=True)  # sorted, so that the table is read once
        place = np.searchsorted(keys, sought)
        place[place == len(keys)] = 0
        numbers[some] = np.where(keys[place] == sought, place + 1, 0)[back]
    return numbers


def _passes(occurrences: int) -> int:
    return max(min(-(-occurrences // OCCURRENCES_A_PASS), MAX_PASSES), 1)


def _frequent_pairs(below: DiskArray, least: int) -> tuple[Array, Array]:
    """Return the keys of the pairs that occur often enough, sorted, and how often they do."""
    passes = _passes(below.filled)
    tables: list[tuple[Array, Array]] = []
    for share in range(passes):
        counter = KeyCounter()
        for start, stop in below.chunks():
            keys = _pairs(below, start, stop)
            keys = keys[keys != 0]
            counter.add(keys[(keys * _MIX >> np.uint64(32)) % np.uint64(passes) == share] if passes > 1 else keys)
        keep = counter.counts >= least
        tables = _most_frequent([*tables, (counter.keys[keep], counter.counts[keep])])
    keys = np.concatenate([keys for keys, _ in tables])
    order = np.argsort(keys)
    return keys[order], np.concatenate([counts for _, counts in tables])[order]


def _most_frequent(tables: list[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
    """Return the tables without their rarest keys, so that they hold at most `MAX_FREQUENT` together."""
    if sum(len(keys) for keys, _ in tables) <= MAX_FREQUENT:
        return tables
    counts = np.concatenate([counts for _, counts in tables])
    floor = np.partition(counts, -MAX_FREQUENT - 1)[-MAX_FREQUENT - 1]
    return [(keys[counts > floor], counts[counts > floor]) for keys, counts in tables]


def _pairs(below: DiskArray, start: int, stop: int) -> Array:
    """Return the key of each pair of neighbours in a piece, 0 where one of them is rare or of no word."""
    values = below.read(start, stop + 1)
    if below.holds_codes:
        values = np.where(_are_in(_IN_WORDS)[values], values, 0)
    values = values.astype(np.uint64)
    keys = (values[:-1] << np.uint64(32)) | values[1:]
    keys[(values[:-1] == 0) | (values[1:] == 0)] = 0
    return keys


def places_of(codes: DiskArray, code: int) -> Array:
    """Return where a code stands in the corpus."""
    found = [np.flatnonzero(codes.read(start, stop) == code) + start for start, stop in codes.chunks()]
    return np.concatenate(found) if found else np.zeros(0, np.int64)
