"""Words that are no keyword by themselves, and those with which no keyword begins or ends."""

from __future__ import annotations

import re
from functools import cache

from jmtools.io.installed import read_data
from jmtools.words.name_lists import surnames

# 我市, 本校: which one, the text alone knows.
_DEICTIC = re.compile(
    "[我本该此某各].?[市区县省州国镇乡村校院厂店队社报网台刊地司站家大]|(?:全|各)[市区县省州镇乡村校院厂队]|我军|[本该此](?:[场轮届期次季组]|赛季|学期)|.{2}报道"
)
_NAMELESS = re.compile(
    "[这那哪各每某该此其].{0,2}|.*(?:什么|怎么|怎样|如何|为何|这么|那么).*|.[过着了]|人们|[一两三四五六七八九十几数][大小多]|两[市省县区国校队厂村]"
)
# 从即日起, 对他来说: phrases of time and point of view.
_FRAME = re.compile(
    "比方说|.{2,}(?:[日时月年今]起|话说|来说|来讲|来看|看来|而言|之前|之后|以前|以后|以来|年来|为止|之际|之间|之一|以内|之内)"
)

# 王先生, 田某: whom the reader does not know.
_ANYBODY = re.compile(
    "(.)(?:先生|女士|小姐|太太|夫人|老师|师傅|老板|医生|律师|大爷|大妈|大姐|大哥|大叔|大伯|阿姨|婆婆|奶奶|爷爷|某|某某)"
)
# 昨天下午, 上周日: when, the day of the paper alone knows.
_DEICTIC_TIME = re.compile(
    "(?:[昨今明前后次当][天日晨晚夜]|[上本下]个?[周月]|(?:上|本|下)个?(?:星期|礼拜)|[去今明前]年).{0,3}"
)

# Words of which none of these forms can be: they begin, go on and end with other characters.
RULED_BEGINNINGS = frozenset("我本该此某各全这那哪每其一两三四五六七八九十几数昨今明前后次当上下去")
RULED_INSIDE = frozenset("么怎何")
RULED_ENDINGS = frozenset("过着了们起说讲看来言前后止际间一内生士姐太人师傅板爷妈哥叔伯姨婆奶某道")


@cache
def light_words() -> frozenset[str]:
    """Return the words that say nothing of a text by themselves: 方面, 负责人, 举行."""
    return frozenset().union(*_sections()[:2])


@cache
def wide_words() -> frozenset[str]:
    """Return words that are seldom among the first keywords, though they may be keywords: 中国, 孩子."""
    return _sections()[2]


@cache
def closing_words() -> frozenset[str]:
    """Return those of them with which no longer term ends either: 热线|记者, 活动|照片."""
    return _sections()[1]


@cache
def source_endings() -> tuple[str, ...]:
    """Return with what papers and stations end, which wait as wide words do: 日报."""
    return tuple(sorted(_sections()[3]))


@cache
def _sections() -> list[frozenset[str]]:
    """Return the words of each part of the list."""
    parts = read_data("light-words.txt").split("\n\n")
    lines = ([line for line in part.split("\n") if not line.startswith("#")] for part in parts)
    return [frozenset(word for line in part for word in line.split()) for part in lines]


def is_light(word: str) -> bool:
    """Tell whether a word is no keyword by itself, though it may be part of one.

    >>> [is_light(word) for word in ("负责人", "我市", "全市", "女人们", "王先生", "医保")]
    [True, True, True, True, True, False]
    """
    if word in light_words() or _DEICTIC.fullmatch(word) or (len(word) > 2 and word[-1] == "们"):
        return True
    anybody = _ANYBODY.fullmatch(word)
    return anybody is not None and anybody[1] in surnames()


def is_loose(word: str, *, name: bool = False) -> bool:
    """Tell whether no keyword begins or ends with a word: 这场, 没什么, 从即日起, 有过, 昨天下午.

    Names may look like 我市: 本溪市. The dictionary has times among them: 今天上午.

    >>> [is_loose(word) for word in ("这场", "没什么", "从即日起", "有过", "我市", "医保")]
    [True, True, True, True, True, False]
    >>> [is_loose(word, name=True) for word in ("本溪市", "今天上午")]
    [False, True]
    """
    forms = (_FRAME, _DEICTIC_TIME) if name and word[0] != "每" else (_DEICTIC, _NAMELESS, _FRAME, _DEICTIC_TIME)
    return any(form.fullmatch(word) for form in forms)
