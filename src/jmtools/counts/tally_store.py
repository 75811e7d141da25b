"""Counts that outgrow memory: kept on disk, parted by term, and added up part by part; the rarest go if they must."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.tally import Counts, Ints, Key, Tally, Vocabulary
from jmtools.io.spool import ArraySpool

if TYPE_CHECKING:
    import numpy.typing as npt

Flags: TypeAlias = "npt.NDArray[np.bool_]"
_PARTS = 64  # memory holds one of them at a time, beside what is kept
_MOST = 1 << 50  # more frequent than any term
_Piece = tuple[int, Ints, Ints, Ints]  # number of a group; numbers, frequencies and document frequencies of its terms


@dataclass
class Dropped:
    """What was let go: terms seen less than `floor` times, and how often they were seen together."""

    floor: int = 1
    terms: int = 0
    occurrences: int = 0

    def note(self, shown: int = 1) -> list[str]:
        """Return a note if terms were dropped that have `shown` occurrences or more, else None."""
        if not self.terms or self.floor <= shown:
            return []
        return [
            f"kept the terms seen {self.floor} times or more, and their counts are exact; {self.terms:,} rarer terms "
            f"with {self.occurrences:,} occurrences were dropped, see --max-memory"
        ]


class TallyStore:
    """Tallies on disk, each written in parts that share no term."""

    def __init__(self) -> None:
        self._spool = ArraySpool()
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(_PARTS)]  # order of n-grams, where it stands
        self._keys: list[Key] = []
        self._numbers: dict[Key, int] = {}

    def put(self, tally: Tally) -> None:
        """Write the counts of a tally."""
        for order, vocabulary in tally.vocabularies.items():
            names = vocabulary.terms()
            part_of = np.fromiter(map(hash, names), np.int64, len(names)) % _PARTS
            numbers = np.empty(len(names), np.int64)  # of each term in its part
            for part in range(_PARTS):
                mine = np.flatnonzero(part_of == part)
                numbers[mine] = np.arange(len(mine))
            pieces: list[list[_Piece]] = [[] for _ in range(_PARTS)]
            for key, value in tally.counts.items():
                if key[1] == order and value.chunks:
                    self._part(key, value, part_of, numbers, pieces)
            for part, found in enumerate(pieces):
                mine = np.flatnonzero(part_of == part)
                if len(mine):
                    arrays = [*_packed([names[number] for number in mine.tolist()]), *_joined(found)]
                    self._places[part].append((order, self._spool.append(*arrays)))

    def _part(self, key: Key, counts: Counts, part_of: Ints, numbers: Ints, pieces: list[list[_Piece]]) -> None:
        """Add the counts of one group to the pieces of each part."""
        terms, freq, docfreq = counts.total()
        parts = part_of[terms]
        by_part = np.argsort(parts, kind="stable")
        columns = [column[by_part] for column in (numbers[terms], freq, docfreq)]
        ends = np.searchsorted(parts[by_part], np.arange(_PARTS), side="right").tolist()
        for part, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
            if end > start:
                first, second, third = (column[start:end] for column in columns)
                pieces[part].append((self._number(key), first, second, third))

    def parts(self, orders: Collection[int]) -> Iterator[Tally]:
        """Yield the sum of all tallies, part by part."""
        for places in self._places:
            total = Tally({order: Vocabulary() for order in orders})
            for order, place in places:
                total.merge(self._read(order, place))
            for counts in total.counts.values():
                counts.total()
            yield total

    def _number(self, key: Key) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._keys)
            self._keys.append(key)
        return self._numbers[key]

    def _read(self, order: int, place: int) -> Tally:
        text, lengths, keys, sizes, *columns = self._spool.read_at(place)
        tally = Tally({order: Vocabulary(list(_unpacked(text, lengths)))})
        ends = np.cumsum(sizes).tolist()
        for key, start, end in zip(keys.tolist(), [0, *ends[:-1]], ends, strict=True):
            numbers, freq, docfreq = (column[start:end] for column in columns)
            counts = tally.counts[self._keys[key]] = Counts()
            counts.add(numbers, freq, docfreq)
        return tally


def _joined(pieces: list[_Piece]) -> list[Ints]:
    """Return the pieces of one part in five arrays: an array takes half a millisecond to be written and read."""
    keys = [piece[0] for piece in pieces]
    sizes = [len(piece[1]) for piece in pieces]
    empty = np.zeros(0, np.int64)
    columns = [np.concatenate([empty, *(piece[at] for piece in pieces)]) for at in (1, 2, 3)]
    return [np.array(keys, np.int64), np.array(sizes, np.int64), *columns]


def spill(tally: Tally) -> None:
    """Move the counts of a tally to disk; numbers of records and words stay, and so does the vocabulary object."""
    if any(counts.sizes for counts in tally.counts.values()):
        return  # the order of the words is kept, and says more than a disk can add up
    if tally.store is None:
        tally.store = TallyStore()
    tally.store.put(tally)
    for vocabulary in tally.vocabularies.values():
        vocabulary.clear()
    for counts in tally.counts.values():
        counts.chunks, counts.pending = [], 0


def gather(
    tallies: Sequence[Tally],
    *,
    room: int | None,
    always: Collection[str] = (),
    is_counted: Callable[[str], bool] = lambda _: True,
) -> Dropped:
    """Bring what was spilled of tallies back into them, exact; terms that are too rare for the room are let go.

    Args:
        tallies: What a term must be frequent in, all taken together.
        room: Bytes that they may take.
        always: Terms that stay however rare they are.
        is_counted: Whether a term adds to a total that is the sum of its terms: `Counts.dropped` tells what it lacks.
    """
    dropped = Dropped()
    spilled = any(tally.store is not None for tally in tallies)
    if room is None or not (spilled or sum(tally.size for tally in tallies) > room):
        return dropped
    for tally in tallies:
        spill(tally)
    stores = [tally.store for tally in tallies]
    if None in stores:
        return dropped
    for pieces in zip(*(store.parts(t.vocabularies) for store, t in zip(stores, tallies, strict=True)), strict=True):
        _let_go(pieces, dropped, always, is_counted)
        for tally, piece in zip(tallies, pieces, strict=True):
            tally.merge(piece)
        while sum(tally.size for tally in tallies) > room and dropped.floor < _MOST:
            dropped.floor += max(1, dropped.floor // 4)
            _let_go(tallies, dropped, always, is_counted)
    for tally in tallies:
        tally.store = None
    return dropped


def _let_go(
    tallies: Sequence[Tally], dropped: Dropped, always: Collection[str], is_counted: Callable[[str], bool]
) -> None:
    """Take the terms that are rarer than the floor out of tallies."""
    if dropped.floor <= 1:
        return
    for order in tallies[0].vocabularies:
        joint = Vocabulary()
        places = [joint.encode(tally.vocabularies[order].terms()) for tally in tallies]
        sums = np.zeros(len(joint.numbers), np.int64)
        for tally, place in zip(tallies, places, strict=True):
            for counts in _of(tally, order):
                numbers, freq, _ = counts.total()
                np.add.at(sums, place[numbers], freq)
        stays = sums >= dropped.floor
        stays[[joint.numbers[term] for term in always if term in joint.numbers]] = True
        names = joint.terms()
        counted = np.fromiter((not flag and is_counted(name) for flag, name in zip(stays, names, strict=True)), bool)
        dropped.terms += int((~stays).sum())
        dropped.occurrences += int(sums[~stays].sum())
        for tally, place in zip(tallies, places, strict=True):
            _keep(tally, order, stays[place], counted[place])


def _keep(tally: Tally, order: int, stays: Flags, counted: Flags) -> None:
    """Number the terms that stay anew."""
    terms = tally.vocabularies[order].terms()
    renumbered = np.cumsum(stays) - 1
    tally.vocabularies[order] = Vocabulary([terms[number] for number in np.flatnonzero(stays).tolist()])
    for counts in _of(tally, order):
        numbers, freq, docfreq = counts.total()
        here = stays[numbers]
        counts.dropped.update(
            dict(zip(*map(_list, np.unique(freq[counted[numbers]], return_counts=True)), strict=True))
        )
        counts.chunks, counts.pending = [], 0
        counts.add(renumbered[numbers[here]], freq[here], docfreq[here])


def _list(numbers: Ints) -> list[int]:
    found: list[int] = numbers.tolist()
    return found


def _of(tally: Tally, order: int) -> list[Counts]:
    return [counts for key, counts in tally.counts.items() if key[1] == order]


def _packed(terms: list[str]) -> list[npt.NDArray[np.uint8] | npt.NDArray[np.int32] | npt.NDArray[np.int64]]:
    text = np.frombuffer("".join(terms).encode("utf-8", "surrogatepass"), np.uint8)
    return [text, np.fromiter(map(len, terms), np.int32, len(terms))]


def _unpacked(text: npt.NDArray[np.uint8], lengths: Ints) -> Iterator[str]:
    whole = text.tobytes().decode("utf-8", "surrogatepass")
    stops = np.cumsum(lengths, dtype=np.int64).tolist()
    for start, stop in zip([0, *stops[:-1]], stops, strict=True):
        yield whole[start:stop]
