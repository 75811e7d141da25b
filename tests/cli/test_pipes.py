"""Files that come through a pipe: what is read twice is kept, or refused."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from tests.conftest import run_jmtools

TEXTS = ("沅口站今天超警，沅口站水位上涨。", "医保基金监管条例施行。", "渔港码头热闹。")
LINES = b"".join(json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in TEXTS)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(LINES)
    return path


def piped(folder: Path, data: bytes) -> Path:
    """Make a pipe through which data come once."""
    path = folder / f"pipe{len(list(folder.iterdir()))}"
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=(data,), daemon=True).start()
    return path


@pytest.mark.parametrize("command", [("freq",), ("freq", "-j", "2"), ("keywords",), ("segment",), ("kwic", "沅口站")])
def test_a_dictionary_may_come_through_a_pipe(command: tuple[str, ...], articles: Path, tmp_path: Path) -> None:
    words = "沅口站 20 ns\n".encode()
    path = tmp_path / "words.txt"
    path.write_bytes(words)
    expected = run_jmtools(*command, "--user-dict", path, articles).stdout
    done = run_jmtools(*command, "--user-dict", piped(tmp_path, words), articles)
    assert (done.returncode, done.stdout) == (0, expected)
    assert "沅口站" in expected.decode()


def test_a_reference_may_come_through_a_pipe(articles: Path, tmp_path: Path) -> None:
    terms = run_jmtools("freq", articles).stdout
    for data in (LINES, terms):
        path = tmp_path / "reference"
        path.write_bytes(data)
        expected = run_jmtools("keyness", "--reference", path, articles).stdout
        done = run_jmtools("keyness", "--reference", piped(tmp_path, data), articles)
        assert (done.returncode, done.stdout) == (0, expected)


@pytest.mark.parametrize("command", [("freq", "--examples", "1"), ("cluster", "--sample", "2")])
def test_records_that_are_read_twice_may_not(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run_jmtools(*command, piped(tmp_path, LINES))
    assert done.returncode == 2
    assert b"reads its input twice" in done.stderr


def test_a_reference_that_was_cut_is_noted(articles: Path, tmp_path: Path) -> None:
    path = tmp_path / "reference"
    path.write_bytes(run_jmtools("freq", articles).stdout)
    assert b"counts as 0" not in run_jmtools("keyness", "--reference", path, articles).stderr
    path.write_bytes(run_jmtools("freq", "-n", "2", articles).stdout)
    assert b"what the list leaves out counts as 0" in run_jmtools("keyness", "--reference", path, articles).stderr


@pytest.mark.parametrize("command", [("freq",), ("kwic", "医保"), ("cooc",), ("trend", "--term", "医保"), ("summary",)])
def test_bad_tokens_are_a_bad_record(command: tuple[str, ...]) -> None:
    bad = b'{"text": "a", "tokens": "a"}\n'
    done = run_jmtools(*command, "--on-error", "skip", stdin=bad + LINES)
    assert done.returncode == 3
    assert b"<stdin>: line 1, byte 0: `tokens` is not a list of strings" in done.stderr


@pytest.mark.parametrize("command", [(), ("idf",), ("dict",)])
def test_a_group_alone_prints_its_help(command: tuple[str, ...]) -> None:
    done = run_jmtools(*command)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Usage: jmtools")
    assert b"\n\nCommands:\n" in done.stderr


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.ZST", ""])
def test_an_output_that_would_not_be_what_its_name_says_is_refused(name: str, articles: Path, tmp_path: Path) -> None:
    done = run_jmtools("segment", "-o", name, articles, cwd=tmp_path)
    assert done.returncode == 2
    assert b"-o " in done.stderr
    assert not (tmp_path / name).is_file()
