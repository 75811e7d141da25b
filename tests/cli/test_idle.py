"""An option that does nothing without another one is noted."""

from __future__ import annotations

import json

import pytest

from tests.conftest import run_jmtools

LINE = json.dumps({"text": "医保基金更安全。", "date": "2024-03-01"}, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    ("arguments", "idle", "wanted"),
    [
        (("segment", "--resume", "-o", "/dev/null"), "--resume", "-o DIR/"),
        (("segment", "--part-size", "3"), "--part-size", "-o DIR/"),
        (("freq", "--max-errors", "3"), "--max-errors", "--on-error skip"),
        (("freq", "--confidence", "0.9"), "--confidence", "--interval"),
        (("kwic", "医保", "--near-window", "4"), "--near-window", "--near"),
        (("kwic", "医保", "--seed", "4"), "--seed", "--sample"),
        (("trend", "--term", "医保", "-n", "3"), "--top", "--field"),
        (("convert", "--to", "jsonl", "--bom"), "--bom", "--to csv"),
        (("convert", "--to", "jsonl", "--label", "date"), "--label", "--to mallet"),
        (("convert", "--to", "vrt", "--no-excel-safe"), "--excel-safe", "--to csv or tsv"),
    ],
)
def test_it_is_noted(arguments: tuple[str, ...], idle: str, wanted: str) -> None:
    done = run_jmtools(*arguments, stdin=LINE)
    assert f"note: {idle} does nothing without {wanted}" in done.stderr.decode()
    assert done.returncode == 0


def test_what_does_something_is_not_noted() -> None:
    done = run_jmtools(
        "kwic", "医保", "--near", "基金", "--near-window", "4", "--sample", "1", "--seed", "2", stdin=LINE
    )
    assert done.stderr == b""
    assert run_jmtools("freq", "--max-errors", "3", "--on-error", "skip", stdin=LINE).stderr == b""
    set_for_many = {"JMTOOLS_MAX_ERRORS": "3"}
    assert run_jmtools("freq", stdin=LINE, env=set_for_many).stderr == b""
