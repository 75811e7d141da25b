"""Golden cases: folders `tests/cases/COMMAND/CASE/` with `args`, an input and the expected output.

`args` holds the arguments, shell-quoted, one line or more; `in.*` is given on standard input, unless `args` names
files itself (they are looked up in the folder of the case). `make accept` writes what the program now prints into
`out.jsonl` (or `out.txt`), for `git diff` to be read. `stderr.txt`, where it is there, holds the notes.
"""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_jmtools

CASES = sorted(p.parent for p in (Path(__file__).parent / "cases").glob("*/*/args"))


def approximate(value: Any) -> Any:
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-4, abs=1e-9)
    if isinstance(value, list):
        return [approximate(v) for v in value]
    if isinstance(value, dict):
        return {k: approximate(v) for k, v in value.items()}
    return value


def unversioned(record: dict[str, Any]) -> dict[str, Any]:
    """A segmenter's version is not ours: its next release must not turn the cases red."""
    origin = record.get("segmenter")
    return {**record, "segmenter": origin["name"]} if isinstance(origin, dict) else record


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_case(case: Path) -> None:
    inputs = sorted(case.glob("in.*"))
    stdin = inputs[0].read_bytes() if inputs else b""
    done = run_jmtools(case.parent.name, *shlex.split((case / "args").read_text("utf-8")), stdin=stdin, cwd=case)
    notes = case / "stderr.txt"
    assert done.stderr.decode() == (notes.read_text("utf-8") if notes.exists() else "")
    assert done.returncode == 0
    expected = case / ("out.jsonl" if done.stdout[:1] == b"{" or not done.stdout else "out.txt")
    if os.environ.get("JMTOOLS_ACCEPT"):
        expected.write_bytes(done.stdout)
    if expected.suffix == ".txt":
        assert done.stdout.decode() == expected.read_text("utf-8")
        return
    found = [json.loads(line) for line in done.stdout.splitlines()]
    wanted = [json.loads(line) for line in expected.read_bytes().splitlines()]
    assert [list(r) for r in found] == [list(r) for r in wanted]
    assert [unversioned(r) for r in found] == [approximate(unversioned(r)) for r in wanted]
