"""What stands around a line: blank lines, the sentence above, the words in common with both sides."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

from jmtools.pages.compiled_words import page_words
from jmtools.pages.cue_sets import CREDITS, PICTURES
from jmtools.pages.groups import Group
from jmtools.pages.lines import Line, level_gaps
from jmtools.pages.shapes import CANDIDATE, LineShape, opening_of, shape_of
from jmtools.pages.styles import Style, alike, style_of

_PICTURE_REACH = 6  # lines

_SHARES = (0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_COHESIONS = (0.005, 0.015, 0.03, 0.05, 0.08, 0.12, 0.18)
_FEW = (0, 1, 2, 3, 5, 9)
_LONG = 30  # characters: a line of at least that many says something about the topic around it
_KEPT = 2_000  # groups of features that come again and again
_BLOCK = 3  # long lines on either side


class Surroundings:
    """The lines of a page seen from one of them.

    Attributes:
        texts: The lines, as features read them.
        cues: What each shows by its words, as bits of `cue_sets.CUE_NAMES`.
        words: The pairs of characters of each.
        line_gaps: The blank lines above each.
        long: Indexes of the long lines, which say what the text around is about.
    """

    def __init__(self, lines: Sequence[Line], texts: Sequence[str], cues: Sequence[int]) -> None:
        self.texts = texts
        self.cues = cues
        self.line_gaps: Sequence[int] = [line.gap for line in lines]
        self.long = [i for i, text in enumerate(texts) if len(text) >= _LONG]
        self.words = page_words(texts, self.long)
        self.long_before = _running_counts(len(texts), self.long)

    @cached_property
    def shapes(self) -> list[LineShape]:
        """What each line looks like by itself."""
        return list(map(shape_of, self.texts, self.cues))

    @cached_property
    def complete(self) -> Sequence[bool]:
        """Whether each line ends a sentence."""
        return [shape.end in ("end_full", "end_exclaim") for shape in self.shapes]

    @cached_property
    def brief(self) -> list[bool]:
        """Whether each line is short and ends no sentence."""
        return [len(text) < _LONG and not whole for text, whole in zip(self.texts, self.complete, strict=True)]

    @cached_property
    def styles(self) -> dict[int, Style]:
        """What the short lines look like that may be subheads."""
        return {i: style_of(self.texts[i], self.line_gaps[i]) for i in self._short}

    @cached_property
    def _short(self) -> list[int]:
        return [i for i, stops in enumerate(self.brief) if stops]

    @cached_property
    def _short_before(self) -> list[int]:
        return _running_counts(len(self.texts), self._short)

    @cached_property
    def _gap_habit(self) -> tuple[int, float]:
        """The usual number of blank lines, and the share of lines that have any."""
        gaps = sorted(self.line_gaps[1:]) or [0]
        return gaps[len(gaps) // 2], sum(1 for gap in gaps if gap) / len(gaps)

    @cached_property
    def _credited(self) -> list[bool]:
        return [not CREDITS.isdisjoint(shape) for shape in self.shapes]

    @cached_property
    def _pictured(self) -> list[bool]:
        return [not PICTURES.isdisjoint(shape) for shape in self.shapes]

    @cached_property
    def _never_pictured(self) -> bool:
        return not any(self._credited) and not any(self._pictured)

    @cached_property
    def _openings(self) -> list[str]:
        return [opening_of(text) for text in self.texts]

    @cached_property
    def _repeats(self) -> Counter[str]:
        return Counter(text for text in self.texts if len(text) <= CANDIDATE)

    @cached_property
    def _first_at(self) -> dict[str, int]:
        return {text: i for i, text in reversed([*enumerate(self.texts)])}

    @cached_property
    def _dated(self) -> int:
        """How often reports begin with a dateline."""
        dated = sum(1 for shape in self.shapes if "dateline" in shape)
        return bisect_right((0.0, 0.15, 0.4), dated / (len(self._short) or 1))

    @cached_property
    def _typical(self) -> float:
        """How much both sides of a short line mostly have in common."""
        values = sorted(cohesion for _, _, cohesion in self._shared.values()) or [0.0]
        return values[len(values) // 2]

    def level(self) -> None:
        """Forget the blank lines that stand above every line of the page."""
        gaps = level_gaps(self.line_gaps)
        if gaps != self.line_gaps:
            self.line_gaps = gaps
            for name in ("styles", "_gap_habit"):
                self.__dict__.pop(name, None)

    def gaps(self, i: int) -> Group:
        """Return how the space around a line compares with the page's habit."""
        gaps, (median, share) = self.line_gaps, self._gap_habit
        gap, after = gaps[i], gaps[i + 1] if i + 1 < len(gaps) else 9
        relation = "first" if i == 0 else "<" if gap < median else ">" if gap > median else "="
        relation_after = "last" if after == 9 else "<" if after < median else ">" if after > median else "="
        spaced = "even" if share in (0.0, 1.0) else "tight" if share < 0.4 else "loose"
        return _gap_group(relation, relation_after, min(gap, 4), spaced, min(i, 3))

    def lists(self, i: int) -> Group:
        """Return whether a line opens like the ones above and below it, as the lines of a list do."""
        own = self._openings[i]
        if not own:
            return ()
        openings, size = self._openings, len(self.texts[i])
        up, down = i > 0 and openings[i - 1] == own, i + 1 < len(openings) and openings[i + 1] == own
        further = own in openings[max(i - 6, 0) : max(i - 1, 0)] or own in openings[i + 2 : i + 7]
        group = own if own in "#一：—■●◆▲□" else "other"
        return _list_group(up, down, further, group, bisect_right((8, 14, 22, 40), size), self.complete[i])

    def pictures(self, i: int) -> Group:
        """Return how far a credit of a picture stands below, and a word for pictures above, without a headline between.

        A picture's item is nothing but captions, most of which look like paragraphs.
        """
        if self._never_pictured:
            return ()
        size, stops = len(self.texts), self.brief
        down = up = above = 0
        for j in range(i, min(i + _PICTURE_REACH, size)):
            if self._credited[j]:
                down = j - i + 1
                break
            if j > i and stops[j]:
                break
        for j in range(i - 1, max(i - _PICTURE_REACH, -1), -1):
            if self._pictured[j]:
                up = i - j
            if up or stops[j]:
                break
        if not down and not up:
            return ("no_picture",)
        while i - above > 0 and above < _PICTURE_REACH and len(self.texts[i - above - 1]) >= _LONG:
            above += 1
        return (f"credit_below{down}", f"picture_above{up}", f"credit_below{down}&{above}", f"pic{down}{up}{above}")

    def links(self, i: int) -> Group:
        """Return what a short line has in common with the text below and above, and both with each other."""
        text = self.texts[i]
        if len(text) > CANDIDATE:
            return ("long_line",)
        share_below, share_above, cohesion = self._shared[i]
        down, up = bisect_right(_SHARES, share_below), bisect_right(_SHARES, share_above)
        relative = cohesion / (self._typical or 0.01)
        link = _link_group(
            down,
            up,
            bisect_right(_COHESIONS, cohesion),
            bisect_right((0.3, 0.6, 0.9, 1.2, 1.8, 2.5), relative),
            self.shapes[i].end,
        )
        return *link, *self._position(i), *self._style_of(i)

    def _style_of(self, i: int) -> Group:
        """Compare a short line with the short lines next to it: subheads of one article look alike."""
        text, again = self.texts[i], ""
        if self._repeats[text] > 1:
            again = "again" if self._first_at[text] < i else "once_more_below"
        own = self.styles.get(i)
        if own is None:
            return (again,) if again else ()
        rank, short = self._short_before[i], self._short
        above = alike(own, self.styles[short[rank - 1]]) if rank else None
        below = alike(own, self.styles[short[rank + 1]]) if rank + 1 < len(short) else None
        return _style_group(again, above, below)

    def _position(self, i: int) -> Group:
        """Return how many long lines stand between this line and the next short ones, and what comes next."""
        rank = self._short_before[i]
        before = self.long_before[i] - (self.long_before[self._short[rank - 1]] if rank else 0)
        following = rank + (1 if rank < len(self._short) and self._short[rank] == i else 0)
        end = self._short[following] if following < len(self._short) else len(self.texts)
        after = self.long_before[end] - self.long_before[i]
        lead = self.long[self.long_before[i]] if self.long_before[i] < len(self.long) else None
        near, opens, same = 0, "", False
        if lead is not None:
            cues = self.shapes[lead]
            near = min(lead - i, 4)
            opens = "d" if "dateline" in cues else "o" if "opening" in cues else ""
            same = self.texts[lead][:2] == self.texts[i][:2]
        leads = (near, opens, self._dated, same, min(after, 2)) if lead is not None else None
        return _place_group(bisect_right(_FEW, before), bisect_right(_FEW, after), leads)

    @cached_property
    def _shared(self) -> dict[int, tuple[float, float, float]]:
        """Return what each short line shares with the text below and above, and what these share with each other."""
        before, last = self.long_before, len(self.long)
        short = [i for i, text in enumerate(self.texts) if len(text) <= CANDIDATE]
        blocks = [
            ((max(up - _BLOCK, 0), up), (down, min(down + _BLOCK, last)))
            for up, down in [(before[i], before[i + 1]) for i in short]
        ]
        own = map(self.words.line, short)
        asked = [(line, side) for line, (up, down) in zip(own, blocks, strict=True) for side in (down, up)]
        shares = self.words.shares(asked)
        different = list(dict.fromkeys(blocks))
        cohesion = dict(zip(different, self.words.commons(different), strict=True))
        return {
            i: (down, up, cohesion[block])
            for i, block, down, up in zip(short, blocks, shares[::2], shares[1::2], strict=True)
        }


@lru_cache(_KEPT)
def _gap_group(relation: str, relation_after: str, gap: int, spaced: str, place: int) -> Group:
    return (
        f"gap{relation}",
        f"gap_after{relation_after}",
        f"gap{gap}",
        f"gap{relation}{relation_after}",
        f"{spaced}{relation}{relation_after}",
        f"at{place}" if place < 3 else "at+",
    )


@lru_cache(_KEPT)
def _list_group(up: bool, down: bool, further: bool, group: str, size: int, complete: bool) -> Group:
    return (
        f"list{up:d}{down:d}",
        f"list{up:d}{down:d}{further:d}&{group}",
        f"list{up or down:d}&{size}{'c' if complete else 'o'}",
    )


@lru_cache(_KEPT)
def _place_group(before: int, after: int, leads: tuple[int, str, int, bool, int] | None) -> Group:
    found = (f"run_before{before}", f"run_after{after}")
    if leads is None:
        return found
    near, opens, dated, same, texts = leads
    return (*found, f"lead{near}{opens}", f"lead{opens}&{dated}", f"lead_same{same:d}{texts}")


@lru_cache(_KEPT)
def _style_group(again: str, above: int | None, below: int | None) -> Group:
    found = [again] if again else []
    if above is not None:
        found.append(f"alike_above{above}")
    if below is not None:
        found.append(f"alike_below{below}")
    return (*found, f"alike{((above or 0) + (below or 0)) // 2}")


@lru_cache(_KEPT)
def _link_group(down: int, up: int, cohesion: int, relative: int, end: str) -> Group:
    return (
        f"below{down}",
        f"above{up}",
        f"link{max(-4, min(4, down - up))}",
        f"cohesion{cohesion}",
        f"relative{relative}",
        f"link{max(-4, min(4, down - up))}&{cohesion // 2}",
        f"{end}&link{max(-2, min(2, down - up))}",
    )


def _running_counts(size: int, places: Sequence[int]) -> list[int]:
    """Return for every index from 0 to `size` how many places lie before it."""
    counts, rank = [], 0
    for i in range(size + 1):
        counts.append(rank)
        if rank < len(places) and places[rank] == i:
            rank += 1
    return counts
