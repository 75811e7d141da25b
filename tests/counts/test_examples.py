"""`--examples N` of freq, keyness and trend: places that are where the row says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_jmtools
from tests.test_contract import INPUT, RECORDS

BY_ID: dict[str, dict[str, Any]] = {str(record["id"]): dict(record) for record in RECORDS}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "in.jsonl"
    found.write_bytes(INPUT)
    return found


def rows(*arguments: str | Path) -> list[dict[str, Any]]:
    done = run_jmtools(*arguments)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def printed(place: dict[str, Any]) -> str:
    return str(BY_ID[place["id"]][place["field"]][place["char_start"] : place["char_end"]])


def test_every_row_leads_back_to_its_first_places(path: Path) -> None:
    for row in rows("freq", path, "--examples", "3"):
        places = row["examples"]
        assert len(places) == min(3, row["freq"])
        assert {printed(place) for place in places} == {row["term"]}
        order = [(place["id"], place["field"] == "text", place["char_start"]) for place in places]
        assert order == sorted(order)


def test_the_other_fields_are_as_without(path: Path) -> None:
    for command in (("freq",), ("trend", "--term", "会议", "--by", "day")):
        with_places = rows(*command, path, "--examples", "2")
        assert [{k: v for k, v in row.items() if k != "examples"} for row in with_places] == rows(*command, path)
        one, two = (run_jmtools(*command, path, "--examples", "2", "--jobs", jobs).stdout for jobs in ("1", "2"))
        assert one == two


def test_places_are_those_of_the_group_and_the_period(path: Path) -> None:
    for row in rows("freq", path, "--group-by", "page", "--examples", "1", "-n", "3"):
        assert all(BY_ID[place["id"]]["page"] == row["group"] for place in row["examples"])
    for row in rows("freq", path, "--group-by", "page,date", "--examples", "1", "-n", "2"):
        assert all(BY_ID[place["id"]]["date"] == row["group"]["date"] for place in row["examples"])
    found = rows("trend", "--term", "会议", "--by", "day", "--group-by", "page", path, "--examples", "9")
    assert sum(len(row["examples"]) for row in found) == 16
    for row in found:
        assert all(BY_ID[place["id"]]["date"] == row["period"] for place in row["examples"])
        assert all(BY_ID[place["id"]]["page"] == row["group"] for place in row["examples"])
    (whole,) = rows("trend", "--term", "会议", "--by", "day", "--overall", path, "--examples", "99")
    assert len(whole["examples"]) == whole["freq"]


def test_examples_of_keyness_are_of_the_target(path: Path) -> None:
    where = ("--target-where", 'page = "A01"', "--reference-where", 'page != "A01"')
    found = rows("keyness", path, *where, "--examples", "2", "-n", "5")
    assert all(row["examples"] for row in found)
    assert {BY_ID[place["id"]]["page"] for row in found for place in row["examples"]} == {"A01"}


def test_ngrams_characters_strings_and_archives(path: Path, tmp_path: Path) -> None:
    for more in (("--ngram", "2"), ("--unit", "char", "--ngram", "2")):
        for row in rows("freq", path, *more, "--examples", "1", "-n", "5"):
            assert printed(row["examples"][0]) == row["term"].replace(" ", "")
    assert run_jmtools("index", tmp_path / "a.db", path).returncode == 0
    question = ("trend", "--term", "会议", "--by", "day", "--examples", "2")
    assert run_jmtools(*question, tmp_path / "a.db").stdout == run_jmtools(*question, path).stdout


def test_standard_input_and_fields_have_none() -> None:
    done = run_jmtools("freq", "--examples", "1", stdin=INPUT)
    assert (done.returncode, b"reads its input twice" in done.stderr) == (2, True)
    assert run_jmtools("trend", "--field", "topic", "--examples", "1", stdin=INPUT).returncode == 2
