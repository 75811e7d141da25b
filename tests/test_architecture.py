"""The house rules of docs and design that a machine can check."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jmtools.cli import COMMANDS

SRC = Path(__file__).parent.parent / "src" / "jmtools"
FILES = sorted(SRC.rglob("*.py"))
MAX_FILE, MAX_FUNCTION = 300, 50

# Who may import a third-party package (and everything below it).
OWNERS = {
    "click": ("cli/",),
    "orjson": ("records.py",),
    "jieba": ("segment.py",),
    "rjieba": ("segment.py",),
    "ahocorasick_rs": ("lexicon.py", "patterns.py"),
    "opencc": ("normalize_script.py",),
    "re2": ("patterns.py",),
    "tabulate": ("tables.py",),
    "sklearn": ("topics/",),
    "networkx": ("topics/",),
    "dask": ("dask_engine.py",),
    "distributed": ("dask_engine.py",),
    "jinja2": ("report/",),
    "xlsxwriter": ("convert/workbook.py",),
    "pypdfium2": ("read/pdf_process.py",),
    "pyarrow": ("convert/parquet.py",),
    "sqlite3": ("convert/database.py",),
    "fastjsonschema": ("check.py",),
}
# Never loaded by `jmtools COMMAND --help`.
HEAVY = (
    *("numpy", "scipy", "sklearn", "jieba", "rjieba", "tabulate", "orjson", "jinja2", "opencc"),
    *("pyarrow", "xlsxwriter", "sqlite3", "pypdfium2"),
)
BASE = (
    *("errors", "records", "encodings", "files", "outputs", "lines", "spool", "visible", "widths", "engine", "workers"),
    *("ranges", "parts", "dask_engine"),
    *("fields", "asked", "delimited", "sinks", "folders"),
    *("text", "segment", "tokens", "lexicon", "stopwords", "dictionary", "postag", "wordtable", "installed"),
    *(
        "weighting",
        "counting",
        "diskarray",
        "stats",
        "where",
        "grouping",
        "patterns",
        "phrases",
        "chosen",
        "units",
        "tally",
        "tally_store",
        "spread",
    ),
)


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def feature_of(name: str) -> str:
    return name.split("/")[0].removesuffix(".py").split("_")[0]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_third_party_package_has_one_owner(path: Path) -> None:
    for module in imports(path):
        owners = OWNERS.get(module.split(".")[0])
        assert owners is None or name_of(path).startswith(owners), f"{module} belongs to {owners}"


@pytest.mark.parametrize("path", [p for p in FILES if not name_of(p).startswith(("cli/", "__main__"))], ids=name_of)
def test_the_library_does_not_know_the_command_line(path: Path) -> None:
    assert not [m for m in imports(path) if m.startswith(("jmtools.cli", "click"))]
    tree = ast.parse(path.read_text("utf-8"))
    names = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert "print" not in names
    assert "sys.argv" not in {ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}


@pytest.mark.parametrize("path", [p for p in FILES if not name_of(p).startswith(("cli/", "__"))], ids=name_of)
def test_feature_modules_do_not_import_each_other(path: Path) -> None:
    own = feature_of(name_of(path))
    others = {m.split(".")[1] for m in imports(path) if m.startswith("jmtools.") and len(m.split(".")) > 1}
    modules = {o for o in others if (SRC / f"{o}.py").exists() or (SRC / o).is_dir()}
    foreign = {o for o in modules if o not in BASE and o != "data" and feature_of(o) != own}
    if own in {feature_of(b) for b in BASE}:
        foreign = {o for o in foreign if o not in BASE}
    assert not foreign, f"{name_of(path)} imports the feature modules {sorted(foreign)}: move what both need to a base"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            start = node.lineno if node.decorator_list else first  # options of a command are a table, not code
            assert (node.end_lineno or 0) - start < MAX_FUNCTION, f"{node.name} is too long"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_is_a_drawer(path: Path) -> None:
    assert path.stem not in ("utils", "helpers", "common", "misc")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_a_module_a_callback_and_a_short_help(name: str) -> None:
    command = getattr(importlib.import_module(f"jmtools.cli.{name}"), name)
    assert command.name == name
    assert len(COMMANDS[name]) <= 60
    assert COMMANDS[name].endswith(".")
    assert "Example" in (command.help or "")


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from jmtools.cli import cli\n"
        f"try: cli.main({arguments!r}, prog_name='jmtools')\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(SRC.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stderr.strip() == "[]"
    assert "Usage: jmtools" in done.stdout
