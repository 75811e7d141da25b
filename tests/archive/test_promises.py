"""What every command promises, for the commands of archives, which do not read and write as the others do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jmtools.cli.frame.kept_runs import without_run
from tests.conftest import ROOT, run_jmtools
from tests.test_contract import ENVIRONMENTS, INPUT, LINES, READERS, SPECS, commands

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
ANSWERS = (
    ("search", "会议", "{db}"),
    ("search", '"议在"', "{db}"),
    ("show", "r03", "{db}"),
    ("show", "r03", "{plain}"),
)
QUESTIONS = pytest.mark.parametrize("question", ANSWERS, ids=" ".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive")
    (path / "in.jsonl").write_bytes(INPUT)
    assert run_jmtools("index", path / "a.db", path / "in.jsonl").returncode == 0
    return path


def filled(question: tuple[str, ...], folder: Path) -> list[str]:
    return [word.format(db=folder / "a.db", plain=folder / "in.jsonl") for word in question]


@QUESTIONS
def test_the_same_question_gives_the_same_bytes(question: tuple[str, ...], folder: Path) -> None:
    one = run_jmtools(*filled(question, folder))
    assert (one.returncode, one.stderr) == (0, b"")
    assert one.stdout.endswith(b"\n")
    for environment in ENVIRONMENTS[:3]:
        assert run_jmtools(*filled(question, folder), env=environment).stdout == one.stdout


@QUESTIONS
def test_an_answer_in_a_file_is_whole_or_the_old_one(question: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run_jmtools(*filled(question, folder), "-o", target).returncode == 0
    assert target.read_bytes() == run_jmtools(*filled(question, folder)).stdout
    target.write_bytes(b"old")
    wrong = [word.replace("r03", "nobody").replace("a.db", "none.db") for word in filled(question, folder)]
    assert run_jmtools(*wrong, "-o", target).returncode in (65, 74)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@QUESTIONS
def test_a_full_disk_a_closed_output_and_a_reader_that_leaves(question: tuple[str, ...], folder: Path) -> None:
    command = [sys.executable, "-m", "jmtools", *filled(question, folder)]
    for redirect, words in ((">/dev/full", b"no space"), (">&-", b"closed")):
        script = f'"$@" {redirect}'
        done = subprocess.run(["bash", "-c", script, "-", *command], capture_output=True, env=ENVIRONMENT, check=False)
        assert (done.returncode, done.stderr.count(b"\n")) == (74, 1)
        assert words in done.stderr
    reader, writer = os.pipe()
    os.close(reader)
    gone = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    os.close(writer)
    assert (gone.returncode, gone.stderr) == (-signal.SIGPIPE, b"")


@commands(*READERS)
def test_every_command_takes_an_archive_where_it_takes_records(name: str, folder: Path) -> None:
    arguments = (name, *SPECS[name].arguments)
    one, other = (run_jmtools(*arguments, folder / path) for path in ("a.db", "in.jsonl"))
    assert (one.returncode, without_run(one.stdout)) == (other.returncode, without_run(other.stdout))


def test_dedupe_compares_with_an_archive_as_with_its_records(folder: Path) -> None:
    plain = folder / "in.jsonl"
    one, other = (run_jmtools("dedupe", "--against", folder / path, plain) for path in ("a.db", "in.jsonl"))
    assert (one.returncode, one.stdout) == (0, other.stdout)
    idf = [run_jmtools("idf", "build", folder / path) for path in ("a.db", "in.jsonl")]
    assert idf[0].stdout == idf[1].stdout != b""


def test_an_archive_is_the_same_whatever_the_processes_and_the_cuts(folder: Path, tmp_path: Path) -> None:
    for name, more in (("1.db", ()), ("2.db", ("--jobs", "2"))):
        assert run_jmtools("index", tmp_path / name, *more, stdin=INPUT * 40).returncode == 0
    assert (tmp_path / "1.db").read_bytes() == (tmp_path / "2.db").read_bytes()
    run_jmtools("index", tmp_path / "3.db", stdin=b"\n".join(LINES[:5]))
    run_jmtools("index", tmp_path / "3.db", stdin=b"\n".join(LINES[3:]))
    for question in (("freq",), ("search", "会议", "-n", "0")):
        one, other = (run_jmtools(*question, path) for path in (folder / "a.db", tmp_path / "3.db"))
        assert one.stdout == other.stdout


def test_a_bad_line_is_named_and_an_empty_input_is_said(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join([*LINES[:3], b'{"text": "broken', *LINES[3:]]))
    done = run_jmtools("index", tmp_path / "a.db", path)
    byte = sum(len(line) + 1 for line in LINES[:3])
    assert done.returncode == 65
    assert done.stderr.decode().startswith(f"jmtools index: {path}: line 4, byte {byte}: ")
    empty = run_jmtools("index", tmp_path / "b.db", stdin=b"")
    assert (empty.returncode, b"the input is empty" in empty.stderr) == (0, True)
    assert run_jmtools("freq", tmp_path / "b.db").returncode == 0


@pytest.mark.parametrize("kind", ["cut", "bent", "text"])
def test_a_damaged_archive_is_told_in_one_line(kind: str, folder: Path, tmp_path: Path) -> None:
    whole = (folder / "a.db").read_bytes()
    damaged = {
        "cut": whole[: len(whole) // 2],
        "bent": whole[:4096] + bytes(byte ^ 0x55 for byte in whole[4096:]),
        "text": INPUT,
    }[kind]
    path = tmp_path / "a.db"
    path.write_bytes(damaged)
    for question in (("search", "会议", path), ("show", "r03", path), ("index", path, folder / "in.jsonl")):
        done = run_jmtools(*question)
        if question[0] == "show" and kind == "text":
            continue  # these are records: any name will do
        assert done.returncode in (65, 66, 74), (kind, question, done.stdout, done.stderr)
        assert done.stderr.count(b"\n") == 1
        assert b"Traceback" not in done.stderr
        assert b"internal" not in done.stderr
