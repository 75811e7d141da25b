"""Whether a candidate is a word, and a new one: by the dictionary, the stop list and the segmenter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jmtools.io.disk_array import DiskArray
from jmtools.newwords.candidates import Candidate
from jmtools.words.name_lists import looks_like_name, roles
from jmtools.words.segment import load_segmenter, word_tags
from jmtools.words.stopwords import load_stopwords

_CONTEXT = 12  # characters on each side that are segmented with a candidate
_ALIGNED = 0.3  # share of the places at which the segmenter must set borders at both ends of a candidate
# Characters with which no new word begins or ends, whatever the segmenter makes of it.
_FUNCTION = "的了着在是有和与及很最更各该此每也都就才又再不没将被把从对向于至为以之其们·"
# Parts of speech that a new word neither begins nor ends with: numerals, measures, pronouns, particles and the like.
_LOOSE_TAGS = re.compile("[cefmopqruy]|d|mq|u[a-z]|zg")
_LATIN = re.compile("[A-Za-z0-9]")
# Han characters, the dot of names, and Latin letters with digits: 5G基站, never 3年前 or letters alone.
_WORD = re.compile(rf"(?=.*[一-鿿])(?![{_FUNCTION}])(?:[一-鿿·]|[0-9]*[A-Za-z][A-Za-z0-9]*)+(?<![{_FUNCTION}])")
_FIGURE = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿几]")
_COUNTED = 0.6  # share of the places with a figure right before them from which a word begins inside an amount
_MEASURES = frozenset("个次些点位名件条项年月日时分秒元岁")  # these end no noun


def _is_named_role(parts: Sequence[str]) -> bool:
    """Tell whether words are a role and a name behind it."""
    return parts[0] in roles() and looks_like_name("".join(parts[1:]))


class Judge:
    """Decides by dictionary, stop list and segmenter whether a candidate is a word, and a new one."""

    def __init__(self, codes: DiskArray, *, phrases: bool) -> None:
        self._codes = codes
        self._segmenter = load_segmenter()
        self._tags = word_tags()
        self._stop = load_stopwords()
        self._phrases = phrases

    def segmented_as(self, candidate: Candidate) -> list[str] | None:
        """Return how the segmenter parts a new word, or None if it is no word, or not new."""
        word = candidate.word
        if self._tags[word] != "x" or not _WORD.fullmatch(word):
            return None
        parts = self._segmenter.cut(word)
        if any(part in self._stop for part in parts):
            return None
        if len(parts) > 1 and (self._is_loose(parts[0]) or (self._is_loose(parts[-1]) and not self._is_suffix(parts))):
            return None
        if not self._phrases and len(parts) > 1 and all(len(part) > 1 and self._tags[part] != "x" for part in parts):
            return None
        if len(parts) > 1 and (self._tags[parts[0]] == "k" or _is_named_role(parts)):
            return None  # 型导弹, 主持人岑望
        counted = sum(self._is_counted(place, len(word)) for place in candidate.places)
        if counted > _COUNTED * len(candidate.places):
            return None
        if not all(self._is_whole(place, word) for place in candidate.places):
            return None
        aligned = sum(self._stands_alone(place, len(word)) for place in candidate.places)
        return parts if aligned >= _ALIGNED * len(candidate.places) else None

    def _is_whole(self, place: int, word: str) -> bool:
        """Tell whether no letter or digit stands right beside a word's own at its end: not G基站 of 5G基站."""
        left, right = _LATIN.match(word[0]), _LATIN.match(word[-1])
        if not left and not right:
            return True
        text, start = self._context(place, len(word))
        before, after = text[:start][-1:], text[start + len(word) :][:1]
        return not (left and _LATIN.match(before)) and not (right and _LATIN.match(after))

    def _is_counted(self, place: int, length: int) -> bool:
        """Tell whether a figure stands right before a place: 票弃权 of 6票弃权."""
        text, start = self._context(place, length)
        return _FIGURE.match(text[:start][-1:]) is not None

    def _is_loose(self, part: str) -> bool:
        return _LOOSE_TAGS.fullmatch(self._tags[part]) is not None

    def _is_suffix(self, parts: Sequence[str]) -> bool:
        """Tell whether the last part is a measure that ends nouns too (杯, 园), with no figure before it."""
        last = parts[-1]
        figure = self._tags[parts[-2]].startswith("m") or parts[-2][-1].isdigit()
        return len(last) == 1 and self._tags[last] in ("q", "zg") and last not in _MEASURES and not figure

    def around(self, place: int, word: str) -> str:
        """Return a word with what stands around it in its line."""
        return self._context(place, len(word))[0]

    def _stands_alone(self, place: int, length: int) -> bool:
        """Tell whether the segmenter sets borders at both ends of a stretch, seen in its surroundings."""
        text, start = self._context(place, length)
        end = 0
        borders = {0}
        for part in self._segmenter.cut(text):
            end += len(part)
            borders.add(end)
        return start in borders and start + length in borders

    def _context(self, place: int, length: int) -> tuple[str, int]:
        text = self._codes.read(place - _CONTEXT, place + length + _CONTEXT).tobytes().decode("utf-16-le")
        before, after = text[:_CONTEXT], text[_CONTEXT + length :]
        before = re.split("[\x00\x01\n]", before)[-1]
        return before + text[_CONTEXT : _CONTEXT + length] + re.split("[\x00\x01\n]", after)[0], len(before)
