"""Write commands.md and options.md from every --help, schema/ from records.md: `python docs/generate.py [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import house
import schema

from jmtools.cli import COMMANDS, cli
from jmtools.cli.frame.help_page import FULL
from jmtools.cli.frame.language import set_language

HERE = Path(__file__).parent
TARGET = HERE / "commands.md"
OPTIONS = HERE / "options.md"
MEASURED = HERE / "benchmarks.md"
WIDTH = 88
MANY = 14  # commands past which a row names those that do not have the option
OPTIONS_HEAD = """# Options: one word, one meaning

Written by `make docs`; a test holds the rules. An option means the same in every command that has it, and what several
commands need has one name:

- the output format is `--to` (`md` and `github` name the same Markdown), the script of characters `--script`;
- a file of terms is `--terms`, one term `--term`; the fewest occurrences are `--min-freq`, the fewest records
  `--min-docfreq`, lengths `--min-length` and `--max-length`;
- context is `--window`; where it ends, or what a pair shares, is `--within`;
- a period is `--by` in `trend`; elsewhere `--group-by date:month` says the same; the field of the date is
  `--date-field`, and `--date` is a day;
- wanted topics are `--topic-seeds`, and `--seed` is the number from which all that draws begins;
- columns are left out with `--without`, factors of the keyword formula with `--without-factors`.

| option | value | in | meaning |
| --- | --- | --- | --- |
"""
HEAD = """# Commands

This is what `jmtools help COMMAND` prints, for every command; `jmtools COMMAND --help` prints a shorter form. Written
by `make docs`; a test compares.
"""


def reference() -> str:
    """Return the page: one heading and one block a command, subcommands included."""
    FULL[0] = True
    set_language({})
    group = click.Context(cli, info_name="jmtools", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    sections = [HEAD, block("jmtools", cli.get_help(group))]
    for name in COMMANDS:
        command = cli.get_command(group, name)
        if command is not None:
            sections += [block(path, text) for path, text in helps(command, name, group)]
    return "\n".join(sections)


def options_page() -> str:
    """Return the table of all options over all commands."""
    rows: dict[str, dict[tuple[str, str], list[str]]] = {}
    readers = [path for path, option in all_options() if option.name == "on_error"]
    for path, option in all_options():
        context = click.Context(click.Command(path))
        value = "" if option.is_flag else option.make_metavar(context).strip("[]")
        names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
        rows.setdefault(names, {}).setdefault((value, option.help or ""), []).append(path)
    lines = []
    for names, meanings in sorted(rows.items(), key=lambda row: row[0].split("--")[-1]):
        for (value, text), paths in meanings.items():
            where = where_found(paths, readers)
            cells = (names, f"`{value}`" if value else "", where, text)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return OPTIONS_HEAD + "\n".join(lines) + "\n"


def where_found(paths: list[str], readers: list[str]) -> str:
    """Return which commands have an option: by name, or as all that read records but some."""
    if len(paths) <= MANY:
        return ", ".join(f"`{path}`" for path in paths)
    missing = ", ".join(f"`{path}`" for path in readers if path not in paths)
    return f"all that read records but {missing}" if missing else "all that read records"


def all_options() -> Iterator[tuple[str, click.Option]]:
    """Yield each option of each command, with the command's name."""

    def below(command: click.Command, path: str) -> Iterator[tuple[str, click.Option]]:
        if isinstance(command, click.Group):
            for name, child in command.commands.items():
                yield from below(child, f"{path} {name}")
            return
        for param in command.params:
            if isinstance(param, click.Option):
                yield path, param

    group = click.Context(cli, info_name="jmtools")
    for name in COMMANDS:
        command = cli.get_command(group, name)
        if command is not None:
            yield from below(command, name)


def helps(command: click.Command, name: str, parent: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the command path and help of a command and of what is below it."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            below = command.get_command(context, child)
            if below is not None:
                yield from helps(below, child, context)


def block(title: str, text: str) -> str:
    """Return one section."""
    return f"## `{title}`\n\n```text\n{text}\n```\n"


def measurements() -> str:
    """Return docs/benchmarks.md with a list of the pages that there are below its mark."""
    before, mark, _ = MEASURED.read_text("utf-8").partition("<!-- generated -->\n")
    rows = []
    for path in sorted((HERE / "benchmarks").glob("*.md")):
        title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        rows.append(f"- [{title}](benchmarks/{path.name})")
    return before + mark + "\n" + "\n".join(rows) + "\n"


def pages() -> dict[Path, str]:
    """Return path → content of everything that is generated."""
    return {
        TARGET: reference(),
        OPTIONS: options_page(),
        MEASURED: measurements(),
        HERE / "architecture.svg": house.picture(),
        **schema.files(),
    }


if __name__ == "__main__":
    generated = pages()
    old = set(schema.FOLDER.glob("*.json")) - set(generated)
    if "--check" in sys.argv:
        wrong = [path for path, text in generated.items() if not path.exists() or path.read_text("utf-8") != text]
        names = ", ".join(sorted(path.name for path in (*wrong, *old)))
        sys.exit(f"{names}: not what the commands and docs/records.md say; make docs" if names else 0)
    schema.FOLDER.mkdir(exist_ok=True)
    for path in old:
        path.unlink()
    for path, text in generated.items():
        path.write_text(text, "utf-8")
