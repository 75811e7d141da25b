"""Second pass: whole-article evidence for or against each border that the first pass found likely.

A line by itself, and its neighbours, often do not tell a subhead from a headline. The articles that would result do:
whether both sides of the line are about the same matter, whether an article has its own byline and dateline as the
others on the page have, whether the short lines of one article look alike.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from jmtools.pages.cue_sets import bits_of
from jmtools.pages.groups import Group
from jmtools.pages.habits import Habits
from jmtools.pages.model import Decoded, Values
from jmtools.pages.roles import ROLES, STARTS
from jmtools.pages.styles import alike
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.words import Lines

_LIKENESS = (0.01, 0.025, 0.045, 0.07, 0.1, 0.14, 0.2)
_OVERLAPS = (0.001, 0.08, 0.16, 0.3, 0.5)
_RELATIVE = (0.25, 0.5, 0.8, 1.2, 1.8, 2.6, 4.0)
_FEW = (0, 1, 2, 3, 5, 8, 13)
_PROBABLE = 0.002  # roles that are less probable after the first pass are dropped
_POSSIBLE = 0.01  # a line that is less likely a headline keeps the role that the first pass gave it,
_ASKED = 0.15  # and so does one that is less likely a headline or a subhead
_WORTH = 0.03  # lines that are less likely headline or subhead get no evidence
_REACH = 8  # long lines of an article that are compared

_CREDITED = bits_of(
    "dateline dateline_role byline names credit_tail names_tail credit_wire dateline_paper".split()  # noqa: SIM905
)
_NAMES = tuple(ROLES)
_HEAD, _SUBHEAD = _NAMES.index("H"), _NAMES.index("S")
_TWO = 2
_ALONE = {role: frozenset(role) for role in ROLES}
_LOG = tuple(f"log:{role}" for role in ROLES)


def probable_roles(decoded: Decoded) -> dict[int, frozenset[str]]:
    """Return the roles that each line can still have.

    Only where a headline is possible and a subhead or a headline is likely is anything left to decide: whole articles
    say nothing about what else a line may be.
    """
    probable = {}
    for i, margin in enumerate(decoded.margins):
        if len(margin) < _TWO:
            probable[i] = _ALONE[decoded.roles[i]]
            continue
        head = margin.get(_HEAD, 0.0)
        asked = head >= _POSSIBLE and head + margin.get(_SUBHEAD, 0.0) >= _ASKED
        others = (_NAMES[j] for j, chance in margin.items() if chance >= _PROBABLE) if asked else ()
        probable[i] = frozenset(others) | {decoded.roles[i]}
    return probable


def chances_of(decoded: Decoded, probable: Mapping[int, frozenset[str]] | None = None) -> list[Values]:
    """Return, as features with a value, how probable each role of each line is after the first pass (logarithms).

    A line that can have one role alone gets no features: nothing is left to decide.
    """
    return [
        {}
        if probable is not None and len(probable[i]) == 1
        else {_LOG[j]: math.log(chance / _PROBABLE) for j, chance in margin.items() if chance > _PROBABLE}
        for i, margin in enumerate(decoded.margins)
    ]


def weigh_articles(
    around: Surroundings, decoded: Decoded, probable: dict[int, frozenset[str]] | None = None
) -> list[tuple[Group, ...]]:
    """Return the feature groups of the second pass.

    Args:
        around: The page's lines and words.
        decoded: What the first pass found.
        probable: The roles that each line can still have; a line with one gets no features: nothing is left to decide.
    """
    weigher = _Weigher(around, decoded)
    return [
        ((),) if probable is not None and len(probable[i]) == 1 else (weigher.evidence(i),)
        for i in range(len(decoded.roles))
    ]


class _Weigher:
    """Compares the articles that a border would make."""

    def __init__(self, around: Surroundings, decoded: Decoded) -> None:
        self._around, self._roles, self._margins = around, decoded.roles, decoded.margins
        self._chances = [margin.get(_HEAD, 0.0) + margin.get(_SUBHEAD, 0.0) for margin in decoded.margins]
        self._starts = [i for i, role in enumerate(decoded.roles) if role in STARTS]
        self._subheads = [i for i, role in enumerate(decoded.roles) if role == "S"]
        self._credited = [bool(cues & _CREDITED) for cues in around.cues]
        heads = [i for i, role in enumerate(decoded.roles) if role == "H"]
        own = sum(self._has_credit(i + 1, self._end_after(i)) for i in heads)
        self._habits = Habits(around, decoded.roles, around.line_gaps)
        self._candidates = [i for i, chance in enumerate(self._chances) if chance >= _WORTH]
        self._likeness: dict[int, float] = {}
        borders = [self._like(i) for i in heads if i and self._chances[i] >= _WORTH]
        self._borders, self._sum = len(borders), sum(borders)
        self._habit = bisect_right((0.01, 0.3, 0.6, 0.9), own / len(heads)) if heads else 0

    def evidence(self, i: int) -> Group:
        if self._chances[i] < _WORTH:
            return ()
        around, roles = self._around, self._roles
        place = bisect_right(self._starts, i - 1)
        start = self._starts[place - 1] if place else 0
        end = self._end_after(i)
        before, after = self._words(start, i), self._words(i + 1, end)
        near = self._words(i + 1, self._next_short(i))
        own = around.words.line(i)
        headed = place and roles[start] == "H"
        asked = [(before, after), (before, near), (own, before), (own, near)]
        if headed:
            asked.append((own, around.words.line(start)))
        alike_now, alike_near, up, down, *head = around.words.commons(asked)
        likeness = bisect_right(_LIKENESS, alike_now)
        credit_before, credit_after = self._has_credit(start + 1, i), self._has_credit(i + 1, end)
        paragraphs_before, paragraphs_after = self._paragraphs(start, i), self._paragraphs(i + 1, end)
        found = [
            f"likeness{likeness}",
            f"likeness_near{bisect_right(_LIKENESS, alike_near)}",
            f"words_up{bisect_right(_OVERLAPS, up)}",
            f"words_down{bisect_right(_OVERLAPS, down)}",
            f"credit{credit_before:d}{credit_after:d}&{self._habit}",
            f"size{bisect_right(_FEW, paragraphs_before)}&{bisect_right(_FEW, paragraphs_after)}",
            f"up{bisect_right(_FEW, paragraphs_before)}",
            f"down{bisect_right(_FEW, paragraphs_after)}",
            f"credit_end{i > 0 and bool(around.cues[i - 1] & _ENDING):d}",
        ]
        if headed:
            overlap = bisect_right(_OVERLAPS, head[0])
            found += [f"head{overlap}", f"head{overlap}&{likeness // 2}"]
        found += self._style(i, start, end)
        found += self._habits.compare(i)
        found += self._beside(i)
        found.append(f"relative{self._relative(i, alike_now)}")
        return tuple(found)

    def _like(self, i: int) -> float:
        """Return what both sides of a headline that the first pass found have in common."""
        place = bisect_right(self._starts, i - 1)
        start = self._starts[place - 1] if place else 0
        common = self._around.words.commons([(self._words(start, i), self._words(i + 1, self._end_after(i)))])[0]
        self._likeness[i] = common
        return common

    def _relative(self, i: int, likeness: float) -> int:
        """Compare the likeness of both sides with that at the page's other headlines."""
        others = self._borders - (i in self._likeness)
        if not others:
            return -1
        typical = (self._sum - self._likeness.get(i, 0.0)) / others
        return bisect_right(_RELATIVE, likeness / (typical + 0.005))

    def _beside(self, i: int) -> Sequence[str]:
        """Return how likely the nearest short lines above and below begin an article, or are subheads."""
        place = bisect_right(self._candidates, i)
        above = self._candidates[place - 2] if place > 1 else None
        below = self._candidates[place] if place < len(self._candidates) else None
        found = []
        for side, j in (("prev", above), ("next", below)):
            if j is not None:
                margin = self._margins[j]
                heads = sum(chance for k, chance in margin.items() if _NAMES[k] == "H")
                styles = self._around.styles
                same = alike(styles[i], styles[j]) if i in styles and j in styles else -1
                found += [f"{side}{round(4 * heads)}", f"{side}{round(2 * heads)}&{same}"]
        return found

    def _style(self, i: int, start: int, end: int) -> Sequence[str]:
        """Compare a short line with the headlines and the subheads nearest to it."""
        styles = self._around.styles
        if i not in styles:
            return ("no_style",)
        place = bisect_right(self._subheads, i - 1)
        subheads = [s for s in self._subheads[max(place - 2, 0) : place + 3] if s != i and s in styles]
        inner = [s for s in subheads if start < s < end]
        heads = [s for s in self._starts_near(i) if s != i and s in styles]
        like_subheads = max((alike(styles[i], styles[s]) for s in subheads), default=-1)
        like_inner = max((alike(styles[i], styles[s]) for s in inner), default=-1)
        like_heads = max((alike(styles[i], styles[s]) for s in heads), default=-1)
        return (
            f"like_sub{like_subheads}",
            f"like_inner{like_inner}",
            f"like_head{like_heads}",
            f"inner{min(len(inner), 3)}",
            f"like{max(-2, min(2, like_subheads - like_heads))}",
        )

    def _starts_near(self, i: int) -> list[int]:
        place = bisect_right(self._starts, i - 1)
        return self._starts[max(place - 2, 0) : place + 3]

    def _end_after(self, i: int) -> int:
        place = bisect_right(self._starts, i)
        return self._starts[place] if place < len(self._starts) else len(self._roles)

    def _next_short(self, i: int) -> int:
        end = self._end_after(i)
        place = bisect_right(self._subheads, i)
        return min(end, self._subheads[place]) if place < len(self._subheads) else end

    def _words(self, start: int, end: int) -> Lines:
        before = self._around.long_before
        first, last = before[start], before[end]
        if last - first > _REACH:
            first = last - _REACH if end < len(self._roles) and self._roles[end] in "HS" else first
            last = min(last, first + _REACH)
        return first, last

    def _has_credit(self, start: int, end: int) -> bool:
        return any(self._credited[start : min(end, start + 4)]) or any(self._credited[max(start, end - 2) : end])

    def _paragraphs(self, start: int, end: int) -> int:
        return self._around.long_before[end] - self._around.long_before[start]


_ENDING = bits_of(["credit_tail", "names_tail", "credit_wire", "names", "author_note", "photo_tail"])
