"""Messages on standard error: one line each, the command's name first, in the user's language."""

from __future__ import annotations

import contextlib
import os
import sys

from jmtools.cli.frame.language import translate_message
from jmtools.io.visible import show

_current = ["jmtools"]  # one command a process: what runs in this process says its name


def say(message: str) -> None:
    """Write one line to standard error; what cannot be shown is escaped, and a broken stderr is nobody's loss."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    command, colon, rest = message.partition(": ")
    message = f"{command}{colon}{translate_message(rest)}"
    data = (show(message) + "\n").encode(encoding, "backslashreplace")
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(2, data) :]


def remember_command(name: str) -> None:
    """Note which command runs: messages begin with it."""
    _current[0] = f"jmtools {name}"


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    try:
        return os.isatty(1)
    except OSError:
        return False


def command_name() -> str:
    """Return what messages begin with."""
    return _current[0]


def debugging() -> bool:
    """Tell whether JMTOOLS_DEBUG asks for tracebacks."""
    return os.environ.get("JMTOOLS_DEBUG", "") not in ("", "0")
