"""Conversion to Traditional characters along the borders of words, where a phrase of the table would cross one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.words.dictionary import UNKNOWN_TAG

Convert = Callable[[str], str]

_DISTANCE = LazyPattern("[0-9０-９〇零一二两三四五六七八九十百千万亿几数余多半]里")
_INSIDE = "裏裡"
_BY_WORD = LazyPattern("[里干]")
_CLAUSE = LazyPattern("[^，。！？；\n]+")  # words never reach across these
_HAN = range(0x3400, 0xA000)
_REMEMBERED = 50_000  # words with their neighbours
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nz"))
# What is dried: 干辣椒, 干香菇; 干 before other nouns is 幹: 干事业.
_DRIED = LazyPattern(".*[椒菇果菜鱼虾贝枣粉花草柴粮货冰皮豆笋参鲍酪]")


class WordConverter:
    """Converts a text by phrase, then takes back what a phrase made of parts of two words: 百年|历史, 唯一|出现."""

    def __init__(self, convert: Convert, cut: Callable[[str], list[str]], tags: Mapping[str, str]) -> None:
        self._convert, self._cut, self._tags = convert, cut, tags
        self._known: dict[tuple[str, str, str, str], str] = {}
        han = [chr(code) for code in _HAN]
        self._alone = dict(zip(_HAN, convert("\n".join(han)).split("\n"), strict=True))

    def convert(self, text: str) -> str:
        """Return a Simplified text in Traditional characters."""
        whole = self._convert(text)
        if len(whole) != len(text) or whole == text:
            return whole
        alone = text.translate(self._alone)
        # Words decide only where a phrase made a character, and of 里 and 干: the rest need not be segmented.
        spans = [
            span
            for span in (found.span() for found in _CLAUSE.finditer(text))
            if whole[slice(*span)] != alone[slice(*span)] or _BY_WORD.search(text, *span)
        ]
        if not spans:
            return whole
        clauses = self._by_words(
            *("\n".join([form[start:end] for start, end in spans]) for form in (text, whole, alone))
        )
        parts, end = [], 0
        for (start, stop), clause in zip(spans, clauses.split("\n"), strict=True):
            parts += [whole[end:start], clause]
            end = stop
        return "".join((*parts, whole[end:]))

    def _by_words(self, text: str, whole: str, alone: str) -> str:
        """Return clauses in Traditional characters; phrases make `whole` of them, and characters `alone`."""
        words = self._cut(text)
        parts, start = [], 0
        for index, word in enumerate(words):
            end = start + len(word)
            part = whole[start:end]
            if part != alone[start:end] or "里" in word or "干" in word:
                part = self._part(
                    words[index - 1] if index else "", word, words[index + 1] if index + 1 < len(words) else "", part
                )
            parts.append(part)
            start = end
        return "".join(parts)

    def _part(self, before: str, word: str, after: str, part: str) -> str:
        """Return what becomes of one word; `part` is what became of it as part of the text."""
        key = before, word, after, part
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._decide(*key)
        return known

    def _decide(self, before: str, word: str, after: str, part: str) -> str:
        alone, tag = self._convert(word), self._tags[word]
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
