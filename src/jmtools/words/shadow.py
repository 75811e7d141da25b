"""Traditional text in Simplified characters, one for one: dictionaries, stop lists and models know these.

A shadow has the length of its text, so that a place in the one is the same place in the other.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache
from itertools import product
from math import prod

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.io.installed import read_data

# Forms that the table of single characters lacks, as the press of Hong Kong and Taiwan prints them.
_MORE = dict(
    zip(
        "衞妳牠佔菸衆峯牀鷄裏甯喫僞溫啟啓滙凖嚐敍枱痺暱砲姪粧綉",
        "卫你它占烟众峰床鸡里宁吃伪温启启汇准尝叙台痹昵炮侄妆绣",
        strict=True,
    )
)
# Of Traditional text only, and there by their neighbours: in Simplified text these are characters of their own.
_DOUBTFUL = dict(zip("著瞭藉覆乾於甚", "着了借复干于什", strict=True))
_IN_TRADITIONAL = LazyPattern(
    "著(?![名作者述書錄稱])(?<![名原顯編專巨論卓昭土合遺譯所力].)|瞭(?!望)|藉(?=[口由著此以機助故詞])|(?<=憑)藉"
    "|(?<=[答回批重反修往])覆|覆(?=[雜核查審診])|乾(?![隆坤])|於|甚(?=[麼麽])"
)
_MOST_FORMS = 64
_SOME = 2  # Traditional characters from which a text may be in both scripts,
_CLEAR = 20  # and how many times as many characters of the one as of the other make it a text in one
_OFTEN = LazyPattern("[这个们国来对说时为与经发现进还开过会关学长应无实业东车员动务产电报]")


def simplified(text: str) -> str:
    """Return a text with Simplified characters in place of Traditional ones; the very text if it has none.

    >>> simplified("攝影機拍著名作家看著乾淨的畫面"), simplified("乾隆著作")
    ('摄影机拍著名作家看着干净的画面', '乾隆著作')
    """
    traditional, table = _table()
    if traditional.search(text) is None:
        return text
    if _is_traditional(text, traditional):
        text = _IN_TRADITIONAL.sub(lambda found: _DOUBTFUL[found[0]], text)
    return text.translate(table)


def simplified_words(words: Sequence[str]) -> Sequence[str]:
    """Return what `simplified` makes of each word.

    >>> simplified_words(["着", "乾淨"])
    ['着', '干净']
    """
    search = _table()[0].search
    return words if search("".join(words)) is None else [simplified(word) if search(word) else word for word in words]


def settle_doubtful(text: str) -> str:
    """Return a text that is not in Simplified characters with 著, 瞭 and 於 in Simplified ones where neighbours tell.

    >>> settle_doubtful("看著著名作家")
    '看着著名作家'
    """
    return _IN_TRADITIONAL.sub(lambda found: _DOUBTFUL[found[0]] if found[0] in "著瞭於" else found[0], text)


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in Traditional characters, and not only quotes some.

    >>> is_traditional("攝影機拍下了畫面"), is_traditional("作家陳映真说，这次来访很高兴")
    (True, False)
    """
    traditional = _table()[0]
    return traditional.search(text) is not None and _is_traditional(text, traditional)


def traditional_forms(word: str) -> list[str]:
    """Return every way to write a Simplified word in Traditional characters, that word included.

    >>> traditional_forms("后来"), traditional_forms("我")
    (['后来', '后來', '後来', '後來'], ['我'])
    """
    forms = _forms()
    choices = [char + forms.get(char, "") for char in word]
    if prod(map(len, choices)) > _MOST_FORMS:
        choices = [forms.get(char, char)[:1] for char in word]
    return ["".join(chars) for chars in product(*choices)]


def _is_traditional(text: str, traditional: LazyPattern) -> bool:
    return len(traditional.findall(text)) > len(_OFTEN.findall(text))


def count_scripts(text: str) -> tuple[int, int]:
    """Return how many characters that only Traditional text has, and how many that Simplified text often has.

    >>> count_scripts("醫保 医保 門診 门诊 这个")
    (3, 2)
    """
    return (len(_table()[0].findall(text)), len(_OFTEN.findall(text))) if text else (0, 0)


def mixes_scripts(traditional: int, simple: int) -> bool:
    """Tell from these counts whether a good part of a text is in each of the two scripts.

    >>> mixes_scripts(2, 2), mixes_scripts(1, 1), mixes_scripts(2, 0)
    (True, False, False)
    """
    if traditional < _SOME:
        return False
    return min(traditional, simple) * _CLEAR > max(traditional, simple)


def traditional_characters() -> str:
    """Return the characters that only Traditional text has."""
    return "".join(map(chr, _table()[1]))


def character_forms() -> bytes:
    """Return what each character of the first plane becomes, two bytes each, as `native/script.c` reads it.

    It is 0 for itself; itself for those that Simplified text often has.
    """
    forms: array[int] = array("H", bytes(2 << 16))
    for char in _OFTEN.pattern[1:-1]:
        forms[ord(char)] = ord(char)
    for code, other in _table()[1].items():
        if len(chr(code).encode()) != len(other.encode()) or code > 0xFFFF:
            raise ValueError(f"{chr(code)} and {other} differ in size")
        forms[code] = ord(other)
    return forms.tobytes()


@cache
def _table() -> tuple[LazyPattern, dict[int, str]]:
    """Return a pattern of the characters that only Traditional text has, and what each becomes."""
    rows = [row for row in read_data("traditional.txt").splitlines() if not row.startswith("#")]
    pairs = dict(zip("".join(rows[::2]), "".join(rows[1::2]), strict=True)) | _MORE
    known = frozenset("".join([*pairs, *pairs.values()]).encode("gb2312", "ignore").decode("gb2312")) - set(
        "後夥徵麽菸"
    )
    # Of the others, the names of a page in Simplified characters are full: 篠, 昇.
    table = {char: other for char, other in pairs.items() if char not in known and other in known}
    for char in _DOUBTFUL:
        table.pop(char, None)
    return LazyPattern(f"[{''.join(table)}]"), str.maketrans(table)


@cache
def _forms() -> dict[str, str]:
    """Return the Traditional characters that become each Simplified one."""
    forms: dict[str, str] = {}
    for char, other in [*((chr(code), other) for code, other in _table()[1].items()), *_DOUBTFUL.items()]:
        forms[other] = forms.get(other, "") + char
    return forms
