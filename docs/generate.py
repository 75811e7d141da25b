"""Write docs/commands.md from the help of every command: `python docs/generate.py [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from jmtools.cli import COMMANDS, cli

TARGET = Path(__file__).parent / "commands.md"
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


if __name__ == "__main__":
    page = reference()
    if "--check" in sys.argv:
        same = TARGET.exists() and TARGET.read_text("utf-8") == page
        sys.exit(0 if same else "docs/commands.md is not what the commands say; make docs")
    TARGET.write_text(page, "utf-8")
