"""Read newspaper, date and page from file names."""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from jmtools.errors import OptionError
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.fields.page_names import page_name

_FIELDS = ("newspaper", "date", "page", "page_name")
_DIRECTIVES = {"Y": "[0-9]{4}", "m": "[0-9]{1,2}", "d": "[0-9]{1,2}", "y": "[0-9]{2}", "j": "[0-9]{3}"}
_GUESS = LazyPattern(
    r"(?:(?P<newspaper>[^/\\]{1,40}?)[-_ .])?(?P<date>(?:19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9])"
    r"(?:[-_ .]{1,2}(?:第)?(?P<page>[A-Za-z]?[0-9]{1,3}))?(?:版)?(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Folio:
    """What is known of a page; an unknown field is None."""

    newspaper: str | None = None
    date: str | None = None
    page: str | None = None
    page_name: str | None = None

    def or_else(self, other: "Folio") -> "Folio":
        """Fill what is missing from another source."""
        return Folio(
            self.newspaper or other.newspaper,
            self.date or other.date,
            self.page or other.page,
            self.page_name or other.page_name,
        )


def read_name(path: str, pattern: str | None = None) -> Folio:
    """Return what a file name says of a page.

    Args:
        path: The path of the file.
        pattern: Its form, such as `{newspaper}-{date:%Y%m%d}-{page}`, matched against the end of the path without its
            extension. Without a pattern, or where it does not fit, a date of eight digits and what follows it as a
            page are recognised.

    Raises:
        OptionError: If the pattern is not understood.

    >>> read_name("pages/山城日报-20230525-A02.txt", "{newspaper}-{date:%Y%m%d}-{page}")
    Folio(newspaper='山城日报', date='2023-05-25', page='A02', page_name=None)
    >>> read_name("scan 7.txt")
    Folio(newspaper=None, date=None, page=None, page_name=None)
    """
    whole = PurePath(path).as_posix()
    stem = whole[: len(whole) - len(PurePath(path).suffix)] if PurePath(path).suffix else whole
    if pattern is None:
        return _guess(stem.rsplit("/", 1)[-1])
    form = compile_pattern(pattern)
    match = form.regex.search(stem)
    if not match:
        return _guess(stem.rsplit("/", 1)[-1])
    found = match.groupdict()
    date = None
    if found.get("date"):
        try:
            date = datetime.datetime.strptime(found["date"], form.date_format).date().isoformat()
        except ValueError:
            date = None
    page = page_name(found["page"]) if found.get("page") else None
    return Folio(found.get("newspaper") or None, date, page, found.get("page_name") or None)


def fits(path: str, pattern: str) -> bool:
    """Tell whether a path has the form of a pattern.

    >>> fits("ljrb-20240311-A01.txt", "{newspaper}-{date:%Y%m%d}-{page}"), fits("scan.txt", "{date}")
    (True, False)
    """
    whole = PurePath(path).as_posix()
    return compile_pattern(pattern).regex.search(whole.removesuffix(PurePath(path).suffix)) is not None


@dataclass(frozen=True, slots=True)
class NameForm:
    """A compiled pattern and the format of its date."""

    regex: re.Pattern[str]
    date_format: str


@lru_cache
def compile_pattern(pattern: str) -> NameForm:
    """Compile a file name pattern.

    Raises:
        OptionError: If it has an unknown field, a field twice, or a date format that cannot be read.
    """
    parts, seen, date_format = [], set(), "%Y-%m-%d"
    for literal, field in re.findall(r"([^{}]*)(?:\{([^{}]*)\})?", pattern):
        parts.append(re.escape(literal))
        if not field:
            continue
        name, _, form = field.partition(":")
        if name not in _FIELDS or name in seen:
            raise OptionError(f"--name-pattern: {{{field}}} is none of {', '.join(_FIELDS)}, or stands twice")
        seen.add(name)
        if name == "date":
            date_format = form or date_format
            parts.append(f"(?P<date>{_date_regex(date_format)})")
        else:
            parts.append(f"(?P<{name}>[^/]{{1,80}}?)")
    if not seen:
        raise OptionError(f"--name-pattern {pattern!r}: names no field; try {{newspaper}}-{{date:%Y%m%d}}-{{page}}")
    return NameForm(re.compile("(?:^|/)" + "".join(parts) + "$"), date_format)


def _date_regex(form: str) -> str:
    out = ""
    for literal, directive in re.findall(r"([^%]*)(?:%(.))?", form):
        out += re.escape(literal)
        if directive and directive not in _DIRECTIVES:
            raise OptionError(f"--name-pattern: %{directive} is not understood in a date; use %Y %m %d")
        out += _DIRECTIVES.get(directive, "")
    return out


def _guess(stem: str) -> Folio:
    match = _GUESS.search(stem)
    if not match:
        return Folio()
    digits = match["date"].replace("-", "")
    try:
        date = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return Folio()
    page = match["page"]
    return Folio(None, date, page_name(page) if page else None)
