"""docs/commands.md is what the commands say, and docs/records.md has a word on each of them."""

from __future__ import annotations

import os
import subprocess
import sys

from jmtools.cli import COMMANDS
from tests.conftest import ROOT


def test_the_reference_is_generated() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_has_its_fields_described() -> None:
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    missing = [name for name in COMMANDS if f"`{name}`" not in page]
    assert not missing, f"docs/records.md has no word on {missing}"
