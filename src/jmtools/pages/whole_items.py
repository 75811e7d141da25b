"""Borders at short lines decided by the items that they make: all doubtful ones between two sure borders at once.

A chain sees lines. Names in the headline above, and the persons and matters of the text above, come again below a
subhead, not below the next headline, and news begin with what their headline says: that holds for every paper. An item
has one dateline, a byline where the page's others have one, subheads that look alike and stand at even distances: what
of this counts differs from paper to paper, so such weights are for pages of one kind alone.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.cue_sets import SIGNED, WIRES, bits_of
from jmtools.pages.first_sentences import FirstSentences
from jmtools.pages.log_linear import Values, log_odds, total_of
from jmtools.pages.model import Decoded
from jmtools.pages.roles import STARTS
from jmtools.pages.spoken_of import SpokenOf
from jmtools.pages.styles import alike
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.ties import Ties

_LEAST, _MOST = 0.02, 0.98  # a border that is less or more probable is left alone
_CANDIDATES = 24  # between two sure borders
_SECTION = 0.005  # of a border, for a short line to end the section above it
_HEADS = STARTS | {"S"}
_SURE = 0.9  # of a border, for it to show the habits of a page
_LONG = 30  # characters
_NEAR = 10  # lines on either side within which text is compared
_BLOCK = 4  # of these, lines of text
_SUBHEAD, _BYLINE = 40, 40  # characters
_LEAST_ODDS, _MOST_ODDS = -7.0, 4.0
_DATED = bits_of(WIRES)
_BYLINES = bits_of(SIGNED)
_TAILS = bits_of("credit_tail names_tail credit_wire author_note photo_tail".split())  # noqa: SIM905
_NUMBERED = bits_of(["list_cn", "list_digit"])
_OWN = 9  # weight of rare words of a line, at most
_FEW_SUBHEADS, _MANY_SUBHEADS = 3, 6
_REFERS = LazyPattern(r"[“‘]?(?:[这该他她它此其但而]|据了解|据悉|据介绍|同时|另外|对此|因此|目前)")  # to what is above
_TYPICAL = 60  # characters of text of a page's items, at least

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """The lines between two sure borders, some of which may begin an item.

    Attributes:
        places: The first line, those that may begin an item, and the line after the last.
        sure: Those of them that surely do.
        borders: What speaks for each to begin an item, by place.
        item: What speaks for the item between two places.
    """

    places: Sequence[int]
    sure: frozenset[int]
    borders: Mapping[int, Values]
    item: Callable[[int, int], Values]


def open_blocks(around: Surroundings, ties: Ties, decoded: Decoded) -> Iterator[OpenBlock]:
    """Yield the parts of a page in which it is in doubt whether short lines begin an item."""
    size = len(decoded.roles)
    begins = [decoded.start_probability(i) for i in range(size)]
    sure = [0, *[i for i in range(1, size) if begins[i] >= _MOST], size]
    page: _Items | None = None
    for start, end in pairwise(sure):
        inside = range(start + 1, end)
        doubtful = [i for i in inside if _LEAST < begins[i] < _MOST and around.brief[i]]
        if not doubtful or len(doubtful) > _CANDIDATES:
            continue
        page = page or _Items(around, ties, decoded, begins)
        others = [i for i in inside if decoded.roles[i] in STARTS and i not in doubtful and begins[i] > 1 / 2]
        borders = {i: page.border(i, start, end) for i in doubtful}
        yield OpenBlock([start, *sorted([*doubtful, *others]), end], frozenset([*others, end]), borders, page.item)


def border_chances(block: OpenBlock, weights: Weights) -> dict[int, float]:
    """Return how probable it is that each doubtful line of a block begins an item (exact sums over all items)."""
    places, count = block.places, len(block.places)
    own = [total_of(block.borders[i], weights) if i in block.borders else 0.0 for i in places]
    last_sure = list(accumulate((n if place in block.sure else 0 for n, place in enumerate(places)), max))
    totals = {
        (a, b): total_of(block.item(places[a], places[b]), weights) + own[b]
        for b in range(1, count)
        for a in range(last_sure[b - 1], b)
    }
    forward, backward = [0.0], [0.0] * count
    for b in range(1, count):
        forward.append(_log_sum([forward[a] + totals[a, b] for a in range(last_sure[b - 1], b)]))
    for a in range(count - 2, -1, -1):
        reached = [totals[a, b] + backward[b] for b in range(a + 1, count) if (a, b) in totals]
        backward[a] = _log_sum(reached)
    return {i: math.exp(forward[n] + backward[n] - forward[-1]) for n, i in enumerate(places) if i in block.borders}


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum([math.exp(value - top) for value in values]))


class _Items:
    """The items that a page may have."""

    def __init__(self, around: Surroundings, ties: Ties, decoded: Decoded, begins: Sequence[float]) -> None:
        self._around, self._ties, self._begins, self._persons = around, ties, begins, SpokenOf(around, ties)
        self._firsts = FirstSentences(around, ties)
        texts, brief = around.texts, around.brief
        self._sections = [
            i for i, role in enumerate(decoded.roles) if brief[i] and (role in _HEADS or begins[i] > _SECTION)
        ]
        self._dated = [cues & _DATED != 0 for cues in around.cues]
        self._byline = [
            len(text) <= _BYLINE and cues & _BYLINES != 0 for text, cues in zip(texts, around.cues, strict=True)
        ]
        self._tail = [cues & _TAILS != 0 for cues in around.cues]
        sizes = [0 if short else len(text) for text, short in zip(texts, brief, strict=True)]
        self._chars = [0, *accumulate(sizes)]
        sure = [i for i, chance in enumerate(begins) if chance >= _SURE]
        items = list(pairwise([*sure, len(texts)]))
        self._habits = tuple(
            (sum(has(a, b) for a, b in items) + prior) / (len(items) + 1)
            for has, prior in ((self._has_dateline, 0.3), (self._has_byline, 0.2), (self._has_tail, 0.2))
        )
        self._headline = _middle([len(texts[i]) for i in sure], 12)
        self._typical = max(_middle([self._chars[b] - self._chars[a] for a, b in items], 300), _TYPICAL)

    def border(self, i: int, above: int, end: int) -> Values:
        """Return what speaks for a line to begin an item, between a sure border above and one below."""
        around, ties = self._around, self._ties
        text, size = around.texts[i], len(around.texts[i])
        up = [j for j in range(max(i - _NEAR, 0), i) if len(around.texts[j]) >= _LONG][-_BLOCK:]
        down = [j for j in range(i + 1, min(i + _NEAR, len(around.texts))) if len(around.texts[j]) >= _LONG][:_BLOCK]
        tied = ties.between(up, down)
        said_above, said_below = self._said(i, up), self._said(i, down)
        text_above, text_below = self._text_between(above, i), self._section_below(i, end)
        sentence = self._firsts.below(i)
        below, elsewhere = range(i + 1, end), [*range(above), *range(end, len(around.texts))]
        return {
            "border": 1.0,
            "border_odds": log_odds(self._begins[i], _LEAST_ODDS, _MOST_ODDS),
            "border_tied": tied,
            "border_untied": float(not tied),
            "border_tied_to_headline": ties.between(range(above, min(above + 3, i)), down),
            "border_tied_to_item": ties.between(text_above, text_below),
            "border_same_person": float(self._persons.shared(text_above, below, elsewhere=elsewhere, line=i)),
            "border_said_above": said_above,
            "border_said_below": said_below,
            "border_said_first": self._firsts.share_said(i, sentence),
            "border_written_first": self._firsts.share_written(i, sentence),
            "border_lead_refers": float(bool(down) and _REFERS.match(around.texts[down[0]]) is not None),
            "border_tiny": float(size <= 3),
            "border_unlike_headlines": abs(math.log(size / self._headline)),
            "border_below_short": float(around.brief[i - 1]),
            "border_above_short": float(i + 1 < len(around.brief) and around.brief[i + 1]),
            "border_below_open": float(not around.brief[i - 1] and not around.complete[i - 1]),
            "border_bracket": float(text[0] in "（([【〖"),
            "border_dash": float(text[0] in "—－"),
            "border_number": float(around.cues[i] & _NUMBERED != 0),
            "border_colon": float(text[-1] in "：:"),
        }

    def item(self, start: int, end: int) -> Values:
        """Return what speaks for the lines from one to before another to be one item."""
        around = self._around
        chars = self._chars[end] - self._chars[start]
        inner = self._subheads(start, end)
        styles = [around.styles[i] for i in inner]
        likes = [alike(one, other) for one, other in pairwise(styles)]
        head = around.styles.get(start)
        dated, signed, tailed = self._has_dateline(start, end), self._has_byline(start, end), self._has_tail(start, end)
        date_habit, byline_habit, tail_habit = self._habits
        return {
            "item": 1.0,
            "item_no_text": float(chars == 0),
            "item_short": float(0 < chars < 120),
            "item_long": float(chars > 1500),
            "item_far_longer": float(chars > 3 * self._typical),
            "item_far_shorter": float(chars < 0.3 * self._typical),
            "item_dated": float(dated),
            "item_dated_as_others": dated * date_habit,
            "item_undated_unlike_others": (not dated) * date_habit,
            "item_byline": float(signed),
            "item_no_byline_unlike_others": (not signed) * byline_habit,
            "item_tail": float(tailed),
            "item_no_tail_unlike_others": (not tailed) * tail_habit,
            "item_one_subhead": float(len(inner) == 1),
            "item_two_subheads": float(len(inner) == 2),
            "item_more_subheads": float(max(min(len(inner), _MANY_SUBHEADS) - _FEW_SUBHEADS + 1, 0) > 0),
            "item_subheads_alike": float(sum(like >= 3 for like in likes)),
            "item_subheads_unlike": float(sum(like <= 1 for like in likes)),
            "item_sections_even": self._evenness([*inner, end]),
            "item_subhead_like_headline": float(sum(head is not None and alike(head, one) >= 3 for one in styles)),
            "item_inner_date": float(sum(self._dated[i + 1] for i in inner)),
            "item_inner_byline": float(sum(any(self._byline[i + 1 : i + 3]) for i in inner)),
            "item_inner_tail": float(sum(self._tail[i - 1] for i in inner)),
        }

    def _text_between(self, start: int, end: int) -> list[int]:
        """Return the lines of text between two lines."""
        return [j for j in range(start + 1, end) if not self._around.brief[j]]

    def _section_below(self, i: int, end: int) -> list[int]:
        """Return the lines of text below a line up to the next that may be a headline or a subhead."""
        rank = bisect_right(self._sections, i)
        for stop in [*self._sections[rank:], end]:
            found = self._text_between(i, min(stop, end))
            if found or stop >= end:
                return found
        return []

    def _subheads(self, start: int, end: int) -> list[int]:
        """Return the lines of an item that would be its subheads."""
        brief, texts = self._around.brief, self._around.texts
        return [
            i
            for i in range(start + 2, end - 1)
            if brief[i] and not brief[i - 1] and len(texts[i]) <= _SUBHEAD and not self._byline[i]
        ]

    def _evenness(self, places: Sequence[int]) -> float:
        """Return how even the sections of an item are, 1 if they are all of one length; 0 if it has less than two."""
        sizes = [self._chars[b] - self._chars[a] for a, b in pairwise(places)]
        if len(sizes) < 2:
            return 0.0
        mean = sum(sizes) / len(sizes)
        spread = math.sqrt(sum([(size - mean) ** 2 for size in sizes]) / len(sizes))
        return 1 / (1 + spread / (mean + 1))

    def _said(self, line: int, others: Sequence[int]) -> float:
        return min(self._ties.weight([line], others), _OWN) / _OWN

    def _lead(self, start: int, end: int) -> int | None:
        """Return the first line of text of an item."""
        long = self._around.long
        rank = bisect_left(long, start)
        found = long[rank] if rank < len(long) else end
        return found if found < min(end, start + 6) else None

    def _has_dateline(self, start: int, end: int) -> bool:
        lead = self._lead(start, end)
        return lead is not None and any(self._dated[start : lead + 1])

    def _has_byline(self, start: int, end: int) -> bool:
        lead = self._lead(start, end)
        return any(self._byline[start + 1 : lead if lead is not None else min(end, start + 4)])

    def _has_tail(self, start: int, end: int) -> bool:
        return any(self._tail[max(start + 1, end - 1) : end])


def _middle(values: Sequence[int], default: int) -> int:
    return sorted(values)[len(values) // 2] if values else default
