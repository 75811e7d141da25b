"""Completion in real terminals: bash, zsh and fish, each on a pseudo-terminal, with keys as a person presses them."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import stat
import struct
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_jmtools

SECONDS = 60.0
# How each is started, and how it loads the script in the way that `completion --help` tells.
SHELLS = {
    "bash": (["bash", "--norc", "-i"], "source ./jmtools.bash"),
    "zsh": (["zsh", "-f", "-i"], "fpath=($PWD $fpath); autoload -U compinit; compinit -u -d ./dump"),
    "fish": (["fish", "--no-config", "-i"], "source ./jmtools.fish"),
}
FILES = {"bash": "jmtools.bash", "zsh": "_jmtools", "fish": "jmtools.fish"}


class Terminal:
    """A shell on a pseudo-terminal."""

    def __init__(self, arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.process, self.descriptor = pty.fork()
        if not self.process:
            os.chdir(folder)
            os.execvpe(arguments[0], arguments, environment)  # noqa: S606 - the child is to be that shell
        import fcntl
        import termios

        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))

    def press(self, keys: str, expected: tuple[str, ...]) -> str:
        """Press keys and return what is shown until all that is expected has been seen."""
        os.write(self.descriptor, keys.encode())
        shown, end = "", time.monotonic() + SECONDS
        while time.monotonic() < end and not all(word in shown for word in expected):
            if select.select([self.descriptor], [], [], 0.2)[0]:
                shown += os.read(self.descriptor, 1 << 16).decode("utf-8", "replace")
        return shown

    def close(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.descriptor)


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_offers_options_and_values(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    (tmp_path / FILES[shell]).write_bytes(run_jmtools("completion", shell).stdout)
    tool = tmp_path / "bin" / "jmtools"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jmtools "$@"\n', encoding="utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
    more = {"PATH": path, "PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    arguments, load = SHELLS[shell]
    terminal = Terminal(arguments, tmp_path, {**os.environ, **more})
    try:
        terminal.press(f"{load}; echo loa''ded\n", ("loaded",))
        for keys, expected in (
            ("jmtools freq --s\t\t", ("--segmenter", "--stopwords", "--strict")),
            ("\x15jmtools freq --unit \t\t", ("word", "char", "string")),
        ):
            shown = terminal.press(keys, expected)
            assert [word for word in expected if word not in shown] == [], repr(shown[-500:])
    finally:
        terminal.close()
