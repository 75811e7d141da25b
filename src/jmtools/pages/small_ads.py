"""Advertisements of one line: three short phrases or more with blanks between, one of which sells, lets or hires."""

from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import plain

_LEAST, _MOST = 8, 70  # characters of a line
_PHRASES, _PHRASE = 3, 11  # the fewest, and the longest of them in characters
_SELLS = LazyPattern(
    r"有售|减价|廉价|特价|半价|面[洽议]|函索|出品|经售|代售|经销|批发|包治|主治|专治|灵药|良药|特效|功效|药[房行]|金行|招[生收请聘]"
    r"|急聘|诚[聘招]|招租|出租|吉屋|顶让|转让|售价|欢迎[参惠光试选订]|惠顾|光临|赐顾|免费|优惠|折扣|酬宾|回收|专营|代办|包伙|包膳"
    r"|包吃住|[月日]薪|月租|电洽|洽询|驰名|老字号|家教|补习|学费|献映|公映|隆重|戏院|票价|招股|征婚|装修|上门|维修|收费"
    r"|酒[家楼]|筵席|诊所|镶牙|手续简便|[一-龥]牌[一-龥]{2,4} "
)
_AD_OR_HEAD = frozenset("AauFf")


def roles_by_small_ads(texts: Sequence[str]) -> dict[int, frozenset[str]]:
    """Return the only roles of such lines, by index.

    Of 8 on labelled pages 7 were of advertisements and one of a page's head.

    >>> sorted(roles_by_small_ads(["大桥通车", "虎标良药　家庭常备　各大药房有售", "云海梯田　秋收如画　游人如织"]))
    [1]
    """
    found: dict[int, frozenset[str]] = {}
    for i in range(1, len(texts)):
        text = texts[i]
        if not _LEAST <= len(text) <= _MOST or "。" in text or "，" in text:
            continue
        phrases = text.split()
        if len(phrases) >= _PHRASES and max(map(len, phrases)) <= _PHRASE and _SELLS.search(plain(text)):
            found[i] = _AD_OR_HEAD
    return found
