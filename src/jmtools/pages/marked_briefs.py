"""Rows of briefs that begin with one mark each (▲昨天，…), below an article: each begins an item."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.shapes import complete

BRIEF_MARKS = frozenset("▲△●◆■★☆◇◎○□▶►")
"""Marks before briefs."""

_LEAST = 16  # characters of a brief
_FEWEST = 2  # of a row
_FIRST = frozenset("H")
# When something happened, as news say it; marks stand before reasons, orders and questions too.
_WHEN = LazyPattern(
    r".[ 　]*(?:前不久|不久前|近日|日前|昨[天日晚]|从(?:昨|即)|自[昨即]|[本上]周|本报讯"
    r"|[0-9一二三四五六七八九十]{1,3}日"
    r"|[^，。]{2,16}(?:近日|日前|昨[天日晚]|前不久|不久前))"
)


def roles_by_marked_briefs(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the roles of the briefs of such rows, by index.

    On labelled pages the only such row of a page without a heading (简讯) was of briefs. Of 210 other paragraphs with a
    mark, in rows, none began an item, and in no row more than one said when something happened.

    >>> page = ["昨天下了入冬以来的第一场雪，市民纷纷出门。", "▲昨天，美术馆举行少儿画展，展期十天。"]
    >>> sorted(roles_by_marked_briefs([*page, "▲石佛镇近日建成垃圾中转站，日处理四十吨。"]))
    [1, 2]
    """
    found: dict[int, frozenset[str]] = {}
    i = 1
    while i < len(texts):
        mark, first = texts[i][0], i
        if (
            mark not in BRIEF_MARKS
            or texts[i - 1][0] == mark
            or not complete(texts[i - 1])
            or len(texts[i - 1]) < _LEAST
        ):
            i += 1
            continue
        while i < len(texts) and texts[i][0] == mark and len(texts[i]) >= _LEAST and complete(texts[i]):
            i += 1
        row = range(first, i)
        if len(row) >= _FEWEST and sum(_WHEN.match(texts[n]) is not None for n in row) > len(row) / 2:
            found |= dict.fromkeys(row, _FIRST)
        i = max(i, first + 1)
    return found
