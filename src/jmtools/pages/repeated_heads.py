"""Page heads in the middle of a text: several pages in one file, or a page break that a scanner copied."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.reading import one_form
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete

_LONGEST, _TEXT = 40, 16  # characters of a page head, of a line of text
_ALONE = 8  # characters of a number of a page alone
_HEAD = 3  # lines at the top of a page that are told elsewhere
_FIRST, _FURTHER, _BETWEEN = frozenset("F"), frozenset("f"), frozenset("N")
_CUT, _INSIDE, _REST = frozenset("OM"), frozenset("n"), frozenset("ME")
_HINT = compile_pattern("[第年版頁页]").search
_NAME = LazyPattern(r"[《“]?[一-龥]{2,10}(?:[报報刊]|合[订訂]本)[》”]?")
_PAGE = r"第[0-9一二三四五六七八九十百〇○零]{1,5}[页頁版]"
_PART = LazyPattern(
    rf"{_PAGE}|[A-Z]{{1,2}}[0-9]{{1,3}}版?|(?:19|20)[0-9]{{2}}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|[0-9〇○零一二三四五六七八九十]{{4}}年.{{2,8}}[月日]"
)
_NUMBER = LazyPattern(rf"[（(—－\-· ]{{0,3}}{_PAGE}[）)—－\-· ]{{0,3}}")


def is_page_head(text: str) -> bool:
    """Say whether a line is the head of a page: the name of a paper and a page or a day, with blanks between.

    >>> is_page_head("山城月报　民生　第18页"), is_page_head("山城月报　民生　昨日创刊")
    (True, False)
    """
    if len(text) > _LONGEST or not _HINT(text):
        return False
    parts = one_form(text).split()
    return len(parts) > 1 and _NAME.fullmatch(parts[0]) is not None and any(map(_PART.fullmatch, parts[1:]))


def roles_by_page_heads(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of page heads below the top of a page, by index, and of a paragraph that they cut.

    >>> head, rest = "山城月报　民生　第18页", "书屋，灯一直亮到半夜，附近的孩子放了学都来。"
    >>> page = ["旧厂", "昨天他来了。", "他租下了村口的旧厂房，想把它改成一间", head, "第18页", rest]
    >>> roles = roles_by_page_heads(page)
    >>> {i: "".join(sorted(allowed)) for i, allowed in sorted(roles.items())}
    {2: 'MO', 3: 'n', 4: 'n', 5: 'EM'}
    >>> roles_by_page_heads(["旧厂", "昨天他开了一间。", "今天又开了一间。", head, rest])[3]
    frozenset({'N'})
    """
    heads = {i for i in range(_HEAD, len(texts)) if _HINT(texts[i]) and is_page_head(texts[i])}
    heads |= {i for i in range(_HEAD, len(texts)) if _is_number(texts, i, heads)}
    found: dict[int, frozenset[str]] = {}
    for i in sorted(heads):
        if i in found:
            continue
        end = i + 1
        while end in heads:
            end += 1
        found |= _roles_of(texts, i, end)
    return found


def _is_number(texts: Sequence[str], i: int, heads: set[int]) -> bool:
    """Say whether a line is the number of a page and nothing else, beside a page head or inside a sentence."""
    text = texts[i]
    if len(text) > _ALONE or not _HINT(text) or not _NUMBER.fullmatch(one_form(text)):
        return False
    return i - 1 in heads or i + 1 in heads or not complete(texts[i - 1])


def _roles_of(texts: Sequence[str], start: int, end: int) -> dict[int, frozenset[str]]:
    """Return the roles of page heads in a row, and of the lines of a paragraph around them."""
    above, below = texts[start - 1], texts[end] if end < len(texts) else ""
    if below and len(above) > _TEXT and not complete(above):
        return {start - 1: _CUT, end: _REST} | dict.fromkeys(range(start, end), _INSIDE)
    if len(below) > _LONGEST or (len(below) > _TEXT and complete(below)):
        return dict.fromkeys(range(start, end), _BETWEEN)
    begins = {end: STARTS - _FIRST} if below else {}
    return {start: _FIRST} | dict.fromkeys(range(start + 1, end), _FURTHER) | begins
