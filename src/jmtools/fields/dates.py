"""Dates as newspapers print them: 2023年5月25日, 二○○一年一月二日, 2023-5-25."""

import datetime

from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.page_names import page_name

_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
DATE = LazyPattern(
    r"(?P<y>(?:19|20|一九|二[〇○零])[0-9〇○零一二三四五六七八九]{2}|[１２][０９][０-９]{2})\s*[年.\-/]\s*"
    r"(?P<m>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[月.\-/]\s*(?P<d>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})日?"
)


def read_date(text: str) -> str | None:
    """Return the first full date of a text as YYYY-MM-DD.

    >>> read_date("二○○一年一月二日"), read_date("2023-5-25"), read_date("2023年13月1日")
    ('2001-01-02', '2023-05-25', None)
    """
    match = DATE.search(text)
    if not match:
        return None
    year, month, day = (_number(match[part]) for part in "ymd")
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if "十" in text:
        return int(page_name(text))
    return int(text.translate(_DIGITS))
