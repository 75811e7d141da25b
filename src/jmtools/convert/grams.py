"""Text → the terms under which a full-text index finds it: any string of four characters, longer ones by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import add

LONGEST = 4  # characters of a string that is found wherever it stands
_WORDS = 4  # words in a row that are found as one longer string: 北渡 临港 产业园
_LONGEST_JOINED = 16

_GAP = "\n"  # stands for all that is neither letter nor digit; no term reaches across
_GAPS = re.compile(r"[\W_]+")
_BLOCK = 1 << 16

# Letters and digits that are written in a row are one character here: 5G技术 has three.
_UNIT = r"[^\W_\u2e80-\U0003ffff]+|[^\W_]"
_RUN = re.compile(r"[^\W_]+")
_UNITS = re.compile(_UNIT)
_UNITS_AND_GAPS = re.compile(rf"{_UNIT}|{_GAP}")
# What stands inside one name or number: 阿卜·杜拉, 2024-03-11, A/B. A query with such a sign is a phrase of its parts.
# Begins only where a run begins, and gives nothing back: linear on any text.
_LINKED = re.compile(r"(?<![^\W_])[^\W_]++(?:[·•・‧./:&'’+–—_-][^\W_]++)+")
_MOST_LINKED = 4  # parts in a row
_BARRIER = "\ue000"  # a term that nobody types, between phrases
_ONLY_HAN = re.compile(f"[\u2e80-\U0003ffff{_GAP}]+")


def search_terms(text: str, words: Sequence[str] = ()) -> str:
    """Return the terms of a text, each once, separated by spaces.

    Args:
        text: What is to be found.
        words: The words of the text; up to four in a row are one term where they have more than four characters.

    >>> search_terms("查医保。5G来了")
    '查 医 保 5G 来 了 查医 医保 5G来 来了 查医保 5G来了'
    >>> search_terms("查，北渡", ["查", "，", "北渡", "临港", "区"])
    '查 北 渡 北渡 北渡临港区'
    >>> search_terms("A-1").replace(_BARRIER, "|")
    'A 1 | A 1'
    """
    terms: dict[str, None] = {}
    for block in _blocks(_GAPS.sub(_GAP, text)):
        # A string is the list of its characters.
        units = block if _ONLY_HAN.fullmatch(block) else _UNITS_AND_GAPS.findall(block)
        terms.update(dict.fromkeys(_grams(units, LONGEST)))
    known: dict[str, str] = {}
    joinable = [known.get(word) or known.setdefault(word, word if _RUN.fullmatch(word) else _GAP) for word in words]
    for start in range(0, len(joinable), _BLOCK):
        joined = dict.fromkeys(_grams(joinable[start : start + _BLOCK + _WORDS - 1], _WORDS))
        terms.update((term, None) for term in joined if LONGEST < len(term) <= _LONGEST_JOINED)
    found = [term for term in terms if _GAP not in term]
    phrases = [phrase for link in _LINKED.finditer(text) for phrase in _phrases(_RUN.findall(link[0]))]
    return f" {_BARRIER} ".join([" ".join(found), *dict.fromkeys(phrases)])


def _phrases(parts: Sequence[str]) -> Iterator[str]:
    """Yield the phrases by which linked parts are found: the end of one, what is between, the beginning of another."""
    units = [_UNITS.findall(part) for part in parts]
    for first in range(len(parts)):
        for last in range(first + 1, min(first + _MOST_LINKED, len(parts))):
            between = parts[first + 1 : last]
            for before in range(1, min(LONGEST, len(units[first])) + 1):
                for after in range(1, min(LONGEST, len(units[last])) + 1):
                    yield " ".join(["".join(units[first][-before:]), *between, "".join(units[last][:after])])


def _blocks(text: str) -> Iterator[str]:
    """Yield a text in pieces that end where nothing reaches across, so that those of a long one take little room."""
    start = 0
    while start < len(text):
        end = text.find(_GAP, start + _BLOCK) + 1 or len(text)
        yield text[start:end]
        start = end


def _grams(units: Sequence[str], longest: int) -> Iterator[str]:
    """Return the units, then each joined with the next, and so on."""
    grams = [list(units)]
    for size in range(1, longest):
        grams.append(list(map(add, grams[-1], units[size:])))
    return chain.from_iterable(grams)
