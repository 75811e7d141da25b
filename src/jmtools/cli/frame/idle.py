"""Options that do nothing because another one is not there: they are noted, never passed over in silence."""

from __future__ import annotations

import click
from click.core import ParameterSource

from jmtools.cli.frame.messages import note

_GIVEN = (ParameterSource.COMMANDLINE,)  # settings of a file or of variables are meant for many commands


def note_idle(*names: str, without: str | None) -> None:
    """Note each of these parameters that the user gave; `without`: what they need and lack, None where it is there."""
    context = click.get_current_context(silent=True)
    if without is None or context is None:
        return
    for param in context.command.params:
        if param.name in names and context.get_parameter_source(param.name) in _GIVEN:
            note(f"{max(param.opts, key=len)} does nothing without {without}")


def note_idle_of_run(*, parts: bool, skips: bool) -> None:
    """Note the options of a run that do nothing where it does not write parts, or does not skip bad records."""
    note_idle("resume", "part_bytes", without=None if parts else "-o DIR/")
    note_idle("max_errors", without=None if skips else "--on-error skip")
