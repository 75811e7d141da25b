"""Which module of the package imports which: at its top, inside functions, or for types alone."""

from __future__ import annotations

import ast
from pathlib import Path

SRC = Path(__file__).parent.parent / "src" / "jmtools"
FILES = sorted(SRC.rglob("*.py"))
# The base rooms, from the left: a room imports only from rooms on its left.
BASE = ("errors", "io", "stats", "fields", "batches", "words", "counts", "archive")
FLOORS = (*BASE, "feature", "cli.frame", "cli.commands", "cli", "package")


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def floor_of(room: str) -> int:
    """Return how far right a room stands; all features stand in one place."""
    return FLOORS.index(room if room in FLOORS else "feature")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(module: str) -> str:
    """Return the room of `jmtools.words.segment` (words), and of the command line cli.frame, cli.commands and cli."""
    parts = module.split(".")
    if len(parts) == 1 or parts[1] in ("__init__", "__main__"):
        return "package"
    if parts[1] != "cli":
        return parts[1]
    return "cli.frame" if parts[2:3] == ["frame"] else "cli.commands" if len(parts) > 2 else "cli"


def module_of(path: Path) -> str:
    return ".".join(("jmtools", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__")


def known_modules(path: Path) -> set[str]:
    """Return the modules of this package that a file imports: at the top, inside functions, or for types alone."""
    names = {module_of(p) for p in FILES}
    found = set()
    for name in imports(path):
        while name not in names and "." in name:
            name = name.rpartition(".")[0]
        if name in names and name not in ("jmtools", module_of(path)):
            found.add(name)
    return found
