"""The text of lines as features read it: one form of each punctuation mark and digit, Simplified characters.

What was learned from pages in one script and with one set of marks then holds for the others. Every character stands
for one, so that places stay what they are; records keep what was printed.
"""

import re
from collections.abc import Sequence

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.lines import Line
from jmtools.words.script_forms import simplified_forms

_FORMS = str.maketrans(
    "﹐﹑﹒﹔﹕﹖﹗︰︐︑︒︓︔︕︖｡､｢｣﹁﹂﹃﹄「」『』︵︶﹙﹚︷︸︹︺︻︼〔〕［］﹝﹞︽︾︿﹀﹏︙︱︲⋯•‧・／╱\xa0\u2002\u2003",
    "，、。；：？！：，、。：；！？。、“”“”‘’“”‘’（）（）（）【】【】【】【】【】《》〈〉—…——…···//   ",
)
_WIDE = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_TABLE = {**_FORMS, **_WIDE}
_ODD = compile_pattern(f"[{re.escape(''.join(map(chr, _TABLE)))}]").search
# Patterns begin with the mark that they look for, which is quickly found.
_HALF_STOP = LazyPattern(r"\.(?<=[一-龥”’）》%％]\.)(?=$|[一-龥”’“‘（《])", re.MULTILINE)
_LAST_STOP = LazyPattern(r"\.(?<=[^.\s]\.)(?=[”’）)]?$)", re.MULTILINE)
_HAN = LazyPattern("[一-龥]")
_HALF_COMMA = LazyPattern(r",(?:(?<=[一-龥”’）》%],)|(?=[一-龥“‘（《]))")  # by far the commonest
_HALF = LazyPattern(r"[;:?!()](?:(?<=[一-龥”’）》%][;:?!()])|(?=[一-龥“‘（《]))")
_FULL = dict(zip(";:?!()", "；：？！（）", strict=True))
_ANY_HALF = re.compile("[;:?!()]").search
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_OFTEN = "國會這個來們時說對為與學長開關東華電報"  # Traditional characters that no page in that script goes without
_CLEAR = 3  # kinds of them: a name or a quotation may have some on a page in Simplified characters


def read_lines(texts: Sequence[str]) -> list[str]:
    """Return the lines of a page as features read them.

    >>> read_lines(["據報道﹕「船開了﹗", "今天３時開船﹔", "請學長與會."])
    ['据报道：“船开了！', '今天3时开船；', '请学长与会。']
    >>> read_lines(['"好!"他说(笑),增长3.5%.', "Vol. 2"])
    ['“好！”他说（笑），增长3.5%。', 'Vol. 2']
    """
    page = _one_form_of_marks("\n".join(texts))
    if sum(char in page for char in _OFTEN) >= _CLEAR:
        page = page.translate(simplified_forms())
    return page.split("\n") if texts else []


def read_page(lines: Sequence[Line]) -> list[str]:
    """Return the texts of the lines of a page as features read them."""
    return read_lines([line.text for line in lines])


def _one_form_of_marks(page: str) -> str:
    """Return lines with one form of each mark and digit, which no other line decides."""
    if _ODD(page):
        page = page.translate(_TABLE)
    if '"' in page:
        page = _STRAIGHT.sub(r"“\1”", page)
    if "," in page:
        page = _HALF_COMMA.sub("，", page)
    if _ANY_HALF(page):
        page = _HALF.sub(lambda mark: _FULL[mark[0]], page)
    if "." in page:
        page = _LAST_STOP.sub(_last_stop, _HALF_STOP.sub("。", page))
    return page


def _last_stop(mark: re.Match[str]) -> str:
    """Return a full stop for one of half width at the end of a line of Chinese text."""
    begin = mark.string.rfind("\n", 0, mark.start()) + 1
    return "。" if _HAN.search(mark.string, begin, mark.start()) else mark[0]


def one_form(text: str) -> str:
    """Return a text with one form of each mark and digit.

    >>> one_form("記者\\xa0李３﹑王")
    '記者 李3、王'
    """
    return text.translate(_TABLE) if _ODD(text) else text


def read_credit(text: str) -> str:
    """Return a credit as features read it: names in Traditional characters too, whatever the page is written in.

    >>> read_credit("〔記者區念祖／東港報導〕")
    '【记者区念祖/东港报导】'
    """
    return one_form(text).translate(simplified_forms())
