"""`python -m jmtools`, and the entry point of the console script: what must happen before anything is imported."""

import os
import signal
import sys
from typing import NoReturn

# `python -m` puts the current folder first on the path: code lying there must not run.
if sys.path and sys.path[0] in ("", os.getcwd()) and not os.path.isdir(os.path.join(sys.path[0] or ".", "jmtools")):
    del sys.path[0]


def main() -> NoReturn:
    """Run the command line; Ctrl-C during the imports ends the process without a traceback."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `cli.process` takes over
    from jmtools.fields.quick_patterns import keep_patterns
    from jmtools.io.late_modules import LATE, postpone

    postpone(*LATE)
    keep_patterns()
    from jmtools.cli import main as run

    try:
        run()
    except SystemExit as end:
        _leave(end.code)


def _leave(code: str | int | None) -> NoReturn:
    """End the process: what is registered for the exit runs, but nobody takes down the memory word by word.

    That takes the interpreter 20 to 40 ms, an eighth of a small run.
    """
    threads = sys.modules.get("threading")
    if not isinstance(code, int) or (threads is not None and threads.active_count() > 1):
        sys.exit(code)  # others are at work, a cluster's client, say: the long way waits for them
    import atexit

    atexit._run_exitfuncs()
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
