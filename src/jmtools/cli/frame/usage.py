"""Usage errors as one line: what is wrong, what was probably meant, and where the value came from."""

from __future__ import annotations

from typing import Any

import click

from jmtools.cli.frame.messages import command_name


def usage_message(error: click.UsageError) -> str:
    """Return the message of a usage error."""
    name = error.ctx.command_path if error.ctx is not None else command_name()
    message = _near(error)
    if message is None:
        message = error.format_message().rstrip(".")
        message = f"{message[:1].lower()}{message[1:]}{_near_choice(error)}"
    return f"{message}{_origin(error)}; {name} --help tells more"


def _near(error: click.UsageError) -> str | None:
    """Name the most similar command or option."""
    if isinstance(error, click.exceptions.NoSuchCommand):
        what, wrong = "command", error.command_name
    elif isinstance(error, click.NoSuchOption):
        what, wrong = "option", error.option_name
    else:
        return None
    return f"no such {what} {wrong!r}{_did_you_mean(list(error.possibilities or ()))}"


def _near_choice(error: click.UsageError) -> str:
    param = getattr(error, "param", None)
    if not isinstance(error, click.BadParameter) or param is None or not isinstance(param.type, click.Choice):
        return ""
    from difflib import get_close_matches

    given = error.message.split("'")
    return _did_you_mean(get_close_matches(given[1], list(map(str, param.type.choices)), 1) if len(given) > 1 else [])


def _did_you_mean(names: list[str]) -> str:
    return f"; did you mean {' or '.join(map(repr, names))}?" if names else ""


def _origin(error: click.UsageError) -> str:
    """Say which file or variable gave a bad value, where it was not the command line."""
    param: Any = getattr(error, "param", None)
    context = error.ctx
    if param is None or context is None:
        return ""
    if context.get_parameter_source(param.name) is not click.core.ParameterSource.DEFAULT_MAP:
        return ""
    origin = context.meta.get("jmtools.origins", {}).get((context.command.name, param.name))
    return f" (from {origin})" if origin else ""
