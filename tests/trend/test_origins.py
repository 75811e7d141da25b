"""`own`, `wire` and `reprint` of a trend are the records that have the term, by their `origin`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jmtools.trend.origins import origin_fields
from tests.conftest import run_jmtools

RECORDS: list[dict[str, Any]] = [
    {"date": "2024-03-01", "origin": "own", "text": "医保局开会。医保新政。", "page": "A01"},
    {"date": "2024-03-02", "origin": "wire", "text": "全国医保会议。", "page": "A01"},
    {"date": "2024-03-02", "origin": "wire", "text": "医保办理。", "page": "A02"},
    {"date": "2024-03-05", "origin": "reprint", "text": "防汛。", "page": "A02"},
    {"date": "2024-03-06", "origin": None, "text": "医保。", "page": "A02"},
    {"date": "2024-04-01", "text": "医保。", "page": "A01"},
    {"date": "2024-05-01", "origin": "own", "text": "防汛。", "page": "A01"},
]


def trend(*arguments: str | Path, stdin: bytes = b"") -> list[dict[str, Any]]:
    done = run_jmtools("trend", *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def origins(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["docfreq"], row["own"], row["wire"], row["reprint"]


@pytest.fixture
def data() -> bytes:
    rows = ({"id": str(number), **record} for number, record in enumerate(RECORDS))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def test_each_record_with_the_term_counts_for_its_origin(data: bytes, tmp_path: Path) -> None:
    expected = [(4, 1, 2, 0), (1, None, None, None), (0, 0, 0, 0)]
    plain = trend("--term", "医保", stdin=data)
    assert [origins(row) for row in plain] == expected
    for more in (("--unit", "string"), ("--jobs", "2")):
        assert [origins(row) for row in trend("--term", "医保", *more, stdin=data)] == expected
    archive = tmp_path / "a.db"
    assert run_jmtools("index", archive, stdin=data).returncode == 0
    assert trend("--term", "医保", archive) == plain  # from the index alone
    two = ("--term", "医保", "--term", "医保 会议")
    assert trend(*two, archive) == trend(*two, stdin=data)  # reads the records


def test_values_of_a_field_groups_and_overall(data: bytes) -> None:
    pages = {row["page"]: origins(row) for row in trend("--field", "page", "--by", "year", stdin=data)}
    assert pages == {"A01": (4, 2, 1, 0), "A02": (3, 0, 1, 1)}
    grouped = trend("--term", "医保", "--by", "year", "--group-by", "page", stdin=data)
    assert [origins(row) for row in grouped] == [(3, 1, 1, 0), (2, 0, 1, 0)]
    (overall,) = trend("--term", "医保", "--overall", stdin=data)
    assert (overall["own"], overall["wire"], overall["reprint"]) == (1, 2, 0)


def test_nothing_is_said_where_no_record_tells() -> None:
    assert origin_fields(2, {"own": 0}) == {"own": None, "wire": None, "reprint": None}
    assert origin_fields(0, {}) == {"own": 0, "wire": 0, "reprint": 0}
