"""Kinds of values that options take."""

from __future__ import annotations

import re
from typing import Any

import click

_NUMBERS: tuple[tuple[type[click.ParamType[Any]], str], ...] = (
    (type(click.INT), "N"),
    (type(click.FLOAT), "X"),
)


def name_values(command: click.Command) -> None:
    """Give the values of options the names that help shows: N and X for numbers, those of our own types as written."""
    for param in command.params:
        if isinstance(param, click.Option) and param.metavar is None and not param.is_flag:
            number = next((name for kind, name in _NUMBERS if isinstance(param.type, kind)), None)
            own = param.type.name if type(param.type).__module__ == __name__ or "|" in param.type.name else None
            param.metavar = number or own


class Jobs(click.ParamType[int]):
    """A number of processes, or `auto`."""

    name = "N|auto"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of processes."""
        if isinstance(value, int):
            return value
        if value == "auto":
            from jmtools.batches.processes import available_jobs

            return available_jobs()
        try:
            number = int(value)
        except ValueError:
            number = 0
        if number < 1:
            self.fail(f"{value!r} is neither a number of processes nor 'auto'", param, ctx)
        return number


class Mebibytes(click.ParamType[int]):
    """A size given in MiB, handed on in bytes."""

    name = "MIB"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return bytes."""
        try:
            size = float(value)
        except ValueError:
            self.fail(f"{value!r} is not a number of MiB", param, ctx)
        if not 0 < size < 1 << 30:
            self.fail(f"{value!r} is not a size above 0", param, ctx)
        return int(size * (1 << 20))


class Text(click.ParamType[str]):
    """Words from the command line, which are UTF-8 whatever the locale says."""

    name = "TEXT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the text."""
        try:
            return str(value).encode("utf-8", "surrogateescape").decode("utf-8")
        except UnicodeError:
            return str(value)


class Span(click.ParamType[tuple[int, int]]):
    """A number, or two joined by `-`."""

    name = "N|N-M"

    def __init__(self, most: int = 10) -> None:
        self._most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return the smallest and the largest."""
        if isinstance(value, tuple):
            return value
        first, _, last = str(value).partition("-")
        if first.isdecimal() and (last or first).isdecimal() and 1 <= int(first) <= int(last or first) <= self._most:
            return int(first), int(last or first)
        raise click.BadParameter(
            f"{value!r} is neither a number from 1 to {self._most} nor two of them, such as 1-3", ctx, param
        )


def split_names(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the names of a comma-separated list."""
    return tuple(name.strip() for name in (value or "").split(",") if name.strip())


def read_terms(path: str) -> tuple[str, ...]:
    """Return the terms of a file, one a line, in its order; a line that begins with # is none, but for #夜游#."""
    from jmtools.io.encodings import decode_text
    from jmtools.io.files import read_all

    lines = map(str.strip, decode_text(read_all(path), name=path).splitlines())
    is_topic = re.compile(r"#[^\s#]+#").fullmatch
    return tuple(dict.fromkeys(line for line in lines if line and (line[0] != "#" or is_topic(line))))
