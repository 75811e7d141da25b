"""Watching: which records match the rules, and which of them tell a story that is new."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jmtools.archive.watch_matching import RuleMatcher, WatchPlace
from jmtools.archive.watch_rules import WatchRule
from jmtools.batches.feature import OrderedFeature, PartFeature
from jmtools.errors import ModelError, RecordError
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import parse_record
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader

_SHOWN = ("id", "date", "newspaper", "page", "headline")
_SNIPPET = 20  # characters on each side
_REMEMBERED = ("rule", "story", "id", "date")


class Hit(NamedTuple):
    """A record that matches a rule.

    Attributes:
        rule: The rule's name.
        story: Which story the record tells.
        known: Whether the record says that itself.
        fields: What is written, without `new`.
    """

    rule: str
    story: str
    known: bool
    fields: Fields


class WatchScanner(ReadsWords, PartFeature[list[Hit]]):
    """Finds the rules that each record of a batch matches."""

    def __init__(self, rules: Sequence[WatchRule], options: SegmentOptions) -> None:
        self.words = WordReader(options)
        self._rules = rules
        self._matcher = RuleMatcher(rules, self.words)

    def count(self, batch: Sequence[Record]) -> list[Hit]:
        """Return the hits, in the order of the records and of the rules."""
        return [hit for data in batch for hit in self._hits(data)]

    def _hits(self, data: Record) -> Iterator[Hit]:
        found = self._matcher.find(data)
        if not found:
            return
        story = data.get("story")
        known = isinstance(story, str) and bool(story)
        name = str(story) if known else _name_of(data)
        shown = {field: data.get(field) for field in _SHOWN if field in data}
        for number, places in found:
            fields = shown | {"story": name, "snippet": _snippet(data, places)}
            fields["places"] = [place._asdict() for place in places]
            yield Hit(self._rules[number].name, name, known, fields)


class Watch(OrderedFeature[list[Hit]]):
    """Tells which hits are new: the first record of a story that a rule has matched, in this run and before."""

    def __init__(self, *, seen: Iterable[Record] = (), new_only: bool = False) -> None:
        """Get ready.

        Args:
            seen: What `remembered` gave after an earlier run.
            new_only: Whether other hits are left out.
        """
        self._seen = {(str(row["rule"]), str(row["story"])): dict(row) for row in seen}
        self._new_only = new_only
        self.new = self.hits = self.guessed = 0

    def take(self, part: list[Hit], _lines: Sequence[bytes]) -> Iterator[Fields]:
        """Yield a record for each hit."""
        for hit in part:
            is_new = (hit.rule, hit.story) not in self._seen
            self.hits += 1
            self.new += is_new
            self.guessed += not hit.known
            if is_new:
                row = {"rule": hit.rule, "story": hit.story, "id": hit.fields.get("id"), "date": hit.fields.get("date")}
                self._seen[hit.rule, hit.story] = row
            if is_new or not self._new_only:
                yield {"rule": hit.rule, "new": is_new} | hit.fields

    def remembered(self) -> Iterator[Fields]:
        """Yield what the next run must know: every rule and story, with the record that came first."""
        yield from self._seen.values()


def read_seen(data: bytes, *, path: str) -> list[Fields]:
    """Return what an earlier run remembered.

    Raises:
        ModelError: If the file is none that `watch --seen` wrote.
    """
    rows = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            row = parse_record(line)
        except RecordError:
            row = {}
        if any(name not in row for name in _REMEMBERED):
            raise ModelError(
                f"{path}: line {number}: is no state of watch; name another file, or one that is not there"
            )
        rows.append(row)
    return rows


def _name_of(data: Record) -> str:
    """Return the name of the story of a record that does not tell it: texts of the same letters are one story."""
    letters = "".join(filter(str.isalnum, str(data.get("text") or "".join(data.get("tokens") or ()))))
    return "t" + hashlib.blake2b(letters.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _snippet(data: Record, places: Sequence[WatchPlace]) -> str:
    place = next((place for place in places if place.field == "text"), places[0])
    value = str(data.get(place.field) or "".join(data.get("tokens") or ()))
    return value[max(0, place.char_start - _SNIPPET) : place.char_end + _SNIPPET].replace("\n", " ")
