"""Files that a command writes beside its output: never an input, and written though records were rejected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import run_jmtools

TEXTS = ("医保基金监管条例施行，医保基金更安全。", "江海区防汛演练开始，水位上涨。", "渔港码头渔民补网，渔港热闹。") * 4
LINES = b"".join(json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in TEXTS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("cluster", "-k", "3", "--topics"),
        ("cluster", "-k", "3", "--save-model"),
        ("keywords", "--idf", "corpus", "--save-idf"),
        ("cooc", "--graphml"),
        ("newwords", "--as-user-dict"),
        ("normalize", "--report"),
        ("segment", "--show-dropped"),
        ("freq", "--summary"),
        ("freq", "--manifest"),
        ("freq", "--rejects"),
    ],
)
def test_no_file_beside_the_output_takes_the_place_of_an_input_or_of_the_output(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(LINES)
    for more in ((source, source), (tmp_path / "out", source, "-o", tmp_path / "out")):
        done = run_jmtools(*arguments, *more)
        assert done.returncode == 2, done.stderr
        assert f"{arguments[-1]} {more[0]}: is also an" in done.stderr.decode()
    assert source.read_bytes() == LINES
    assert not (tmp_path / "out").exists()


def test_two_files_beside_the_output_are_two(tmp_path: Path) -> None:
    done = run_jmtools("cluster", "--topics", tmp_path / "t", "--rejects", tmp_path / "t", stdin=LINES)
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("cluster", "-k", "3"), "--topics"),
        (("keywords", "--idf", "corpus"), "--save-idf"),
        (("cooc", "--min-freq", "1"), "--graphml"),
        (("newwords",), "--as-user-dict"),
        (("normalize",), "--report"),
        (("freq",), "--summary"),
    ],
)
def test_they_are_written_although_a_record_was_rejected(
    arguments: tuple[str, ...], option: str, tmp_path: Path
) -> None:
    beside = tmp_path / "beside"
    done = run_jmtools(*arguments, "--on-error", "skip", option, beside, stdin=LINES + b"{broken\n")
    assert done.returncode == 3
    assert beside.exists()


def test_malformed_entries_are_told_although_a_record_was_rejected(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("渔港 12 n\n" + "长" * 300 + "\n", "utf-8")
    done = run_jmtools("dict", "check", words, "-", "--on-error", "skip", stdin=LINES + b"{broken\n")
    assert done.returncode == 3
    assert b"1 malformed line" in done.stderr
