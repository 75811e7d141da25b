"""Lines between two texts that head a part of an article: a number, a time, a side of a question, an expert's view."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import plain
from jmtools.pages.roles import INNER
from jmtools.pages.shapes import complete

_LONGEST, _SAID, _TEXT = 28, 12, 24  # characters of such a line, of the texts above and below
# All of 154 such lines on labelled pages began no item. Those without a number were subheads, some others were text.
_NUMBERED = LazyPattern(
    r"(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]|[0-9]{1,2}[、.．])[^0-9].{1,24}"
)
_SECTION = LazyPattern(
    r"[凌早上中下晚午夜清傍晨间]{0,3}[0-9一二三四五六七八九十廿]{1,3}[点时][0-9一二三四五六七八九十半刻]{0,3}分?"
    r"[ 　：:][^，。]{2,20}"
    r"|(?:正方|反方|甲方|乙方|赞成|反对|支持|质疑)[：: 　].{2,20}"
    r"|[【■●▲◆]?(?:专家|律师|医生|法官|警方|名医)"
    r"(?:看法|意见|说法|建议|观点|支招|提醒|解读|点评|分析)】?(?:[：: 　].{2,20})?"
    r"|[一-龥]{0,4}[一二三四五六七八九十][项点个条大](?:诉求|建议|要求|原则|方案|意见|措施|问题|理由|原因)"
)
_SUBHEAD = frozenset("S")


def roles_by_sections(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of such lines, by index: they begin no item.

    >>> text = "图书馆的灯一盏一盏熄了，最后只剩下靠窗的那一盏，照着一本旧书。"
    >>> page = ["图书馆的夜", text, "一、第一层书架", text, "十点　关门", text, "正方：再开一小时", text]
    >>> sorted(roles_by_sections([*page, "专家支招", text, "三项建议", text]))
    [2, 4, 6, 8, 10]
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts) - 1):
        text, above, below = texts[i], texts[i - 1], texts[i + 1]
        if len(text) > _LONGEST or len(above) <= _SAID or len(below) <= _TEXT or not complete(above):
            continue
        if complete(text) and text[-1] not in "？！":
            continue
        line = plain(text)
        if _NUMBERED.fullmatch(line):
            found[i] = INNER
        elif _SECTION.fullmatch(line):
            found[i] = _SUBHEAD
    return found
