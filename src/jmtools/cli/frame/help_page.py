"""What `--help` shows: an example, the options of the command in a line each; `jmtools help` shows everything."""

from __future__ import annotations

import inspect
import re

import click

from jmtools.cli.frame.language import columns, translate, translate_help
from jmtools.cli.frame.volume import NAMES

# Options that many commands have: `jmtools help io` and `jmtools help words` tell of them.
IO = (
    *("output", "where", "types", "on_error", "rejects", "max_errors", "jobs", "max_line", "max_expand", "max_memory"),
    *("resume", "part_bytes", "scheduler", "manifest", *NAMES),
)
WORDS = ("segmenter", "user_dicts", "allow_mixed", "stopwords", "pos", "unit", "ngrams")
_NAMED = (*IO, "segmenter", "user_dicts", "allow_mixed")
# The options that most people want, first.
FIRST = {
    "read": ("newspaper", "date", "name_pattern"),
    "split": ("newspaper", "name_pattern", "profile"),
    "normalize": ("script", "spaces", "report"),
    "segment": ("user_dicts", "stopwords", "extras"),
    "newwords": ("top", "min_freq", "as_user_dict"),
    "keywords": ("top", "group_by", "idf"),
    "cluster": ("k", "topics_file", "save_model"),
    "freq": ("top", "stopwords", "group_by"),
    "keyness": ("reference", "top", "stopwords"),
    "collocates": ("top", "window", "stopwords"),
    "kwic": ("window", "unit", "sort"),
    "cooc": ("top", "field", "within"),
    "trend": ("more_terms", "by", "field"),
    "table": ("fields", "form", "width"),
    "report": ("title", "form", "lang"),
    "convert": ("form", "fields", "words"),
}
_NAMES_WIDTH = 28
FULL = [False]  # whether everything is shown: `jmtools help`, and the reference in the documentation


def format_help_text(command: click.Command, formatter: click.HelpFormatter) -> None:
    """Write what a command does: in short the first two paragraphs and one example."""
    if not command.help:
        return
    paragraphs = inspect.cleandoc(command.help).split("\n\n")
    if not _is_full(command):
        texts = [part for part in paragraphs if "\b" not in part]
        paragraphs = texts[:2] + [_one_example(part) for part in paragraphs if "\b" in part]
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(translate_help("\n\n".join(paragraphs)))


def format_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options: the command's own, the most wanted first, then those that many commands have."""
    own: list[tuple[click.Option, tuple[str, str]]] = []
    shared: list[tuple[click.Option, tuple[str, str]]] = []
    for param in _ordered(command, ctx):
        row = _record(param, ctx)
        if row is not None and isinstance(param, click.Option):
            (shared if param.name in IO or param.name == "help" else own).append((param, row))
    if _is_full(command):
        _write(formatter, "Options", [row for _, row in own])
        _write(formatter, "Input, output and bad records", [row for _, row in shared])
    else:
        width = formatter.width - _NAMES_WIDTH - 4
        _write(formatter, "Options", [_short_row(row, width) for p, row in own if p.name not in _NAMED])
        _write_named(command, ctx, formatter)
    if isinstance(command, click.Group):
        command.format_commands(ctx, formatter)


def write_topic(command: click.Command, ctx: click.Context, names: tuple[str, ...]) -> str:
    """Return the help of some options of a command, in full."""
    formatter = ctx.make_formatter()
    params = {param.name: param for param in command.get_params(ctx)}
    formatter.write_dl([row for name in names if name in params and (row := _record(params[name], ctx)) is not None])
    return formatter.getvalue().rstrip("\n")


def _is_full(command: click.Command) -> bool:
    return FULL[0] or isinstance(command, click.Group)


def _ordered(command: click.Command, ctx: click.Context) -> list[click.Parameter]:
    first = FIRST.get(command.name or "", ())
    params = command.get_params(ctx)
    return sorted(params, key=lambda p: first.index(p.name) if p.name in first else len(first))


def _write(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(translate(title)):
            formatter.write_dl(rows)


def _write_named(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the names of the options that many commands have, and where they are told."""
    found = {param.name: param for param in command.get_params(ctx) if isinstance(param, click.Option)}
    names = [min(found[name].opts, key=len) if name in found else "" for name in _NAMED]
    shown = " ".join(name for name in names if name)
    path = ctx.command_path.removeprefix("jmtools ")
    formatter.write_paragraph()
    with formatter.indentation():
        if shown:
            formatter.write_text(f"{translate('Also, see')} `jmtools help io`, `jmtools help words`: {shown}")
        formatter.write_text(f"{translate('Everything in full:')} jmtools help {path}")


def _one_example(part: str) -> str:
    lines = part.replace("Examples:", "Example:").split("\n")
    end = next(
        (n for n in range(2, len(lines)) if not lines[n].rstrip().endswith(("|", "\\")) or n + 1 == len(lines)), 2
    )
    return "\n".join(lines[: end + 1])


def _short_row(row: tuple[str, str], width: int) -> tuple[str, str]:
    """Return an option in one line: its help cut at a clause, its default where there is room."""
    names, text = row
    if columns(names) > _NAMES_WIDTH:
        names = re.sub(r" \[.*| [A-Za-z|:.,]{12,}$", "", names) + " …"
    text, _, rest = text.partition("  [")
    default = re.search(r"(?:default|默认)[:：]? ?([^;\]]+)", rest)
    tail = f" [{default[1]}]" if default and len(default[1]) < 12 else ""
    if columns(text) > width - columns(tail):
        text = re.split(r"(?<=[^\d])[.;；。](?=\s|$)", text, maxsplit=1)[0]
    while columns(text) > width - columns(tail) - 1:
        text = text[:-2].rstrip() + "…"
    return names, text + tail


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if not isinstance(param, click.Option) or not param.help:
        return param.get_help_record(ctx)
    english, param.help = param.help, translate(param.help)
    try:
        return param.get_help_record(ctx)
    finally:
        param.help = english
