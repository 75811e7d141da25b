"""The steps of CONTRIBUTING, followed to the letter in a copy of the project: a new command keeps every promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import ROOT

STEPS = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = [
    textwrap.dedent(block) for block in re.findall(r"^ *```python\n(.*?)^ *```$", STEPS, re.DOTALL | re.MULTILINE)
]
TESTS = ("__init__.py", "conftest.py", "imports.py", "test_contract.py", "test_cases.py", "test_architecture.py")
TEXT = '{"id":"a","headline":"澜江水位回落","text":"防汛应急响应昨晚解除。","authors":[{"name":"陶若川"}]}\n'


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the command `length`, made as CONTRIBUTING says."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__", "seeds"))
    (root / "tests").mkdir()
    for name in TESTS:
        shutil.copy(ROOT / "tests" / name, root / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(ROOT / "tests" / "data", root / "tests" / "data")
    feature, command, line = BLOCKS
    (root / "src" / "jmtools" / "length.py").write_text(feature, "utf-8")
    (root / "src" / "jmtools" / "cli" / "length.py").write_text(command, "utf-8")
    table = root / "src" / "jmtools" / "cli" / "__init__.py"
    table.write_text(
        table.read_text("utf-8").replace('    "keywords":', f'    {line.strip()}\n    "keywords":', 1), "utf-8"
    )
    case = root / "tests" / "cases" / "length" / "basic"
    case.mkdir(parents=True)
    (case / "args").write_text("", "utf-8")
    (case / "in.jsonl").write_text(TEXT, "utf-8")
    return root


def pytest_in(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(root / "src"), **environment}
    env.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=300, check=False)


def test_the_steps_make_a_command_that_keeps_every_promise(copy: Path) -> None:
    accepted = pytest_in(copy, "tests/test_cases.py", JMTOOLS_ACCEPT="1")
    assert accepted.returncode == 0, accepted.stdout[-2000:]
    assert '"length":11' in (copy / "tests/cases/length/basic/out.jsonl").read_text("utf-8")
    done = pytest_in(
        copy, "tests/test_contract.py", "tests/test_cases.py", "tests/test_architecture.py", "-k", "length"
    )
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 25
