"""Text → the terms under which a full-text index finds it: any string of four characters, longer ones by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LONGEST = 4  # characters of a string that is found wherever it stands
_WORDS = 4  # words in a row that are found as one longer string: 北渡 临港 产业园
_LONGEST_JOINED = 16

# Letters and digits that are written in a row are one character here: 5G技术 has three.
_UNIT = r"[^\W_\u2e80-\U0003ffff]+|[^\W_]"
_RUN = re.compile(rf"(?:{_UNIT})+")
_UNITS = re.compile(_UNIT)


def search_terms(text: str, words: Sequence[str] = ()) -> str:
    """Return the terms of a text, each once, separated by spaces.

    Args:
        text: What is to be found.
        words: The text cut into words; up to four in a row are one term where they have more than four characters.

    >>> search_terms("查医保。5G来了")
    '查 医 保 查医 医保 查医保 5G 来 了 5G来 来了 5G来了'
    >>> search_terms("查，北渡", ["查", "，", "北渡", "临港", "区"])
    '查 北 渡 北渡 北渡临港区'
    """
    return " ".join(dict.fromkeys([*_grams(text), *_joined(words)]))


def _grams(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        whole = run[0]
        units = _UNITS.findall(whole) if any(char < "\u2e80" for char in whole) else list(whole)
        for size in range(1, min(LONGEST, len(units)) + 1):
            yield from ("".join(units[i : i + size]) for i in range(len(units) - size + 1))


def _joined(words: Sequence[str]) -> Iterator[str]:
    within = [_RUN.fullmatch(word) is not None for word in words]
    for first in range(len(words)):
        term = ""
        for index in range(first, min(first + _WORDS, len(words))):
            if not within[index] or len(term) + len(words[index]) > _LONGEST_JOINED:
                break
            term += words[index]
            if len(term) > LONGEST:
                yield term
