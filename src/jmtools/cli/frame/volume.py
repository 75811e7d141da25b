"""`--quiet`, `--verbose` and `--strict`, which every command has."""

from __future__ import annotations

import click

from jmtools.cli.frame.messages import VOLUME

NAMES = ("quiet", "verbose", "strict")


def add_volume_options(command: click.Command) -> None:
    """Add the options to a command that does not have them yet."""
    if isinstance(command, click.Group) or any(param.name in NAMES for param in command.params):
        return
    command.params += [
        _flag("-q", "--quiet", help_text="Print errors only."),
        _flag("-v", "--verbose", help_text="Print more on stderr: inputs, counts, seconds."),
        _flag(
            "--strict",
            help_text="Exit with code 3 if a note was printed: something was lost, empty, unmatched or guessed.",
        ),
    ]


def _flag(*names: str, help_text: str) -> click.Option:
    return click.Option(names, is_flag=True, expose_value=False, callback=_remember, help=help_text)


def _remember(_context: click.Context, param: click.Parameter, value: bool) -> None:
    VOLUME.quiet |= value and param.name == "quiet"
    VOLUME.verbose |= value and param.name == "verbose"
    VOLUME.strict |= value and param.name == "strict"
