"""Words that show names of people: family names, roles before them, titles and verbs of speech after them."""

from __future__ import annotations

import re
from functools import cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.io.installed import read_data

# Verbs before which, and titles before which a name ends.
SPEECH = (
    "说|表示|介绍|告诉|认为|指出|坦言|直言|回忆|称|透露|强调|解释|补充|感慨|感叹|笑着|报道|供图|摄|制图|文|图|整理|先生|女士|小姐|"
    "教授|同志|老师|医生|博士|书记|主任|局长|市长|校长|院长|"
    "說|介紹|告訴|認為|回憶|稱|強調|解釋|補充|感嘆|報道|報導|供圖|攝|製圖|圖|老師|醫生|書記|局長|市長|校長|院長"
)
WEAK_SURNAMES = (
    "和来后有时于都是从向由原国全公文但那尤通农家麻越"  # far more often a word of its own than a family name
)
TITLE = "先生|女士|小姐|某|老师|教授|师傅|同志|记者|大爷|阿姨|大妈|奶奶|爷爷"
_ROLE_END = LazyPattern(r".{2,}(?:记者|[员长任授师])")
_FOLLOWS_NAME = LazyPattern(f"{TITLE}|氏|主席|总统|总理|总书记|委员长|首相|夫妇|夫人")


def looks_like_name(word: str) -> bool:
    """Tell whether a word has the form of a person's name: family name and one or two characters more.

    >>> [looks_like_name(word) for word in ("聂继业", "欧阳锋", "岑凯", "上官东方", "县域", "江")]
    [True, True, True, True, False, False]
    """
    if word[:2] in surnames():
        return 3 <= len(word) <= 4
    return word[:1] in surnames() and 2 <= len(word) <= 3


@cache
def surnames() -> frozenset[str]:
    """Return the family names, single and compound."""
    return _word_list("surnames.txt")


@cache
def roles() -> frozenset[str]:
    """Return the words after which a name stands: 记者, 教授, 局长 and the like."""
    return _word_list("roles.txt")


def _word_list(name: str) -> frozenset[str]:
    text = read_data(name)
    return frozenset(word for line in text.split("\n") if not line.startswith("#") for word in line.split())


@cache
def is_role(word: str) -> bool:
    """Tell whether a name may stand after a word: 记者, 秘书长."""
    return word in roles() or _ROLE_END.fullmatch(word) is not None


def is_speech(word: str) -> bool:
    """Tell whether a word is a verb of speech or a title before which a name ends: 说, 表示, 先生."""
    return re.fullmatch(SPEECH, word) is not None


def begins_with_speech(word: str) -> bool:
    """Tell whether a word begins with one of them."""
    return re.match(SPEECH, word) is not None


def follows_name(word: str) -> bool:
    """Tell whether a word begins with what stands after names only: 先生, 主席."""
    return _FOLLOWS_NAME.match(word) is not None
