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
    from jmtools.cli import main as run

    run()


if __name__ == "__main__":
    main()
