"""Parts of speech for terms: the class of a word, and its possible roles in a term."""

from __future__ import annotations

import re

from jmtools.words.light_words import closing_words, is_light, is_loose
from jmtools.words.name_lists import looks_like_name, surnames
from jmtools.words.protected import half_width, kind_of
from jmtools.words.shadow import simplified

# What a word may do, as bits: stand at the beginning, at the end, inside of a term of several words; be a term alone;
# join two words; be a figure; be taken for part of a word that no dictionary has. The last bits: no dictionary has it;
# it stands in the user's list of terms.
START, END, INSIDE, ALONE, JOINER, DIGIT, GLUE, LATIN, UNIT, UNLISTED, LISTED = (1 << bit for bit in range(11))
DOT = JOINER | UNIT  # between the parts of a foreign name

TAG_CLASSES = (
    *("person", "place", "organisation", "proper", "abbreviation", "idiom", "foreign", "unknown"),
    *("noun", "verbal", "verb", "adjective", "attribute", "adverbial", "time", "position", "numeral", "other"),
)
_INDEX = {name: index for index, name in enumerate(TAG_CLASSES)}
PERSON, UNKNOWN, VERB = _INDEX["person"], _INDEX["unknown"], _INDEX["verb"]
_CLASS_OF_TAG = {
    tag: _INDEX[name]
    for name, tags in {
        "person": "nr nrt nrfg",
        "place": "ns",
        "organisation": "nt",
        "proper": "nz",
        "abbreviation": "j",
        "idiom": "i l",
        "foreign": "eng",
        "noun": "n ng an g zg",
        "verbal": "vn",
        "verb": "v vd vg vi vq",
        "adjective": "a ag z",
        "attribute": "b h k",
        "adverbial": "ad",
        "time": "t tg",
        "position": "f s",
        "numeral": "m mq mg",
    }.items()
    for tag in tags.split()
}
_CONTENT = frozenset(range(_INDEX["adverbial"]))
_NAMES = frozenset(range(_INDEX["idiom"]))  # persons, places, organisations, other proper nouns, abbreviations
_ALONE = _CONTENT | {_INDEX["time"], _INDEX["position"], _INDEX["adverbial"]}
_OTHER, _FOREIGN, _NUMERAL = _INDEX["other"], _INDEX["foreign"], _INDEX["numeral"]
# Single characters that begin a term although they are stop words elsewhere: 自适应, 非线性, 双循环.
_PREFIXES = frozenset("自非双多单半全超高低反亚微再可不无未新老旧大小中副总分最")
# Function words that are surnames too, and what no term ends with: they begin, end and complete no term.
_FUNCTION = frozenset("和于向从与同给对将由因被把及并而至的着们")
_BEGINS_NO_WORD = frozenset(
    "和从与给对将由因被把及并而至的着请每很更还没已"
)  # of characters that no dictionary has together
_ENDS_NO_WORD = frozenset("和与及并而至的着于第以之其在")
_BEGINS_NO_PAIR = frozenset("于向太")  # of two such characters
_IN_NO_WORD = frozenset("第会能要应须肯敢该想让使是有没不也都还就才很太更已将被把")  # put together from pieces
_NEEDS_OBJECT = frozenset("兑超达破创逾获遭赴抵晤称促抓迎挺拟欲盼冀涉致令使让给把由向往")
_UNITS = frozenset("年月日号时点分秒元岁亿万％%系则款期届排集季轮场批套项局盘站圈步折")
_VESSELS = frozenset("杯瓶碗盆盒袋箱桶")  # 八|杯水
_COUNTED = _UNITS | frozenset("吨亩米克升倍层级楼人名位个家次件条项届场只张台辆艘杯瓶碗块起例宗户所国省校队镇")
_COUNTED_WORDS = frozenset(("次列车", "次航班", "号线"))  # behind the number of a train: no term begins with them
# Bylines and mastheads.
_BYLINES = frozenset(
    ("本报", "本报讯", "本报记者", "本报评论员", "本刊", "本刊记者", "本台记者", "特约记者", "实习记者", "见习记者")
)
_DOTS = frozenset("·・•")
_JOINERS = _DOTS | frozenset("-–—")
_NO_TERMS = frozenset(("date", "time", "address", "markup", "emoji"))  # in no term, whatever stands beside it
_MAX_DIGITS = 4  # 歼20, 创造101; longer figures are amounts
_FIGURES = frozenset("〇零一二三四五六七八九十百千万亿两几数半")
_QUANTITY = re.compile(
    f"[{''.join(sorted(_FIGURES))}]+多?"
    "(?:[人名位个家年月日号天周岁元次件条项届点时分秒倍成米吨亩种场只块毛斤杯碗瓶张辆艘架台套颗句篇支棵]|[块毛分]钱|小时|分钟|秒钟|月份|年代|世纪|季度|周年|周岁|公里|千米|公斤|公顷|平方米|"
    "[年月]?[底初末]|[上中下]旬|月[上中下]旬|星期|点钟|[万亿美]元)"
)
_ENGLISH_WORDS = (
    "a an the of in on at by to for from with and or as is are was be been it its this that we our you he she they "
    "not no but if than then into over under about some any all can could may via using based use used between "
    "i ii iii iv v vs et al etc"
)
_SHARE = re.compile("[0-9]{3,6}[.-][A-Z]{2}")  # 0700.HK
ENGLISH = frozenset(_ENGLISH_WORDS.split())


# A word of two or more Simplified characters that is not light has its role from its class, unless it
# begins or ends with one of these.
RULED_BEGINNINGS = _FIGURES | _COUNTED | _VESSELS | _BEGINS_NO_WORD | _BEGINS_NO_PAIR | {word[0] for word in _BYLINES}
RULED_ENDINGS = _ENDS_NO_WORD


def class_of_tag(tag: str) -> int:
    """Return the class of a part of speech; -1 where the word itself decides."""
    return -1 if tag in ("x", "eng") else _CLASS_OF_TAG.get(tag, _OTHER)


def tag_class(word: str, tag: str) -> int:
    """Return the class of a word's part of speech; a word that no dictionary has is told by its form.

    >>> [TAG_CLASSES[tag_class(*pair)] for pair in (("江门", "ns"), ("聂继业", "x"), ("F-16", "x"), ("2024", "x"))]
    ['place', 'person', 'foreign', 'numeral']
    """
    if not word.isalpha() and kind_of(word) in _NO_TERMS:
        return _OTHER
    word = half_width(simplified(word))
    if tag in ("x", "eng"):
        if word.isascii():
            return _FOREIGN if any(map(str.isalpha, word)) else _NUMERAL if word[:1].isdigit() else _OTHER
        if not word[:1].isalnum():
            return _OTHER
        return _INDEX["person"] if looks_like_name(word) else _INDEX["unknown"]
    return _CLASS_OF_TAG.get(tag, _OTHER)


def word_role(word: str, cls: int, *, stop: bool, listed: bool = True) -> int:
    """Return what a word may do in a term, as bits; `listed`: a dictionary has it."""
    word = half_width(simplified(word))
    if not listed and _is_fragment(word):
        return UNIT if word[0] in _COUNTED else 0
    if word in _JOINERS:
        return (DOT if word in _DOTS else JOINER) | INSIDE
    if word in _FUNCTION or word in _BYLINES or (not word.isalpha() and kind_of(word) in _NO_TERMS):
        return 0
    if word.isascii() and (word == " " or cls in (_NUMERAL, _FOREIGN)):
        return _ascii_role(word, cls, stop=stop)
    if is_loose(word, name=listed and cls in _NAMES):
        return INSIDE | (UNIT if word[0] in _FIGURES else 0)  # 一大|杯水
    loose_end = word in closing_words() or word in _NEEDS_OBJECT
    glue = (
        GLUE if len(word) <= 2 and word[:1].isalpha() and word not in _IN_NO_WORD and word not in closing_words() else 0
    )
    alone = ALONE if len(word) > 1 and not is_light(word) else 0
    unit = UNIT if _is_counted(word, cls, listed=listed) else 0
    if stop:
        return glue | unit | (START if word in _PREFIXES or (len(word) == 1 and word in surnames()) else 0)
    if word[0] in _FIGURES and _QUANTITY.fullmatch(word):
        return glue | unit | START | INSIDE  # 三人, 三月底: amounts and dates, whatever their part of speech
    if cls in _CONTENT:
        return glue | unit | (0 if word == "人" else START) | (0 if loose_end else END) | INSIDE | alone
    if len(word) > 1 and cls in _ALONE:
        return glue | START | INSIDE | alone
    if cls == _NUMERAL and len(word) > 1:
        return glue | unit | START | INSIDE
    return glue | unit | (START | INSIDE if word in _PREFIXES else 0)


def _ascii_role(word: str, cls: int, *, stop: bool) -> int:
    if word == " ":
        return JOINER | INSIDE | LATIN
    if cls == _NUMERAL:
        return (START | END | INSIDE | DIGIT) if len(word) <= _MAX_DIGITS and word.isdigit() else UNIT
    if stop or word.lower() in ENGLISH or _SHARE.fullmatch(word):
        return LATIN
    counts = UNIT if word[-1].isdigit() else 0  # no term begins with the 次 of G123次
    return START | END | INSIDE | LATIN | counts | (ALONE if len(word) > 1 else 0)


def _is_counted(word: str, cls: int, *, listed: bool) -> bool:
    """Tell whether a word is or begins with a unit, if a figure stands before it: 10|号楼, 3000|吨级."""
    if cls == _NUMERAL or word in _UNITS or word in _COUNTED or word in _COUNTED_WORDS:
        return True
    if word[0] in _VESSELS and len(word) == 2:
        return True
    return word[0] in _COUNTED and (not listed or cls == _INDEX["attribute"])


def _is_fragment(word: str) -> bool:
    """Tell whether characters that no dictionary has together are a word and a function word: 从市, 日至.

    Family names that are function words (于, 向) begin names of three characters.
    """
    return (
        word[0] in _BEGINS_NO_WORD or word[-1] in _ENDS_NO_WORD or (len(word) == 2 and word[0] in _BEGINS_NO_PAIR)
    ) and not word.isascii()
