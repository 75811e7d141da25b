"""Pages with a blank after every character, as some OCR programs write Chinese: the blanks are taken out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.pages.lines import Line

_WIDE = r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6“”‘’…—·\U00020000-\U0003ffff"
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_PAIR = LazyPattern(rf"(?<=[{_HAN}])[ \t\xa0\u3000]?(?=[{_HAN}])")
_SPACED_PAIR = LazyPattern(rf"(?<=[{_HAN}])[ \t\xa0\u3000](?=[{_HAN}])")
_BLANK = LazyPattern(rf"(?<=[{_WIDE}])[ \t\xa0\u3000](?=\S)|(?<=\S)[ \t\xa0\u3000](?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\xa0\u3000]{2,}")
_ANY_BLANK = " \t\xa0\u3000"
_FEWEST_BLANKS = 0.1  # of a page's characters: where fewer are blanks the pairs need not be counted
_LEAST = 0.3  # share of neighbouring Han characters with a blank between them; labelled pages have at most 0.06
_FEWEST = 20  # pairs: a page of a few letter-spaced headlines is none


def is_letter_spaced(text: str) -> bool:
    """Say whether most characters, or most words, of a page have a blank between them.

    >>> is_letter_spaced("本 报 讯 昨 天 ， 晴 。 " * 9), is_letter_spaced("讣　告\\n本报讯 昨天，晴。" * 9)
    (True, False)
    """
    if sum(map(text.count, _ANY_BLANK)) < _FEWEST_BLANKS * len(text):
        return False
    spaced = sum(1 for _ in _SPACED_PAIR.finditer(text))
    return spaced >= _FEWEST and spaced >= _LEAST * sum(1 for _ in _PAIR.finditer(text))


def close_up(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a letter-spaced page without the blanks around Chinese; of several blanks one stays.

    Places stay those of the page as it came.

    >>> close_up([Line("中 国  GDP 增 长 ３ . 5 %", 1, 1, 0, 21, 0)])[0].text
    '中国 GDP增长３. 5 %'
    """
    return [replace(line, text=_close_up(line.text)) for line in lines]


def _close_up(text: str) -> str:
    return " ".join(_BLANK.sub("", part) for part in _BLANKS.split(text))
