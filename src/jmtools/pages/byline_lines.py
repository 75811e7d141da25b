"""Lines below a headline that name a writer with an office or a place, or the column of which the text is a piece."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import byline_authors, plain, sure_authors
from jmtools.pages.person_names import is_name
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete, short_and_open
from jmtools.pages.signatures import name_behind_office
from jmtools.pages.signed_lines import roles_by_signatures

_SHORT, _LONG, _LEAST = 30, 30, 18  # characters of a line of a headline, of a text, of one that ends a sentence
_BYLINE, _NOTE = frozenset("B"), frozenset("N")
_COLUMN = LazyPattern(r"[■□◎●◆▲▪○◇★☆※][ 　]?[一-龥]{2,8}")
_SPACED = LazyPattern(r"[（(][一-龥](?:[ 　]{1,2}[一-龥]){1,2}[）)]")
_MARKS = "■□◎○●◆▲▪◇★☆※（(【 　"
# Where a reader lives, and who it is: 東港／李小明（教師）, 東港／一名家長.
# All of 142 such lines on labelled pages were bylines.
_READER = LazyPattern(
    r"[■□◎○●◆▲]?[ 　]?[一-龥]{2,8}[／/](?:(?P<name>[一-龥]{2,4})(?:[（(][^（()）]{1,14}[）)])?|一[個个名位].{1,12})"
)
_TOLD = LazyPattern(  # 李小明（六楼住户）
    r"[■□◎○●◆▲]?[ 　]?(?P<name>[一-龥]{2,4})"
    r"[（(](?![图圖]|附|[上中下一二三四五六七八九十]{1,2}[）)])[^（()）]{2,14}[）)]"
)
_COMMENTATOR = LazyPattern(r"[（(]?本[报刊](?:特约)?评论员[）)]?")
_BOTH = LazyPattern(r".*文[/、 ]?[摄图]影?")  # wrote it and took the pictures
_PEN_NAME = 6  # characters of a name and its blanks
_FURTHER = frozenset("h")
_CREDIT_ENDS = frozenset("摄影绘")
_READER_MOST = 26  # characters


def roles_by_bylines(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of such lines, by index.

    On labelled pages 18 of 20 lines of an office and a name were bylines; the others stood below a text.

    >>> text = "图书馆的灯一盏一盏熄了，最后只剩下靠窗的那一盏，照着一本没有读完的旧书，还有一个打着瞌睡的人。"
    >>> page = ["谁来买单？", "■街谈巷议", "李小明", text, "图书馆的夜", "中文系 2013级 李小明", text]
    >>> {i: "".join(sorted(roles)) for i, roles in sorted(roles_by_bylines(page).items())}
    {0: 'ADFHJT', 1: 'N', 2: 'B', 5: 'B'}
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts)):
        text, above = texts[i], texts[i - 1]
        if len(text) > _SHORT:
            continue
        if text[0] in "（(" and _SPACED.fullmatch(text) and complete(above) and sure_authors(text):
            found[i] = _BYLINE
        if i + 1 == len(texts) or len(above) > _SHORT or above[-1] in "。：:":
            continue
        below = texts[i + 1]
        if (
            _COLUMN.fullmatch(text)
            and not is_name(text.lstrip(_MARKS))
            and (byline_authors(below) is not None or (len(below) <= _SHORT and sure_authors(below)))
        ):
            found[i], found[i + 1] = _NOTE, _BYLINE
            if i == 1 or complete(texts[i - 2]):
                found[i - 1] = STARTS
        elif _is_text(below) and name_behind_office(plain(text.lstrip(_MARKS))):
            found[i] = _BYLINE
    return found


def roles_by_readers(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the roles of lines between a headline and its text, by index, that say where or what the writer is.

    Where a name with an office in brackets stands below a text too, it heads a part of an item (a person of the week).

    >>> text = "图书馆的灯一盏一盏熄了，最后只剩下靠窗的那一盏，照着一本没有读完的旧书，还有一个打着瞌睡的人。"
    >>> sorted(roles_by_readers(["图书馆的灯", "東港／李小明（教師）", text, "谁的图书馆", "李小明（家长）", text]))
    [1, 4]
    >>> sorted(roles_by_readers(["一周人物", "李小明（教师）", text, "王芳（家长）", text]))
    []
    """
    found: dict[int, frozenset[str]] = {}
    told: list[int] = []
    for i in range(1, len(texts) - 1):
        below = texts[i + 1]
        if len(texts[i]) > _READER_MOST or not _is_text(below):
            continue
        text = plain(texts[i])
        reader = _READER.fullmatch(text) if "／" in text or "/" in text else None
        heads = short_and_open(texts[i - 1], _SHORT) and texts[i - 1][-1] not in "：:"
        both = text[-1] in "摄影图" and _BOTH.fullmatch(text) is not None and byline_authors(text) is not None
        if heads and (
            both or _COMMENTATOR.fullmatch(text) or (reader and (reader["name"] is None or is_name(reader["name"])))
        ):
            found[i] = _BYLINE
        elif text[-1] in "）)" and (named := _TOLD.fullmatch(text)) and is_name(named["name"]):
            told += [i] if heads else [-1]
        elif len(text) <= _PEN_NAME and i > 2 and heads and _is_contribution(texts, i):
            found[i - 2], found[i - 1], found[i] = STARTS, _FURTHER, _BYLINE
    return found if -1 in told else found | dict.fromkeys(told, _BYLINE)


def _is_text(line: str) -> bool:
    return len(line) > _LONG or (len(line) > _LEAST and complete(line))


def _is_contribution(texts: Sequence[str], i: int) -> bool:
    """Say whether a line is one name below two short lines below a text: the column, the headline, the writer.

    Of 18 such lines on labelled pages 17 began an item (a line with the name of a reader did not).
    """
    authors = byline_authors(texts[i])
    if authors is None or len(authors) > 1 or authors[0][1] != "作者":
        return False
    kicker, above = texts[i - 2], texts[i - 3]
    spaced = len(texts[i - 1].split()) > 1 and byline_authors(texts[i - 1]) is not None
    if spaced or kicker[-1] in _CREDIT_ENDS:  # 黎　笛 is no headline, 房租 may be one
        return False
    if len(kicker) > _SHORT or complete(kicker) or kicker[0] in "（(—－＊" or kicker[-1] in "：:":
        return False
    if roles_by_signatures([above, kicker]):
        return False
    return len(above) > _PEN_NAME and complete(above) and byline_authors(kicker) is None and "读者" not in plain(kicker)
