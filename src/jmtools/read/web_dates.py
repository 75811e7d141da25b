"""The day on which a web page was published: of all dates that it names, the one that means that."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from jmtools.fields.dates import read_date

# What names of dates say, best first; a name that says nothing of this kind is no date of publication.
_PUBLISHED = re.compile(r"publi|issued|dc\.date$|dcterms\.(date|created)$|pubdate|releas|firstcreat")
_CHANGED = re.compile(r"modif|updat|revis|lastmod|change")
_ENDS = re.compile(r"expir|valid|until|end")
_OTHER = re.compile(r"date|time|created?_?at")
_NAMED = (("changed", _CHANGED), ("published", _PUBLISHED), ("other", _OTHER))
_FORMS = (
    re.compile(r"((?:19|20)[0-9]{2})[-/年.]([01]?[0-9])[-/月.]([0-3]?[0-9])"),
    re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?![0-9]{1,3}(?![0-9]))"),
)
_JSON_LD = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_DATELINE = re.compile(r"[0-9]{1,2}[:：][0-9]{2}|来源|來源|发布|發布|日期|时间|時間|星期|责任编辑|字号|作者")
_DATELINES = 12  # lines of a page in which its date stands
_LONGEST_DATELINE, _BARE_DATE = 80, 16
_RANKS = ("published", "other", "line", "changed")


class PublicationDate:
    """Collects the dates of a page and chooses."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def meta(self, name: str, content: str) -> None:
        """Take a date with a name, of a `meta` element or an attribute such as `itemprop`."""
        name = name.lower()
        if _ENDS.search(name):
            return
        rank = next(
            (
                r
                for r, said in (("changed", _CHANGED), ("published", _PUBLISHED), ("other", _OTHER))
                if said.search(name)
            ),
            None,
        )
        self._take(rank, read_any_date(content))

    def script(self, text: str) -> None:
        """Take the date of structured data."""
        found = _JSON_LD.search(text)
        self._take("published", read_any_date(found[1]) if found else None)

    def choose(self, lines: Iterable[str]) -> str | None:
        """Return the date of publication: as named, else from a line of the page that gives date and time or source."""
        for _, line in zip(range(_DATELINES), lines, strict=False):
            date = read_date(line) if len(line) <= _LONGEST_DATELINE else None
            if date and (_DATELINE.search(line) or len(line) <= _BARE_DATE):
                self._take("line", date)
        return next((self._found[rank] for rank in _RANKS if rank in self._found), None)

    def _take(self, rank: str | None, date: str | None) -> None:
        if rank and date:
            self._found.setdefault(rank, date)


def read_any_date(text: str) -> str | None:
    """Return the first date of a text as YYYY-MM-DD, also without anything between its parts.

    >>> read_any_date("20240311103000"), read_any_date("2024-3-11T08:00"), read_any_date("2024131"), read_any_date("x")
    ('2024-03-11', '2024-03-11', None, None)
    """
    for form in _FORMS:
        for found in form.finditer(text):
            try:
                return datetime.date(*map(int, found.groups())).isoformat()
            except ValueError:
                continue
    return None
