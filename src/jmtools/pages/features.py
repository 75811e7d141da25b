"""Describe each line of a page by features: what it looks like, what stands around it, what it has in common with both.

A feature is a short string; its weights are learned. Features come in groups (tuples) that repeat from line to line, so
that the decoder can add up the weights of a group once and look the sum up afterwards.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from jmtools.pages.credits import byline_authors
from jmtools.pages.cues import find_cues
from jmtools.pages.lines import Line

Group = tuple[str, ...]

_LENGTHS = (2, 4, 6, 8, 10, 13, 17, 22, 28, 36, 48, 64, 100)
_COARSE = (4, 10, 17, 28, 48)
_SHARES = (0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_COHESIONS = (0.005, 0.015, 0.03, 0.05, 0.08, 0.12, 0.18)
_FEW = (0, 1, 2, 3, 5, 9)
CANDIDATE = 64  # characters: longer lines are paragraphs, captions or advertisements, never headlines
_LONG = 30  # characters: a line of at least that many says something about the topic around it
_SAMPLE = 600  # characters of a line that are looked at for words in common
_BLOCK = 3  # long lines on either side

_CLOSERS = "”’」』）)】]》〉\"' 　"
_END_CREDIT = re.compile(r"[（(][^（()）]{2,48}[）)][\s　]*$")
_TERMINAL = frozenset("。！？!?…；;")
_QUOTES = str.maketrans("", "", "")


def page_features(lines: Sequence[Line]) -> list[tuple[Group, ...]]:
    """Return the feature groups of every line of a page."""
    shapes = [_shape(line.text) for line in lines]
    briefs = [_brief(shape) for shape in shapes]
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


def complete(text: str) -> bool:
    """Say whether a line ends a sentence, closing quotes and a credit in brackets aside.

    >>> complete("他说：“好。”（记者 李小明）"), complete("他说：“好，")
    (True, False)
    """
    tail = text[-60:].rstrip(_CLOSERS)
    if tail[-1:] in _TERMINAL:
        return True
    credit = _END_CREDIT.search(text[-60:])
    return bool(credit) and text[-60:][: credit.start()].rstrip(_CLOSERS)[-1:] in _TERMINAL if credit else False


def _shape(text: str) -> list[str]:
    size = len(text)
    found = ["any", f"len{bisect_right(_LENGTHS, size)}", f"end_{_end(text)}", f"start_{_start(text[0])}"]
    found += find_cues(text)
    if size <= CANDIDATE:
        authors = byline_authors(text)
        if authors is not None:
            found.append("byline" if any(role != "作者" for _, role in authors) else "names")
        spaces = sum(1 for part in re.split(r"[ 　]+", text)) - 1
        if spaces:
            found.append(f"spaces{min(spaces, 3)}")
        commas = sum(text.count(mark) for mark in "，,、；;")
        if commas:
            found.append(f"commas{min(commas, 3)}")
        if any("0" <= char <= "9" for char in text):
            found.append("digits")
        found.append(f"last={text[-1]}" if size > 1 else "one")
    if _unbalanced(text):
        found.append("unbalanced")
    return found


def _brief(shape: Group | list[str]) -> Group:
    size = int(shape[1][3:])
    coarse = 0 if size <= 2 else 1 if size <= 5 else 2 if size <= 7 else 3 if size <= 9 else 4 if size <= 11 else 5
    kept = [f"size{coarse}", shape[2], f"{shape[2]}&{coarse}"]
    kept += [name for name in shape[4:] if name in _NEIGHBOURLY]
    return tuple(kept)


_NEIGHBOURLY = frozenset(
    [
        "dateline",
        "dateline_role",
        "speaker",
        "question",
        "jump_in",
        "jump_out",
        "editions",
        "caption_head",
        "caption_tail",
        "photo_credit",
        "picture_word",
        "picture_head",
        "psa",
        "sponsor",
        "notice",
        "editors",
        "folio_page",
        "folio_date",
        "imprint",
        "author_note",
        "credit_wire",
        "paren_line",
        "editor_says",
        "box_word",
        "list_cn",
        "list_digit",
        "chapter",
        "law",
        "byline",
        "names",
        "dash_tail",
        "opening",
        "slogan",
        "phone",
        "digits7",
        "shop",
    ]
)


def _end(text: str) -> str:
    last = text[-1]
    if last in "，,、":
        return "comma"
    if last in "：:":
        return "colon"
    if last in "—－":
        return "dash"
    if complete(text):
        return "full" if last not in "？?！!" else "exclaim"
    if last in "）)】]":
        return "bracket"
    if last in '”’」』"':
        return "quote"
    if last in "》〉":
        return "title"
    if last.isascii():
        return "latin" if last.isalnum() else "sign"
    return "open"


def _start(first: str) -> str:
    if "一" <= first <= "龥":
        return "han"
    if first in '“‘「『"':
        return "quote"
    if first in "（([【《〈":
        return "bracket"
    if first.isdigit():
        return "digit"
    if first.isascii() and first.isalpha():
        return "latin"
    if first in "，。、；：？！”’）》,.;:?!)":
        return "never"
    return "sign"


def _unbalanced(text: str) -> bool:
    return text.count("“") != text.count("”") or text.count("《") != text.count("》")


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
