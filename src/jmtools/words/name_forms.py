"""Whether a word that the dictionary has as a person's name is one: by its form, and by the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.words.shadow import simplified

NAME_TAGS = frozenset(("nr", "nrfg", "nrt"))
PERSON, PLACE, BODY = "P", "L", "O"  # kinds of names
TAGS_OF_KIND = {PERSON: ("nr", "nrt", "nrfg"), PLACE: ("ns",), BODY: ("nt",)}  # the usual one first
# Family names that begin few other words: 李鹏 is a name, 文明 and 高达 need a neighbour that says so.
STRONG_SURNAMES = frozenset(
    "李王张刘陈杨赵周吴徐孙胡朱郭罗宋郑谢韩唐冯董萧曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴汪姜范姚邵谭廖邹熊陆郝崔邱秦顾侯孟段钱汤尹"
)
# Characters with which foreign names are written.
_FOREIGN = (
    "阿埃艾爱安奥巴贝本比彼波伯博布查达戴丹德登迪蒂杜顿多厄恩尔法菲费弗福富戈格古哈海汉赫亨胡霍基吉加贾杰卡凯坎康科克肯库夸"
    "拉莱兰朗劳勒雷里利林卢鲁伦罗洛马迈曼梅门蒙米密莫姆穆纳娜内尼宁纽诺欧帕潘佩彭皮珀普奇齐恰乔切琼让瑞萨塞桑沙施史斯苏索"
    "塔泰坦汤特提托图瓦威韦维温沃乌西希夏谢休逊雅亚扬耶叶伊因尤约泽扎詹珍兹佐森什茨克丽莉露玛琳妮宾隆柯可辛赛伍麦哥摩弥梵白求舒代泽丘列谟蓬笛娃毕喀撒绍默罕卜"
)
# Those that stand alone where a segmenter cuts such a name, and hardly ever as words.
_FOREIGN_TOO = (
    "夫鲍芬廷娅丝翰契蕾卓珊黛薇昆赖肖涅阔莎蓝冈"  # of pieces; in whole words of the dictionary these are not sure
)
_FOREIGN_ALONE = (
    "尔奥斯娃莱塔扎叶茨基卡玛姆努库瓦拉泽纳娜拜佐坦雷蒂迪勒科克洛罗诺普戈格佩沙德利特伊莫巴贝布萨帕托维乌厄埃"
)
_TRANSCRIBED = LazyPattern(f"[{_FOREIGN}]{{3,}}")
_COUNTRY = LazyPattern(".+(?:斯坦|尼亚|维亚|利亚|比亚|兰卡|拉夫|堡|加州)")
# Common nouns that the dictionary has as places, and what is between states as an organisation.
_COMMON = {
    "ns": LazyPattern("[两各外大小强诸列别他异邻]国|[城都闹]市|[大小]街|[高平]原|[山林牧矿]区|[海大]洋|治安|首都"),
    "nt": LazyPattern(".+(?:关系|公报)"),
}
_TIME = LazyPattern("[今昨明当次前后]天.*|[今明去]年.*")
TRANSCRIBED_NAME = LazyPattern(f"[{_FOREIGN}]{{2,6}}(?:[·•・][{_FOREIGN}]{{1,7}}){{1,3}}")


@cache
def transcription_kinds() -> dict[str, int]:
    """Return of the characters with which foreign names are written 1, or 2 for those that only parts of them have."""
    return dict.fromkeys(_FOREIGN_TOO, 2) | dict.fromkeys(_FOREIGN, 1)


@cache
def transcription_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters with which foreign names are written, and those of them that are hardly words alone."""
    return frozenset(_FOREIGN + _FOREIGN_TOO), frozenset(_FOREIGN_ALONE)


def is_person(word: str, *, has_surname: bool) -> bool | None:
    """Tell whether a word of the dictionary that is tagged as a person is one; None where its neighbours must tell.

    Args:
        word: A word with one of the tags of persons.
        has_surname: Whether it is a family name and one or two characters more.

    >>> [is_person(word, has_surname=True) for word in ("李鹏", "文明", "江泽民")]
    [True, None, True]
    >>> [is_person(word, has_surname=False) for word in ("克林顿", "今天下午", "崇高", "江")]
    [True, False, None, None]
    """
    word = simplified(word)
    if len(word) == 1:
        return None
    if has_surname and not _COUNTRY.fullmatch(word):
        return True if len(word) > 2 or word[0] in STRONG_SURNAMES else None
    if _TRANSCRIBED.fullmatch(word):
        return not _COUNTRY.fullmatch(word)
    return None if len(word) == 2 else False


def settled_tag(word: str, tag: str, *, has_surname: bool) -> str:
    """Return the part of speech of a word by itself, with the tag of the dictionary unless it is wrong of a person.

    >>> settled_tag("和蔼", "nr", has_surname=True), settled_tag("江泽民", "nr", has_surname=True)
    ('n', 'nr')
    """
    wrong = tag in NAME_TAGS and not is_person(word, has_surname=has_surname)
    return tag_of_no_person(word) if wrong else tag


def is_common_noun(word: str, tag: str) -> bool:
    """Tell whether a word that the dictionary has as a place or an organisation is no name: 两国, 高原, 中美关系.

    >>> is_common_noun("两国", "ns"), is_common_noun("中国", "ns"), is_common_noun("中美关系", "nt")
    (True, False, True)
    """
    form = _COMMON.get(tag)
    return form is not None and form.fullmatch(simplified(word)) is not None


def tag_of_no_person(word: str) -> str:
    """Return the part of speech of a word that is wrongly tagged as a person, as far as its form tells.

    >>> [tag_of_no_person(word) for word in ("今天下午", "努力奋斗", "哈萨克斯坦", "崇高")]
    ['t', 'l', 'ns', 'n']
    """
    word = simplified(word)
    if _TIME.fullmatch(word):
        return "t"
    if _COUNTRY.fullmatch(word):
        return "ns"
    return "l" if len(word) > 3 else "n"


def stands_as_name(tokens: Sequence[str], index: int) -> bool:
    """Tell whether a word is part of a name with a dot: 卡尔·刘易斯."""
    beside = (tokens[index - 1] if index else "", tokens[index + 1] if index + 1 < len(tokens) else "")
    return any(token in ("·", "•", "・") for token in beside)
