"""Titles above rows: of briefs with one mark each, of results and prices; and small advertisements in a row."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.marked_briefs import BRIEF_MARKS
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete, short_and_open

_TITLE, _SAID = 14, 12  # characters of a title, of a text above it
_BRIEF = 16  # characters of a brief
_ROW = 60  # characters of a row of a table or an advertisement
_NUMBERS = compile_pattern("[0-9０-９]|[一二三四五六七八九十百千萬万億亿]{2}").search
_SENTENCE = compile_pattern("[，。；]").search
_CELLS = compile_pattern(r"\S[ 　]+\S").search
_TABLE = LazyPattern(
    r".{0,10}(?:[赛賽战戰]果|[积積]分榜|射手榜|成[绩績]表?|商情|行情|[一-龥][价價]表?|[气氣]象|[赛賽]程表?|名次表?)"
)
_NO_TITLE = LazyPattern(r"[A-ZＡ-Ｚ第（(]|[一二三四五六七八九十][、组組]|.*[报報]$|.*[：:版]$|核心(?:阅读|提示)")
_GOODS = LazyPattern(
    r"[一-龥“”]{2,8}[ 　]+\S.*(?:[0-9０-９一二三四五六七八九十百千]{1,6}[元角分圓块]|[0-9０-９]{6,}"
    r"|[电電][话話][ 　]?[一二三四五六七八九〇零○]{4,}|[路街][0-9一二三四五六七八九十百零〇]{1,5}[号號]).*"
)
_SHORTEST = 14  # characters of an advertisement
_FIRST = frozenset("H")
_TABLE_FIRST, _TABLE_ROW = frozenset("D"), frozenset("Dd")
_AD, _FURTHER_AD = frozenset("A"), frozenset("Aa")


def roles_by_rows(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of titles above rows, by index, of the rows of a table, and of advertisements in a row.

    Of 31 titles above briefs with one mark on labelled pages 30 began an item (核心阅读 did not).

    >>> page = ["昨天下了入冬以来的第一场雪，市民纷纷出门。", "热线速递"]
    >>> calls = ["●李女士来电：大桥路的路灯坏了三天，没有人修。"]
    >>> roles_by_rows([*page, *calls, "●王先生来电：公园里的长椅少了两张，请快补上。"]) == {1: frozenset("H")}
    True
    >>> rows = roles_by_rows([page[0], "昨日戰果", "東港2﹕1西港", "南港0﹕0北港　山隊1﹕1海隊"])
    >>> {i: "".join(sorted(roles)) for i, roles in sorted(rows.items())}
    {1: 'D', 2: 'Dd', 3: 'Dd'}
    >>> sorted(roles_by_rows([page[0], "代写书信 邮局门口每日上午，一封一角五分", "存车处 电影院旁新开，每车每次二分"]))
    [1, 2]
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts) - 1):
        above = texts[i - 1]
        if i in found or not short_and_open(texts[i], _ROW):
            continue
        said = (len(above) > _SAID and complete(above)) or _is_signed(texts, i - 1)
        if said and len(texts[i]) <= _TITLE and i + 2 < len(texts):
            found |= _below_title(texts, i)
        elif said and _is_offer(texts[i]):
            end = _end_of(texts, i)
            if end - i > 1:
                found |= {i: _AD} | dict.fromkeys(range(i + 1, end), _FURTHER_AD)
    return found


def _below_title(texts: Sequence[str], i: int) -> dict[int, frozenset[str]]:
    """Return the roles of a short line below a text, if it is the title of rows, and of these."""
    title, one, other = texts[i : i + 3]
    mark = one[0]
    if mark in BRIEF_MARKS:
        if not complete(texts[i - 1]):
            return {}
        row = other[0] == mark and texts[i - 1][0] != mark and title[0] != mark
        if not row or min(len(one), len(other)) <= _BRIEF or _NO_TITLE.match(title):
            return {}
        return {i: _FIRST} | _below_briefs(texts, i + 1)
    if not (_is_row(one) and _is_row(other)) or _NO_TITLE.match(title):
        return {}
    if not _TABLE.fullmatch(title):
        return {}
    end = i + 1
    while end < len(texts) and _is_row(texts[end]):
        end += 1
    return {i: _TABLE_FIRST} | dict.fromkeys(range(i + 1, end), _TABLE_ROW)


def _below_briefs(texts: Sequence[str], start: int) -> dict[int, frozenset[str]]:
    """Return the roles of a short line right below the last of a row of briefs that has a title, above a text."""
    end = start
    while end < len(texts) and texts[end][0] == texts[start][0]:
        end += 1
    if end + 1 >= len(texts) or not complete(texts[end - 1]) or texts[end][0] in "（(":
        return {}
    title, text = texts[end], texts[end + 1]
    return {end: STARTS} if short_and_open(title, _BRIEF * 2) and len(text) > _BRIEF and complete(text) else {}


def _is_row(text: str) -> bool:
    """Say whether a line is a row of a table: numbers, no sentence, and cells or a score."""
    if len(text) > _ROW or complete(text) or _SENTENCE(text) or not _NUMBERS(text):
        return False
    return _CELLS(text) is not None or "﹕" in text or ":" in text or "：" in text


def _is_offer(text: str) -> bool:
    """Say whether a line names a thing or a service, and after a blank its price or a number to call."""
    return len(text) >= _SHORTEST and "。" not in text and _GOODS.fullmatch(text) is not None


def _is_signed(texts: Sequence[str], i: int) -> bool:
    """Say whether a line may sign a notice: a short one below a text."""
    return i > 1 and len(texts[i]) <= _TITLE and len(texts[i - 1]) > _SAID and complete(texts[i - 1])


def _end_of(texts: Sequence[str], i: int) -> int:
    end = i
    while end < len(texts) and short_and_open(texts[end], _ROW) and _is_offer(texts[end]):
        end += 1
    return end
