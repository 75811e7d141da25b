"""Headlines with the name of their column in brackets at the end: 网售处方药，要放更要管（人民时评）."""

import re
from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete
from jmtools.pages.signatures import name_behind_office, name_behind_place

_LEAST, _MOST = 8, 44  # characters
_ABOVE = 12  # characters of the text above
_TAGGED = LazyPattern(r".{4,36}（[^（）]{2,24}(?:（[上中下一二三四五六七八九十0-9]{1,2}）)?）")
_OTHER = LazyPattern(  # credits, notes, items of lists, boxes of an article
    r"摄|图|供稿|记者|通讯员|[电讯]）$|下转|上接|来源|资料|译|作者|[0-9]{4}年"
    r"|^(?:[一二三四五六七八九十0-9]{1,2}[、.．]|[（(—－―●■◆▲△○①-⑳【])|短评|手记|编后|链接|简介|另附|附[：表]|[：:]|——"
    r"|（[一二三四五六七八九十上中下0-9]{1,2}）$|（[^（）]*[。！？]）$|教授|讲师|研究员|主任|院士|先生|女士|岁"
    r"|照片）$|（(?:截至|摘要|节选)|^[◎]|月.{1,3}日"
)
_ASKS = "？！"
_BRACKET = re.compile("（")


def roles_by_tags(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of such lines below a text, by index: of 260 on labelled pages 258 began an item.

    >>> text = "昨天下了入冬以来的第一场雪，市民纷纷出门。"
    >>> sorted(roles_by_tags([text, "网售处方药，要放更要管（人民时评）", text, "李小明摄（影像中国）"]))
    [1]
    """
    return {i: STARTS for i in range(1, len(texts)) if _is_tagged(texts[i], texts[i - 1])}


def _is_tagged(text: str, above: str) -> bool:
    if text[-1] != "）" or not _LEAST <= len(text) <= _MOST or len(above) <= _ABOVE or not complete(above):
        return False
    if not _TAGGED.fullmatch(text) or _OTHER.search(text):
        return False
    title, tag = _BRACKET.split(text, maxsplit=1)
    if name_behind_place(tag) or name_behind_office(title):
        return False
    return not complete(title) or title[-1:] in _ASKS
