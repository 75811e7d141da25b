"""What messages advise works, and what they say is so."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from jmtools.report.periods import make_calendar
from tests.conftest import ROOT, run_jmtools

PAGES = sorted((ROOT / "seeds").glob("ljrb-20240311-*.txt"))


@pytest.mark.parametrize("value", ["null", "5", '["雨", "停了"]'])
def test_the_advice_for_a_text_that_is_none_works(value: str, tmp_path: Path) -> None:
    if shutil.which("jq") is None:
        pytest.skip("no jq here")
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": {value}}}\n{{"text": "雨停了。"}}\n', "utf-8")
    advice = run_jmtools("freq", path).stderr.decode()
    program = advice[advice.index("jq -c '") + len("jq -c '") : advice.rindex("'")]
    mended = subprocess.run(["jq", "-c", program, path], capture_output=True, check=True).stdout
    done = run_jmtools("freq", stdin=mended)
    assert done.returncode == 0, done.stderr
    assert b'"null"' not in done.stdout


def test_a_word_that_stands_without_its_neighbour_is_not_said_to_be_absent() -> None:
    line = json.dumps({"text": "雨停了。"}, ensure_ascii=False).encode()
    assert "雨 does not occur with 雪 nearby" in run_jmtools("kwic", "雨", "--near", "雪", stdin=line).stderr.decode()


def test_decisions_that_no_page_has_a_place_for_are_noted(tmp_path: Path) -> None:
    review = tmp_path / "doubts.txt"
    assert run_jmtools("split", "--review", review, *PAGES).returncode == 0
    marked = [f"+{row[1:]}" if row.startswith("?") else row for row in review.read_text("utf-8").splitlines()]
    assert sum(row.startswith("+") for row in marked) > 1
    review.write_text("\n".join(marked) + "\n", "utf-8")
    assert b"--apply" not in run_jmtools("split", "--apply", review, *PAGES).stderr
    said = run_jmtools("split", "--apply", review, "-", stdin="只有一行。\n".encode()).stderr
    assert b"decisions are for pages that are not here or have changed" in said
    review.write_text("# nothing\n", "utf-8")
    assert b"no line of it is marked" in run_jmtools("split", "--apply", review, *PAGES).stderr


@pytest.mark.parametrize(
    ("days", "rhythm", "missing"),
    [
        (["2024-01-01"], "daily", 0),
        (["2024-01-01", "2024-01-02"], "daily", 0),
        (["2024-01-01", "2024-01-08"], "irregular", 0),
        (["2024-01-01", "2024-12-31"], "irregular", 0),
    ],
)
def test_two_issues_tell_no_rhythm(days: list[str], rhythm: str, missing: int) -> None:
    calendar = make_calendar(dict.fromkeys(days, 1))
    assert calendar is not None
    assert (calendar.rhythm, calendar.missing) == (rhythm, missing)
