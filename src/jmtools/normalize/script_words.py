"""Conversion to Traditional characters along the borders of words, where a phrase of the table would cross one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from jmtools.words.dictionary import UNKNOWN_TAG

Convert = Callable[[str], str]

_DISTANCE = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿几数余多半]里")
_INSIDE = "裏裡"
_REMEMBERED = 100_000  # words
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nz"))
# What is dried: 干辣椒, 干香菇; 干 before other nouns is 幹: 干事业.
_DRIED = re.compile(".*[椒菇果菜鱼虾贝枣粉花草柴粮货冰皮豆笋参鲍酪]")


class WordConverter:
    """Converts a text by phrase, then takes back what a phrase made of parts of two words: 百年|历史, 唯一|出现."""

    def __init__(self, convert: Convert, cut: Callable[[str], list[str]], tags: Mapping[str, str]) -> None:
        self._convert, self._cut, self._tags = convert, cut, tags
        self._known: dict[str, str] = {}

    def convert(self, text: str) -> str:
        """Return a Simplified text in Traditional characters."""
        whole = self._convert(text)
        if len(whole) != len(text) or whole == text:
            return whole
        words, known = self._cut(text), self._known
        parts, start = [], 0
        for index, word in enumerate(words):
            end = start + len(word)
            part = whole[start:end]
            parts.append(part if part == known.get(word) else self._part(words, index, part))
            start = end
        return "".join(parts)

    def _of_word(self, word: str) -> str:
        """Return what becomes of a word alone; what needs no look at its neighbours is remembered."""
        alone = self._convert(word)
        if "里" not in word and word[0] != "干":
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[word] = alone
        return alone

    def _part(self, words: Sequence[str], index: int, part: str) -> str:
        """Return what becomes of one word; `part` is what became of it as part of the text."""
        word = words[index]
        alone = self._of_word(word)
        if alone == part and self._known.get(word) == part:
            return part
        before, after = words[index - 1] if index else "", words[index + 1] if index + 1 < len(words) else ""
        tag = self._tags[word]
        if len(word) > 1 and tag != UNKNOWN_TAG and alone != part and len(alone) == len(part):
            part = "".join(
                mine if mine == whole or self._is_torn(before, word, after, place, whole) else whole
                for place, (mine, whole) in enumerate(zip(alone, part, strict=True))
            )
        if "里" in word and self._is_measure_or_name(before, word, tag):
            part = "".join("里" if char in _INSIDE else char for char in part)
        if word[0] == "干" and part[0] == "幹" and _DRIED.fullmatch(word[1:] or after):
            part = "乾" + part[1:]
        return part

    def _is_torn(self, before: str, word: str, after: str, place: int, char: str) -> bool:
        """Tell whether a phrase that begins or ends inside one of three words has made a character."""
        convert = self._convert
        if convert(word[place]) == char:
            return False  # no phrase made it, or one that keeps it as it is on purpose
        tries = [(before[-k:] + word, k + place) for k in range(1, len(before))]
        tries += [(word + after[:k], place) for k in range(1, len(after))]
        tries += [(before + word[:k], len(before) + place) for k in range(place + 1, len(word)) if before]
        tries += [(word[k:] + after, place - k) for k in range(1, place + 1) if after]
        return any(len(found := convert(text)) == len(text) and found[at] == char for text, at in tries)

    def _is_measure_or_name(self, before: str, word: str, tag: str) -> bool:
        if _DISTANCE.fullmatch(before[-1:] + word if len(word) == 1 else word[-2:]):
            return True
        return len(word) > 1 and (tag in _NAMES or (tag == UNKNOWN_TAG and word[-1] != "里"))
