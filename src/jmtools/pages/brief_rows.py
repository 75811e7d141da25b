"""Rows of briefs without a headline (简讯) below an article: all of a row is decided at once.

Such a brief is one paragraph, and by itself looks like the article's next one. A row tells more: its paragraphs have
no rare words in common with what stands above, each says when something happened, and it ends where the article ends.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.cue_sets import WIRES, bits_of
from jmtools.pages.log_linear import Values, chances, log_odds, total_of
from jmtools.pages.model import Decoded
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import start_of
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.ties import Ties

_SIZES = range(45, 401)  # characters of a brief
_MOST = 14  # briefs of a row
_REACH = 6  # long lines above with which a paragraph is compared
_LONG = 30  # characters
_TEXT = frozenset("PEC")
_HEADS = frozenset("HhSsB")
_SHORTER, _LONGER = 80, 200  # characters
_MOST_SHARED = 0.3
_DARING = 0.3  # wrong borders that a row must save to be believed
_LEAST_ODDS, _MOST_ODDS = -7.0, 4.0
_OPENS = bits_of(WIRES | {"opening"})
_WHEN = LazyPattern(r"近日|日前|最近|昨[天日]|今[天日]|本月|上周|去年|今年|[0-9一二三四五六七八九十]日")
_FIRST, _HEAD = 14, 40  # characters in which a brief says when


@dataclass(frozen=True, slots=True)
class Row:
    """The last paragraphs of an item: from one of them on they may be briefs.

    Attributes:
        places: Their lines.
        lines: What speaks for each to be a brief.
        rows: What speaks for a row that begins with each; one paragraph is a row only beside another brief.
    """

    places: Sequence[int]
    lines: Sequence[Values]
    rows: Sequence[Values]


def possible_rows(around: Surroundings, ties: Ties, decoded: Decoded) -> list[Row]:
    """Return the paragraphs at the ends of a page's items that may be briefs."""
    roles, size = decoded.roles, len(decoded.roles)
    starts = [i for i, role in enumerate(roles) if i == 0 or role in STARTS]
    briefs = frozenset(i for i in starts if roles[i] == "H" and _like_brief(around, i))
    found = []
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        text = (i for i in range(start, end) if roles[i] in _TEXT and len(around.texts[i]) >= _LONG)
        above = start if start in briefs else next(text, end)
        first = end
        while first - 1 > above and end - first < _MOST and roles[first - 1] == "P" and _like_brief(around, first - 1):
            first -= 1
        if first < end and roles[first - 1] in _HEADS and not around.complete[first - 1]:
            first += 1  # the text of a headline or subhead is no brief
        if first < end:
            found.append(_row(around, ties, decoded, range(first, end), start, briefs))
    return found


def row_chances(row: Row, weights: Mapping[str, float]) -> list[float]:
    """Return how probable it is that a row begins with each paragraph that may begin one, and last that none does."""
    lines = [total_of(values, weights) for values in row.lines]
    sums = [sum(lines[i:]) + total_of(values, weights) for i, values in enumerate(row.rows)]
    return chances([*sums, 0.0])


def begins_with(found: Sequence[float], size: int) -> int | None:
    """Return which paragraph a row begins with: the one that makes the fewest wrong borders probable, if any does.

    Args:
        found: What `row_chances` says.
        size: The number of paragraphs.

    >>> begins_with([0.1, 0.7, 0.1, 0.1], 3), begins_with([0.1, 0.1, 0.1, 0.7], 3)
    (1, None)
    """
    places = [*range(len(found) - 1), size]
    wrong = [sum([chance * abs(i - j) for j, chance in zip(places, found, strict=True)]) for i in places]
    least = min(wrong[:-1], default=wrong[-1])
    return wrong.index(least) if least + _DARING < wrong[-1] else None


def _like_brief(around: Surroundings, i: int) -> bool:
    return around.complete[i] and len(around.texts[i]) in _SIZES


def _row(around: Surroundings, ties: Ties, decoded: Decoded, places: range, start: int, briefs: frozenset[int]) -> Row:
    head = [] if start in briefs else [i for i in range(start, min(start + 3, places[0])) if decoded.roles[i] in "Hh"]
    end, size = places[-1] + 1, len(decoded.roles)
    lines = [_line(around, ties, decoded, i, start, head) for i in places]
    rows = []
    beside = places[0] - 1 in briefs or end in briefs
    for i in places if beside else places[:-1]:
        odds = log_odds(decoded.start_probability(i), _LEAST_ODDS, _MOST_ODDS)
        rows.append(
            {
                "row": 1.0,
                "row_first_odds": odds,
                "row_of_few": float(end - i <= 2),
                "row_below_brief": float(i == start + 1 and start in briefs),
                "row_above_brief": float(end in briefs),
                "row_ends_page": float(end == size),
            }
        )
    return Row(places, lines, rows)


def _line(around: Surroundings, ties: Ties, decoded: Decoded, i: int, start: int, head: Sequence[int]) -> Values:
    text = around.texts[i]
    long = around.long
    rank = bisect_left(long, i)
    above = [j for j in long[max(rank - _REACH, 0) : rank] if j >= start]
    near = ties.between([i], above[-1:])
    shared = ties.share(i, above)
    tied = ties.share(i, head)
    return {
        "brief": 1.0,
        "brief_odds": log_odds(decoded.start_probability(i), _LEAST_ODDS, _MOST_ODDS),
        "brief_untied": float(not near),
        "brief_shared": min(shared, _MOST_SHARED),
        "brief_untied_to_headline": float(bool(head) and not tied),
        "brief_tied_to_headline": min(tied, _MOST_SHARED),
        "brief_when": float(_WHEN.search(text, 0, _HEAD) is not None),
        "brief_when_first": float(_WHEN.search(text, 0, _FIRST) is not None),
        "brief_short": float(len(text) < _SHORTER),
        "brief_long": float(len(text) > _LONGER),
        "brief_sign": float(start_of(text[0]) == "sign"),
        "brief_quote": float(text[0] in "“‘"),
        "brief_opens": float(around.cues[i] & _OPENS != 0),
    }
