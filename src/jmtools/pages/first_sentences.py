"""The first sentence below a short line: news begin with what their headline says; sections seldom do.

`docs/benchmarks/split.md` has the figures.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.shapes import is_han
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.ties import Ties

_REACH = 4  # lines below
_LEAST = 12  # characters of a line of text
_MOST = 60  # characters of a first sentence
_BEGINNING = 40  # characters of it in which rare ones are looked for
_STOP = LazyPattern(r"[。！？；]")


class FirstSentences:
    """The first sentences of the texts below the short lines of a page."""

    def __init__(self, around: Surroundings, ties: Ties) -> None:
        self._around, self._ties = around, ties

    def below(self, i: int) -> str:
        """Return the first sentence of the text below a short line; nothing if there is none, or a short line above.

        That may be the kicker above the headline, or its first line.
        """
        texts, brief = self._around.texts, self._around.brief
        if i and brief[i - 1]:
            return ""
        for j in range(i + 1, min(i + 1 + _REACH, len(texts))):
            if not brief[j] and len(texts[j]) >= _LEAST:
                return next((part for part in _STOP.split(texts[j]) if part), "")[:_MOST]
        return ""

    def share_said(self, i: int, sentence: str) -> float:
        """Return how much of what is rare in a short line a sentence says, by pairs of characters."""
        pairs = {pair: float(self._ties.pair(pair)) for pair in _pairs(self._told(i))}
        return _share(pairs, _pairs(sentence))

    def share_written(self, i: int, sentence: str) -> float:
        """Return the same by single rare characters: 渠 stands in 修渠 and in 水渠."""
        chars = {char: self._ties.rareness(char) for char in self._told(i) if is_han(char)}
        return _share(chars, set(sentence[:_BEGINNING]))

    def _told(self, i: int) -> str:
        """Return a short line without a speaker and a colon at its head: the text below names him in any case."""
        return self._around.texts[i].rpartition("：")[2]


def _share(weights: Mapping[str, float], found: Collection[str]) -> float:
    total = sum(weights.values())
    return sum(weight for part, weight in weights.items() if part in found) / total if total else 0.0


def _pairs(text: str) -> set[str]:
    return {one + other for one, other in pairwise(text) if is_han(one) and is_han(other)}
