"""The command line: the group, the table of commands, and how a command is found without loading the others."""

from __future__ import annotations

import importlib
import os
from functools import partial
from typing import Any, NoReturn

import click

from jmtools import __version__
from jmtools.cli.frame.help_page import format_help_text, format_options
from jmtools.cli.frame.language import set_language, translate
from jmtools.cli.frame.manifest import add_manifest_option
from jmtools.cli.frame.values import name_values
from jmtools.cli.frame.volume import add_volume_options

# name → short help. The command `x` is the callback `x` of the module `jmtools.cli.x`; the order is that of a pipe.
COMMANDS = {
    "read": "Read PDF, OCR, web and Word files as pages.",
    "split": "Split newspaper pages into articles.",
    "profile": "Learn how one paper prints its pages.",
    "normalize": "Normalize characters: width, script, spaces.",
    "select": "Filter records by a condition.",
    "dedupe": "Find each story once, however often printed.",
    "index": "Add records to an archive that answers at once.",
    "search": "Find records in an archive, the best first.",
    "watch": "Find records that match a list of rules, and new ones.",
    "show": "Show one article, and where it was printed.",
    "segment": "Segment text into words.",
    "dict": "Check user dictionaries against a corpus.",
    "newwords": "Find words that no dictionary has.",
    "keywords": "Extract the keywords of each record.",
    "idf": "Count, merge and show tables of document frequencies.",
    "cluster": "Cluster records by topic.",
    "assign": "Assign records to known topics.",
    "summary": "Count the size of a corpus.",
    "freq": "Count words, characters, strings or n-grams.",
    "keyness": "Compare the words of a target with a reference.",
    "collocates": "Find the words that collocate with a word.",
    "kwic": "Show every occurrence of a word in its context.",
    "cooc": "Find terms that occur in the same records.",
    "trend": "Follow terms, topics or any field over time.",
    "table": "Show records as a table.",
    "report": "Write a report as one HTML or Markdown page.",
    "convert": "Convert records to formats of other programs.",
    "check": "Validate records against the schema of their kind.",
    "rerun": "Repeat a run, and compare the bytes.",
    "demo": "Run the whole pipeline on sample pages.",
    "config": "Show which options are set, and where.",
    "help": "Show the full help of a command or of shared options.",
    "completion": "Print the completion script of a shell.",
    "doctor": "Check what this machine offers.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command, its short help set from the table."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"jmtools.cli.{cmd_name}"), cmd_name)
        command.short_help = COMMANDS[cmd_name]
        _dress(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and set what a configuration file or variables set for it."""
        ctx.meta["jmtools.arguments"] = list(args)
        if args[0] in COMMANDS:
            name, command, rest = super().resolve_command(ctx, args)
            if name is not None and command is not None and name not in _UNCONFIGURED:
                _configure(ctx, name, command)
            return name, command, rest
        if args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Offer the commands from the table alone, and the options."""
        from click.shell_completion import CompletionItem

        items = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table alone."""
        with formatter.section(translate("Commands")):
            formatter.write_dl([(name, translate(text)) for name, text in COMMANDS.items()])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the user's language."""
        _format_help_text(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands in the user's language."""
        format_options(self, ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, its name at the front of every message."""
        from jmtools.cli.frame.messages import remember_command

        if ctx._protected_args:
            remember_command(ctx._protected_args[0])
        return super().invoke(ctx)


# Commands that help with a broken configuration: they read it themselves.
_UNCONFIGURED = frozenset(["config", "completion", "doctor", "help"])


def _configure(ctx: click.Context, name: str, command: click.Command) -> None:
    from jmtools.cli.frame.settings import nested, read_settings

    settings = read_settings(ctx.params.get("config_file"), os.environ)
    settings.check_names(COMMANDS)
    values, origins = nested(command, settings, (name,))
    ctx.default_map = {name: values}
    ctx.meta["jmtools.origins"] = origins


def _dress(command: click.Command) -> None:
    """Let a command and those below it write their help as all do, and have the options that all have."""
    add_volume_options(command)
    add_manifest_option(command)
    name_values(command)
    command.format_options = partial(format_options, command)  # type: ignore[method-assign]
    command.format_help_text = partial(_format_help_text, command)  # type: ignore[method-assign]
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        child.short_help = translate(child.get_short_help_str(100))
        _dress(child)


def _format_help_text(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    format_help_text(command, ctx, formatter)


def _tell_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from jmtools.words.core import core_name

        click.echo(f"jmtools {__version__} (segmenter core: {core_name()})")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_version,
    help="Show the version and exit.",
)
@click.option(
    "--config",
    "config_file",
    type=click.Path(),
    metavar="FILE",
    help="Read defaults of options from FILE, in TOML; see jmtools config --help.",
)
def cli(config_file: str | None) -> None:
    """Mine the text of Chinese newspapers, in a pipe.

    `split` turns the text of pages into articles, one JSON object per line. Most other commands read and write such
    lines, so you can connect them with pipes, also with other tools.

    \b
    Example:
      jmtools split pages/ | jmtools keywords | jmtools cluster | jmtools table
    """
    del config_file  # read before a command is found


def main() -> NoReturn:
    """Run the command line and end the process."""
    from jmtools.cli.frame.process import run

    set_language()
    run(cli)
