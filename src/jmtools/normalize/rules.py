"""Rules that make the same writing the same characters: width, compatibility forms, OCR slips, spaces, punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jmtools.fields.lazy_pattern import LazyPattern

SPACES = ("letters", "all", "keep")
PUNCTUATION = ("keep", "full")

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "”’）」』】》〉"
_OPENING = "“‘（「『【《〈"
_FULL_PUNCTUATION = "，。！？：；、"

# CJK radicals that text taken out of PDF has in place of characters, and that Unicode gives no decomposition for.
_RADICALS = dict(
    zip(
        "⺠⺩⺫⻁⻄⻅⻆⻇⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻲",
        "民王目虎西见角角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟",
        strict=True,
    )
)
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f"
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_JOINERS = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"  # after Han only: Persian and emoji need them
_COMPATIBILITY = "\uf900-\ufaff\U0002f800-\U0002fa1f\u2e80-\u2fdf\ufe10-\ufe19\ufe30-\ufe44\ufe47-\ufe6b\ufb00-\ufb06"
_HALF_WIDTH_FORMS = {0xFF01 + i: 0x21 + i for i in range(0x5E)}
_FULL_MARKS = str.maketrans(",.!?:;()", "，。！？：；（）")


@dataclass(frozen=True)
class Rule:
    """One kind of change: what is looked at, and what it becomes (itself, where the neighbours say so).

    Attributes:
        kind: Its name in the report.
        pattern: Begins with a character or a class of them wherever it can: such patterns are searched fast.
        replacement: Gives the new text.
        rare: Characters without which the rule has nothing to do; empty if they are in every text.
    """

    kind: str
    pattern: LazyPattern
    replacement: Callable[[re.Match[str]], str]
    rare: str = ""


class Rules:
    """The rules in the order in which they apply; those of rare characters are tried only where one occurs."""

    def __init__(
        self, *, spaces: str = "letters", punctuation: str = "keep", first: Sequence[Rule] = (), alone: bool = False
    ) -> None:
        """Choose the rules.

        Args:
            first: Rules that apply before all others.
            alone: Whether these are all.
            spaces: `letters` closes letter-spaced words (江 门 日 报: three or more single characters) and spaces
                beside full-width punctuation; `all` closes every space between Han characters, also those between
                the parts of a headline; `keep` none.
            punctuation: `full` makes half-width punctuation beside Han characters full-width.
        """
        table = [*first, *(() if alone else _FORMS)]
        if alone:
            spaces, punctuation = "keep", "keep"
        if spaces != "keep":
            table.append(_LETTER_SPACING)
        if punctuation == "full":
            table += [_BRACKETS, _MARKS]
        if spaces != "keep":
            table.append(_ALL_SPACES if spaces == "all" else _SPACES_BY_PUNCTUATION)
        self._all = table
        self._common = [rule for rule in table if not rule.rare]
        rare = "".join(rule.rare for rule in table)
        self._rare = LazyPattern(f"[{rare}]" if rare else "(?!)")

    def needed(self, text: str) -> list[Rule]:
        """Return the rules that may have something to do in a text."""
        return self._all if self._rare.search(text) else self._common


def _fixed(replacement: str) -> Callable[[re.Match[str]], str]:
    return lambda _found: replacement


def _compatible(found: re.Match[str]) -> str:
    return "".join(_RADICALS.get(char) or _decomposed(char) for char in found[0])


def _decomposed(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain.translate(_FULL_MARKS) if "\ufe10" <= char <= "\ufe6b" else plain


def _half(found: re.Match[str]) -> str:
    return found[0].translate(_HALF_WIDTH_FORMS)


def _neighbours(found: re.Match[str]) -> tuple[str, str]:
    """Return the characters before and after, or empty strings at the ends of the text."""
    text, start, end = found.string, found.start(), found.end()
    return text[start - 1 : start] if start else "", text[end : end + 1]


def _is_han(char: str) -> bool:
    return bool(char) and ("\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000")


def _in(char: str, marks: str) -> bool:
    return bool(char) and char in marks


def _joiner(found: re.Match[str]) -> str:
    return "" if _is_han(_neighbours(found)[0]) else found[0]


def _dash(found: re.Match[str]) -> str:
    before = _neighbours(found)[0]
    return "——" if _is_han(before) or _in(before, _CLOSING + _FULL_PUNCTUATION) else found[0]


def _dot(found: re.Match[str]) -> str:
    return "·" if all(map(_is_han, _neighbours(found))) else found[0]


def _without_spaces(found: re.Match[str]) -> str:
    return re.sub(r"[ \t]+", "", found[0])


def _space_by_punctuation(found: re.Match[str]) -> str:
    before, after = _neighbours(found)
    opens = _in(before, _FULL_PUNCTUATION) and (_is_han(after) or _in(after, _OPENING))
    closes = _in(after, _FULL_PUNCTUATION) and (_is_han(before) or _in(before, _CLOSING))
    return "" if opens or closes else found[0]


def _space_between(found: re.Match[str]) -> str:
    return "" if all(map(_is_han, _neighbours(found))) else _space_by_punctuation(found)


def _full_mark(found: re.Match[str]) -> str:
    before, after = _neighbours(found)
    beside_han = _is_han(before) or _in(before, _CLOSING + "%") or _is_han(after) or _in(after, _OPENING)
    if found[0] in ".:":  # 3.5, 10:30, www.
        beside_han = (_is_han(before) or _in(before, _CLOSING)) and not (after.isascii() and after.isalnum())
        beside_han = beside_han and after != "."
    return found[0].translate(_FULL_MARKS) if beside_han else found[0]


def _full_bracket(found: re.Match[str]) -> str:
    return found[0].translate(_FULL_MARKS)


_NUMERAL = "一二三四五六七八九〇"
_FORMS = [
    Rule("control character", LazyPattern(f"[{_CONTROL}]+"), _fixed(""), _CONTROL),
    Rule("invisible character", LazyPattern(f"[{_INVISIBLE}]+"), _fixed(""), _INVISIBLE),
    Rule("invisible character", LazyPattern(f"[{_JOINERS}]+"), _joiner, _JOINERS),
    # Compatibility ideographs, radicals, vertical and small forms of punctuation, ligatures; not ①, ㎡ or ½.
    Rule("compatibility form", LazyPattern(f"[{_COMPATIBILITY}]+"), _compatible, _COMPATIBILITY),
    # Letters, digits and the signs that go with them; a full-width comma or bracket is what Chinese prints.
    Rule("full width", LazyPattern("[０-９Ａ-Ｚａ-ｚ％＋＝＆＠＃＄＊＿]+"), _half, "０-９Ａ-Ｚａ-ｚ％＋＝＆＠＃＄＊＿"),
    Rule("full width", LazyPattern("[．－／](?<=[0-9A-Za-z].)(?=[0-9A-Za-z])"), _half, "．－／"),
    Rule("space", LazyPattern("[\u3000\u00a0\u2002-\u200a]"), _fixed(" ")),
    Rule("zero", LazyPattern(f"[○◯O](?<=[{_NUMERAL}].)(?=[{_NUMERAL}○◯O年])"), _fixed("〇"), "○◯O"),
    Rule("zero", LazyPattern(f"[○◯O](?<=[○◯O〇].)(?<=[{_NUMERAL}]..)(?=[{_NUMERAL}○◯O年])"), _fixed("〇"), "○◯O"),
    Rule("dot in a name", LazyPattern("[•‧・･∙⋅]"), _dot, "•‧・･∙⋅"),
    Rule("dash", LazyPattern("[-─―–]{2,}"), _dash),
]
# All of a run of single characters or nothing; a run is looked at from its beginning only, which keeps it linear.
_LETTER_SPACING = Rule(
    "letter-spacing",
    LazyPattern(
        f"[{_HAN}][ \t](?<![{_HAN}].[ \t])(?<![{_HAN}][ \t].[ \t])(?<![{_HAN}][ \t]{{2}}.[ \t])[ \t]?"
        f"[{_HAN}](?:[ \t]{{1,2}}[{_HAN}])++(?![{_HAN}])"
    ),
    _without_spaces,
)
_SPACES_BY_PUNCTUATION = Rule("space beside punctuation", LazyPattern("[ \t]+"), _space_by_punctuation)
_ALL_SPACES = Rule("space between characters", LazyPattern("[ \t]+"), _space_between)
_BRACKETS = Rule(
    "half-width punctuation",
    LazyPattern(rf"\((?=[^()\n]*[{_HAN}])(?=[^()\n]*\))|\)(?<=[{_HAN}{_CLOSING}，。].)"),
    _full_bracket,
)
_MARKS = Rule("half-width punctuation", LazyPattern("[,!?;:.]"), _full_mark)
