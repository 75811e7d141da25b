"""Where texts name their reporters, papers and datelines: no keyword is taken from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jmtools.keywords.tags import DIGIT, INSIDE, PERSON, UNIT, UNKNOWN
from jmtools.words.name_forms import transcription_characters
from jmtools.words.name_lists import surnames
from jmtools.words.shadow import simplified

if TYPE_CHECKING:
    import numpy.typing as npt

# What a word may be in a credit, as bits beside those of `jmtools.keywords.tags`.
REPORTER, WIRE, MASTHEAD, NAME, SURNAME, SPACER, LINE_END, STOP, SOURCE, COLON = (1 << bit for bit in range(16, 26))
FOREIGN = COLON | INSIDE  # a piece of a foreign name: no colon stands inside of a term
# 图片 or 外一首 in brackets, an opening bracket, 据, 摄; and what shows that a verb has more behind it: 了, 《.
NOTE, OPENING, ACCORDING, TAKEN, ASPECT = (1 << bit for bit in range(11, 16))
_NO_NAME = SPACER | REPORTER | STOP | LINE_END  # what cannot be the second half of a name
_NAMES = 12  # words that names after one role may take
_DATELINE = 8  # words from the beginning of a line to its 讯 or 电
_REPORTERS = frozenset(
    (
        *("记者", "通讯员", "实习生", "本报记者", "本台记者", "本刊记者", "特约记者", "实习记者", "见习记者", "作者"),
        *("责任编辑", "责编", "编辑", "校对", "美编", "供稿"),
        *("版式", "组版", "审校", "首席记者"),
    )
)
# What a colon follows: papers, and authors by any name.
_SOURCES = frozenset(("来源", "稿源", "出处", "转自", "作者", "责任编辑", "责编", "编辑", "校对", "美编", "供稿"))
_WIRES = frozenset(
    ("讯", "电", "电讯", "专电", "日电", "日讯", "网讯", "报讯", "本报讯", "消息", "报道", "专稿", "照片", "综述")
)
_SPACERS = frozenset(" \u3000/／：:、·文图摄[]【")  # 新华网江门[图库]5月8日电
# What brackets say of how something is printed: （附图片2张）, （外一首）, （报价;图片）.
_NOTE_WORDS = (
    "附 张 幅 首 图 图片 附图 附图片 照片 传真 组图 插图 题图 图库 资料 资料图片 报价 行情 论坛 专栏 左 右 上 中 下 续 "
    "完 外 摄影 书法 国画 中国画 油画 版画 木刻 剪纸 篆刻 漫画 速写 素描 水彩 水彩画 雕塑 诗 一首 外一首 组诗 散文 "
    "随笔 节选 连载"
)
_NOTES = frozenset(_NOTE_WORDS.split())
_BRACKETED = 20  # words of a note or of the names after a dateline
_ASPECTS = frozenset("了过着起出到成为得至入《")
_STOPS = frozenset("，。！？；,;!?）)】")
_MASTHEADS = ("报", "网", "社", "台", "本刊", "讯")
_WIRE_ENDINGS = ("报讯", "网讯", "社讯", "台讯", "刊讯")  # 晚报讯
_SHORTEST = 2

_KINDS = (
    *((NOTE, _NOTES), (OPENING, frozenset("（(")), (ACCORDING, frozenset("据"))),
    *((TAKEN, frozenset(("摄", "供图", "摄影报道", "报道"))), (ASPECT, _ASPECTS)),
)


def ruled_edges() -> tuple[frozenset[str], frozenset[str]]:
    """Return with which characters words begin and end for which more than their class decides."""
    names = {surname for surname in surnames() if len(surname) > 1}
    beginnings = {word[0] for word in (*_REPORTERS, *_SOURCES, *_WIRES, *_NOTES, *names)}
    return frozenset(beginnings), frozenset(end[-1] for end in _MASTHEADS)


def credit_bits(word: str, cls: int) -> int:
    """Return what a word may be in a credit; `cls` is the class of its part of speech.

    >>> credit_bits("记者", 0) & REPORTER > 0, credit_bits("江", 0) & SURNAME > 0, credit_bits("，", 0) == STOP
    (True, True, True)
    """
    word = simplified(word)
    if "\n" in word:
        return LINE_END
    if word in _STOPS:
        return STOP
    bits = SPACER if word in _SPACERS else 0
    if word in _REPORTERS:
        bits |= REPORTER
    elif cls == PERSON and len(word) > 1:
        bits |= NAME
    elif word in surnames():
        bits |= SURNAME
    if word in _WIRES or (len(word) > _SHORTEST and word.endswith(_WIRE_ENDINGS)):
        bits |= WIRE
    for kind, words in _KINDS:
        if word in words:
            bits |= kind
    if word in _SOURCES:
        bits |= SOURCE
    if word in "：:":
        bits |= COLON
    # 【 begins a source as a masthead does: 【橘洲IT消息】
    return bits | (MASTHEAD if word == "【" or (len(word) > 1 and word.endswith(_MASTHEADS)) else 0)


def is_foreign_piece(word: str, cls: int) -> bool:
    """Tell whether a Simplified word may be a piece of a foreign name: a person or a word that no dictionary has.

    >>> is_foreign_piece("塞巴斯蒂", PERSON), is_foreign_piece("尔", UNKNOWN), is_foreign_piece("渔船", UNKNOWN)
    (True, True, False)
    """
    characters, alone = transcription_characters()
    if len(word) == 1:
        return word in alone
    return cls in (PERSON, UNKNOWN) and characters.issuperset(word)


def credit_places(role: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_] | None:
    """Tell which words are names after 记者 and the like, or stand in a dateline; None if no word does.

    Args:
        role: Bits of each word of texts laid end to end, a line break after each.
    """
    cues = np.flatnonzero(role & (REPORTER | WIRE | SOURCE | OPENING | TAKEN))
    if not len(cues):
        return None
    found = np.zeros(len(role), np.bool_)
    for cue in cues.tolist():
        start, end = _credit_at(role, cue)
        found[start:end] = True
    return found


def _credit_at(role: npt.NDArray[np.int64], cue: int) -> tuple[int, int]:
    """Return where the credit at a cue begins and ends."""
    kind = int(role[cue])
    if kind & OPENING:
        return cue, _end_of_note(role, cue)
    if kind & TAKEN and not kind & WIRE:
        return _start_of_names(role, cue), cue + 1
    end = _end_of_source(role, cue + 1) if kind & SOURCE else cue
    if end > cue:
        return cue, end
    if kind & REPORTER:
        before = cue > 0 and role[cue - 1] & MASTHEAD > 0
        return cue - before, _end_of_names(role, cue + 1)
    start = _start_of_dateline(role, cue)
    if kind & TAKEN and start == cue:
        return _start_of_names(role, cue), cue + 1
    is_dateline = start < cue or kind & MASTHEAD
    return start, _end_of_bracket(role, cue + 1) if is_dateline else cue + 1


def _end_of_note(role: npt.NDArray[np.int64], opening: int) -> int:
    """Return where words that say how something is printed end, if nothing else stands in the brackets."""
    end, noted = opening, False
    for place, kind in enumerate(role[opening + 1 : opening + _BRACKETED].tolist(), opening + 1):
        if kind & STOP:
            end = place if noted else end
        elif not kind & (NOTE | DIGIT | UNIT | SPACER):
            break
        noted = noted or kind & NOTE > 0
    return end


def _end_of_bracket(role: npt.NDArray[np.int64], start: int) -> int:
    """Return where the names in brackets after a dateline end; the next word if no bracket opens there."""
    while start < len(role) and role[start] & SPACER:
        start += 1
    kinds = role[start : start + _BRACKETED].tolist()
    if kinds and kinds[0] & OPENING:
        for place, kind in enumerate(kinds, start):
            if kind & STOP:
                return place
            if kind & LINE_END:
                break
    return start


def _start_of_names(role: npt.NDArray[np.int64], cue: int) -> int:
    """Return where the names before 摄 begin, a name cut apart among them: 周|建华|摄."""
    start = place = cue
    while place > 0 and cue - place < _NAMES:
        kind = int(role[place - 1])
        if kind & (NAME | REPORTER | MASTHEAD):
            place -= 1
            start = place
        elif kind & SPACER:
            place -= 1
        elif place > 1 and role[place - 2] & SURNAME and not kind & _NO_NAME:
            place -= 2
            start = place
        else:
            break
    return start


def _end_of_names(role: npt.NDArray[np.int64], start: int) -> int:
    """Return where the names after a role end; a name may be cut apart: 周|建华."""
    end = start
    kinds = role[start : start + _NAMES].tolist()
    place = 0
    while place < len(kinds):
        if kinds[place] & NAME:
            end = start + place + 1
        elif kinds[place] & SURNAME and place + 1 < len(kinds) and not kinds[place + 1] & _NO_NAME:
            place += 1
            end = start + place + 1
        elif not kinds[place] & SPACER:
            break
        place += 1
    return end


def _end_of_source(role: npt.NDArray[np.int64], start: int) -> int:
    """Return where the paper or author after 来源： ends; the word before `start` without a colon."""
    kinds = role[start : start + _DATELINE].tolist()
    if not kinds or kinds[0] & FOREIGN != COLON:
        return start - 1
    named = False
    for place, kind in enumerate(kinds[1:], start + 1):
        if kind & (STOP | LINE_END) or (named and kind & SPACER):
            return place
        named = named or not kind & SPACER
    return start + 1


def _start_of_dateline(role: npt.NDArray[np.int64], cue: int) -> int:
    """Return where the dateline that ends with a cue begins; the cue itself if no masthead begins its line."""
    masthead = bool(role[cue] & MASTHEAD)
    for place in range(cue - 1, cue - _DATELINE - 1, -1):
        kind = int(role[place]) if place >= 0 else LINE_END  # one ends before the first record, as before all others
        if kind & STOP:
            break
        if kind & ACCORDING:
            return place
        if kind & LINE_END:
            return place + 1 if masthead else cue
        masthead = masthead or bool(kind & MASTHEAD)
    return cue
