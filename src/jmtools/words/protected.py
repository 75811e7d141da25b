"""Tokens that no segmenter may take apart: numbers, dates, times, addresses, markup and emoji.

A segmenter cuts 23,876 at the comma and 5月19日 at every figure. Here such stretches are found beforehand, by their
form alone; what lies between them is segmented as ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.words.shadow import simplified, traditional_characters

RULES = (
    "protected 2"  # raise it when the tokens change: records segmented before and after must not be counted together
)

_DIGIT = "0-9０-９"
_DAY = "日号號"
_HOUR = "时時点點"
# Digits, not after a letter or figure, and then: a number with separators, a date, or a time of day. No chain is read
# further than 64 numbers: from each of its numbers a long one would be read to its end.
_FIGURES = (
    r",(?<![0-9]{4},)[0-9]{3}(?:,[0-9]{3}){0,63}+(?:\.[0-9]+)?[%‰]?(?![0-9])"
    r"|[:：](?<![0-9]{3}.)[0-9]{2}(?:[:：][0-9]{2})?(?![0-9:：])"
    r"|[:/∶][0-9]{1,4}(?:[:/∶][0-9]{1,4}){0,63}+(?![0-9])"
    r"|·(?<![0-9]{3}.)[0-9]{1,2}(?![0-9·])|(?:\.[0-9]+)?[％‰]"
    rf"|年[{_DIGIT}]{{1,2}}月(?:[{_DIGIT}]{{1,2}}[{_DAY}])?"
    rf"|月[{_DIGIT}]{{1,2}}[{_DAY}]"
    rf"|[{_HOUR}][{_DIGIT}]{{1,2}}分(?:[{_DIGIT}]{{1,2}}秒)?"
)
_LINK = r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]"
_LOCAL = r"A-Za-z0-9._%+\-"
_WIDE = "０-９Ａ-Ｚａ-ｚ"
_WIDE_JOINS = (
    f"(?:[－．＆][{_WIDE}]++|(?<=[０-９])"
    "(?:，[０-９]{3}(?![０-９])|[：∶]０*[０-９]{1,2}(?![０-９])|[／·][０-９]++))*+"
)
_TAG_NAMES = (
    "a|article|audio|b|big|blockquote|body|br|button|caption|center|col|dd|del|div|dl|dt|em|embed|figcaption|figure|font|footer|form|"
    "h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|marquee|meta|nobr|noscript|[ovw]:[a-z]{1,20}|object|ol|option|p|"
    "param|pre|s|script|section|select|small|source|span|st1:[a-z]{1,20}|strike|strong|style|sub|sup|table|tbody|td|textarea|tfoot|th|"
    "thead|title|tr|u|ul|video|wbr"
)
_TOP = "com|cn|net|org|gov|edu|info|cc|tv|hk|tw|io|me|mobi"
_HOST_REST = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{0,4}}(?i:{_TOP})/(?:{_LINK}*[A-Za-z0-9/=#&_-])?"
HOST_PATH = rf"[A-Za-z0-9-]{{1,63}}\.{_HOST_REST}"
_PICTURE = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_CHANGES = "\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_WIDE_CHARACTERS = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_HALF_WIDTH = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in f"{_WIDE_CHARACTERS}－．，／：％＆"})
SAME_FIGURES = str.maketrans("123456789１２３４５６７８９", "0" * 9 + "０" * 9)
_TRADITIONAL, _HAS_FIGURE, _SIGN, _ODD = 1, 2, 4, 8  # as `native/jmcore.h` has them
_SIGNS = b"&<@:wW."
MARK = "\ue000"  # a private character stands for each protected token while the rest is segmented: a token of its own


@dataclass(frozen=True)
class _Form:
    """A form of tokens; `begin` is a class of first characters, `rest` what follows one of them."""

    kind: str
    begin: str
    rest: str


_FORMS = {
    "link": _Form(
        "address",
        "hfwHFW",
        rf"(?<![A-Za-z0-9].)(?i:(?<=h)ttps?://|(?<=f)tp://|(?<=w)ww\.){_LINK}*[A-Za-z0-9/=#&_-]",
    ),
    "host": _Form("address", "A-Za-z0-9", rf"(?<=[A-Za-z0-9])(?<![A-Za-z0-9@._-].)[A-Za-z0-9-]{{0,62}}\.{_HOST_REST}"),
    "mail": _Form(
        "address",
        _LOCAL,
        rf"(?<=[{_LOCAL}])(?<![{_LOCAL}].)[{_LOCAL}]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})+",
    ),
    "tag": _Form("markup", "<", rf"(?<=<)(?:/?(?i:{_TAG_NAMES})(?:[\s/][^<>]{{0,300}})?>|!--[^<>]{{0,300}}-->)"),
    "entity": _Form(
        "markup",
        "&",
        rf"(?<=&)(?:lt;/?(?i:{_TAG_NAMES})(?:[\s/][^<>&]{{0,300}})?&gt;|(?:amp;)*+"
        r"(?:nbsp(?![a-z;])|[A-Za-z]{2,8}[0-9]{0,2};|\#[0-9]{1,7};|\#[xX][0-9A-Fa-f]{1,6};))",
    ),
    "emoji": _Form(
        "emoji",
        f"{_PICTURE}0-9#*",
        f"(?:(?<=[\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]|(?<=[0-9#*])\ufe0f?\u20e3"
        f"|(?<=[{_PICTURE}])(?:[{_CHANGES}]*(?:\u200d[{_PICTURE}][{_CHANGES}]*)+|[{_CHANGES}]+))",
    ),
    "wide": _Form(
        "",
        _WIDE,
        rf"(?<=[{_WIDE}])(?<![{_WIDE}].)(?:(?<=[０-９])[０-９]{{0,3}}(?:{_FIGURES})|[{_WIDE}]*+{_WIDE_JOINS}[％‰]?)",
    ),
    "mark": _Form("", MARK, f"(?<={MARK})"),
    "number": _Form("", "0-9", rf"(?<=[0-9])(?<![0-9A-Za-z.].)[0-9]{{0,3}}+(?:{_FIGURES})"),
}
_RARE = f"@&<{_WIDE}{MARK}\u200d\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_FORM_OF = {"@": "mail", "<": "tag", "&": "entity", MARK: "mark"} | dict.fromkeys(_WIDE_CHARACTERS, "wide")
_HOST_SIGN = LazyPattern(r"\.[A-Za-z]{2,4}/")

ADDRESS = LazyPattern(f"[{_FORMS['link'].begin}](?:{_FORMS['link'].rest})|[{_LOCAL}](?:{_FORMS['mail'].rest})")
TAG = LazyPattern(f"<(?:{_FORMS['tag'].rest})")

ENTITY = LazyPattern(f"&(?:{_FORMS['entity'].rest})")

_FILE = r"[^\s/\\]*\.(?i:jpe?g|png|gif|bmp|webp|svg|mp4|mp3|flv|swf|html?|s?html|php|aspx?|jsp|pdf|docx?|xlsx?)"
_HOST = r"(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|info|cc|tv|hk|tw|io)"
MARKUP = frozenset(
    ("nbsp", "ldquo", "rdquo", "mdash", "hellip", "middot", "&nbsp")
)  # what other segmenters leave of entities
_FIGURE = LazyPattern(r"[0-9０-９.．,，:：∶/／%％‰+~－-]*[0-9０-９][0-9０-９.．,，:：∶/／%％‰+~－-]*")
_DATE = LazyPattern(
    rf"[{_DIGIT}]{{1,4}}年[{_DIGIT}]{{1,2}}月.*|[{_DIGIT}]{{1,2}}(?:月[{_DIGIT}]{{1,2}}[{_DAY}]|·[{_DIGIT}]{{1,2}})"
)
_TIME = LazyPattern(
    rf"[{_DIGIT}]{{1,2}}(?:[:：][{_DIGIT}]{{2}}){{1,2}}|[{_DIGIT}]{{1,2}}[{_HOUR}][{_DIGIT}]{{1,2}}分.*"
)
_NAMED = LazyPattern(f"{_HOST}|{_FILE}")


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Return where such tokens stand, as (start, end), from left to right and never overlapping.

    A number or a word that a segmenter keeps whole anyway (3.5%, F-16, 2024) is not among them.

    >>> text = "5月19日9:45，投资23,876元，见https://a.cn/b?c=1。"
    >>> [text[start:end] for start, end in protected_spans(text)]
    ['5月19日', '9:45', '23,876', 'https://a.cn/b?c=1']
    """
    return [found.span() for found in _pattern(text, _odd_characters(text)).finditer(text)]


def kind_of(token: str) -> str:
    """Return what a token is by its form: `number`, `date`, `time`, `address`, `markup`, `emoji`, or "" for a word.

    >>> [kind_of(token) for token in ("1,234.5", "5月19日", "9:45", "www.a.cn", "&nbsp;", "AK-47", "医保")]
    ['number', 'date', 'time', 'address', 'markup', '', '']
    """
    if token.isalpha():
        return "markup" if token in MARKUP else ""
    return _kind_of_form(token.translate(SAME_FIGURES))


@lru_cache(maxsize=1 << 12)
def _kind_of_form(token: str) -> str:
    """Return the kind of a token all of whose figures are 0: which figures they are changes nothing."""
    if _TIME.fullmatch(token):
        return "time"
    if _FIGURE.fullmatch(token):
        return "number"
    if _DATE.fullmatch(token):
        return "date"
    if _NAMED.fullmatch(token):
        return "address"
    kinds = (form.kind for name, form in _FORMS.items() if form.kind and _compiled(frozenset([name])).fullmatch(token))
    return next(kinds, "")


def half_width(word: str) -> str:
    """Return a word with half-width letters and digits where it begins with a full-width one.

    >>> half_width("ＡＫ－４７"), half_width("，")
    ('AK-47', '，')
    """
    return word.translate(_HALF_WIDTH) if word[:1] in _WIDE_CHARACTERS and word else word


def holds_markup(text: str) -> bool:
    """Tell whether tags or entities stand in a text.

    >>> holds_markup("今天&nbsp;开幕"), holds_markup("R&D 与 a<b")
    (True, False)
    """
    return ("&" in text and ENTITY.search(text) is not None) or ("<" in text and TAG.search(text) is not None)


def cut_around(text: str, cut: Callable[[str], list[str]]) -> list[str]:
    """Return the words of a text: protected tokens whole, the rest as `cut` has it.

    `cut` is given Simplified characters in place of Traditional ones; the words have what is printed.

    >>> cut_around("價格23,876元", list)
    ['價', '格', '23,876', '元']
    """
    odd = _odd_characters(text)
    parts = _pattern(text, odd).split(text)
    masked = text if len(parts) == 1 else MARK.join(parts[::2])
    shadow = simplified(masked) if odd else masked
    words = cut(shadow)
    if shadow is not masked:
        words = _as_printed(masked, words)
    place = -1
    for token in parts[1::2]:
        place = words.index(MARK, place + 1)
        words[place] = token
    return words


def shadowed(text: str) -> tuple[str, list[int]]:
    """Return a text as it is segmented, and how many characters each protected token has for which a mark stands.

    >>> shadowed("價格23,876元")[0].replace(MARK, "_"), shadowed("價格23,876元")[1]
    ('价格_元', [6])
    """
    odd = _odd_characters(text)
    parts = _pattern(text, odd).split(text)
    plain = text if len(parts) == 1 else MARK.join(parts[::2])
    return simplified(plain) if odd else plain, list(map(len, parts[1::2]))


def masked(text: str) -> tuple[str, list[str]] | None:
    """Return a text with `MARK` in place of each protected token, and these tokens; None for Traditional text.

    >>> [part.replace(MARK, "_") for part in masked("投资23,876元")[:1]], masked("價格")
    (['投资_元'], None)
    """
    odd = _odd_characters(text)
    parts = _pattern(text, odd).split(text)
    plain = text if len(parts) == 1 else MARK.join(parts[::2])
    return None if odd and simplified(plain) is not plain else (plain, parts[1::2])


def character_kinds() -> bytes:
    """Return what each character of the first plane makes of a text, a byte each, as `native/whole.c` reads it.

    Of ASCII signs it looks at what stands beside them.
    """
    kinds = bytearray(1 << 16)
    for first, last, single in re.findall("(.)-(.)|(.)", _RARE):
        for code in range(ord(first or single), min(ord(last or single), 0xFFFF) + 1):
            kinds[code] = _ODD
    for char in traditional_characters():
        kinds[ord(char)] |= _TRADITIONAL
    for sign in _SIGNS:
        kinds[sign] = _SIGN
    kinds[ord("0") : ord("9") + 1] = bytes([_HAS_FIGURE]) * 10
    return bytes(kinds)


def _odd_characters(text: str) -> list[str]:
    """Return the characters of a text that only Traditional text, addresses, tags, entities, emoji and the like have.

    Most texts have none, and are looked through once.
    """
    return _odd().findall(text)


@cache
def _odd() -> re.Pattern[str]:
    return re.compile(f"[{_RARE}{traditional_characters()}]")


def _pattern(text: str, odd: Sequence[str]) -> re.Pattern[str]:
    """Return what finds the protected tokens of a text; most texts have numbers at most."""
    names = {_FORM_OF.get(char, "emoji") for char in set(odd) if not "\u4e00" <= char <= "\u9fff"} if odd else set()
    if "://" in text or "ww." in text or "WW." in text:
        names.add("link")
    if "/" in text and _HOST_SIGN.search(text):
        names.add("host")
    return _compiled(frozenset(names))


@cache
def _compiled(names: Set[str]) -> re.Pattern[str]:
    """Return a pattern of some forms and of numbers that begins with a class: such patterns are searched fast."""
    forms = [form for name, form in _FORMS.items() if name in names or name == "number"]
    begins, rests = "".join(form.begin for form in forms), "|".join(form.rest for form in forms)
    return re.compile(f"([{begins}](?:{rests}))")


def _as_printed(text: str, words: list[str]) -> list[str]:
    """Return the stretches of a text that words as long as these make up."""
    printed: list[str] = []
    end = 0
    for word in words:
        start, end = end, end + len(word)
        printed.append(text[start:end])
    return printed
