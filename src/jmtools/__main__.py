"""`python -m jmtools`."""

import os
import sys

# `python -m` puts the current folder first on the path: code lying there must not run.
if sys.path and sys.path[0] in ("", os.getcwd()) and not os.path.isdir(os.path.join(sys.path[0] or ".", "jmtools")):
    del sys.path[0]

from jmtools.cli import main

if __name__ == "__main__":
    main()
