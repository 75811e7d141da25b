"""Simplified and Traditional characters: conversion by phrase and word, and repair of strays of the other script."""

from __future__ import annotations

import re
from functools import cache

from jmtools.errors import OptionError
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.normalize.script_words import WordConverter
from jmtools.words.segment import load_segmenter, word_tags
from jmtools.words.shadow import is_traditional, settle_doubtful

# OpenCC configurations behind each target; `repair` and `keep` convert nothing as a whole.
TARGETS = {"simplified": "t2s", "traditional": "s2t", "taiwan": "s2tw", "hongkong": "s2hk"}
_USUAL_FORMS = {"傢俱": "家具", "剋制": "克制", "孃": "娘"}
_RARE_FORMS = LazyPattern("|".join(_USUAL_FORMS))
_DOUBTFUL = LazyPattern("[著瞭於]")
# Characters of Traditional text that OpenCC keeps, and that Simplified text has in another form.
_NEW_FORMS = str.maketrans("妳牠祇衹砲姪敍枱榖呉靑淸", "你它只只炮侄叙台谷吴青清")
_OLD_FORMS = LazyPattern("[妳牠祇衹砲姪敍枱榖呉靑淸甚]")
MODES = ("repair", *TARGETS, "keep")

# A record counts as written in one script when its characters are at least this many times those of the other.
_CLEAR_MAJORITY = 3
# Characters that the tables call variants, but that the 2013 standard list allows in names: never repaired.
_NAME_CHARACTERS = frozenset("昇陞珮甯堃喆邨淼祎頴禤")
# In GB 2312 too, but no character of today's Simplified script.
_ALSO_TRADITIONAL = "後"
# Traditional characters with two answers in Simplified; the phrase decides, and a person may look.
_TWO_SIMPLIFIED = {
    "乾": "干乾",
    "著": "着著",
    "瞭": "了瞭",
    "徵": "征徵",
    "藉": "借藉",
    "覆": "复覆",
    "夥": "伙夥",
    "鍾": "钟锺",
    "餘": "余馀",
    "於": "于於",
    "摺": "折摺",
    "麼": "么麽",
    "釐": "厘釐",
    "諮": "咨谘",
    "像": "象像",
    "甚": "什甚",
    "崑": "昆崑",
    "沈": "沉沈",
}


class ScriptConverter:
    """Turns text into one script, or repairs strays; tells the kind of each change."""

    def __init__(self, mode: str) -> None:
        if mode not in MODES:
            raise OptionError(f"--to: nothing called {mode!r}; there are {', '.join(MODES)}")
        self._mode = mode
        self._whole = _converter(TARGETS[mode]) if mode in TARGETS else None
        self._by_words: WordConverter | None = None

    def script_of(self, texts: list[str]) -> str:
        """Return the script that texts are written in: `simplified`, `traditional`, `mixed`, or "" when none shows."""
        if self._mode != "repair":
            return ""
        simplified, traditional = strays()
        text = "".join(texts)
        n_simplified = sum(map(len, simplified.findall(text)))
        n_traditional = sum(map(len, traditional.findall(text)))
        if not n_simplified + n_traditional:
            return ""
        if n_simplified >= _CLEAR_MAJORITY * n_traditional:
            return "simplified"
        return "traditional" if n_traditional >= _CLEAR_MAJORITY * n_simplified else "mixed"

    def convert(self, text: str, script: str) -> str:
        """Convert a text; for repair, `script` is that of its record."""
        if self._whole is not None:
            return self._to_simplified(text) if self._mode == "simplified" else self._words().convert(text)
        if script not in ("simplified", "traditional"):
            return text
        foreign = strays()[1 if script == "simplified" else 0]
        fixed = _merge(text, _converter("t2s" if script == "simplified" else "s2t"), foreign)
        table = _variants(script)
        return table[0].sub(lambda found: table[1][found[0]], fixed) if table[0].search(fixed) else fixed

    def _to_simplified(self, text: str) -> str:
        """Convert to Simplified; 著, 瞭 and 於, which Simplified text has too, go by their neighbours."""
        if _DOUBTFUL.search(text) and (is_traditional(text) or not strays()[0].search(text)):
            text = settle_doubtful(text)
        converted = _converter("t2s").convert(text)
        if _OLD_FORMS.search(converted):
            converted = converted.translate(_NEW_FORMS).replace("甚么", "什么")
        pattern, table = _variants("simplified")
        return pattern.sub(lambda found: table[found[0]], converted) if pattern.search(converted) else converted

    def _words(self) -> WordConverter:
        if self._by_words is None:
            convert = _Usual(_converter(TARGETS[self._mode])).convert
            self._by_words = WordConverter(convert, load_segmenter().cut, word_tags())
        return self._by_words

    def kind(self, before: str) -> str:
        """Return what kind of change it is to replace a character."""
        if self._mode != "repair":
            return "script"
        return "variant" if before in _variants("simplified")[1] or before in _variants("traditional")[1] else "stray"

    def candidates(self, before: str) -> str:
        """Return the characters that could have been meant, where the conversion had to choose; else nothing."""
        if self._mode in ("traditional", "taiwan", "hongkong"):
            return _many_traditional().get(before, "")
        return _TWO_SIMPLIFIED.get(before, "") if self._mode in ("simplified", "repair") else ""


@cache
def strays() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of runs of characters that only Simplified has, and that only Traditional has.

    The two national character sets tell: in GB 2312 but not in Big5, and the other way about, when OpenCC has a
    character of the other set for it.
    """
    to_simplified, to_traditional = _tables()
    simplified = [c for c, other in to_traditional.items() if _in(c, "gb2312") and not _in(c, "big5") and other != c]
    traditional = [
        c
        for c, other in to_simplified.items()
        if _in(c, "big5") and not _in(c, "gb2312") and _in(other, "gb2312") and c not in _NAME_CHARACTERS
    ]
    return _runs(simplified), _runs([*traditional, *_ALSO_TRADITIONAL])


@cache
def _variants(script: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the characters that neither national set has, each with the form that the script's set has for it."""
    charset = "gb2312" if script == "simplified" else "big5"
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    rare = [c for c in han if not _in(c, "gb2312") and not _in(c, "big5") and c not in _NAME_CHARACTERS]
    standard = _convert_each(rare, "jp2t")
    if script == "simplified":
        standard = _convert_each(standard, "t2s")
    table = {c: other for c, other in zip(rare, standard, strict=True) if other != c and _in(other, charset)}
    return _runs(list(table), single=True), table


@cache
def _many_traditional() -> dict[str, str]:
    """Return the Simplified characters that stand for several Traditional ones of Big5."""
    found: dict[str, list[str]] = {}
    for traditional, simplified in _tables()[0].items():
        if _in(traditional, "big5"):
            found.setdefault(simplified, []).append(traditional)
    return {simplified: "".join(many) for simplified, many in found.items() if len(many) > 1}


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return what OpenCC makes of each single character: Traditional to Simplified, and back."""
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    return (
        dict(zip(han, _convert_each(han, "t2s"), strict=True)),
        dict(zip(han, _convert_each(han, "s2t"), strict=True)),
    )


def _convert_each(characters: list[str], config: str) -> list[str]:
    return str(_converter(config).convert("\n".join(characters))).split("\n")


def _merge(text: str, converter: _Converter, foreign: re.Pattern[str]) -> str:
    """Convert a text by phrase, and take over only what became of the foreign characters."""
    if not foreign.search(text):
        return text
    converted = converter.convert(text)
    if len(converted) != len(text):  # a phrase became longer or shorter: character by character then
        return foreign.sub(lambda run: "".join(map(converter.convert, run[0])), text)
    return foreign.sub(lambda run: converted[run.start() : run.end()], text)


def _runs(characters: list[str], *, single: bool = False) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(characters))}]{'' if single else '+'}")


def _in(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


class _Converter:
    """OpenCC by name; a lone surrogate is left to the caller's checks."""

    def __init__(self, config: str) -> None:
        import opencc

        self._opencc = opencc.OpenCC(config)

    def convert(self, text: str) -> str:
        return str(self._opencc.convert(text))


class _Usual:
    """OpenCC with the usual forms of what its phrases have as rare ones."""

    def __init__(self, converter: _Converter) -> None:
        self._convert = converter.convert

    def convert(self, text: str) -> str:
        return _RARE_FORMS.sub(lambda found: _USUAL_FORMS[found[0]], self._convert(text))


@cache
def _converter(config: str) -> _Converter:
    return _Converter(config)
