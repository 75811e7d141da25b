"""Wires and credits that begin or end an item whatever stands around, such as 本報訊 below a text."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.credits import byline_authors, plain
from jmtools.pages.datelines import read_dateline
from jmtools.pages.roles import INNER, STARTS
from jmtools.pages.shapes import complete, short_and_open

_TEXT_LEAST = 16  # characters of a text with its wire
_SAID_LEAST = 6  # of a sentence above a credit
_SHORT = 30  # characters of a line of a headline, of a credit
_LAST = 40  # characters of a last sentence with names behind it
_HEADS = 3  # lines of a headline
_NAME = 3  # characters of a place
_FIRST = frozenset("H")
_CREDIT = frozenset("BN")
_OPENERS = frozenset("（(【〔［[﹝〖")
# A wire in brackets of any form. Of 52 short lines above one on labelled pages all began an item.
_BRACKETED = LazyPattern(
    r"[（(【](?:本报|[一-龥]{0,8}[社报])?[^，。（）()【】]{0,24}?(?:[电讯]|报道|报导|专访|特写)[】）)][\s　]*[^\s　]"
)
# Of 283 short lines above such a text and below another one on labelled pages all began an item, of 16 below a number
# to call 14 (two stood inside an advertisement).
_OWN_LEAD = LazyPattern(r"[（(【〔［\[]?本[报刊][讯訊][\s　）)】〕］\]（(，]")
_NUMBER = LazyPattern(r"[^，。]{0,12}(?:热线|热線|电话|QQ)[：: 　]*[0-9].*")
# Of 92 paragraphs that open so below a text on labelled pages 87 began an item; 3 of the others stood below a note.
_OWN = LazyPattern(r"[（(【]?本[报刊][讯訊][\s　）)】]")
_NOTED = LazyPattern(r"[【\[（(]?(?:编者按|编者的话|开栏的话|编前|按语|编辑按)")
_OPENS = compile_pattern(r"[（(【〔［\[﹝〖]?本[报報刊][讯訊]").match
_WROTE = LazyPattern(r"[□■◎●]?[ 　]*文[ 　]?[/／|｜]")
_STAFF = LazyPattern(r"(?:本[报刊]|新华社)?(?:见习|实习|特约|首席)?(?:记者|通讯员)[\s　/／：:]")
_BOTH = LazyPattern(r"[\s　]*(?:文[/／、 　]?[图摄]|图文|摄影报道)$")  # the writer took the pictures too
_NO_NAMES = LazyPattern(r"[电讯摄图画]|整理|编译|供稿|[组科站社室部会处团厂队局院校][）)]$")
_OF_ABOVE = LazyPattern(r"(?:[资資数數图圖][据據料片][来來]源|解答|回答|[编編][译譯]|撰文|整理|作者)[：:／/ 　].*")
_NO_HEADING = LazyPattern(r"[（(▶◀▲▼>]|.{0,8}[：:]|.*[转轉接].{0,6}版|.*[：:].*[@0-9]")


def roles_by_wires(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of lines, by index, that begin an item because of a wire or a credit beside them.

    >>> lines = ["水庫見底", "（記者李小明／東港報導）水庫見底，下周起分區供水。", "本報訊 老街昨夜失火，無人受傷。"]
    >>> {i: "".join(sorted(roles)) for i, roles in roles_by_wires(lines).items()}
    {0: 'ADFHJT', 2: 'H'}
    >>> snow = "昨天下了入冬以来的第一场雪，市民纷纷出门。"
    >>> sorted(roles_by_wires([snow, "（李小明）", "桂花糕", "外婆做的桂花糕。"]))
    [2]
    """
    found: dict[int, frozenset[str]] = {}
    for i, text in enumerate(texts):
        if text[0] in _OPENERS and len(text) >= _TEXT_LEAST and _BRACKETED.match(plain(text[: _SHORT * 2])):
            first = _heading_above(texts, i)
            if first < i and read_dateline(text) is None:
                found[first] = STARTS
        if i and _OPENS(text) and len(text) >= _TEXT_LEAST:
            if _is_brief(texts, i):
                found[i] = _FIRST
            elif i > 1 and _is_title(texts, i - 1) and _OWN_LEAD.match(plain(text[:8])):
                found[i - 1] = STARTS
        elif i and len(text) <= _SHORT and _may_head(texts[i + 1 : i + 2]) and _is_signed(text, texts[i - 1]):
            found[i + 1] = STARTS
    return found


def roles_by_credits(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of lines, by index, that are names in brackets below a text, or a sentence before such.

    >>> roles_by_credits(["昨天下了入冬以来的第一场雪，市民纷纷出门。", "（李小明）"]) == {1: frozenset("BN")}
    True
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts)):
        if len(texts[i]) <= _SHORT and _is_signed(texts[i], texts[i - 1]):
            found[i] = _CREDIT
        elif _closes(texts[i], texts[i - 1]):
            found[i] = INNER
    return found


def _closes(text: str, above: str) -> bool:
    """Say whether a short sentence with names behind it stands below a text: it is the last one of that."""
    short = text[-1] in "）)" and text[0] not in "（(" and len(text) <= _LAST and read_dateline(text) is None
    return short and complete(text) and complete(above) and len(above) >= _TEXT_LEAST


def _heading_above(texts: Sequence[str], i: int) -> int:
    """Return the first of the short lines right above a text; the text itself if there is none, or too many."""
    first = i
    while first and i - first <= _HEADS and _is_heading(texts[first - 1]):
        first -= 1
    if i - first > _HEADS or (first and _may_head_too(texts[first - 1])):
        return i
    return first


def _may_head_too(text: str) -> bool:
    """Say whether a line above a heading may be its first: a question, or a place that looks like a name (马坡河)."""
    return len(text) <= _NAME or (len(text) <= _SHORT and text[-1] in "？！")


def _is_heading(text: str) -> bool:
    if not short_and_open(text, _SHORT) or "。" in text or text[0] in _OPENERS or _OF_ABOVE.fullmatch(text):
        return False
    return byline_authors(text) is None


def _is_brief(texts: Sequence[str], i: int) -> bool:
    """Say whether a text with a wire of the paper's own stands below another text that is no editor's note."""
    above = texts[i - 1]
    if not complete(above) or len(above) < _TEXT_LEAST or not _OWN.match(plain(texts[i][:8])):
        return False
    return _NOTED.match(plain(above[:8])) is None


def _is_title(texts: Sequence[str], i: int) -> bool:
    """Say whether a short line that ends no sentence stands below a text, or below a number to call."""
    above = texts[i - 1]
    if not _is_heading(texts[i]):
        return False
    called = len(above) <= _LAST and _NUMBER.fullmatch(plain(above)) is not None
    return called or (len(above) > _SHORT and complete(above))


def _is_signed(text: str, above: str) -> bool:
    """Say whether a line is names in brackets, or 文/ and a name, below a text.

    On labelled pages 210 of 230 such lines were credits (most of the others are credits by their words too), and below
    230 of 233 an item began.
    """
    if not complete(above) or len(above) < _SAID_LEAST:
        return False
    if _STAFF.match(text):
        text = _BOTH.sub("", text)
    elif (text[0] not in "（(" or text[-1] not in "）)") and not _WROTE.match(text):
        return False
    return not _NO_NAMES.search(plain(text)) and byline_authors(text) is not None


def _may_head(texts: Sequence[str]) -> bool:
    """Say whether the only one of some lines may be a headline."""
    return any(short_and_open(text, _SHORT) and not _NO_HEADING.match(text) for text in texts)
