"""Signatures below a text: a place, an office or a class and a name, or the writer and a date."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import plain
from jmtools.pages.datelines import read_dateline
from jmtools.pages.person_names import is_name
from jmtools.pages.roles import ROLES, STARTS
from jmtools.pages.shapes import complete, short_and_open
from jmtools.pages.signatures import name_behind_office

_LONGEST, _SAID, _TEXT = 28, 12, 30  # characters of a signature, of the text above, of one below
_NAME, _HEADLINE = 4, 30
_CREDIT = frozenset("BN")
_SIGNED, _OF_PAGE = frozenset("BNnPEMCc"), frozenset(ROLES) - frozenset("HhSsJjTDX")
_MADE = LazyPattern(r"[编责校审版]")  # who made the page
_DATED = LazyPattern(
    r"[^，。]{1,16}[ 　]+(?:[0-9一二三四五六七八九十〇○零百廿卅民国]{1,12}年)?[0-9一二三四五六七八九十廿卅]{1,3}月"
    r"[0-9一二三四五六七八九十廿卅]{1,3}[日号]?(?:[晨晚夜午]|[于在][^，。]{1,8})?"
    r"|[0-9一二三四五六七八九十〇○零廿卅年]{0,5}[0-9一二三四五六七八九十廿卅]{1,3}月"
    r"[0-9一二三四五六七八九十廿卅]{1,3}[日号][，、 　]*(?:(?:[写作]?于|在)[一-龥]{2,6}|(?<=，)[一-龥]{2,4})"
)
_CLOSED = LazyPattern(
    r"[^，。]{1,20}(?:[谨敬仝同]启|[泣拜敬谨]上|泣告|稽[颡首]|[ 　]投稿|顿首|鞠躬)(?:[ 　]+.{2,12}[日号])?"
    r"|本报[一-龥]{2,5}[部处组]"
)
# That a serial goes on another day, or who answered or wrote: of 24 such lines below a text 23 were notes.
_AFTER = LazyPattern(
    r"[（(【—\-…]*(?:未完(?:待续)?|待续|下期续完?)[）)】—\-…]*|(?:解答|回答|答疑|撰文|编译)[：:／/ 　].{2,24}"
)
_TITLE = LazyPattern(r".*(?:行情|[价表榜]|天气|气象|[事则闻讯])[ 　]")  # a date behind these says of when they are
_GREETING = LazyPattern(r".{0,10}(?:同志|编辑|编者|先生|主编|老师)[^，。]{0,4}[：:]")
_AROUND = LazyPattern(r"^[—－\- 　（(]+|[ 　]*[（(][^（()）]{1,8}[）)]$|[）)]$")
_NO_NAME = LazyPattern(r"[·,、，。：；？！“”《》0-9A-Za-z]")


def roles_by_signatures(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of such lines, by index: they head nothing.

    Of 219 such lines on labelled pages none was a headline; 13 of one paper are subheads by their looks. Below one, 22
    of 22 short lines above a text with a dateline began an item.

    >>> text = "桂花糕要蒸三遍，外婆每次都守在灶边，一边添柴一边讲故事。"
    >>> page = [text, "小五　李小明（山城区）", "大桥通车", text, "山城电机厂　四月十二日", "桂花又开", text]
    >>> sorted(roles_by_signatures(page))
    [1, 4]
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts)):
        text, above = texts[i], texts[i - 1]
        if not short_and_open(text, _LONGEST) or len(above) <= _SAID or not complete(above):
            continue
        line = plain(text)
        if _AFTER.fullmatch(line) and above[-1] not in "？！":
            found[i] = _CREDIT
            continue
        if _DATED.fullmatch(line) or _CLOSED.fullmatch(line):
            if not _TITLE.match(line):
                found[i] = _SIGNED
        elif _names_writer(line) and not _heads(texts[i + 1 : i + 2]):
            office = name_behind_office(_AROUND.sub("", line))
            found[i] = _OF_PAGE if _MADE.search(line) else _CREDIT if office else _SIGNED
            if i + 2 < len(texts) and short_and_open(texts[i + 1], _HEADLINE) and read_dateline(texts[i + 2]):
                found[i + 1] = STARTS
    return found


def _names_writer(line: str) -> bool:
    """Say whether a line is one phrase or more and a name, with blanks between."""
    *phrases, name = _AROUND.sub("", _AROUND.sub("", line)).split() or [""]
    if len(name) == 1 and phrases and len(phrases[-1]) == 1:
        name = phrases.pop() + name
    if not phrases or len(name) > _NAME or name[-1] in "摄绘" or not is_name(name):
        return False
    return not any(_NO_NAME.search(phrase) for phrase in (*phrases, name))


def _heads(below: Sequence[str]) -> bool:
    """Say whether a text stands below: what is above it may be its headline, unless the text is another letter."""
    return any(len(text) > _TEXT and complete(text) and not _GREETING.match(plain(text)) for text in below)
