"""Every command line that the documentation shows is run, and what it prints is what the page says it prints.

A ```console block holds `$ command` lines (a trailing backslash goes on in the next line) with their output below.
The blocks of one page run one after the other in one folder that holds `seeds/` and `examples/`. A line `...` stands
for any lines, `...` inside a line for any characters; `# exit N` after a command says that it fails with N.
JMTOOLS_ACCEPT=1 writes the true output into the page, with as many lines before and after `...` as there were.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if page.exists()]
ACCEPT = os.environ.get("JMTOOLS_ACCEPT") == "1"
ELISION = "..."
EXIT = re.compile(r"\s+# exit (\d+)$")


@dataclass
class Command:
    """One `$` line of a page with the output that is shown below it."""

    line: int
    source: list[str]
    shown: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        joined = "\n".join(self.source).removeprefix("$ ")
        return EXIT.sub("", joined)

    @property
    def status(self) -> int:
        found = EXIT.search(self.source[-1])
        return int(found[1]) if found else 0


def commands_of(page: str) -> list[Command]:
    """Return the commands of a page's console blocks, in order."""
    commands: list[Command] = []
    inside = False
    for number, line in enumerate(page.split("\n"), 1):
        if line.startswith("```"):
            inside = line.strip() == "```console"
        elif inside and line.startswith("$ "):
            commands.append(Command(number, [line]))
        elif inside and commands and not commands[-1].shown and commands[-1].source[-1].endswith(("\\", "|")):
            commands[-1].source.append(line)
        elif inside and commands:
            commands[-1].shown.append(line)
    return commands


def matches(shown: list[str], printed: list[str]) -> bool:
    """Tell whether a printed output is the shown one, its elisions filled."""
    parts = []
    for line in shown:
        if line.strip() == ELISION:
            parts.append(r"(?:[^\n]*\n)*")
        else:
            pieces = [re.escape(piece) for piece in line.rstrip().split(ELISION)]
            parts.append(r"[^\n]*".join(pieces) + r"[^\S\n]*\n")
    return re.fullmatch("".join(parts), "".join(line + "\n" for line in printed)) is not None


def elide(shown: list[str], printed: list[str]) -> list[str]:
    """Return a printed output cut as the shown one was: the same number of lines before and after an elision."""
    if matches(shown, printed):
        return shown
    cut = next((i for i, line in enumerate(shown) if line.strip() == ELISION), None)
    if cut is None or len(printed) <= len(shown):
        return printed
    after = len(shown) - cut - 1
    return [*printed[:cut], ELISION, *(printed[-after:] if after else [])]


def workshop(folder: Path) -> dict[str, str]:
    """Lay out the folder in which a page runs; return the environment, with `jmtools` on the path."""
    for name in ("seeds", "examples"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    tools = folder.parent / f"{folder.name}-bin"
    tools.mkdir()
    program = tools / "jmtools"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jmtools "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    outside = {name: value for name, value in os.environ.items() if not name.startswith("JMTOOLS_")}
    return {**outside, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


def run(command: Command, folder: Path, environment: dict[str, str]) -> tuple[int, list[str]]:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.text],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    printed = done.stdout.decode("utf-8", "backslashreplace").removesuffix("\n")
    return done.returncode, [line.rstrip() for line in printed.split("\n")] if printed else []


def accepted(page: str, outputs: list[tuple[Command, list[str]]]) -> str:
    """Return a page with true outputs in place of the shown ones."""
    lines = page.split("\n")
    for command, printed in reversed(outputs):
        first = command.line - 1 + len(command.source)
        lines[first : first + len(command.shown)] = elide(command.shown, printed)
    return "\n".join(lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = commands_of(text)
    if not commands:
        return
    folder = tmp_path / "work"
    folder.mkdir()
    environment = workshop(folder)
    outputs = []
    for command in commands:
        status, printed = run(command, folder, environment)
        place = f"{page.name}:{command.line}: {command.text}"
        # 141: `| head` has left, and the writer before it died by SIGPIPE as it should.
        assert status == command.status or (status == 141 and "| head" in command.text), (
            f"{place}\nexit {status}\n" + "\n".join(printed)
        )
        outputs.append((command, printed))
        if not ACCEPT:
            assert matches(command.shown, printed), f"{place}\nprinted:\n" + "\n".join(printed)
    if ACCEPT:
        page.write_text(accepted(text, outputs), encoding="utf-8")


def test_a_block_is_read_and_compared() -> None:
    page = "text\n```console\n$ printf 'a\\n' | \\\n    cat\na\nb\n$ false  # exit 1\n```\n$ not a command\n"
    first, second = commands_of(page)
    assert first.text == "printf 'a\\n' | \\\n    cat"
    assert first.shown == ["a", "b"]
    assert (second.text, second.status, second.shown) == ("false", 1, [])
    assert matches(["a", "...", "z"], ["a", "b", "c", "z"])
    assert matches(["a...z"], ["a b z"])
    assert not matches(["a", "b"], ["a", "c"])
    assert not matches(["a"], ["a", "b"])
    assert elide(["1", "...", "9"], ["x", "y", "z", "w"]) == ["x", "...", "w"]
    assert accepted(page, [(first, ["c"])]).split("\n")[4:6] == ["c", "$ false  # exit 1"]
