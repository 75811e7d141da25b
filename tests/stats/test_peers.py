"""Published figures of other programs and papers, computed by the commands: peers.jsonl has each with its source.

A line marked `definition` is another definition of the same name, which docs/statistics.md explains.
"""

from __future__ import annotations

import importlib
import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, run_jmtools
from tests.stats.peers import build

LINES = [json.loads(line) for line in (Path(__file__).parent / "peers.jsonl").read_text("utf-8").splitlines()]
BUILDS = {line["name"]: line["build"] for line in LINES if "name" in line}
CASES = [line for line in LINES if "id" in line]
FUNCTIONS = [case for case in CASES if "fn" in case]
COMMANDS: dict[str, list[dict[str, Any]]] = {}
for _case in CASES:
    if "cmd" in _case:
        COMMANDS.setdefault(json.dumps([_case["build"], _case["cmd"]]), []).append(_case)


def is_close(found: Any, case: dict[str, Any]) -> bool:
    expected, tolerance = case["expected"], case.get("tol", {})
    if not isinstance(expected, int | float) or isinstance(expected, bool):
        return bool(found == expected)
    if not isinstance(found, int | float):
        return False
    found *= case.get("scale", 1)
    if "decimals" in tolerance:
        return bool(abs(found - expected) <= 0.5000001 * 10 ** -tolerance["decimals"] + 1e-12)
    return math.isclose(found, expected, rel_tol=tolerance.get("rel", 2e-5), abs_tol=tolerance.get("abs", 1e-9))


def holds(found: Any, case: dict[str, Any]) -> bool:
    return is_close(found, case) or case.get("definition", False)


def value_of(rows: list[dict[str, Any]], case: dict[str, Any]) -> Any:
    if case["field"] == "list":
        return [row["term"] for row in rows]
    row = next(row for row in rows if all(row.get(key) == value for key, value in case.get("pick", {}).items()))
    return rows.index(row) + 1 if case["field"] == "#" else row[case["field"]]


def test_functions() -> None:
    wrong = []
    for case in FUNCTIONS:
        module, name = case["fn"].split(".")
        function = getattr(importlib.import_module(f"jmtools.stats.{module}"), name)
        found = function(*case.get("args", ()), **case.get("kwargs", {}))
        if not holds(getattr(found, case["attr"]) if case.get("attr") else found, case):
            wrong.append((case["id"], case["source"], case["statistic"], case["expected"], found))
    assert not wrong


@pytest.mark.parametrize("key", list(COMMANDS), ids=lambda key: COMMANDS[key][0]["id"])
def test_commands(key: str, tmp_path: Path) -> None:
    cases = COMMANDS[key]
    wanted, command = cases[0]["build"], cases[0]["cmd"]
    if command[0] in ("idfshow", "sktfidf"):
        pytest.skip("idf tables have tests of their own")
    paths = {}
    for name, records in build(BUILDS[wanted] if isinstance(wanted, str) else wanted).items():
        paths[name] = tmp_path / f"{name}.jsonl"
        paths[name].write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    done = run_jmtools(*[word.format(**paths) if "{" in word else word for word in command])
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = [(case, value_of(rows, case)) for case in cases]
    assert not [(c["id"], c["source"], c["statistic"], c["expected"], v) for c, v in found if not holds(v, c)]


# The source of a figure with another definition → what the page calls it.
EXPLAINED = {
    "KeynessMeasures": "KeynessMeasures",
    "corpora (R)": "R package corpora",
    "tlda": "tlda",
    "mclm": "mclm",
    "pyMannKendall": "pyMannKendall",
    "burst_detection": "burst_detection",
}


def test_every_other_definition_is_explained() -> None:
    page = (ROOT / "docs" / "statistics.md").read_text("utf-8").partition("## Where others have another number")[2]
    for source in {case["source"] for case in CASES if case.get("definition")}:
        (name,) = [name for name in EXPLAINED if source.startswith(name)]
        assert EXPLAINED[name] in page
    assert len(CASES) > 1100
