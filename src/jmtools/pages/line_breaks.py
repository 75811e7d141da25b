"""Whether a line without an end mark goes on in a line below, or has lost its full stop.

For each such line the ways to go on are weighed against one another: its sentence ends here, or it goes on in one of
the next lines. What speaks for each is counted in a table of pairs of characters (`data/line_breaks.json`, written by
`training/split_breaks.py`): which end a sentence, which begin one, which meet inside one.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import log
from pathlib import Path

from jmtools.io.installed import data_path
from jmtools.io.records import decode_value
from jmtools.pages.continuity import junction
from jmtools.pages.cue_sets import PRINTED, bits_of
from jmtools.pages.cues import cues_of_lines
from jmtools.pages.log_linear import chances, total_of
from jmtools.pages.shapes import complete, is_han

LONGEST_HEADLINE = 64  # characters
REACH = 4  # lines below among which a broken sentence goes on
# The file has a level for each pair. In nats, the levels of how much more often it stands at an end, or a beginning,
# than elsewhere, and of how much more often two characters meet than by chance.
EDGES = (-2.25, -1.5, -0.75, 0.0, 0.75, 1.5, 2.25, 3.0, 3.75, 4.5)
MEETS = (0.1, 1.1, 2.3, 3.6, 4.8, 6.1)
_SELDOM = -1.0  # of characters that seldom meet
_CLOSING = "”’》）"
_OPENING = "“‘（《"
_NEVER_FIRST = frozenset("，。、；：？！”’）》")
_SHORTEST, _SHORT, _MEDIUM, _TEXT = 6, 20, 40, 30  # characters
_LONGEST = 200
_REMEMBERED = 1 << 16  # pairs of characters
_PAUSES = "，,、：:"
_MOST_NATS = 4.0
_PRINTED = bits_of(PRINTED)
_SIZES = (7, 9, 12, 16, 20, 25, 30, 40, 50)
_MOST = 4
TELLING = frozenset("的了是我他她你也就都在这那不很没着过吗呢们把被让会")  # of sentences, seldom of headlines
_INNER = frozenset("。！？；")

Rows = Mapping[str, str]  # for the first character, levels with tabs between: the second characters


class _EdgeLevels(dict[str, float]):
    """How often two characters stand at an edge, or the one of them at it if the table lacks both; looked up once."""

    def __init__(self, one: Rows, two: Rows, at: int) -> None:
        super().__init__()
        self._one, self._two, self._at = one, two, at

    def __missing__(self, pair: str) -> float:
        level = _level(self._two[pair[0]], pair[1]) if len(pair) > 1 and pair[0] in self._two else None
        if level is None:
            level = _level(self._one[""], pair[self._at])
        return _remember(self, pair, EDGES[level] if level is not None else 0.0)


class _MeetingLevels(dict[str, float]):
    """How firmly two characters belong together; looked up once."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, pair: str) -> float:
        row = self._rows.get(pair[0])
        level = None if row is None else _level(row, pair[1])
        seldom = _SELDOM if row is not None and is_han(pair[1]) else 0.0
        return _remember(self, pair, seldom if level is None else MEETS[level])


def _remember(known: dict[str, float], pair: str, value: float) -> float:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[pair] = value
    return value


@dataclass(frozen=True)
class BreakTable:
    """What is known of the characters at breaks.

    Attributes:
        weights: Of what speaks for each way to go on.
        text: Of what speaks for text, and against headlines and the like.
        wrapped: Of what speaks for a line going on in the next one, where paragraphs were cut at the width of a column.
        end: How much more often a character ends a sentence than it stands anywhere.
        ends: The same for two characters, by the first of them, where the two say something else than the last.
        begin: How much more often a character begins a sentence.
        begins: The same for two characters.
        meets: How firmly two characters belong together.
    """

    weights: Mapping[str, float]
    text: Mapping[str, float]
    wrapped: Mapping[str, float]
    end: Rows
    ends: Rows
    begin: Rows
    begins: Rows
    meets: Rows

    @cached_property
    def begin_level(self) -> Mapping[str, float]:
        """How much more often two characters, or the first of them, begin a sentence, in nats."""
        return _EdgeLevels(self.begin, self.begins, 0)

    @cached_property
    def end_level(self) -> Mapping[str, float]:
        """How much more often two characters, or the last of them, end a sentence, in nats."""
        return _EdgeLevels(self.end, self.ends, -1)

    @cached_property
    def meets_level(self) -> Mapping[str, float]:
        """How firmly two characters belong together, in nats."""
        return _MeetingLevels(self.meets)


class Breaks:
    """The breaks of one page."""

    def __init__(self, texts: Sequence[str], table: BreakTable | None = None) -> None:
        self._texts, self._table = texts, table or _load()
        self._page = "\n".join(texts)
        self._ends: dict[int, float] = {}
        self._text: dict[int, float] = {}

    @cached_property
    def printed(self) -> bool:
        """Whether the page shows that it was printed: by a jump, or an advertisement that fills a column."""
        return any(cues & _PRINTED for cues in cues_of_lines(self._texts))

    @cached_property
    def _triples(self) -> set[str]:
        """All that is three characters long on the page; it takes as long to make as the page takes to search twice."""
        return set(map("".join, zip(self._page, self._page[1:], self._page[2:], strict=False)))

    @cached_property
    def _sides(self) -> list[str]:
        return [_side(text) for text in self._texts]

    @cached_property
    def _stopped(self) -> float:
        stopped, open_ = self._sides.count("stopped"), self._sides.count("open")
        return log((stopped + 1) / (open_ + 1))

    def ends_here(self, i: int) -> float:
        """Return how probable it is that the sentence of a line ends with it."""
        known = self._ends.get(i)
        if known is None:
            weights = self._table.weights
            known = self._ends[i] = chances([total_of(option, weights) for option in self.options(i)])[0]
        return known

    def is_text(self, i: int) -> float:
        """Return how probable it is that a line is text, and no headline, subhead or caption."""
        known = self._text.get(i)
        if known is None:
            long = len(self._texts[i]) > LONGEST_HEADLINE
            known = self._text[i] = 1.0 if long else chances([total_of(self.looks(i), self._table.text), 0.0])[0]
        return known

    def looks(self, i: int) -> dict[str, float]:
        """Return what speaks for and against a line being text."""
        text, sides = self._texts[i], self._sides
        above, below = sides[i - 1] if i else "edge", sides[i + 1] if i + 1 < len(sides) else "edge"
        table = self._table
        return {
            "any": 1.0,
            f"size{bisect_right(_SIZES, len(text))}": 1.0,
            "commas": min(text.count("，"), _MOST),
            "pauses": min(text.count("、"), _MOST),
            "telling": min(sum(char in TELLING for char in text), _MOST),
            "inner_stop": float(not _INNER.isdisjoint(text)),
            "blanks": float(" " in text),
            "bracket": float(text[-1] in "）)】"),
            "colon": float("：" in text),
            "quotes": float("“" in text),
            "digits": float(any(map(str.isdigit, text))),
            "opens_odd": float(not is_han(text[0])),
            "text_begins": table.begin_level[text[:2]],
            "text_ends": table.end_level[text[-2:]],
            f"above_{above}": 1.0,
            f"below_{below}": 1.0,
            f"{above}_{below}": 1.0,
            "page": self._stopped,
        }

    def options(self, i: int) -> list[dict[str, float]]:
        """Return what speaks for the end of the sentence, and for going on in each of the next lines."""
        texts = self._texts
        found = [self._stop(texts[i])]
        short = long = nearer = 0
        for j in range(i + 1, min(i + 1 + REACH, len(texts))):
            place = {f"at{j - i}": 1.0, "printed": float(self.printed), "short": short, "long": long, "nearer": nearer}
            found.append(self._onward(texts[i], texts[j]) | place)
            if len(texts[j]) < _TEXT:
                short += 1
            else:
                long += 1
            nearer += not complete(texts[j]) and len(texts[j]) >= _SHORTEST
        return found

    def goes_on(self, i: int) -> float:
        """Return what speaks for a line, cut at the width of its column, going on in the next one, in nats."""
        return min(max(total_of(self.wrapped(i), self._table.wrapped), -_MOST_NATS), _MOST_NATS)

    def wrapped(self, i: int) -> dict[str, float]:
        """Return what speaks for and against a line without an end mark going on in the next one."""
        text, below, table = self._texts[i], self._texts[i + 1], self._table
        last, first = text[-1], below[0]
        if is_han(first):
            begins = table.begin_level[below[:2]]
            odd: dict[str, float] = {}
        else:
            bare = below.lstrip(_OPENING) or below
            begins = table.begin_level[bare[:2]]
            kind = "opens" if first in _OPENING else "digit" if first.isdigit() else "mark"
            odd = {kind: 1.0, "latin": float(last.isascii() and first.isascii())}
        if last in _PAUSES:
            return {"pause": 1.0, "pause_begins": begins, "pause_odd": float(bool(odd))}
        return odd | {
            "any": 1.0,
            "begins": begins,
            "ends": table.end_level[text[-2:]],
            "meets": table.meets_level[last + first],
            "word": float(bool(junction(last + first))),
            "on_page": self._printed_elsewhere(text, below),
        }

    def _printed_elsewhere(self, text: str, below: str) -> float:
        """Return how much of what a line and the next one would make together stands elsewhere on the page."""
        if len(text) == 1 or len(below) == 1:
            return float((text[-2:] + below[0]) in self._page) + float((text[-1] + below[:2]) in self._page)
        return float((text[-2:] + below[0]) in self._triples) + float((text[-1] + below[:2]) in self._triples)

    def _stop(self, text: str) -> dict[str, float]:
        bare = text.rstrip(_CLOSING) or text
        return {
            "stop": 1.0,
            "ends": self._table.end_level[bare[-2:]],
            "closed": float(len(bare) < len(text)),
            "quoting": float(text.count("“") > text.count("”")),
            "in_brackets": float(text.count("（") > text.count("）")),
            "length": min(len(text), _LONGEST) / 100,
            "ends_odd": float(not is_han(text[-1])),
        }

    def _onward(self, text: str, below: str) -> dict[str, float]:
        bare = below.lstrip(_OPENING) or below
        last, first = text[-1], below[0]
        firmly = junction(last + first)
        size = len(below)
        return {
            "begins": self._table.begin_level[bare[:2]],
            "meets": self._table.meets_level[last + first],
            "strong": float(firmly == "strong"),
            "word": float(firmly == "word"),
            "on_page": self._printed_elsewhere(text, below),
            "latin": float(last.isascii() and first.isascii()),
            "mark": float(not is_han(first) and not first.isascii()),
            "opens": float(len(bare) < size),
            "digit": float(first.isdigit()),
            "never_first": float(first in _NEVER_FIRST),
            "below_short": float(size < _SHORT),
            "below_medium": float(_SHORT <= size < _MEDIUM),
        }


def _side(text: str) -> str:
    """Return how a line looks to the ones around it."""
    if len(text) >= _TEXT:
        return "text_stopped" if complete(text) else "text_open"
    return "stopped" if complete(text) else "open"


def _level(row: str, char: str) -> int | None:
    place = row.find(char)
    return row.count("\t", 0, place) if place >= 0 else None


def read_breaks(path: Path) -> BreakTable:
    """Read what `training/split_breaks.py` wrote."""
    data = decode_value(path.read_bytes())
    return BreakTable(*(data[name] for name in BreakTable.__dataclass_fields__))


@cache
def _load() -> BreakTable:
    return read_breaks(data_path("line_breaks.json"))
