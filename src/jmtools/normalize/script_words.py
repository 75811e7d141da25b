"""Conversion to Traditional characters along the borders of words, where a phrase of the table would cross one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.normalize.name_words import SURNAMES, as_name, is_name, name_places
from jmtools.words.dictionary import UNKNOWN_TAG

Convert = Callable[[str], str]

if TYPE_CHECKING:
    import numpy.typing as npt

_DISTANCE = LazyPattern("[0-9０-９〇零一二两三四五六七八九十百千万亿几数余多半]里")
_INSIDE = "裏裡"
# What words decide everywhere: a phrase across a border may also keep the usual form, 手机|制造, 的|历法, 有没有|面包.
_BY_WORD = f"里干系冲准面制复伙注尽征历借签{SURNAMES}种游谷"
# 于 after a role or at the beginning of a clause may be a family name; elsewhere it hardly is.
_AFTER_ROLE = LazyPattern(
    "于(?=先生|女士|小姐|老师|师傅|大爷|阿姨)|(?<=[机员者民长师工授生友手裁理警官兵人演家委记、，。；：“\n])于(?=[一-鿿])"
)
_CLAUSE_ENDS = "，。！？；\n"  # words never reach across these
_HAN = range(0x3400, 0xA000)
_REMEMBERED = 50_000  # words with their neighbours
_FAMILY = frozenset(f"{SURNAMES}种游谷于干")
_CALLED = frozenset((UNKNOWN_TAG, "nr", "nrt", "nrfg"))
_GIVEN_NAME = LazyPattern(".{1,2}[里干冲]|.[里干冲].")
# What is tied, and what 系 is when it is no verb: 系 before these and behind names of subjects is a department.
_TIED = LazyPattern("[好上着紧得住在了]|.*[带绳扣巾结裙]")
_DEPARTMENT = LazyPattern("主任|教授|学生|老师|的|与|和|里|副|研究生|师生|党|办|毕业|同学|讲师")
_IS = LazyPattern(".*[他她其某人者均也都确乃]系")
_HAN_WORD = LazyPattern("[一-鿿]")
_SUBJECT = LazyPattern(".*[学文语史程科业律闻济治机械乐术计理医法该全本各院数化物水山星连联维]")
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nz"))
# What is dried: 干辣椒, 干香菇; 干 before other nouns is 幹: 干事业.
_DRIED = LazyPattern(".*[椒菇果菜鱼虾贝枣粉花草柴粮货冰皮豆笋参鲍酪]")


def _form_of_xi(before: str, after: str) -> str:
    """Return the form of 系 by itself: tied, is, or a department and a system; empty where nothing tells.

    >>> _form_of_xi("死者", "窒息"), _form_of_xi("", "领带"), _form_of_xi("物理", "学生"), _form_of_xi("连", "，")
    ('係', '繫', '系', '')
    """
    if _TIED.fullmatch(after):
        return "繫"
    if not after or not before or not (_HAN_WORD.match(after) and _HAN_WORD.match(before)):
        return ""
    return "系" if _DEPARTMENT.match(after) or _SUBJECT.fullmatch(before) else "係"


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


class WordConverter:
    """Converts a text by phrase, then takes back what a phrase made of parts of two words: 百年|历史, 唯一|出现."""

    def __init__(self, convert: Convert, cut: Callable[[str], list[str]], tags: Mapping[str, str]) -> None:
        self._convert, self._cut, self._tags = convert, cut, tags
        self._known: dict[tuple[str, str, str, str], str] = {}
        han = [chr(code) for code in _HAN]
        # what becomes of each character by itself, and which characters end a clause or are decided by words
        self._alone = np.arange(_HAN.stop, dtype=np.uint32)
        self._alone[_HAN.start :] = _codes(convert("\n".join(han)).replace("\n", ""))
        self._ends, self._by_word = (np.zeros(1 << 16, np.bool_) for _ in range(2))
        self._ends[_codes(_CLAUSE_ENDS)] = True
        self._by_word[_codes(_BY_WORD)] = True

    def convert(self, text: str) -> str:
        """Return a Simplified text in Traditional characters."""
        whole = self._convert(text)
        if len(whole) != len(text) or (whole == text and "系" not in text):
            return whole
        converted, done, parts = self._along_words(text, whole), 0, []
        for start, end in sorted(name_places(text)):
            if start >= done:
                parts += [converted[done:start], as_name(text[start:end], converted[start:end])]
                done = end
        return "".join((*parts, converted[done:]))

    def _along_words(self, text: str, whole: str) -> str:
        """Return a text in Traditional characters, by words where a phrase may be wrong.

        Args:
            text: In Simplified characters.
            whole: What phrases make of it.
        """
        # Words decide only where a phrase made a character, and of 里 and 干: the rest need not be segmented.
        codes = _codes(text)
        small = np.minimum(codes, len(self._by_word) - 1)
        alone = np.where(codes < len(self._alone), self._alone[np.minimum(codes, len(self._alone) - 1)], codes)
        doubtful = (alone != _codes(whole)) | self._by_word[small]
        doubtful[[found.start() for found in _AFTER_ROLE.finditer(text)]] = True
        places = np.flatnonzero(doubtful)
        if not len(places):
            return whole
        ends = np.append(np.flatnonzero(self._ends[small]), len(codes))
        clause = np.searchsorted(ends, places)
        kept, number = np.unique(clause, return_inverse=True)
        stops = ends[kept]
        starts = np.append(0, ends + 1)[kept]
        moved = np.cumsum(stops - starts + 1) - (stops + 1)  # from a place in the text to one in the clauses
        clauses = "\n".join([text[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)])
        return self._by_words(clauses, whole, (places + moved[number]).tolist(), moved[number].tolist())

    def _by_words(self, clauses: str, whole: str, places: list[int], moved: list[int]) -> str:
        """Return a text in Traditional characters, decided by words at some places.

        Args:
            clauses: Those of the text that have such places, a line each.
            whole: What phrases make of the text.
            places: Where they are in the clauses.
            moved: How far each is from where it is in the text.
        """
        words = self._cut(clauses)
        ends = list(accumulate(map(len, words)))
        parts, done, before = [], 0, -1
        for place, shift in zip(places, moved, strict=True):
            index = bisect_right(ends, place)
            if index == before:
                continue
            before = index
            end = ends[index]
            start = end - len(words[index])
            neighbours = words[index - 1] if index else "", words[index + 1] if index + 1 < len(words) else ""
            part = self._part(neighbours[0], words[index], neighbours[1], whole[start - shift : end - shift])
            parts += [whole[done : start - shift], part]
            done = end - shift
        return "".join((*parts, whole[done:]))

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
        if self._is_name(before, word, after, tag):
            return as_name(word, part)
        if len(word) == 2 and word[0] in "老小阿" and word[1] in SURNAMES and tag in (*_CALLED, "n"):
            return part[0] + word[1]
        if tag == UNKNOWN_TAG and _IS.fullmatch(word):
            return part[:-1] + ("繫" if _TIED.fullmatch(after) else "係")
        if word == "系":
            return _form_of_xi(before, after) or part
        if (word == "不准" and not before.endswith("得")) or (word == "准" and before == "不"):
            return word
        if "干" in word and tag == "ns" and word[-1] in "区县镇乡市村":
            return "".join(own if own == "干" else char for own, char in zip(word, part, strict=True))
        if word[0] == "干" and part[0] == "幹" and _DRIED.fullmatch(word[1:] or after):
            part = "乾" + part[1:]
        return part

    def _is_name(self, before: str, word: str, after: str, tag: str) -> bool:
        if word[0] in _FAMILY or (tag == UNKNOWN_TAG and _GIVEN_NAME.fullmatch(word)):
            called = _CALLED if word == "于" else (*_CALLED, "ns", "nz")
            names_after = len(after) <= 2 and (not after or self._tags[after] in called)
            return is_name(before, word, after, tag, names_after=names_after)
        return False

    def _is_torn(self, before: str, word: str, after: str, place: int, char: str) -> bool:
        """Tell whether a phrase that begins or ends inside one of three words has made a character."""
        convert = self._convert
        tries = [(before[-k:] + word, k + place) for k in range(1, len(before))]
        tries += [(word + after[:k], place) for k in range(1, len(after))]
        tries += [(before + word[:k], len(before) + place) for k in range(place + 1, len(word)) if before]
        tries += [(word[k:] + after, place - k) for k in range(1, place + 1) if after]
        return any(len(found := convert(text)) == len(text) and found[at] == char for text, at in tries)

    def _is_measure_or_name(self, before: str, word: str, tag: str) -> bool:
        if _DISTANCE.fullmatch(before[-1:] + word if len(word) == 1 else word[-2:]):
            return True
        return len(word) > 1 and (tag in _NAMES or (tag == UNKNOWN_TAG and word[-1] != "里"))
