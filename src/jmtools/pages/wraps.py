"""Which lines of a hard-wrapped page go on with the one above, decided for all of them at once.

Each line is one of its own, or the first, a middle or the last line of a paragraph in a column of one of the page's
widths. The sequence that sizes, ends, beginnings and junctions make most probable is found exactly.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import byline_authors
from jmtools.pages.line_breaks import Breaks

FEWEST = 8  # lines: fewer say nothing about a width

# Logarithms of shares. How lines end (a sentence, a clause, neither) that are full, and that are lines of their own;
# the ends of last lines are counted on each page, for some have lost their full stops.
_ENDS_FULL = {"T": math.log(0.05), "C": math.log(0.09), "O": math.log(0.86)}
_ENDS_OWN = {"T": math.log(0.35), "C": math.log(0.08), "O": math.log(0.57)}
_ENDS_LAST = {"T": 8.0, "C": 0.4, "O": 1.0}  # prior count
_OWN, _FIRST = math.log(0.35), math.log(0.65)  # after a paragraph: a line of its own, or another paragraph
_USUAL_LAST = (
    0.2  # share of the lines inside paragraphs that are their last; where paragraphs are shorter the page tells
)
_LAST_PRIOR = 4.0  # count
_FEW_FULL = 4  # lines inside paragraphs: fewer say little about the sizes of full ones
_HEAD = math.log(0.05)  # after a paragraph: a headline that was wrapped too
_HEAD_ON, _HEAD_LAST = math.log(0.1), math.log(0.9)  # inside one
_SWITCH = math.log(0.03)  # to a column of another width
_ODD = -4.0  # blanks before a line inside a paragraph
_INDENTS = range(3)  # characters
_FEW_INDENTS = 0.1  # prior count
_STRAY = math.log(0.004)  # a full line of an odd size
_NEVER = -1e9
_SHORT, _LONG = math.log(1 / 24), math.log(1 / 400)  # sizes of lines of their own, up to 32 characters and above
_SHORTER = 32

# For or against going on, nats.
_NEVER_FIRST = frozenset("，。、；：？！”’）》〉】…·%℃")
_MARKS = frozenset("□■◎●◇◆▪△▲★☆▼◀")
_NEVER_LAST = frozenset("“‘（《〈【")
_NOT_FIRST, _OPENED, _CREDITED, _MARKED = 6.0, 2.5, -4.0, -9.0
_CREDIT = 24  # characters: longer lines are no bylines
_OPENERS = frozenset("【（(本新图一二三四五六七八九十")  # with which `_OPENING` begins
_OPENING = LazyPattern(
    r"【|[（(](?:本报|据|记者|新华社|[一二三四五六七八九十]{1,2}[）)])|本报|新华社|图为|[一二三四五六七八九十]{1,2}、"
)


@dataclass(slots=True)
class RawPage:
    """The lines of a page before they are joined.

    Attributes:
        texts: The lines, as features read them.
        sizes: Their lengths, in characters or in columns of a terminal.
        leads: Blanks before each.
        ends: How each ends: `T` a sentence, `C` a clause, `O` neither.
        follows: Whether each stands right below the one above, without a blank line.
    """

    texts: Sequence[str]
    sizes: Sequence[int]
    leads: Sequence[int]
    ends: Sequence[str]
    follows: Sequence[bool]


_CLOSED, _TEXT, _HEADLINE = range(3)  # what is open above a line
_Look = tuple[float, float, float, float, float]  # scores: first line, middle line, last line, last line of a headline
# For a line in a column: the column of the line above if nothing is open there, and what is open above the line, if it
# closes what was open, leaves a paragraph open, or leaves a headline open.
_Step = tuple[int, int, int, int]


class Wraps:
    """The lines of a page that was wrapped hard, in columns of some widths."""

    def __init__(self, page: RawPage, widths: Sequence[int]) -> None:
        self._page, self._widths = page, widths
        self._narrowest = min(widths) - 2
        self._first_only: set[int] = set()  # widths of columns in which no paragraph has two full lines
        self._shares = [self._full_shares(width) for width in widths]
        self._on, self._last = self._lengths()
        self._indents = self._find_indents()
        self._ends_last = self._last_ends()
        self._breaks = Breaks(page.texts)
        self._looks: dict[tuple[int, int, str], tuple[float, Sequence[_Look]]] = {}

    def joined(self) -> list[bool]:
        """Say of each line whether it goes on with the one above."""
        columns = range(len(self._widths))
        closed = [0.0] * len(columns)  # best score so far with nothing open, in each column
        texts, heads = [_NEVER] * len(columns), [_NEVER] * len(columns)  # with a paragraph, a headline open
        back: list[list[_Step]] = []
        for i, follows in enumerate(self._page.follows):
            best, before = max(closed), closed[:]
            begun = follows and (max(texts) > _NEVER / 2 or max(heads) > _NEVER / 2)
            on = self._going_on(i) if begun else _NEVER
            own, looks = self._look(i)
            steps = []
            for k in columns:
                entered, begin = k, before[k]
                if begin < best + _SWITCH:
                    entered, begin = before.index(best), best + _SWITCH
                first, full, last, head_last, lone = looks[k]
                text, head = texts[k] + on, heads[k] + on
                alone, text_last, head_last = begin + max(own, lone), text + last, head + head_last
                text_on, text_first = text + full + self._on, begin + first
                head_on, head_first = head + full + _HEAD_ON, begin + full + _HEAD
                if alone >= text_last and alone >= head_last:
                    way, closed[k] = _CLOSED, alone
                elif head_last > text_last:
                    way, closed[k] = _HEADLINE, head_last
                else:
                    way, closed[k] = _TEXT, text_last
                text_way, texts[k] = (_TEXT, text_on) if text_on > text_first else (_CLOSED, text_first)
                head_way, heads[k] = (_HEADLINE, head_on) if head_on > head_first else (_CLOSED, head_first)
                steps.append((entered, way, text_way, head_way))
            back.append(steps)
        return self._trace(back, closed)

    def _trace(self, back: Sequence[Sequence[_Step]], closed: Sequence[float]) -> list[bool]:
        column = max(range(len(closed)), key=closed.__getitem__)
        state = _CLOSED
        joined = []
        for steps in reversed(back):
            entered, *ways = steps[column]
            state = ways[state]
            joined.append(state != _CLOSED)
            if state == _CLOSED:
                column = entered
        return joined[::-1]

    def _full_shares(self, width: int) -> dict[int, float]:
        """Return for the sizes near a width how probable they are for a full line (logarithms)."""
        page = self._page
        counts: Counter[int] = Counter()
        cut: Counter[int] = Counter()  # those of them that end inside a sentence
        for i, (above, size) in enumerate(pairwise(page.sizes[:-1]), 1):
            if abs(above - width) <= 1 and page.follows[i] and page.follows[i + 1] and page.ends[i - 1] != "T":
                counts[size] += 1
                cut[size] += page.ends[i] != "T"
        if cut[width] and not cut[width - 1] and not counts[width + 1]:
            counts = cut  # no mark moves the end of a line, so a shorter line that ends a sentence is no full one
        if self._never_two(width):
            self._first_only.add(width)
            onward = (page.follows[i + 1] and page.ends[i] != "T" for i in range(len(page.sizes) - 1))
            counts = Counter(compress(page.sizes, onward))
        if sum([counts[width + beside] for beside in (-1, 0, 1)]) < _FEW_FULL:
            counts = self._first_lines(width)
        near = {width + beside: counts[width + beside] + 0.02 for beside in (-1, 0, 1)}
        total = sum(near.values())
        shares = {size: max(math.log(count / total), _STRAY) for size, count in near.items()}
        return {width - 2: _STRAY - 1.5, width + 2: _STRAY - 1.5, **shares}

    def _first_lines(self, width: int) -> Counter[int]:
        """Return how long lines that go on would be with the indent by which most are shorter, and how many of each."""
        page = self._page
        sizes = Counter(
            [
                size + lead
                for size, lead, end, on in zip(page.sizes, page.leads, page.ends, page.follows[1:], strict=False)
                if end != "T" and on
            ]
        )
        indent = max(_INDENTS, key=lambda by: sizes[width - by])
        return Counter({size + indent: number for size, number in sizes.items()})

    def _never_two(self, width: int) -> bool:
        """Say whether no full line of a column follows another one inside a sentence: then full ones are first lines.

        The width may be larger by the indent of first lines, and a second one would show that.
        """
        page = self._page
        if any(page.leads):
            return False
        shorter = number = 0
        above = 0  # size of the line above, if it ends inside a sentence
        for size, end, follows in zip(page.sizes, page.ends, page.follows, strict=True):
            full = size >= width - 1
            if follows and above >= width - _INDENTS.stop:
                if full and end != "T":
                    return False
                number += 1
                shorter += not full
            above = size if end != "T" else 0
        return shorter > number / 2  # lines of a poem are all of one size

    def _lengths(self) -> tuple[float, float]:
        """Return how probable it is that one more full line follows inside a paragraph, and that its last one does."""
        page = self._page
        full = short = 0
        for i, (size, below) in enumerate(pairwise(page.sizes)):
            if page.ends[i] != "T" and page.follows[i + 1]:
                for width in self._widths:
                    if abs(size - width) <= 1:
                        full += 1
                        short += below < width - 1
        last = max((short + _LAST_PRIOR * _USUAL_LAST) / (full + _LAST_PRIOR), _USUAL_LAST)
        return math.log(1 - last), math.log(last)

    def _find_indents(self) -> list[float]:
        """Return how probable it is that a first line is shorter by 0, 1 and 2 characters, and that it has its blanks.

        Lines between one that ends a paragraph and one that is full are first lines.
        """
        page = self._page
        counts = [_FEW_INDENTS] * (len(_INDENTS) + 1)
        for i, (size, below) in enumerate(pairwise(page.sizes)):
            if not page.follows[i + 1] or page.ends[i] == "T":
                continue
            if size in self._first_only:
                counts[0] += 1
                continue
            for width in self._widths:
                if below != width or not self._closes(i - 1, width):
                    continue
                if page.leads[i]:
                    counts[-1] += abs(size + page.leads[i] - width) <= 1
                elif width - size in _INDENTS:
                    counts[width - size] += 1
        return [math.log(count / sum(counts)) for count in counts]

    def _closes(self, i: int, width: int) -> bool:
        """Say whether no paragraph of a column goes on below a line."""
        page = self._page
        if i < 0 or not page.follows[i + 1]:
            return True
        return page.sizes[i] < width - (1 if page.ends[i] == "T" else _INDENTS.stop)

    def _last_ends(self) -> dict[str, float]:
        """Return how the short lines end that follow two full ones: headlines are seldom as long."""
        page = self._page
        counts = Counter(_ENDS_LAST)
        sizes, follows = page.sizes, page.follows
        for i in range(2, len(page.texts)):
            if follows[i] and follows[i - 1]:
                full, own = min(sizes[i - 2] + _INDENTS.stop, sizes[i - 1] + 1), sizes[i] + 2
                for width in self._widths:
                    if own < width <= full:
                        counts[page.ends[i]] += 1
                        break
        total = sum(counts.values())
        return {end: math.log(count / total) for end, count in counts.items()}

    def _look(self, i: int) -> tuple[float, Sequence[_Look]]:
        """Return the scores of a line by its looks: as one of its own, and as a part of something in each column."""
        page = self._page
        key = page.sizes[i], page.leads[i], page.ends[i]
        known = self._looks.get(key)
        if known is None:
            size, _, end = key
            own = _OWN + _ENDS_OWN[end] + (_SHORT if size <= _SHORTER else _LONG)
            known = self._looks[key] = own, [self._in_column(k, *key) for k in range(len(self._widths))]
        return known

    def _in_column(self, k: int, size: int, lead: int, end: str) -> _Look:
        width, shares = self._widths[k], self._shares[k]
        odd = _ODD if lead else 0.0
        full = shares.get(size, _NEVER) + odd + _ENDS_FULL[end]
        if width in self._first_only:
            full += _STRAY
        if lead:
            first = self._indents[-1] + shares.get(size + lead, _NEVER)
        else:
            first = max([self._indents[indent] + shares.get(size + indent, _NEVER) for indent in _INDENTS])
        rest = odd - math.log(width) if size <= width + 1 else _NEVER
        return (
            _FIRST + first + _ENDS_FULL[end],
            full,
            rest + self._last + self._ends_last[end],
            rest + _HEAD_LAST + _ENDS_OWN[end],
            _FIRST + rest + self._last + self._ends_last[end],
        )

    def _going_on(self, i: int) -> float:
        """Return the evidence for or against a line continuing the one above."""
        above, text = self._page.texts[i - 1], self._page.texts[i]
        if text[0] in _NEVER_FIRST:
            return _NOT_FIRST
        if above[-1] in _NEVER_LAST:
            score = _OPENED
        else:
            score = 0.0 if self._page.ends[i - 1] == "T" else self._breaks.goes_on(i - 1)
        if text[0] in _MARKS:
            return _MARKED
        short = self._page.sizes[i] < self._narrowest and len(text) <= _CREDIT
        if (text[0] in _OPENERS and _OPENING.match(text)) or (short and byline_authors(text) is not None):
            score += _CREDITED
        return score
