"""What `--help` shows: an example and the command's own options, in short; `jmtools help` shows everything."""

from __future__ import annotations

import inspect
import re

import click

from jmtools.cli.frame.help_topics import IO, TOPICS, explained, option_row
from jmtools.cli.frame.language import columns, translate, translate_help

# The options that most people want: first, and never left to a topic.
FIRST = {
    "read": ("newspaper", "date", "name_pattern"),
    "split": ("newspaper", "name_pattern", "profile"),
    "normalize": ("script", "spaces", "report"),
    "segment": ("user_dicts", "stopwords", "extras"),
    "newwords": ("top", "min_freq", "as_user_dict"),
    "keywords": ("top", "group_by", "idf"),
    "cluster": ("k", "topics_file", "save_model"),
    "summary": ("group_by",),
    "freq": ("top", "stopwords", "group_by", "unit", "ngrams"),
    "keyness": ("reference", "top", "direction"),
    "collocates": ("top", "window", "stopwords"),
    "kwic": ("window", "unit", "sort"),
    "cooc": ("top", "field", "within"),
    "trend": ("more_terms", "by", "field", "group_by"),
    "table": ("fields", "form", "width"),
    "report": ("title", "form", "lang"),
    "convert": ("form", "fields", "words"),
}
_NAMES_WIDTH = 22
_LONGEST_DEFAULT = 24  # columns
FULL = [False]  # whether everything is shown: `jmtools help`, and the reference in the documentation


def format_help_text(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write what a command does: in short the first two paragraphs and one example."""
    if not command.help:
        return
    paragraphs = inspect.cleandoc(command.help).split("\n\n")
    if not _is_full(command):
        texts = [part for part in paragraphs if "\b" not in part]
        paragraphs = texts[:2] + [_one_example(part, ctx.command_path) for part in paragraphs if "\b" in part]
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(translate_help("\n\n".join(paragraphs)))


def format_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options: the command's own, the most wanted first, then those that many commands have."""
    own: list[tuple[click.Option, tuple[str, str]]] = []
    shared: list[tuple[click.Option, tuple[str, str]]] = []
    for param in _ordered(command, ctx):
        row = option_row(param, ctx)
        if row is not None and isinstance(param, click.Option):
            (shared if param.name in IO or param.name == "help" else own).append((param, row))
    if _is_full(command):
        _write(formatter, "Options", [row for _, row in own])
        _write(formatter, "Input, output and bad records", [row for _, row in shared])
    else:
        elsewhere = _explained_elsewhere(command, ctx)
        shown = [row for param, row in own if param.name not in elsewhere]
        names = min(max((columns(name) for name, _ in shown), default=0), _NAMES_WIDTH)
        _write(formatter, "Options", [_short_row(row, formatter.width - names - 4) for row in shown])
        _write_named(elsewhere, ctx, formatter)
    if isinstance(command, click.Group):
        command.format_commands(ctx, formatter)


def _is_full(command: click.Command) -> bool:
    return FULL[0] or isinstance(command, click.Group)


def _ordered(command: click.Command, ctx: click.Context) -> list[click.Parameter]:
    first = FIRST.get(command.name or "", ())
    params = command.get_params(ctx)
    return sorted(params, key=lambda p: first.index(p.name) if p.name in first else len(first))


def _write(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(translate(title)):
            formatter.write_dl(rows, col_max=_NAMES_WIDTH)


def _explained_elsewhere(command: click.Command, ctx: click.Context) -> dict[str, str]:
    """Return the options whose text the short help leaves to a topic: name → the shortest way to give it."""
    first = FIRST.get(command.name or "", ())
    return {
        param.name: min(param.opts, key=len)
        for param in command.get_params(ctx)
        if isinstance(param, click.Option) and param.name and param.name not in first and explained(param, ctx)
    }


def _write_named(elsewhere: dict[str, str], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the names of the options that many commands have, by the topic that explains them."""
    rows = []
    for topic, options in TOPICS.items():
        names = " ".join(elsewhere[name] for name in options if name in elsewhere)
        if names:
            rows.append((f"jmtools help {topic}", names))
    rows.append((f"jmtools help {ctx.command_path.removeprefix('jmtools ')}", translate("everything in full")))
    _write(formatter, "More help", rows)


def _one_example(part: str, path: str) -> str:
    """Return the first example that shows the command itself."""
    first, head, *lines = part.replace("Examples:", "Example:").split("\n")
    examples: list[list[str]] = []
    for line in lines:
        if examples and (line.startswith("    ") or examples[-1][-1].rstrip().endswith(("|", "\\"))):
            examples[-1].append(line)
        else:
            examples.append([line])
    own = [lines for lines in examples if path in "\n".join(lines)] or examples
    return "\n".join([first, head, *own[0]])


def _short_row(row: tuple[str, str], width: int) -> tuple[str, str]:
    """Return an option with the first sentence of its help and its default; all of it where that fits in a line."""
    names, text = row
    text, default = _without_default(text)
    tail = f" [{default}]" if default and columns(default) <= _LONGEST_DEFAULT else ""
    if columns(text + tail) > width:
        text = _first_sentence(text)
    return names, (text + tail).strip()


def _without_default(text: str) -> tuple[str, str]:
    """Return a help text and its default, which click or the text itself gives in brackets at the end.

    >>> _without_default("Terms shown. [default: all]")
    ('Terms shown.', 'all')
    >>> _without_default("Longest word.  [default: 6; 2<=x<=12]")
    ('Longest word.', '6')
    """
    match = re.search(r"(.*?) *\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:  \[[^\]]*\])?$", text, re.DOTALL)
    if match is None:
        return text, ""
    default = re.search(r"(?:default|默认)(?:: |：| )([^;]+)", match[2])
    return match[1], default[1] if default else ""


def _first_sentence(text: str) -> str:
    """Return a text up to the first mark that ends a clause.

    >>> _first_sentence("Longest line. A longer one is a bad record.")
    'Longest line.'
    """
    match = re.match(r".*?(?:[.;](?= )|[。；](?!$))", text, re.DOTALL)
    if match is None:
        return text
    return re.sub(r"[;；]$", lambda mark: "." if mark[0] == ";" else "。", match[0])
