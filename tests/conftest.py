"""What several test files need: running the program as a user does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
os.environ["JMTOOLS_LANGUAGE"] = "en"  # whatever the locale of who runs the tests: they compare messages
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as a shell leaves it to what runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def run_jmtools(
    *arguments: str | Path,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    prefix: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    command = [*prefix, sys.executable, "-m", "jmtools", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **(env or {})}
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, cwd=cwd, timeout=120, check=False)


@pytest.fixture(scope="session")
def jmtools() -> Run:
    """Run `jmtools ARGUMENTS` in a process of its own and return what it wrote."""
    return run_jmtools
