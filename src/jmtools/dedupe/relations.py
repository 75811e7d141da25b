"""Pairs of records that match → stories: what is the same joins, a part joins its whole, a round-up joins nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jmtools.dedupe.alignment import Match

SAME_SIZE = 0.9  # share of a text in the other: above it the two are versions, below it the shorter is a part
_MARGIN = 0.1  # between the shares of two versions, of which neither is a part of the other
FORMULA = 4  # unrelated records in which a text stands for it to be a formula and no story
_OVERLAP = 0.5  # share of the shorter of two passages above which they are versions of one


class Relation(NamedTuple):
    """Two records that match: places in the order of time, and how."""

    first: int
    second: int
    match: Match


class Held(NamedTuple):
    """One record inside another: the span is that in the outer record's letters."""

    inner: int
    outer: int
    share: float
    span: tuple[int, int]


def held_of(relation: Relation, share: float) -> Held | None:
    """Return which record of a pair is a part of the other, if one is."""
    found = relation.match
    if found.share >= share and found.other_share < min(SAME_SIZE, found.share - _MARGIN):
        return Held(relation.first, relation.second, found.share, found.other_span)
    if found.other_share >= share and found.share < min(SAME_SIZE, found.other_share - _MARGIN):
        return Held(relation.second, relation.first, found.other_share, found.span)
    return None


def join(same: Sequence[int], relations: Sequence[Relation], share: float) -> list[int]:
    """Return for each record the first record of its story.

    Versions join, and a part joins its whole. A record that holds several stories side by side is a round-up: it joins
    nothing but its own copies. So does a formula, such as the declaration of a board: it stands in records that have
    nothing else in common.

    Args:
        same: For each record the first one with the same text.
        relations: The pairs that match.
        share: Least part of a text that stands in another.
    """
    stories = _Joined(len(same))
    for place, first in enumerate(same):
        stories.join(first, place)
    round_ups, formulas = find_round_ups(relations, share), find_formulas(relations, share)
    for first, second, match in relations:
        held = held_of(Relation(first, second, match), share)
        if held is not None and held.inner in formulas:
            continue
        one, other = first in round_ups, second in round_ups
        copies = min(match.share, match.other_share) >= SAME_SIZE
        if (copies and one == other) or not (one or other):
            stories.join(first, second)
    return [stories.root(place) for place in range(len(same))]


def find_round_ups(relations: Sequence[Relation], share: float) -> set[int]:
    """Return the records in which others stand side by side that have nothing to do with each other."""
    parts: dict[int, list[tuple[tuple[int, int], int]]] = {}
    related: set[tuple[int, int]] = set()
    for first, second, match in relations:
        related |= {(first, second), (second, first)}
        if match.share >= share:
            parts.setdefault(second, []).append((match.other_span, first))
        if match.other_share >= share:
            parts.setdefault(first, []).append((match.span, second))
    return {outer for outer, inner in parts.items() if _stand_apart(sorted(inner), related)}


def find_formulas(relations: Sequence[Relation], share: float) -> set[int]:
    """Return the records that stand in several others which have nothing to do with each other."""
    holders: dict[int, list[int]] = {}
    related: set[tuple[int, int]] = set()
    for relation in relations:
        related |= {(relation.first, relation.second), (relation.second, relation.first)}
        held = held_of(relation, share)
        if held is not None:
            holders.setdefault(held.inner, []).append(held.outer)
    return {inner for inner, outer in holders.items() if len(outer) >= FORMULA and _are_apart(outer, related)}


def _are_apart(records: Sequence[int], related: set[tuple[int, int]]) -> bool:
    """Tell whether so many of the records are no versions or parts of each other."""
    apart: list[int] = []
    for record in sorted(records):
        if not any((record, other) in related for other in apart):
            apart.append(record)
    return len(apart) >= FORMULA


def _stand_apart(parts: Sequence[tuple[tuple[int, int], int]], related: set[tuple[int, int]]) -> bool:
    for index, ((start, end), one) in enumerate(parts):
        for (other_start, other_end), other in parts[index + 1 :]:
            common = min(end, other_end) - max(start, other_start)
            shorter = min(end - start, other_end - other_start)
            if common < _OVERLAP * shorter and (one, other) not in related:
                return True
    return False


class _Joined:
    """Sets that join; the root of each is its smallest member."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))

    def root(self, place: int) -> int:
        while self._up[place] != place:
            self._up[place] = self._up[self._up[place]]
            place = self._up[place]
        return place

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        self._up[max(one, other)] = min(one, other)
