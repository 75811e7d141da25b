"""Help and messages in the user's language: Chinese where the locale is Chinese, English otherwise.

The table is data/zh.po, one entry a string. Help is translated by paragraph, option and line of the command table;
click's own words through `gettext`, as click asks there. An error message is compared with the entries that have `{…}`
in them, so that the library below need not know of languages. What has no translation stays English.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import click

_NOTE = re.escape("note: ")
_FIELD = r"\{([a-z]+)\}"
# A Chinese character with the marks that may not begin or end a line, a run of white space, a word of anything else.
_WIDE = "⺀-〿぀-鿿豈-﫿＀-￯—…“”‘’"
_PIECE = rf"\s+|[（《“‘〈【]*(?:[^\s{_WIDE}]+|[{_WIDE}])[，。；：、！？）》”’〉】]*"


def wanted(environment: Mapping[str, str]) -> bool:
    """Tell whether help is to be Chinese: JMTOOLS_LANGUAGE decides, else the locale of messages."""
    names = ("JMTOOLS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((value for name in names if (value := environment.get(name))), "")
    return chosen.lower().startswith("zh")


def set_language(environment: Mapping[str, str] = os.environ) -> None:
    """Make click use the user's language, and break lines as `wrap` does."""
    click.Context.formatter_class = WideFormatter
    if wanted(environment):
        gettext.dgettext = lambda domain, message: translate(message)  # noqa: ARG005
        _state[0] = True


_state = [False]


def translate(text: str) -> str:
    """Return the translation of a help text or of one of click's strings; the text itself where there is none."""
    return _table().get(" ".join(text.split()), text) if _state[0] else text


def translate_help(text: str) -> str:
    """Return a help text with its paragraphs translated; examples stay, but for the word above them."""
    if not _state[0]:
        return text
    paragraphs = text.split("\n\n")
    return "\n\n".join(_example(part) if "\b" in part else translate(part) for part in paragraphs)


def translate_message(message: str) -> str:
    """Return an error message in Chinese, as far as its pieces between semicolons are known."""
    if not _state[0]:
        return message
    pieces = message.split("; ")
    found = [_whole(piece) for piece in pieces]
    if not any(found):
        return message
    whole = "；".join(new or old for new, old in zip(found, pieces, strict=True))
    return whole.replace("？；", "？")


class WideFormatter(click.HelpFormatter):
    """A formatter that knows that a Chinese character takes two columns, and that breaks no option at its hyphen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called: a Chinese colon needs no space behind it."""
        usual = translate("Usage:") if _state[0] else "Usage: "
        super().write_usage(prog, args, usual if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading, with the mark of Chinese."""
        self.write(f"{' ' * self.current_indent}{heading}{'：' if _state[0] else ':'}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; those that begin with a backspace character as they are."""
        indent = " " * self.current_indent
        parts = []
        for part in text.split("\n\n"):
            raw = part.startswith("\b\n")
            lines = part[2:].split("\n") if raw else wrap(part, self.width - self.current_indent)
            parts.append("\n".join(indent + line for line in lines))
        self.write("\n\n".join(parts) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write two columns."""
        found = list(rows)
        first = min(max((columns(one) for one, _ in found), default=0), col_max) + col_spacing
        margin = " " * self.current_indent
        for one, two in found:
            lines = wrap(two, max(self.width - first - self.current_indent, 10))
            if columns(one) > first - col_spacing:
                self.write(f"{margin}{one}\n")
                one = ""
            self.write(f"{margin}{one}{' ' * (first - columns(one))}{lines[0] if lines else ''}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{margin}{' ' * first}{line}\n")


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> columns("中文 ab")
    7
    """
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` columns, broken at blanks and between Chinese characters.

    >>> wrap("每行一条记录，JSON 格式。", 12)
    ['每行一条记', '录，JSON 格', '式。']
    """
    lines = [""]
    for piece in re.findall(_PIECE, text):
        if piece.isspace():
            lines[-1] += " " if lines[-1] else ""
        elif columns(lines[-1] + piece) > width and lines[-1].strip():
            lines.append(piece)
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()]


def entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a .po file whose strings stand on one line each."""
    for source, target in re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE):
        yield _unescaped(source), _unescaped(target)


@cache
def _table() -> dict[str, str]:
    from jmtools.io.installed import read_data

    return dict(entries(read_data("zh.po")))


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for source, target in _table().items():
        if re.search(_FIELD, source):
            parts = re.split(_FIELD, source)
            pattern = "".join(f"(?P<{p}>.+?)" if i % 2 else re.escape(p) for i, p in enumerate(parts))
            found.append((re.compile(pattern, re.DOTALL), target))
    # A note is told from other messages before its words are looked at.
    return sorted(found, key=lambda pair: (not pair[0].pattern.startswith(_NOTE), -len(pair[0].pattern)))


def _whole(message: str) -> str | None:
    known = _table().get(message)
    if known is not None:
        return known
    for pattern, target in _templates():
        match = pattern.fullmatch(message)
        if match is not None:
            given = {name: translate_message(value) for name, value in match.groupdict().items()}
            return "".join(given[part] if i % 2 else part for i, part in enumerate(re.split(_FIELD, target)))
    return None


def _example(block: str) -> str:
    return block.replace("Examples:", translate("Examples:")).replace("Example:", translate("Example:"))


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")
