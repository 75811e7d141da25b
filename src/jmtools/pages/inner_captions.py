"""Captions with their photographer in the middle of a sentence: the paragraph goes on below them."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.shapes import complete

_LONGEST, _FIRST = 120, 4  # characters of a caption, of its begin
_CUT, _CAPTION, _REST = frozenset("OM"), frozenset("c"), frozenset("MEcsn")
_OPENS = LazyPattern(r"[▲△▼◀▶■●（(]?(?:[上下左右本題题]{0,2}[图圖][为為：:片]?|[上下左右][图圖])")
_ENDS = LazyPattern(
    r"(?:[（(][^（()）]{0,20}[摄攝][）)]|[ 　][一-龥 　]{2,12}[摄攝]|[（(](?:资料|資料)[图圖照]片?[）)])[ 　]*$"
)
# Who took the picture, right behind what it shows: 路人停下腳步。記者李小明／攝影
_SHOT = LazyPattern(
    r"[。！？”」）)][（(]?(?:[记記]者|[圖图])[：:／/ ]?"
    r"[一-龥 　]{2,8}(?<![文字])[／/](?:[攝摄]影?|提供|翻[攝摄])[）)]?$"
)
_SHOT_MOST = 70
_SHOT_ENDS, _CAPTIONS = frozenset("影摄攝供）)"), frozenset("Cc")
_SAYS = compile_pattern("[，。：；]").search


def roles_by_captions(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of such captions, by index, and of the lines around them.

    The line above has a mark inside and ends no sentence. Of 34 such lines on labelled pages all were such captions.

    >>> page = ["记者：调一架琴要多", "图为李小明在调琴。（王芳 摄）", "长时间？"]
    >>> {i: "".join(sorted(roles)) for i, roles in roles_by_captions(page).items()}
    {0: 'MO', 1: 'c', 2: 'EMcns'}
    >>> roles_by_captions(["调琴师李小明", *page[1:]])
    {}
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts) - 1):
        text, above = texts[i], texts[i - 1]
        if len(text) > _LONGEST:
            continue
        if len(text) <= _SHOT_MOST and text[-1] in _SHOT_ENDS and _SHOT.search(text):
            found[i] = _CAPTIONS
        if not ("图" in text[:_FIRST] or "圖" in text[:_FIRST]):
            continue
        if complete(above) or above[-1] in "：:" or not _SAYS(above):
            continue
        if _OPENS.match(text) and _ENDS.search(text):
            found |= {i - 1: found.get(i - 1, _CUT), i: _CAPTION, i + 1: _REST}
    return found
