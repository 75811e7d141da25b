"""Describe a line by itself: its length, its ends, the cues that it shows."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import byline_authors
from jmtools.pages.cue_sets import BYLINES, NEIGHBOURLY, OUTSIDES, bits_of, names_of
from jmtools.pages.cues import CUE_ORDER, cues_of_lines
from jmtools.pages.traits import traits_of

CANDIDATE = 64  # characters: longer lines are paragraphs, captions or advertisements, never headlines

_LENGTHS = (2, 4, 6, 8, 10, 13, 17, 22, 28, 36, 48, 64, 100)
_CLOSERS = "”’」』）)】]》〉\"' 　"
_TAIL = 60  # characters in which it shows
_CREDIT_ENDS = frozenset("）)")
_END_CREDIT = LazyPattern(r"[（(][^（()）]{2,48}[）)][\s　]*$")
_SPACES = compile_pattern(r"[ 　]+").findall
_COMMAS = compile_pattern(r"[，,、；;]").findall
_DIGIT = re.compile(r"[0-9]").search
_SPACED, _PARTED = (tuple(f"{what}{n}" for n in range(4)) for what in ("spaces", "commas"))
_CUES, _OUTSIDES = bits_of(CUE_ORDER), bits_of(OUTSIDES)
_BYLINE, _NAMES = (bits_of([name]) for name in BYLINES)
_OUTSIDE: dict[tuple[str, ...], int] = {(name,): bits_of([name]) for name in OUTSIDES}
_TERMINAL = frozenset("。！？!?…；;")


def complete(text: str) -> bool:
    """Say whether a line ends a sentence, closing quotes and a credit in brackets aside.

    >>> complete("他说：“好。”（记者 李小明）"), complete("他说：“好，")
    (True, False)
    """
    last = text[-1:]
    if last in _TERMINAL:
        return True
    if last not in _CLOSERS and not last.isspace():
        return False
    tail = text[-_TAIL:]
    if tail.rstrip(_CLOSERS)[-1:] in _TERMINAL:
        return True
    if tail.rstrip()[-1:] not in _CREDIT_ENDS:
        return False
    credit = _END_CREDIT.search(tail)
    return credit is not None and tail[: credit.start()].rstrip(_CLOSERS)[-1:] in _TERMINAL


def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one."""
    return "一" <= char <= "龥"


def short_and_open(text: str, most: int) -> bool:
    """Say whether a line of at most so many characters ends no sentence, as headlines and subheads do.

    >>> short_and_open("渡口换新船", 30), short_and_open("渡口换新船。", 30), short_and_open("渡口换新船", 4)
    (True, False, False)
    """
    return len(text) <= most and not complete(text)


class LineShape(tuple[str, ...]):
    """The features that a line has by itself, in the order in which they are learned."""

    __slots__ = ()

    @property
    def size(self) -> int:
        """The class of its length, from 0."""
        return int(self[1].removeprefix("len"))

    @property
    def end(self) -> str:
        """How it ends: `end_full`, `end_comma` and so on."""
        return self[2]

    @property
    def cues(self) -> tuple[str, ...]:
        """The features after `any`, the length, the end and the start."""
        return self[4:]


def words_of_lines(texts: Sequence[str]) -> list[int]:
    """Return what the lines of a page show by their words: cues, bylines and the like, as bits of `CUE_NAMES`."""
    return [
        cues if len(text) > CANDIDATE else cues | _byline(text) | _OUTSIDE.get(traits_of(text), 0)
        for text, cues in zip(texts, cues_of_lines(texts), strict=True)
    ]


def _byline(text: str) -> int:
    authors = byline_authors(text)
    if authors is None:
        return 0
    return _BYLINE if any(role != "作者" for _, role in authors) else _NAMES


def shape_of(text: str, words: int) -> LineShape:
    """Return the features that a line has by itself, with what it shows by its words."""
    size = len(text)
    found = [*_base(bisect_right(_LENGTHS, size), _end(text), start_of(text[0])), *names_of(words & _CUES)]
    if size <= CANDIDATE:
        found += names_of(words & (_BYLINE | _NAMES))
        spaces = len(_SPACES(text)) if " " in text or "　" in text else 0
        commas = len(_COMMAS(text))
        if spaces:
            found.append(_SPACED[min(spaces, 3)])
        if commas:
            found.append(_PARTED[min(commas, 3)])
        if _DIGIT(text):
            found.append("digits")
        found.append(_last(text[-1]) if size > 1 else "one")
        found += names_of(words & _OUTSIDES)
    if _unbalanced(text):
        found.append("unbalanced")
    return LineShape(found)


@lru_cache(2048)
def _base(size: int, end: str, start: str) -> tuple[str, ...]:
    return ("any", f"len{size}", f"end_{end}", f"start_{start}")


@lru_cache(4096)
def _last(char: str) -> str:
    return f"last={char}"


def brief_of(shape: LineShape) -> tuple[str, ...]:
    """Return the features that a line gives to its neighbours."""
    size = shape.size
    coarse = 0 if size <= 2 else 1 if size <= 5 else 2 if size <= 7 else 3 if size <= 9 else 4 if size <= 11 else 5
    return _coarse(coarse, shape.end) + tuple([name for name in shape.cues if name in NEIGHBOURLY])


@lru_cache(2048)
def _coarse(size: int, end: str) -> tuple[str, ...]:
    return (f"size{size}", end, f"{end}&{size}")


def opening_of(text: str) -> str:
    """Return the mark, label or number with which a line opens, or nothing: lines of one list, and subheads, share it.

    >>> opening_of("——节省费用。"), opening_of("地点：图书馆"), opening_of("12.停车难"), opening_of("三、怎么办")
    ('—', '：', '#', '一')
    """
    if not "一" <= text[0] <= "龥":
        return "#" if text[0].isdigit() else text[0] if text[0] not in "“‘《" else ""
    if text[0] in "一二三四五六七八九十第" and text[1:3].strip("一二三四五六七八九十")[:1] in tuple("、章节条是，,"):
        return "一"
    return "：" if _LABEL.match(text) else ""


_LABEL = LazyPattern(r"[一-龥]{1,6}[：:]")


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


def start_of(first: str) -> str:
    """Return what the first character of a line is."""
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
