"""The house rules of docs and design that a machine can check."""

from __future__ import annotations

import ast
import graphlib
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jmtools.cli import COMMANDS
from tests.imports import FILES, SRC, floor_of, imports, known_modules, module_of, name_of, room_of

MAX_FILE, MAX_FUNCTION = 300, 50

# Who may import a third-party package (and everything below it).
OWNERS = {
    "click": ("cli/",),
    "orjson": ("io/records.py",),
    "jieba": ("words/segment.py",),
    "rjieba": ("words/segment.py",),
    "ahocorasick_rs": ("words/lexicon.py", "fields/patterns.py"),
    "opencc": ("normalize/script.py",),
    "re2": ("fields/patterns.py",),
    "tabulate": ("table/",),
    "scipy": ("stats/", "topics/"),
    "sklearn": ("topics/",),
    "networkx": ("topics/",),
    "dask": ("batches/cluster.py",),
    "distributed": ("batches/cluster.py",),
    "jinja2": ("report/",),
    "xlsxwriter": ("convert/workbook.py",),
    "pypdfium2": ("read/pdf_",),
    "pyarrow": ("convert/parquet.py",),
    "sqlite3": ("archive/", "convert/database.py"),
    "fastjsonschema": ("check.py",),
}
# Never loaded by `jmtools COMMAND --help`.
HEAVY = (
    *("numpy", "scipy", "sklearn", "jieba", "rjieba", "tabulate", "orjson", "jinja2", "opencc"),
    *("pyarrow", "xlsxwriter", "sqlite3", "pypdfium2"),
)


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


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_room_imports_only_from_rooms_on_its_left(path: Path) -> None:
    own = room_of(module_of(path))
    upward = {m for m in known_modules(path) if floor_of(room_of(m)) > floor_of(own)}
    assert not upward, f"{name_of(path)} imports {sorted(upward)}, which stand further right"
    beside = {m for m in known_modules(path) if room_of(m) != own and floor_of(room_of(m)) == floor_of(own)}
    assert not beside, f"{name_of(path)} imports {sorted(beside)} of another feature: move what both need left"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module_of(p): known_modules(p) for p in FILES}
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        pytest.fail(" ← ".join(error.args[1]))


def test_the_package_shows_its_rooms() -> None:
    entries = {p.name for p in SRC.iterdir()} - {"__pycache__"}
    assert len(entries) <= 30, sorted(entries)


def is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith(("click.command", "click.group")) for decorator in node.decorator_list)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # Options, parameters and help of a command are a table, not code.
            start = node.body[-1 if len(node.body) == 1 else 1].lineno if is_command(node) else node.lineno
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


def test_no_two_public_classes_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for path in FILES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(name_of(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", [p for p in FILES if name_of(p).startswith("cli/")], ids=name_of)
def test_a_command_names_its_options(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        decorators = [ast.unparse(d) for d in node.decorator_list] if isinstance(node, ast.FunctionDef) else []
        if isinstance(node, ast.FunctionDef) and any(".command(" in d for d in decorators):
            assert node.args.kwarg is None, f"{node.name}: give each option a typed parameter"
