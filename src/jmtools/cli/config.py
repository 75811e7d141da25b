"""`jmtools config`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from jmtools.io.json_types import Fields


@click.group()
def config() -> None:
    """Set the defaults of options once, in a file or in variables.

    The file is TOML: options before the first [section] apply to every command, options in [keywords] to keywords. It
    is the file that `jmtools --config FILE` or JMTOOLS_CONFIG names, else jmtools/jmtools.toml in the folder
    XDG_CONFIG_HOME (~/.config); the current directory is not searched. The variable JMTOOLS_KEYWORDS_TOP sets --top of
    keywords, JMTOOLS_JOBS sets --jobs of all commands. The command line overrides variables; variables override the
    file.

    \b
    Examples:
      jmtools config show keywords
      JMTOOLS_JOBS=2 jmtools config show
    """


@config.command()
@click.argument("command", required=False)
@click.option(
    "--to", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="Output format."
)
@click.pass_context
def show(context: click.Context, command: str | None, form: str) -> None:
    """Show which values are set, and whether a file, a variable or the default sets them.

    Reads the configuration, and writes one line per option: all options of COMMAND, or without COMMAND the options of
    every command that are not defaults. A file with an unknown name is refused; a variable with one gets a note.

    \b
    Examples:
      jmtools config show
      jmtools config show freq --to jsonl | jmtools table
    """
    from jmtools.cli.frame.messages import note
    from jmtools.cli.frame.settings import all_commands, did_you_mean, read_settings, unknown_variables

    root = context.find_root()
    settings = read_settings(root.params.get("config_file"), os.environ)
    commands = all_commands(root)
    settings.check_names(commands)
    if command is not None and command not in commands:
        raise click.UsageError(f"no such command {command!r}{did_you_mean(command, commands)}")
    rows: list[Fields] = []
    known: set[str] = set()
    for name, found in commands.items():
        rows += _rows(found, (name,), settings, known)
    for name in unknown_variables(os.environ, known):
        note(f"the variable {name} means nothing{did_you_mean(name, known)}")
    wanted = [r for r in rows if (r["command"].split()[0] == command if command else r["source"] != "default")]
    _write(wanted, settings.path, form)


def _rows(command: click.Command, path: tuple[str, ...], settings: Any, known: set[str]) -> Iterator[Fields]:
    from jmtools.cli.frame.settings import SHARED, option_names, variable_name

    found = settings.of_command(command, path)
    for name, option in option_names(command).items():
        variables = {variable_name(*path, name)} | ({variable_name(name)} if name in SHARED else set())
        known |= variables
        setting = found.get(option.name or "")
        default = option.to_info_dict()["default"]
        yield {
            "command": " ".join(path),
            "option": f"--{name}",
            "value": setting.value if setting else default if isinstance(default, bool | int | float | str) else None,
            "source": "default" if setting is None else "variable" if setting.origin in variables else "file",
            "origin": setting.origin if setting else None,
        }
    for name, child in command.commands.items() if isinstance(command, click.Group) else ():
        yield from _rows(child, (*path, name), settings, known)


def _write(rows: list[Fields], path: str | None, form: str) -> None:
    import json

    from jmtools.cli.frame.settings import default_path

    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    place = path or f"none ({default_path(os.environ) or 'no home folder'} is not there)"
    click.echo(f"# configuration file: {place}")
    if not rows:
        click.echo("# nothing is set: every option has its default")
    cells = [(f"{r['command']} {r['option']}", json.dumps(r["value"], ensure_ascii=False), r) for r in rows]
    one = max((len(c[0]) for c in cells), default=0)
    two = min(30, max((len(c[1]) for c in cells), default=0))
    for name, value, row in cells:
        click.echo(f"{name:{one}}  {value:{two}}  {row['source']}{': ' + row['origin'] if row['origin'] else ''}")
