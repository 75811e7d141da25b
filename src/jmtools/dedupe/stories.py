"""All records into stories: records with the same text, and briefs with the articles that contain them."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jmtools.batches.feature import CorpusFeature, Tell, tell_nobody
from jmtools.dedupe.alignment import Match, match
from jmtools.dedupe.candidates import MOST_RECORDS, CandidatePairs, Ints, find_candidates, pack
from jmtools.dedupe.folding import Codes
from jmtools.dedupe.passages import LEAST
from jmtools.dedupe.relations import Held, Relation, held_of, join
from jmtools.dedupe.scanner import UNDATED, Key, Sketches
from jmtools.errors import LimitError
from jmtools.io.disk_array import DiskArray
from jmtools.io.json_types import Fields
from jmtools.io.records import round6

if TYPE_CHECKING:
    import numpy.typing as npt

ALL_BUT = 0.98  # of both texts, and nothing but a few letters differs
_REMEMBERED = 512  # texts that wait in memory to be compared again


@dataclass(frozen=True)
class StoryOptions:
    """What makes two records one story.

    Attributes:
        share: Least part of a text that stands in another for the two to belong together.
        days: A passage that one newspaper prints on as many days is boilerplate; 0 for none.
        apart: Most days between two records of a story; None for any number.
        drop_repeats: Whether only the first record of each story is written.
    """

    share: float = 0.6
    days: int = 4
    apart: int | None = None
    drop_repeats: bool = False


class Stories(CorpusFeature[Sketches]):
    """Absorbs every record, compares, gives every record its story.

    Memory holds 8 bytes for each fingerprint, about one for every six letters, and half a kilobyte a record, and more
    than twice as much while pairs are sought; the letters are in a temporary file.
    """

    def __init__(self, options: StoryOptions) -> None:
        self.options = options
        self.boilerplate = self.short = 0
        self._keys: list[Key] = []  # in the order of the input until `fit`, then in that of time
        self._known = 0
        self._hashes: list[npt.NDArray[np.uint64]] = []
        self._counts: list[int] = []
        self._sizes: list[int] = []
        self._codes, self._places = DiskArray("uint32"), DiskArray("uint32")
        self._first: list[int] = []
        self._namesakes: set[int] = set()  # first records of stories that have the `id` of an earlier one

    def absorb(self, sketches: Sketches) -> None:
        """Take in the next batch.

        Raises:
            LimitError: If there are too many records.
        """
        self._keys += sketches.keys
        self._hashes.append(sketches.hashes)
        self._counts += sketches.counts
        self._sizes += sketches.sizes
        self._codes.append(sketches.codes)
        self._places.append(sketches.places)
        if len(self._keys) > MOST_RECORDS:
            raise LimitError(f"over {MOST_RECORDS:,} records; take them year by year, the years before as --against")

    def absorb_known(self, sketches: Sketches) -> None:
        """Take in records that are compared with and not written; they come before all others."""
        self.absorb(sketches)
        self._known = len(self._keys)

    def fit(self, tell: Tell = tell_nobody) -> None:
        """Find the stories."""
        if not self._keys:
            return
        tell("looking for pairs")
        self._bounds = np.append(0, np.cumsum(np.array(self._sizes, np.int64)))
        order = sorted(range(len(self._keys)), key=lambda number: self._keys[number].order)
        self._number = order
        self._place = np.empty(len(order), np.int64)
        self._place[order] = np.arange(len(order))
        self._keys = [self._keys[number] for number in order]
        hashes = np.concatenate(self._hashes) if self._hashes else np.zeros(0, np.uint64)
        self._hashes.clear()
        entries = pack(hashes, np.repeat(self._place.astype(np.uint64), self._counts))
        del hashes
        issues = [(key.paper, key.date) for key in self._keys]
        same = self._find_same()
        found = find_candidates(entries, same=same, issues=issues, days=self.options.days)
        tell("comparing pairs")
        self._settle(same, found)

    def fields(self) -> Iterator[Fields | None]:
        """Yield the new fields of each record, or None for one that is left out, in the order of the input."""
        for number in range(self._known, len(self._keys)):
            place = int(self._place[number])
            if self.options.drop_repeats and self._first[place] != place:
                yield None
                continue
            first = self._keys[self._first[place]]
            same = self._same[place]
            yield {
                "story": self._name_of(self._first[place]),
                "story_size": self._members[self._first[place]],
                "story_first": first.name,
                "story_kind": self._kinds[place],
                "contains": self._contains.get(same, []),
                "contained_in": self._contained.get(same, []),
            }

    def notes(self) -> Iterator[str]:
        """Yield how many records could not be compared, and why."""
        if self.boilerplate:
            yield f"records that are mostly passages which return day by day join no story: {self.boilerplate:,}"
        if self.short:
            yield f"records too short to be compared: {self.short:,}"
        if self._namesakes:
            count = len(self._namesakes)
            yield f"first records of stories with the `id` of another story's: {count:,}; make ids unique"

    def story_records(self) -> Iterator[Fields]:
        """Yield a record for each story of several records, the largest first."""
        members: dict[int, list[int]] = {}
        for place, first in enumerate(self._first):
            if self._members[first] > 1:
                members.setdefault(first, []).append(place)
        for first in sorted(members, key=lambda place: (-len(members[place]), place)):
            yield self._story(first, members[first])

    def _story(self, first: int, members: list[int]) -> Fields:
        keys = [self._keys[place] for place in members]
        dates = [key.date for key in keys if key.date != UNDATED]
        return {
            "story": self._name_of(first),
            "story_size": len(members),
            "story_first": self._keys[first].name,
            "first": min(dates, default=None),
            "last": max(dates, default=None),
            "newspapers": sorted({key.paper for key in keys if key.paper}),
            "records": [self._member(place) for place in members],
        }

    def _name_of(self, first: int) -> str:
        return story_name(self._keys[first], namesake=first in self._namesakes)

    def _member(self, place: int) -> Fields:
        key = self._keys[place]
        date = None if key.date == UNDATED else key.date
        row: Fields = {"id": key.name, "date": date, "newspaper": key.paper or None, "page": key.page or None}
        return row | {"kind": self._kinds[place], "share": round6(self._shares[place])}

    def _find_same(self) -> Ints:
        """Return for each place the first one with the same text; short texts prove nothing."""
        firsts: dict[bytes, int] = {}
        same = np.arange(len(self._keys))
        for place, key in enumerate(self._keys):
            if self._size(place) < LEAST:
                self.short += 1
                continue
            first = firsts.setdefault(key.digest, place)
            if self._near(first, place):
                same[place] = first
            else:
                firsts[key.digest] = place
        return same

    def _settle(self, same: Ints, found: CandidatePairs) -> None:
        share = self.options.share
        self.boilerplate = int(found.boilerplate.sum())
        self._same = np.where(found.boilerplate, np.arange(len(same)), same).tolist()
        relations = list(self._compare(found))
        held = [one for relation in relations if (one := held_of(relation, share)) is not None]
        self._first = join(self._same, relations, share)
        self._members = Counter(self._first)
        named: set[str] = set()
        for first in sorted(self._members):
            name = str(self._keys[first].name)
            if name in named:
                self._namesakes.add(first)
            named.add(name)
        self._describe(held)
        self._judge(relations, found.boilerplate.tolist())

    def _near(self, one: int, other: int) -> bool:
        apart = self.options.apart
        first, second = self._keys[one].date, self._keys[other].date
        if apart is None or len(first) < 10 or len(second) < 10:
            return True
        return abs((datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days) <= apart

    def _compare(self, found: CandidatePairs) -> Iterator[Relation]:
        """Yield the pairs of which one text stands in the other far enough."""
        texts: dict[int, Codes] = {}
        for one, other in zip(found.first.tolist(), found.second.tolist(), strict=True):
            if len(texts) > _REMEMBERED:
                texts.clear()
            for place in (one, other):
                if place not in texts:
                    texts[place] = self._codes.read(*self._span(place))
            if self._near(one, other):
                matched = match(texts[one], texts[other])
                if max(matched.share, matched.other_share) >= self.options.share:
                    yield Relation(one, other, matched)

    def _span(self, place: int) -> tuple[int, int]:
        number = self._number[place]
        return int(self._bounds[number]), int(self._bounds[number + 1])

    def _size(self, place: int) -> int:
        return self._sizes[self._number[place]]

    def _describe(self, held: list[Held]) -> None:
        """Write down which record stands where in which."""
        self._contains: dict[int, list[Fields]] = {}
        self._contained: dict[int, list[Fields]] = {}
        for one in sorted(held, key=lambda h: (h.outer, h.span, h.inner)):
            start, _ = self._span(one.outer)
            places = self._places.read(start + one.span[0], start + one.span[1])
            where = {"share": round6(one.share), "char_start": int(places[0]), "char_end": int(places[-1]) + 1}
            self._contains.setdefault(one.outer, []).append({"id": self._keys[one.inner].name, **where})
            self._contained.setdefault(one.inner, []).append({"id": self._keys[one.outer].name, **where})

    def _judge(self, relations: list[Relation], boilerplate: list[bool]) -> None:
        """Say of each record how it relates to an earlier one of its story, the first if it matches that."""
        earlier: dict[int, tuple[int, Match]] = {}
        for first, second, matched in relations:
            for place, other, share, back in (
                (second, first, matched.other_share, matched.share),
                (first, second, matched.share, matched.other_share),
            ):
                if self._first[place] == self._first[other]:
                    seen = earlier.get(place)
                    if seen is None or other < seen[0]:
                        earlier[place] = other, Match(share, back, (0, 0), (0, 0))
        self._kinds, self._shares = [], []
        for place, first in enumerate(self._first):
            kind, share = "first", 1.0
            if boilerplate[place]:
                kind = "boilerplate"
            elif first != place and self._same[place] == first:
                kind = self._kind_of_same(first, place)
            elif first != place and self._same[place] in earlier:
                other, matched = earlier[self._same[place]]
                kind, share = self._kind(other, place, matched), matched.share
            self._kinds.append(kind)
            self._shares.append(share)

    def _kind(self, other: int, place: int, matched: Match) -> str:
        if min(matched.share, matched.other_share) >= ALL_BUT:
            return self._kind_of_same(other, place)
        if held_of(Relation(place, other, matched), self.options.share) is not None:
            return "part" if self._size(place) < self._size(other) else "whole"
        return "edited"

    def _kind_of_same(self, other: int, place: int) -> str:
        return "same" if self._keys[other].headline == self._keys[place].headline else "reprint"


def story_name(first: Key, *, namesake: bool = False) -> str:
    """Return the name of a story: it depends on its first record alone, and stays when later ones are added.

    Args:
        first: Its first record.
        namesake: Whether an earlier story's first record has the same `id`; then the text tells them apart.

    >>> story_name(Key("2024-05-01", "A01", "r1", b"", "", b"", b""))
    's491f37c8258b'
    """
    name = str(first.name).encode("utf-8", "replace")
    return "s" + hashlib.blake2b(name + first.tie if namesake else name, digest_size=6).hexdigest()
