"""What a command loads before a record comes: a run on an empty input imports no package that only records need."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jmtools.words.core import core_name
from tests.conftest import ROOT
from tests.imports import FILES, name_of
from tests.test_architecture import OWNERS
from tests.test_contract import READERS, SPECS, commands

# What every command imports: the command line, and the reader of records.
ALWAYS = {"click", "orjson"} | ({"rjieba"} if core_name() == "rjieba" else set())
# What some import beside that, since their arguments need it.
MORE = {
    "assign": {"numpy"},  # checks the model that it is given
    "collocates": {"ahocorasick_rs"},
    "kwic": {"ahocorasick_rs"},
    "watch": {"ahocorasick_rs"},
    "report": {"jinja2"},  # writes its page without records too
}

# Modules with types of rows, which are imported when the first record has come.
DTYPES = {"native_ranking.py", "facts.py"}


def imported(*arguments: str) -> set[str]:
    """Return the modules that a run on an empty input imports."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-X", "importtime", "-m", "jmtools", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"import time: +\d+ \| +\d+ \| +(\S+)", done.stderr))


@commands(*READERS, "source")
def test_a_run_without_records_imports_no_heavy_package(name: str) -> None:
    modules = imported(name, *SPECS[name].arguments)
    assert "jmtools.cli.frame.run" in modules
    # `numpy` alone stands for it until something of it is used
    packages = {m.split(".")[0] for m in modules if m.split(".")[0] in OWNERS} | {"numpy"} & {
        m.split(".")[0] for m in modules if m.startswith("numpy.")
    }
    assert packages - ALWAYS <= MORE.get(name, set())


@pytest.mark.parametrize("name", ["keywords", "freq"])
def test_numpy_is_there_when_a_record_comes(name: str) -> None:
    code = (
        f"import sys; from jmtools.__main__ import main; sys.argv[1:] = [{name!r}]\n"
        "import os; os._exit = lambda code: print('numpy._core' in sys.modules, file=sys.stderr)\n"
        "main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for data, loaded in ((b"", b"False"), ('{"text": "江海市医保局开展宣传活动。"}'.encode(), b"True")):
        done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, env=environment)
        assert done.stderr.splitlines()[-1] == loaded


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_uses_numpy_while_it_is_imported(path: Path) -> None:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            assert not [a.name for a in node.names if a.name.startswith("numpy.")], "for types, under TYPE_CHECKING"
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] != "numpy"
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and path.name not in DTYPES:
            names = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
            assert not names & {"np", "npt"}, f"line {node.lineno}: a string for a type, a function for a value"
