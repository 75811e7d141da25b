from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmtools.archive.narrowing import Needs, conditions
from jmtools.archive.reader import read_any, read_lines
from jmtools.archive.rows import RowMaker, put_back, take_out
from jmtools.archive.schema import open_for_reading
from jmtools.archive.writer import ArchiveWriter
from jmtools.counts.term_counter import is_word
from jmtools.io.kinds import is_archive
from jmtools.io.records import parse_record
from jmtools.words.reader import SegmentOptions
from jmtools.words.segment import record_text
from tests.conftest import ROOT, run_jmtools
from tests.test_contract import INPUT, LINES

MAKER = RowMaker(SegmentOptions())
WORDS = ["医保", "医保基金", "监管", "江海市", "会议", "，", "。", "5G-A", "粤港澳大湾区", "\n", "“", '"', "\\", "😀"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=20).map("".join)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS},
        optional={
            "headline": TEXTS | st.none(),
            "date": st.sampled_from(["2023-12-31", "2024-01", "2024-03-05", "2024年3月6日", "昨日"]),
            "page": st.sampled_from(["A01", "A02", 3]),
            "newspaper": st.sampled_from(["江海日报", "北渡晚报"]),
            "x": st.none() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
        },
    ),
    max_size=8,
)
QUESTIONS = (
    ("select", "text exists"),
    ("select", 'date >= 2024 and newspaper = "江海日报"'),
    ("select", "date <= 2024-01"),
    ("select", "date > 2024-01 and date < 2024-03-06"),
    ("select", "not date = 2024"),
    ("kwic", "医保"),
    ("kwic", "医保 基金"),
    ("kwic", "医保基金", "--also", "会议"),
    ("kwic", "5G-A"),
    ("kwic", "--unit", "string", "保基"),
    ("kwic", "--unit", "regex", "[一-龥]{2}会"),
    ("freq", "--where", "date = 2024-03"),
    ("table", "-f", "text"),
    ("segment",),
    ("trend", "--term", "医保", "--term", "医保基金", "--term", "从来没有", "--by", "month", "--on-error", "skip"),
    ("trend", "--term", "从来没有", "--by", "year", "--on-error", "skip"),
    ("trend", "--term", "医保", "--by", "year", "--on-error", "skip"),
)


def make(path: Path, lines: list[bytes]) -> Path:
    with ArchiveWriter(str(path), maker=MAKER) as writer:
        tuple(writer.take(MAKER.count([parse_record(line) for line in lines]), lines))
        tuple(writer.end())
    return path


def lines_of(path: Path) -> list[bytes]:
    return [line for batch in read_any([str(path)]) if batch is not None for line in batch.lines]


@settings(max_examples=80, deadline=None)
@given(text=TEXTS, other=TEXTS, ascii_only=st.booleans(), blank=st.sampled_from(["", " "]))
def test_a_line_comes_back_as_it_was(text: str, other: str, ascii_only: bool, blank: str) -> None:
    record = {"a": other, "text": text, "b": [other, text]}
    line = json.dumps(record, ensure_ascii=ascii_only, separators=("," + blank, ":" + blank)).encode()
    hollow, at = take_out(line, text)
    assert next(put_back([(hollow, text, at)])) == line


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS, data=st.data())
def test_a_command_gives_the_same_bytes_from_an_archive_as_from_json_lines(
    records: list[dict[str, object]], data: st.DataObject, tmp_path: Path
) -> None:
    lines = [json.dumps({"id": f"r{n}", **r}, ensure_ascii=n % 2 == 0).encode() for n, r in enumerate(records)]
    archive, plain = tmp_path / "a.db", tmp_path / "a.jsonl"
    archive.unlink(missing_ok=True)
    make(archive, lines)
    plain.write_bytes(b"".join(line + b"\n" for line in lines))
    for question in data.draw(st.lists(st.sampled_from(QUESTIONS), min_size=2, max_size=2, unique=True)):
        one, other = (run_jmtools(*question, path) for path in (archive, plain))
        assert one.stdout == other.stdout, question
        assert one.returncode == other.returncode


@pytest.mark.parametrize("question", QUESTIONS[:-3], ids=" ".join)
def test_each_question_to_the_same_records(question: tuple[str, ...], tmp_path: Path) -> None:
    archive, plain = tmp_path / "a.db", tmp_path / "a.jsonl"
    plain.write_bytes(INPUT)
    assert run_jmtools("index", archive, plain).returncode == 0
    for more in ((), ("--jobs", "2")):
        assert run_jmtools(*question, *more, archive).stdout == run_jmtools(*question, plain).stdout


def test_the_course_of_a_term_comes_from_sums_and_its_own_records(tmp_path: Path) -> None:
    archive, plain = tmp_path / "a.db", tmp_path / "a.jsonl"
    lines = [
        line[:-1]
        + b',"newspaper":"%s","type":%s,"origin":%s}'
        % (
            b"xy"[n % 2 : n % 2 + 1],
            (b'"article"', b"null", b'"folio"')[n % 3],
            (b'"own"', b'"wire"', b"null", b'"x"')[n % 4],
        )
        for n, line in enumerate(LINES)
    ]
    plain.write_bytes(b"".join(line + b"\n" for line in lines))
    assert run_jmtools("index", archive, plain).returncode == 0
    for term in ("会议", "医保", "市政府 召开", "防汛指挥部", "从来没有", "，"):
        for more in (
            ("--by", "day"),
            ("--by", "week", "--types", "all"),
            ("--by", "month", "--overall"),
            ("--jobs", "2"),
        ):
            one = run_jmtools("trend", "--term", term, *more, archive)
            other = run_jmtools("trend", "--term", term, *more, plain)
            assert (one.returncode, one.stdout) == (0, other.stdout), (term, more)
            assert b"empty" not in one.stderr


@settings(max_examples=60, deadline=None)
@given(headline=TEXTS, text=TEXTS)
def test_words_are_counted_as_the_counters_count_them(headline: str, text: str) -> None:
    data = {"headline": headline, "text": text}
    (row,) = MAKER.count([data]).rows
    words = MAKER.words.cut(record_text(data)) if MAKER.words is not None else []
    assert row.odd or row.words == sum(map(is_word, words))


def test_records_that_the_index_does_not_speak_for_are_always_read(tmp_path: Path) -> None:
    archive, plain = tmp_path / "a.db", tmp_path / "a.jsonl"
    odd = json.dumps({"id": "nul", "date": "2024-03-12", "text": "无\0医保会议"}).encode()
    plain.write_bytes(INPUT + odd + b"\n")
    assert run_jmtools("index", archive, plain).returncode == 0
    for question in (
        ("kwic", "医保"),
        ("kwic", "--unit", "string", "保会"),
        ("trend", "--term", "医保", "--by", "day"),
    ):
        assert run_jmtools(*question, archive).stdout == run_jmtools(*question, plain).stdout, question
    with open_for_reading(str(archive)) as connection:
        needs = Needs(("从来没有",))
        condition, values = conditions(connection, where=None, needs=needs)
        assert len(list(read_lines(connection, condition, values))) == 1  # and no other


def test_adding_is_idempotent_and_replaces_by_id(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = json.loads(run_jmtools("index", path, stdin=INPUT).stdout)
    assert (first["added"], first["replaced"], first["unchanged"], first["records"]) == (16, 0, 0, 16)
    again = json.loads(run_jmtools("index", path, stdin=INPUT).stdout)
    assert (again["added"], again["unchanged"], again["records"]) == (0, 16, 16)
    changed = LINES[3].replace("青年".encode(), "少年".encode())
    more = json.loads(run_jmtools("index", path, stdin=changed + b"\n" + LINES[0].replace(b"r00", b"new")).stdout)
    assert (more["added"], more["replaced"], more["records"]) == (1, 1, 17)
    assert lines_of(path)[3] == changed
    assert b'"r03"' in run_jmtools("search", "少年", path).stdout
    assert b'"r03"' not in run_jmtools("search", "青年", "-n", "100", path).stdout
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    connection.close()


def test_other_programs_find_words_of_two_characters(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", ['{"id":1,"headline":"甲","text":"粤港澳大湾区医保基金监管"}'.encode()])
    connection = sqlite3.connect(path)
    sql = "SELECT id FROM articles WHERE rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
    for word in ("医保", "基金", "港澳", '"医保" "基金"'):
        assert connection.execute(sql, (word,)).fetchall() == [("1",)], word
    connection.close()


def test_a_bad_record_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    run_jmtools("index", path, stdin=LINES[0])
    done = run_jmtools("index", path, stdin=LINES[1] + b"\n{")
    assert (done.returncode, b"line 2" in done.stderr) == (65, True)
    assert lines_of(path) == [LINES[0]]
    skipped = run_jmtools("index", "--on-error", "skip", path, stdin=LINES[1] + b"\n{")
    assert (skipped.returncode, len(lines_of(path))) == (3, 2)


def test_what_is_no_archive_is_refused_and_told(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE t (a)")
    assert not is_archive(str(other))
    done = run_jmtools("index", other, stdin=INPUT)
    assert (done.returncode, b"no archive" in done.stderr) == (66, True)
    assert run_jmtools("freq", other).returncode == 65
    path = make(tmp_path / "a.db", LINES)
    (tmp_path / "words.txt").write_text("监管宣传\n", "utf-8")
    mixed = run_jmtools("index", "--user-dict", tmp_path / "words.txt", path, stdin=INPUT)
    assert (mixed.returncode, b"was segmented by" in mixed.stderr) == (66, True)


def test_readers_see_what_was_there_while_another_writes(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", LINES[:4])
    reader = open_for_reading(str(path))
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (4,)
    make(path, LINES)
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (4,)
    reader.close()
    assert len(lines_of(path)) == 16


def test_a_killed_run_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    path, big = make(tmp_path / "a.db", LINES[:5]), tmp_path / "big.jsonl"
    big.write_bytes(b"".join(line.replace(b'"r', b'"%d-' % n) + b"\n" for n in range(250) for line in LINES))
    draw = random.Random(7)
    kills = int(os.environ.get("JMTOOLS_KILLS", "6"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for _ in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-m", "jmtools", "index", str(path), str(big)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(draw.uniform(0.1, 1.5))
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        if out:
            break  # it had ended before
        assert lines_of(path) in (LINES[:5], [*LINES[:5], *big.read_bytes().splitlines()])
    assert run_jmtools("index", path, big).returncode == 0
    assert len(lines_of(path)) == 5 + 250 * 16
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
