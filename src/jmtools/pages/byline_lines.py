"""Lines below a headline that name a writer with an office before, or the column of which the text is a piece."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import byline_authors, plain, sure_authors
from jmtools.pages.person_names import is_name
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete
from jmtools.pages.signatures import name_behind_office

_SHORT, _LONG = 30, 30  # characters
_BYLINE, _NOTE = frozenset("B"), frozenset("N")
_COLUMN = LazyPattern(r"[■□◎●◆▲▪○◇★☆※][ 　]?[一-龥]{2,8}")
_SPACED = LazyPattern(r"[（(][一-龥](?:[ 　]{1,2}[一-龥]){1,2}[）)]")
_MARKS = "■□◎○●◆▲▪◇★☆※（(【 　"


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
        elif len(below) > _LONG and name_behind_office(plain(text.lstrip(_MARKS))):
            found[i] = _BYLINE
    return found
