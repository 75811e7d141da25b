"""Is what the fonts of a PDF say text at all? Fonts whose codes are shifted or scrambled give wrong characters."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from statistics import correlation

from jmtools.io.installed import read_data
from jmtools.read.layout_runs import UNKNOWN, Char
from jmtools.words.script_forms import simplified_forms

# Shares of neighbours inside Chinese text that are neighbours inside words. Measured on 30,000 pieces of news, papers,
# headlines and lists of names, of today and of the 1930s: none has less than .12 in 40 pairs and .19 in 100; of
# 7,500 scrambled ones 99 % have less than .05, and .13 where the characters of a text were exchanged for each other.
_PAIRS = ((100, 0.14), (40, 0.08))
_OTHER_SCRIPTS = 0.02  # of the characters are kana or Hangul: no Chinese
# Of the letters of alphabets: how they correlate with the ranks of those of European languages. 210 pages of the test
# sets of docs/read.md have .57 and more; letters exchanged for each other .34 and less in 95 %.
_WORD = re.compile("[a-z]{4,}")  # letters of formulas stand alone
_LETTERS, _DISTINCT = 150, 18
_UNLIKE = 0.33
_LIKELIEST = "etaoinshrdlcumwfgypbvkjxqz"
_RANKS = [-math.log(rank) for rank in range(1, len(_LIKELIEST) + 1)]
# Of codes that a program gave out in the order in which it needed them.
_NEW_CODES, _FIRST_CODES = 30, 90
_USED_AGAIN = 0.25  # of the characters stand there several times, or more
_NUMBERED_MARKS = 8  # codes begin with those of marks
_IN_ORDER, _TABLE = 0.9, 0.8
# Of neighbours without a blank between them: letters beside marks or digits, small ones before capital ones.
_NEIGHBOURS = 60
_BLANKS = 0.25  # the most blanks for each character: lines of a program have more
_JUMPS = 0.6  # formulas and passwords have more marks of fewer kinds, or fewer marks
_MARKS = (0.2, 0.9)  # of the characters
_KINDS_OF_MARKS = 15
_MIXED_ALPHABETS = 0.15  # letters of two of them beside each other
_ALPHABETS = {"small": "latin", "capital": "latin", "greek": "greek", "cyrillic": "cyrillic", "kana": "kana"}
_NO_JUMPS = frozenset(
    [
        ("capital", "small"),
        ("letter", "."),
        (".", "letter"),
        ("kana", "."),
        (".", "kana"),
        ("kana", "letter"),
        ("letter", "kana"),
    ]
)
_MOST = 3_000  # characters of a page or font that are looked at
_BLANK = 0.15  # of the size of print: a wider gap is a blank


class FontTexts:
    """The characters of a page by their fonts, in the order of the file."""

    def __init__(self) -> None:
        self._by_font: dict[int, list[Char]] = {}
        self._page: list[Char] = []

    def add(self, font: int, chars: list[Char]) -> None:
        """Add a piece of text."""
        self._by_font.setdefault(font, []).extend(chars)
        self._page += chars

    def count_doubtful(self) -> int:
        """Return how many characters are of fonts that make no text; all where the whole page makes none."""
        if not self._page:
            return 0
        if is_implausible(_text(self._page)):
            return _count(self._page)
        if len(self._by_font) < 2:
            return 0
        return sum(_count(chars) for chars in self._by_font.values() if is_implausible(_text(chars)))


def _count(chars: list[Char]) -> int:
    return sum(len(char.text) - char.text.count(UNKNOWN) for char in chars)


def _text(chars: list[Char]) -> str:
    chars = chars[:_MOST]
    between = chain(("",), map(_between, chars, chars[1:]))
    return "".join(before + char.text for before, char in zip(between, chars, strict=False))


def _between(last: Char, char: Char) -> str:
    """Return what stands between two characters: nothing, a blank, or a line break where they are no neighbours."""
    size = max(char.size, last.size)
    gap = char.x0 - last.x1
    if -0.5 * size < gap < size and abs(last.y1 - char.y1) < 0.3 * size:
        return " " if char.after_space or gap > _BLANK * size else ""
    if abs(last.x0 - char.x0) < 0.3 * size and -0.5 * size < char.y0 - last.y1 < size:
        return " " if char.after_space else ""
    return "\n"


def is_implausible(text: str) -> bool:
    """Tell whether characters of one font can be no text.

    Args:
        text: The characters in the order of the file; a blank where one stands, a line break between two that do not
            stand side by side.

    >>> is_implausible("山上的茶园里，茶农们从早上七点开始采摘今年的第一批春茶，合作社的负责人说，产量比去年增加两成。")
    False
    >>> is_implausible("拜稗斑班搬扳般颁板版扮拌伴瓣半办绊邦帮梆榜膀般绑棒磅蚌镑磅镑傍谤苞胞包褒拌伴瓣邦剥薄雹薄苞保堡")
    True
    """
    return _has_no_words(text) or _is_numbered(text) or _is_no_language(text) or _is_jumble(text)


def _has_no_words(text: str) -> bool:
    """Tell whether Chinese text has hardly any neighbours that are neighbours in words."""
    counts = Counter(text)
    han = sum(count for char, count in counts.items() if _is_han(char))
    others = sum(
        count for char, count in counts.items() if "\u3040" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3"
    )
    if not han or others > _OTHER_SCRIPTS * han:
        return False
    known = _known_pairs()
    pairs = [(a, b) for a, b in pairwise(text.translate(simplified_forms())) if _is_han(a) and _is_han(b)]
    least = next((share for size, share in _PAIRS if len(pairs) >= size), 0.0)
    return sum(b in known.get(a, "") for a, b in pairs) < least * len(pairs)


def _is_numbered(text: str) -> bool:
    """Tell whether new characters come in the order of their codes, as where a program has numbered shapes anew.

    Characters of a table stand in that order too, but again where they stand a second time.
    """
    counts = Counter(char for char in text if not char.isspace() and char != UNKNOWN)
    new = list(counts)[:_FIRST_CODES]
    again = sum(count > 1 for count in counts.values())
    if len(new) < _NEW_CODES or again < _USED_AGAIN * len(counts) or sum(map(_is_mark, new)) < _NUMBERED_MARKS:
        return False
    return _rising(new) >= _IN_ORDER and _rising("".join(text.split())) < _TABLE


def _rising(chars: Sequence[str]) -> float:
    return sum(a < b for a, b in pairwise(chars)) / (len(chars) - 1)


def _is_mark(char: str) -> bool:
    return _kind(char) == "."


def _is_no_language(text: str) -> bool:
    """Tell whether the common letters of European languages are rare, as in text in cipher."""
    counts = Counter("".join(_WORD.findall(unicodedata.normalize("NFD", text).lower())))
    total = counts.total()
    if total < _LETTERS or len(counts) < _DISTINCT:
        return False
    logs = [math.log((counts[letter] + 0.5) / total) for letter in _LIKELIEST]
    return len(set(logs)) > 1 and correlation(_RANKS, logs) < _UNLIKE  # a table of characters has each as often


def _is_jumble(text: str) -> bool:
    """Tell whether characters of all kinds follow each other without any order."""
    kinds = [_kind(char) for char in text]
    pairs = [(a, b) for a, b in pairwise(kinds) if " " not in (a, b)]
    chars = len(kinds) - kinds.count(" ")
    if len(pairs) < max(_NEIGHBOURS, (1 - _BLANKS) * chars):
        return False
    alphabets = [(_ALPHABETS.get(a), _ALPHABETS.get(b)) for a, b in pairs]
    if sum(a != b and a is not None and b is not None for a, b in alphabets) > _MIXED_ALPHABETS * len(pairs):
        return True
    marks = [char for char, kind in zip(text, kinds, strict=True) if kind == "."]
    few, many = (share * chars for share in _MARKS)
    jumps = sum(a != b and (a, b) not in _NO_JUMPS for a, b in pairs)
    jumps += sum(a == b == "." and x != y for (a, b), (x, y) in zip(pairwise(kinds), pairwise(text), strict=True))
    return few < len(marks) < many and len(set(marks)) >= _KINDS_OF_MARKS and jumps > _JUMPS * len(pairs)


@functools.cache
def _known_pairs() -> dict[str, str]:
    rows = read_data("character-pairs.txt").splitlines()
    return {row[0]: row[1:] for row in rows if not row.startswith("#")}


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@functools.lru_cache(maxsize=1 << 16)
def _kind(char: str) -> str:
    """Return the kind of a character: a blank, a digit, a mark, a letter or sign; of Latin letters their case."""
    if char.isspace():
        return " "
    if char.isdigit():
        return "0"
    if unicodedata.category(char) in ("So", "Co"):
        return "kana" if "\u3040" <= char <= "\u30ff" else "letter"
    if not char.isalpha():
        return "."
    if "\u0370" <= char < "\u0530":
        return "greek" if char < "\u0400" else "cyrillic"
    if char < "\u0250":
        return "small" if char.islower() else "capital"
    return "kana" if "\u3040" <= char <= "\u30ff" else "letter"
