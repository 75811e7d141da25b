"""The edge of the process: signals, standard streams, messages; every error becomes one line and an exit code."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from typing import NoReturn

import click

from jmtools.cli.frame.messages import command_name, debugging, is_terminal, say, strict_code
from jmtools.cli.frame.usage import usage_message
from jmtools.errors import JmtoolsError
from jmtools.io.outputs import GUARD, DescriptorWriter, ReaderGone, remove_own_temps

EXIT_BUG = 70
EXIT_MEMORY = 71
EXIT_IO = 74
_ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_MACHINE_ERRORS = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EDQUOT, errno.EROFS)

_received: list[int] = []  # signals that have told us to end
_owner = [0]  # the process that cleans up; a worker that was just forked from it does not


class Ended(BaseException):
    """A signal has told us to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _Stdout(io.TextIOBase):
    """Text for people on standard output, as UTF-8 whatever the locale, never half and never lost in silence."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._writer: DescriptorWriter | None = None

    def write(self, text: str | bytes) -> int:
        if self._writer is None:
            self._writer = DescriptorWriter(1)
        # click writes completions as bytes.
        self._writer.write(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return is_terminal()

    def fileno(self) -> int:
        return 1


def run(group: click.Group, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process."""
    try:
        code = _outcome(group, arguments)
        if _received:  # and swallowed by a library
            raise Ended(_received[0])
        _restore_signals()
    except (ReaderGone, BrokenPipeError):
        _die_by(getattr(signal, "SIGPIPE", 0))
    except Ended as ended:
        _die_by(ended.number)
    _exit(code)


def _outcome(group: click.Group, arguments: Sequence[str] | None) -> int:
    try:
        _prepare()
        return _invoke(group, arguments)
    except (ReaderGone, BrokenPipeError):
        raise
    except MemoryError as error:
        because = f" ({error})" if str(error) else ""
        return _fail(f"out of memory{because}; --jobs 1 and smaller files need less", EXIT_MEMORY)
    except Exception as error:
        if _received:  # raised in the middle of an import, say, where Python or a library makes another error of it
            raise Ended(_received[0]) from None
        return _unexpected(error)


def _invoke(group: click.Group, arguments: Sequence[str] | None) -> int:
    try:
        result = group.main(args=arguments, prog_name="jmtools", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx is not None else "", err=True)
        return 2
    except click.UsageError as error:
        return _fail(usage_message(error), 2)
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        raise Ended(signal.SIGINT) from None
    except JmtoolsError as error:
        if debugging():
            raise
        return _fail(str(error), error.exit_code)
    return strict_code(result if isinstance(result, int) else 0)


def _prepare() -> None:
    _owner[0] = os.getpid()
    for descriptor, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            # A file that we open must not become a standard stream: fill the place with one that refuses its use.
            os.open(os.devnull, mode)
    for name in _THREADS:
        os.environ[name] = "1"  # other thread counts change the last bits of a score
    for name in _ENDING_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _end)
    if not (sys.warnoptions or debugging()):
        warnings.simplefilter("ignore")  # a library's advice to programmers: stderr is for what a user can act upon
    sys.unraisablehook = _unraisable
    sys.stdout = _Stdout()


def _end(number: int, _frame: object) -> None:
    if os.getpid() == _owner[0]:
        _received.append(number)
        GUARD.stop(Ended(number))
    elif number != signal.SIGINT:
        os._exit(128 + number)


def _unraisable(what: sys.UnraisableHookArgs) -> None:
    """End here where Python ignores exceptions: in the callbacks of an import, say, or when an object is freed."""
    if isinstance(what.exc_value, Ended) and os.getpid() == _owner[0]:
        _die_by(what.exc_value.number)
    sys.__unraisablehook__(what)


def _restore_signals() -> None:
    """From here on a signal ends the process by itself: nothing is left to clean up."""
    for name in _ENDING_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is _end:
            signal.signal(number, signal.SIG_DFL)


def _die_by(number: int) -> NoReturn:
    for name in _ENDING_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    remove_own_temps()
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    _exit(128 + number)


def _exit(code: int) -> NoReturn:
    sys.stdout = None  # nothing is buffered there: keep the interpreter from flushing it
    sys.exit(code)


def _fail(message: str, code: int) -> int:
    say(f"{command_name()}: {message}")
    return code


def _unexpected(error: Exception) -> int:
    if debugging():
        raise error
    if isinstance(error, OSError) and error.errno in _MACHINE_ERRORS:
        return _fail(f"{error.filename or 'temporary file'}: {os.strerror(error.errno).lower()}", EXIT_IO)
    what = f"{type(error).__name__}: {error}"
    return _fail(f"internal error, please report it ({what[:200]}); JMTOOLS_DEBUG=1 shows where", EXIT_BUG)
