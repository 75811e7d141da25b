"""Messages on standard error: one line each, the command's name first, in the user's language.

Four kinds, from the most to the least important: an error (`say`); a `note`, of something lost, empty, unmatched or
guessed; what a command `tell`s of its work; a `detail` for who wants to know. `--quiet` shows errors alone, `--verbose`
details too, and `--strict` makes a run with notes end with 3.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass

from jmtools.cli.frame.language import translate_message
from jmtools.io.visible import show

EXIT_NOTES = 3


@dataclass
class Volume:
    """What is shown on standard error, and how many notes there were."""

    quiet: bool = False
    verbose: bool = False
    strict: bool = False
    notes: int = 0


VOLUME = Volume()  # one command a process
_current = ["jmtools"]  # one command a process: what runs in this process says its name


def say(message: str) -> None:
    """Write one line to standard error; what cannot be shown is escaped, and a broken stderr is ignored."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    command, colon, rest = message.partition(": ")
    message = f"{command}{colon}{translate_message(rest)}"
    data = (show(message) + "\n").encode(encoding, "backslashreplace")
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(2, data) :]


def note(message: str) -> None:
    """Say that something was lost, empty, unmatched or guessed; with `--strict` the run ends with 3."""
    VOLUME.notes += 1
    if not VOLUME.quiet:
        say(f"{command_name()}: note: {message}")


def tell(message: str) -> None:
    """Say how the work went: nothing that a user must act upon."""
    if not VOLUME.quiet:
        say(f"{command_name()}: {message}")


def detail(message: str) -> None:
    """Say what only `--verbose` shows."""
    if VOLUME.verbose and not VOLUME.quiet:
        say(f"{command_name()}: {message}")


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts.

    >>> counted(1, "record"), counted(2000, "record")
    ('1 record', '2,000 records')
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def strict_code(code: int) -> int:
    """Return the exit code of a run that ended with `code`: 3 where notes count and there were any."""
    if code or not VOLUME.strict or not VOLUME.notes:
        return code
    say(f"{command_name()}: --strict: {counted(VOLUME.notes, 'note')}; ends with {EXIT_NOTES}")
    return EXIT_NOTES


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
