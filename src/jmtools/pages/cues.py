"""The table of cues: what a line of a newspaper page looks like, with the role it suggests and a printed example.

The table is `data/cues.tsv`. A cue only says that a line looks like something; how much that counts, and for which
role, is learned (see `docs/split.md`) and stands in `data/split_model.json`. Patterns look at the first or last 48
characters of a line, or at the whole of a short one, so that none of them can cost more than a constant. One scan for
the characters that they need leaves few of them to try, and a pattern is compiled when it is tried for the first time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from pathlib import Path

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.io.installed import data_path
from jmtools.pages.compiled import load_functions
from jmtools.pages.compiled_marks import MOST_BITS, Marks

_TABLE = data_path("cues.tsv")
REACH = 48
SHORT = 64
_WORDS = {
    "{paper}": (
        "[一-龥]{0,8}(?:日报|晚报|早报|晨报|商报|时报|都市报|导报|快报|青年报|新报|周刊|周报|电视台|客户端|融媒)"
    ),
    "{agency}": "(?:新华社|中新社|中新网|新华网|央视网|人民网|路透社|法新社|美联社)",
    "{jump}": "(?:今日|本报)?第? ?[A-Za-z]{0,2}(?:[0-9０-９一二三四五六七八九十]{1,3}|头(?=版))",
    "{cn}": "[一二三四五六七八九十百]",
}
_CONTROLS = "".join(map(chr, [*range(9, 14), *range(28, 32), 0x85]))
_SPACES = "".join(map(chr, [0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]))
_NEEDS = {
    "{space}": _CONTROLS + _SPACES,
    "{digit}": "0123456789０１２３４５６７８９",
    "{capital}": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table.

    Attributes:
        name: Name of the feature.
        where: `head` and `tail` search in the first or last characters, `whole` must fit all of a short line.
        needs: Characters of which each line that the pattern finds has at least one.
        pattern: A regular expression.
        role: The role that it mostly suggests, in words.
        example: A line that it must find.
    """

    name: str
    where: str
    needs: str
    pattern: str
    role: str
    example: str


def read_cues(path: Path = _TABLE) -> tuple[Cue, ...]:
    """Read a table of cues: six columns, `#` before a comment."""
    cues = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, where, needs, pattern, role, example = row.split("\t")
            for word, stands_for in _WORDS.items():
                pattern = pattern.replace(word, stands_for)
            for word, stands_for in _NEEDS.items():
                needs = needs.replace(word, stands_for)
            cues.append(Cue(name, where, needs, pattern, role, example))
    return tuple(cues)


CUES = read_cues()

_PLACES = ("head", "tail", "whole")
_ORDERED = sorted(CUES, key=lambda cue: _PLACES.index(cue.where))
CUE_ORDER = tuple([cue.name for cue in _ORDERED])
"""The names of cues, in the order in which a line has them."""

_OF_HEAD, _OF_TAIL = (sum(1 << i for i, cue in enumerate(_ORDERED) if cue.where == place) for place in _PLACES[:2])
_BITS: dict[str, int] = {}  # character → the cues that need it
for _i, _cue in enumerate(_ORDERED):
    for _char in _cue.needs:
        _BITS[_char] = _BITS.get(_char, 0) | 1 << _i
_SCAN = LazyPattern(f"[{re.escape(''.join(_BITS))}]")

_TRADITIONAL = str.maketrans(
    "記員攝圖為據報訊電實習產華聯發導責編輯對廣聲遺號轉續從線話繫讀長壇論評與標題閱點鏈接說稱強調認紹問觀專獨關於無網時聞國際開欄綜東詢賣優傳",
    "记员摄图为据报讯电实习产华联发导责编辑对广声遗号转续从线话系读长坛论评与标题阅点链接说称强调认绍问观专独关于无网时闻国际开栏综东询卖优传",
)


_ANY_TRADITIONAL = compile_pattern(f"[{''.join(map(chr, _TRADITIONAL))}]").search


def simplify(text: str) -> str:
    """Return a text with the Traditional characters of cues and credits in their Simplified form, one for one.

    >>> simplify("本報記者 區念祖")
    '本报记者 區念祖'
    """
    return text.translate(_TRADITIONAL) if _ANY_TRADITIONAL(text) else text


def find_cues(text: str) -> list[str]:
    """Return the names of the cues that a line shows, in Simplified or Traditional characters.

    >>> find_cues("（上接第一版）")
    ['column_tag', 'jump_in', 'paren_line']
    """
    bits = _try(text, _needed(text), simplify)
    return [name for i, name in enumerate(CUE_ORDER) if bits >> i & 1]


def cues_of_lines(texts: Sequence[str]) -> list[int]:
    """Return the cues of each line of a page, one bit for each of `CUE_ORDER`."""
    library = load_functions() if len(_ORDERED) <= MOST_BITS else None
    found = map(_needed, texts) if library is None else _marks().of_lines(library, texts)
    form = simplify if _ANY_TRADITIONAL("".join(texts)) else str
    return [_try(text, bits, form) if bits else 0 for text, bits in zip(texts, found, strict=True)]


@cache
def _marks() -> Marks:
    """Return the table of needed characters as the compiled core reads it, Traditional forms included."""
    forms = {chr(other): _BITS[chr(simple)] for other, simple in _TRADITIONAL.items() if chr(simple) in _BITS}
    return Marks({**_BITS, **forms}, SHORT, REACH, _OF_HEAD, _OF_TAIL)


def _needed(text: str) -> int:
    """Return the cues of which a line has a needed character, as bits."""
    if len(text) <= SHORT:
        return _bits(simplify(text))
    return _bits(simplify(text[:REACH])) & _OF_HEAD | _bits(simplify(text[-REACH:])) & _OF_TAIL


def _try(text: str, bits: int, form: Callable[[str], str]) -> int:
    """Return those of some cues that a line, its characters in their Simplified form, shows."""
    if len(text) <= SHORT:
        text = form(text)
        views = text[:REACH], text[-REACH:], text
    else:
        views = form(text[:REACH]), form(text[-REACH:]), ""
    found = 0
    while bits:
        bit = bits & -bits
        bits ^= bit
        place, test = _TESTS[bit]
        if test(views[place]):
            found |= bit
    return found


def _bits(text: str) -> int:
    return reduce(or_, map(_BITS.__getitem__, _SCAN.findall(text)), 0)


class _Tests(dict[int, tuple[int, Callable[[str], object]]]):
    """For the bit of each cue: the index of what it looks at, and its compiled test."""

    def __missing__(self, bit: int) -> tuple[int, Callable[[str], object]]:
        cue = _ORDERED[bit.bit_length() - 1]
        pattern = compile_pattern(cue.pattern, re.DOTALL)
        begins = cue.pattern.startswith("^")
        test = pattern.fullmatch if cue.where == "whole" else pattern.match if begins else pattern.search
        self[bit] = _PLACES.index(cue.where), test
        return self[bit]


_TESTS = _Tests()
