"""Captions and credits of pictures, told by their words."""

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.credits import plain

CAPTION = frozenset("CcNnB")
"""The roles of a credit; what stands below it is rarely of the same item."""

DRAWN, CAPTION_OR_TEXT = frozenset("Cc"), frozenset("CcPE")
"""The roles of captions below which an article may go on, and of those that are whole sentences."""

_AGENCY = (
    "(?:影像中国|影像中國|人民视觉|人民視覺|视觉中国|視覺中國|新华社[发發供]|新華社[发發供]|中新社[发發]|[资資]料[图圖]片|人民[图圖]片|"
    "[东東]方IC|CFP|[网網][络絡][图圖]片)"
)
# 154 of 163 such lines on labelled pages were captions or credits, none a headline.
_PICTURED = LazyPattern(
    r"[^，。！？：“”（）]{2,20}(?:[摄攝]影?[报報][导導道]|[摄攝])"
    rf"|.{{2,30}}(?:[摄攝]影?|[摄攝]影[报報][导導道]|供[图圖])[（(]{_AGENCY}[）)]"
    rf"|[（(]?{_AGENCY}[）)]?"
)
_WROTE_TOO = LazyPattern(r"文[/／、 　]?[摄攝][影]?$")
# What the picture shows, and behind a blank who took or drew it; or where it comes from (（资料室）, （插图）罗一绘);
# 近影; a drawing with its title. Of 289 such lines on labelled pages none began an item, 271 were captions.
_SHOWN = LazyPattern(
    r".{2,50}[。 　](?:本报|新华社)?(?:(?:特约)?记者|通讯员|读者)?[ 　]*[一-龥][ 　]?[一-龥]{1,2}[ 　]*"
    r"(?:摄影?|绘|供图)(?:[（(](?:传真|资料)(?:照片|图片)[）)])?"
    r"|.{2,50}[（(](?:插[图画]|(?:本报)?资料室|传真照片|木刻|[^（）()]{2,10}翻摄)[）)]"
    r"(?:[ 　]*[一-龥 　]{2,5}[绘作刻画])?"
    r"|[（(]?(?:以上|本文|文中)?(?:图片|照片|配图)(?:均|皆|都)?由.{2,24}(?:提供|拍摄|摄)[。）)]?"
    r"|[^，。！？：]{2,10}近影|(?:漫画|插图|木刻)[：:]?[ 　]?[“《][^”》]{1,20}[”》].{0,10}"
    r"|本报(?:摄影|图片)(?:组|部)摄?"
)
_SAYS_SO = (
    "摄",
    "攝",
    "绘",
    "繪",
    "近影",
    "供图",
    "供圖",
    "插",
    "资料室",
    "資料室",
    "木刻",
    "漫",
    "传真",
    "照片",
    "图片",
    "圖片",
)


def roles_of_picture_line(text: str) -> frozenset[str]:
    """Return the only roles of such a line; nothing of any other.

    >>> lines = "李小明摄", "夜归　　　李小明摄", "灯下（插图）李 明绘", "哨兵在灯下学习。　李小明摄", "大桥近日通车"
    >>> ["".join(sorted(roles_of_picture_line(line))) for line in lines]
    ['BCNcn', 'BCNcn', 'Cc', 'CEPc', '']
    """
    if _PICTURED.fullmatch(text) and not _WROTE_TOO.search(text):
        return CAPTION
    if any(word in text for word in _SAYS_SO) and not _WROTE_TOO.search(text) and _SHOWN.fullmatch(plain(text)):
        return CAPTION_OR_TEXT if "。" in text else DRAWN
    return frozenset()
