"""Describe each line of a page by features: what it looks like, what stands around it, what it has in common with both.

A feature is a short string; its weights are learned. Features come in groups (tuples) that repeat from line to line, so
that the decoder can add up the weights of a group once and look the sum up afterwards.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from jmtools.pages.lines import Line
from jmtools.pages.shapes import CANDIDATE, brief_of, shape_of

Group = tuple[str, ...]

_SHARES = (0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_COHESIONS = (0.005, 0.015, 0.03, 0.05, 0.08, 0.12, 0.18)
_FEW = (0, 1, 2, 3, 5, 9)
_LONG = 30  # characters: a line of at least that many says something about the topic around it
_SAMPLE = 600  # characters of a line that are looked at for words in common
_BLOCK = 3  # long lines on either side


def page_features(lines: Sequence[Line]) -> list[tuple[Group, ...]]:
    """Return the feature groups of every line of a page."""
    shapes = [shape_of(line.text) for line in lines]
    briefs = [brief_of(shape) for shape in shapes]
    around = _Surroundings(lines, shapes)
    prefixed: dict[tuple[str, Group], Group] = {}

    def beside(index: int, prefix: str) -> Group:
        brief = briefs[index] if 0 <= index < len(briefs) else ("edge",)
        key = (prefix, brief)
        if key not in prefixed:
            prefixed[key] = tuple(prefix + name for name in brief)
        return prefixed[key]

    return [
        (
            tuple(shape),
            beside(i - 1, "-1:"),
            beside(i + 1, "+1:"),
            beside(i - 2, "-2:"),
            beside(i + 2, "+2:"),
            around.gaps(i),
            around.joins(i),
            around.links(i),
        )
        for i, shape in enumerate(shapes)
    ]


class _Surroundings:
    """What stands around a line: blank lines, the sentence above, the words in common with both sides."""

    def __init__(self, lines: Sequence[Line], shapes: Sequence[list[str]]) -> None:
        self._lines = lines
        self._texts = [line.text for line in lines]
        self._complete = [shape[2] in ("end_full", "end_exclaim") for shape in shapes]
        self._shapes = shapes
        gaps = sorted(line.gap for line in lines[1:]) or [0]
        self._median = gaps[len(gaps) // 2]
        self._share = sum(1 for gap in gaps if gap) / len(gaps)
        self._grams = [_bigrams(text) for text in self._texts]
        counts: Counter[str] = Counter()
        for grams in self._grams:
            counts.update(grams)
        total = math.log(len(lines) + 1)
        self._counts = counts
        logs = [0.0] + [max(total - math.log(n), 0.0) for n in range(1, max(counts.values(), default=1) + 1)]
        self._weight = {gram: logs[count] for gram, count in counts.items()}
        self._long = [i for i, text in enumerate(self._texts) if len(text) >= _LONG]
        self._long_before = _running_counts(len(lines), self._long)
        short = [i for i, text in enumerate(self._texts) if len(text) < _LONG and not self._complete[i]]
        self._short, self._short_before = short, _running_counts(len(lines), short)
        self._cohesions: dict[int, float] = {
            i: self._cohesion(i) for i, text in enumerate(self._texts) if len(text) <= CANDIDATE
        }
        values = sorted(self._cohesions.values()) or [0.0]
        self._typical = values[len(values) // 2]

    def gaps(self, i: int) -> Group:
        gap = self._lines[i].gap
        after = self._lines[i + 1].gap if i + 1 < len(self._lines) else 9
        relation = "first" if i == 0 else "<" if gap < self._median else ">" if gap > self._median else "="
        relation_after = "last" if after == 9 else "<" if after < self._median else ">" if after > self._median else "="
        spaced = "even" if self._share in (0.0, 1.0) else "tight" if self._share < 0.4 else "loose"
        return (
            f"gap{relation}",
            f"gap_after{relation_after}",
            f"gap{min(gap, 4)}",
            f"gap{relation}{relation_after}",
            f"{spaced}{relation}{relation_after}",
            f"at{i}" if i < 3 else "at+",
        )

    def joins(self, i: int) -> Group:
        text = self._texts[i]
        found = []
        if i:
            found.append(f"join={self._join(self._texts[i - 1], text)}{'c' if self._complete[i - 1] else 'o'}")
        if i > 1:
            found.append(f"join2={self._join(self._texts[i - 2], text)}{'c' if self._complete[i - 2] else 'o'}")
        if 0 < i < len(self._texts) - 1:
            over = self._join(self._texts[i - 1], self._texts[i + 1])
            found.append(f"over={over}{'c' if self._complete[i - 1] else 'o'}")
        rank = self._long_before[i]
        if rank:
            above = self._long[rank - 1]
            found.append(f"above={'c' if self._complete[above] else 'o'}{min(i - above, 4)}")
            if len(text) > CANDIDATE:
                found.append(
                    f"above_join={self._join(self._texts[above], text)}{'c' if self._complete[above] else 'o'}"
                )
        return tuple(found)

    def _join(self, above: str, below: str) -> int:
        """Return how often (0, 1, 2+) the two characters at a junction stand side by side elsewhere on the page."""
        return min(self._counts.get(above[-1] + below[0], 0), 2)

    def links(self, i: int) -> Group:
        text = self._texts[i]
        if len(text) > CANDIDATE:
            return ("long_line",)
        below, above = self._block(i + 1, down=True), self._block(i, down=False)
        own = self._grams[i]
        weight = sum(self._weight[gram] for gram in own) or 1.0
        share_below = sum(self._weight[gram] for gram in own if gram in below) / weight
        share_above = sum(self._weight[gram] for gram in own if gram in above) / weight
        cohesion = self._cohesions[i]
        down, up = bisect_right(_SHARES, share_below), bisect_right(_SHARES, share_above)
        relative = cohesion / (self._typical or 0.01)
        end = self._shapes[i][2]
        return (
            f"below{down}",
            f"above{up}",
            f"link{max(-4, min(4, down - up))}",
            f"cohesion{bisect_right(_COHESIONS, cohesion)}",
            f"relative{bisect_right((0.3, 0.6, 0.9, 1.2, 1.8, 2.5), relative)}",
            f"link{max(-4, min(4, down - up))}&{bisect_right(_COHESIONS, cohesion) // 2}",
            f"{end}&link{max(-2, min(2, down - up))}",
            *self._position(i),
        )

    def _position(self, i: int) -> Group:
        """Return how many long lines stand between this line and the next short ones, and what comes next."""
        rank = self._short_before[i]
        before = self._long_before[i] - (self._long_before[self._short[rank - 1]] if rank else 0)
        following = rank + (1 if rank < len(self._short) and self._short[rank] == i else 0)
        end = self._short[following] if following < len(self._short) else len(self._texts)
        after = self._long_before[end] - self._long_before[i]
        lead = self._long[self._long_before[i]] if self._long_before[i] < len(self._long) else None
        found = [f"run_before{bisect_right(_FEW, before)}", f"run_after{bisect_right(_FEW, after)}"]
        if lead is not None:
            cues = self._shapes[lead]
            near = min(lead - i, 4)
            found.append(f"lead{near}{'d' if 'dateline' in cues else 'o' if 'opening' in cues else ''}")
        return tuple(found)

    def _block(self, i: int, *, down: bool) -> set[str]:
        rank = self._long_before[i]
        chosen = self._long[rank : rank + _BLOCK] if down else self._long[max(rank - _BLOCK, 0) : rank]
        return set().union(*(self._grams[j] for j in chosen))

    def _cohesion(self, i: int) -> float:
        above, below = self._block(i, down=False), self._block(i + 1, down=True)
        if not above or not below:
            return 0.0
        if len(above) > len(below):
            above, below = below, above
        weight = self._weight
        shared = sum([weight[gram] for gram in above & below])
        return shared / (sum([weight[gram] for gram in above]) or 1.0)


def _bigrams(text: str) -> set[str]:
    if len(text) > _SAMPLE:
        text = text[: _SAMPLE // 2] + " " + text[-_SAMPLE // 2 :]
    return {a + b for a, b in pairwise(text)}


def _running_counts(size: int, places: Sequence[int]) -> list[int]:
    """Return for every index from 0 to `size` how many places lie before it."""
    counts, rank = [], 0
    for i in range(size + 1):
        counts.append(rank)
        if rank < len(places) and places[rank] == i:
            rank += 1
    return counts
