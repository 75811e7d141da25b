"""Codes of PDF fonts that nothing names, or that a typesetting system uses in its own way: what do they stand for?"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Collection
from itertools import pairwise

# What the codes of fonts without a table are where they are characters. Numbers of shapes begin with 3 for the space
# and run through all scripts.
_USUAL = (
    (0x20, 0x7F),
    (0xA0, 0x24F),  # Latin letters with marks
    (0x370, 0x52F),  # Greek, Cyrillic
    (0x2010, 0x2044),  # dashes, quotation marks, dots
    (0x2190, 0x23FF),  # arrows, mathematics
    (0x2460, 0x27BF),  # numbers in circles, squares, stars
    (0x3000, 0x30FF),  # Chinese marks, kana
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xFB00, 0xFB06),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)
_MOST_UNUSUAL = 0.1  # of the characters of a font
_MOST_PRIVATE = 0.3  # of the characters of a page: fewer are bullets and signs of a symbol font

# A typesetting system of Chinese papers keeps slanted letters in row A0 of GBK, each at its ASCII code with
# the highest bit set, where GBK has the rarest of characters.
_SLANTED = {bytes([0xA0, ord(letter) | 0x80]).decode("gbk"): letter for letter in string.ascii_letters}
_SLANTED_PAIRS, _SLANTED_KINDS = 2, 3  # pairs of them, and different ones, on a page where they are letters


def are_characters(codes: Collection[int]) -> bool:
    """Tell whether codes that nothing names are characters.

    >>> are_characters([ord(c) for c in "甲方：（盖章）"]), are_characters([3, 44, 81]), are_characters([6610, 6513])
    (True, False, False)
    """
    if any(code < 0x20 for code in codes):
        return False
    unusual = sum(not _is_usual(code) for code in set(codes))
    return unusual <= _MOST_UNUSUAL * len(set(codes))


def count_private(text: str) -> int:
    """Return how many characters of a page are known to their font alone; a few of them are symbols.

    >>> count_private("\ue123\ue124\ue125三"), count_private("\uf0b7第一点第二点")
    (3, 0)
    """
    private = sum(unicodedata.category(char) == "Co" for char in text)
    return private if private > _MOST_PRIVATE * len(text) else 0


def slanted_letters(text: str) -> dict[int, str]:
    """Return, as `str.translate` takes it, which letters some Han characters of a page stand for, if they do.

    >>> "犃犫狊狋狉犪犮狋".translate(slanted_letters("犃犫狊狋狉犪犮狋：江岸")), slanted_letters("情況和狀態，犇先生")
    ('Abstract', {})
    """
    pairs = [pair for pair in pairwise(text) if pair[0] in _SLANTED and pair[1] in _SLANTED]
    if len(pairs) < _SLANTED_PAIRS or len({char for pair in pairs for char in pair}) < _SLANTED_KINDS:
        return {}
    return str.maketrans(_SLANTED)


def _is_usual(code: int) -> bool:
    return any(first <= code <= last for first, last in _USUAL) and unicodedata.category(chr(code)) not in ("Cn", "Co")
