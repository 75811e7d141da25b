"""freq, keyness, collocates, kwic and trend count the same things."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_jmtools
from tests.sample_articles import output


@pytest.mark.parametrize("term", ["医保", "水库", "的", "没有这个词"])
def test_there_are_as_many_lines_as_freq_counts(term: str, tmp_path: Path) -> None:
    (tmp_path / "terms").write_text(term, encoding="utf-8")
    (counted,) = output("freq", "--terms", tmp_path / "terms")
    assert len(output("kwic", term)) == counted["freq"]
    (counted,) = output("freq", "--unit", "string", "--terms", tmp_path / "terms", "--min-freq", "0")[:1] or [
        {"freq": 0}
    ]
    assert len(output("kwic", "--unit", "string", term)) == counted["freq"]


ROWS: list[dict[str, Any]] = [
    {"date": "2024-03-11", "text": "市医保局加强医保基金监管。医保基金安全。基金与医保。"},
    {"date": "2024-03-12", "text": "保基金是医保的事，医保，基金也是。医\n保基金。"},
    {"date": "2024-03-13", "tokens": ["医保基金", "的", "医保", "基", "金"], "text": "医保基金的医保基金"},
    {"date": "2024-03-14", "tokens": ["医保", "监管"], "text": "医保基金监管"},  # 基金 was taken out by a stop list
    {"date": "2024-03-15", "text": "管理医保监管"},
]


@pytest.mark.parametrize(
    ("query", "node", "daily"),
    [
        # A word is itself; what is several words, with or without blanks, is where words in a row make it up.
        ("医保", "医保", [4, 2, 1, 1, 1]),
        ("医保基金", "医保基金", [2, 0, 2, 0, 0]),
        ("医保 基金", "医保基金", [2, 0, 0, 0, 0]),
        ("医保 基金 监管", "医保基金监管", [1, 0, 0, 0, 0]),
        ("医保监管", "医保监管", [0, 0, 0, 0, 1]),  # not where a word was taken out between
    ],
)
def test_what_is_several_words_is_found_by_every_command(
    query: str, node: str, daily: list[int], tmp_path: Path
) -> None:
    lines = b"".join(json.dumps(r).encode() + b"\n" for r in ROWS)
    (tmp_path / "terms").write_text(query, encoding="utf-8")
    terms = ("--terms", tmp_path / "terms")
    hits = output("kwic", query, "--allow-mixed", stdin=lines)
    assert [sum(hit["date"] == r["date"] for hit in hits) for r in ROWS] == daily
    assert {hit["node"] for hit in hits} == {node}
    days = output("trend", *terms, "--by", "day", "--allow-mixed", stdin=lines)
    assert [day["freq"] for day in days] == daily
    (counted,) = output("freq", *terms, "--allow-mixed", stdin=lines)
    assert (counted["freq"], counted["docfreq"]) == (sum(daily), sum(map(bool, daily)))
    company = output("collocates", query, "--allow-mixed", "--min-freq", "1", stdin=lines)
    assert {row["freq_node"] for row in company} == {sum(daily)}
    key = ("--target-where", "date < 2024-03-12", "--reference-where", "date >= 2024-03-12", "--min-freq", "1")
    (row,) = output("keyness", *terms, *key, "--direction", "both", "--allow-mixed", stdin=lines)
    assert (row["freq_target"], row["freq_reference"]) == (daily[0], sum(daily[1:]))


def test_rates_are_of_the_same_words_everywhere(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("医保", encoding="utf-8")
    (tmp_path / "two").write_text("医保\n医保基金", encoding="utf-8")
    one, two = (output("freq", "--group-by", "date:month", "--terms", tmp_path / n) for n in ("one", "two"))
    rates = {row["period"]: row["ipm"] for row in output("trend", "--term", "医保") if row["docs"]}
    for rows in (one, two):
        assert {row["group"]: row["ipm"] for row in rows if row["term"] == "医保" and row["group"]} == rates


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kwic", " "), b"QUERY"),
        (("kwic", "--unit", "regex", "("), b"QUERY"),
        (("kwic", "--sort", "L9", "a"), b"--sort"),
        (("collocates", " "), b"NODE"),
        (("collocates", "a", "--window", "x"), b"--window"),
        (("trend",), b"--term"),
        (("trend", "--term", "a", "--field", "page"), b"--field"),
    ],
)
def test_a_wrong_option_is_named(arguments: tuple[str, ...], words: bytes) -> None:
    done = run_jmtools(*arguments, stdin=b"")
    assert done.returncode == 2
    assert words in done.stderr
