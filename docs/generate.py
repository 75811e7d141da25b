"""Write docs/commands.md from every --help, docs/schema from docs/records.md: `python docs/generate.py [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import schema

from jmtools.cli import COMMANDS, cli

HERE = Path(__file__).parent
TARGET = HERE / "commands.md"
MEASURED = HERE / "benchmarks.md"
WIDTH = 88
HEAD = """# Commands

Written by `make docs` from the program's own `--help`; a test compares. `jmtools COMMAND --help` prints the same.
"""


def reference() -> str:
    """Return the page: one heading and one block a command, subcommands included."""
    group = click.Context(cli, info_name="jmtools", terminal_width=WIDTH)
    sections = [HEAD, block("jmtools", cli.get_help(group))]
    for name in COMMANDS:
        command = cli.get_command(group, name)
        if command is not None:
            sections += [block(path, text) for path, text in helps(command, name, group)]
    return "\n".join(sections)


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
    return {TARGET: reference(), MEASURED: measurements(), **schema.files()}


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
