from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmtools.archive.ranking import ranked
from jmtools.archive.rows import RowMaker
from jmtools.archive.schema import open_for_reading
from jmtools.archive.writer import ArchiveWriter
from jmtools.errors import OptionError
from jmtools.fields.query import parse_query
from jmtools.io.records import parse_record
from jmtools.words.reader import SegmentOptions
from tests.conftest import run_jmtools

RECORDS: list[dict[str, Any]] = [
    {"id": "a", "date": "2024-03-01", "headline": "医保新政", "text": "市医保局周明远介绍新的医保基金办法。"},
    {"id": "b", "date": "2024-03-03", "headline": "防汛", "text": "水位上涨，基金会捐款；医保照常办理。"},
    {"id": "c", "date": "2024-02-03", "headline": None, "text": "医保公告：今日停办。"},
    {"id": "d", "date": "2024-03-02", "headline": "球赛", "text": "主队二比一获胜。"},
]

QUERIES: list[tuple[str, str]] = [
    ("医保", "abc"),
    ("医保 NOT 公告", "ab"),
    ("医保 AND 基金", "ab"),
    ("医保 基金会", "b"),
    ('"保基"', "a"),
    ('医保 "基金"', "ab"),
    ('球赛 OR "上涨"', "bd"),
    ('NOT "医保"', "d"),
    ("(公告 OR 防汛) 医保", "bc"),
    ("医保 NEAR/2 办理", "b"),
    ('医保 [pos="v" & word="介绍"]', "a"),
    ('医保 NOT [word="公告|停办"]', "ab"),
    ("从来没有", ""),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "a.db"
    data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS).encode()
    assert run_jmtools("index", path, stdin=data).returncode == 0
    return path


def ids(archive: Path, *arguments: str) -> list[str]:
    done = run_jmtools("search", *arguments[:1], archive, *arguments[1:])
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("query", "found"), QUERIES)
def test_what_a_query_finds(query: str, found: str, archive: Path) -> None:
    assert "".join(sorted(ids(archive, query))) == found


def test_order_where_top_and_paging(archive: Path) -> None:
    assert ids(archive, "医保")[0] == "a"  # in the headline
    assert ids(archive, "医保", "--sort", "date") == ["c", "a", "b"]
    assert ids(archive, "医保", "--sort", "date", "--where", "date >= 2024-03") == ["a", "b"]
    assert ids(archive, "医保", "--sort", "date", "-n", "1") == ["c"]
    assert ids(archive, "医保", "--sort", "date", "--after", "c", "-n", "1") == ["a"]
    assert run_jmtools("search", "医保", archive, "--after", "zz").returncode == 2


def test_a_record_leaves_as_it_came_with_the_place(archive: Path) -> None:
    (line,) = run_jmtools("search", '"保基"', archive).stdout.splitlines()
    found = json.loads(line)
    assert found["text"][found["char_start"] : found["char_end"]] == "保基"
    assert line.startswith(json.dumps(RECORDS[0], ensure_ascii=False).encode()[:-1])
    assert "保基" in found["snippet"]


@pytest.mark.parametrize("query", ["", "  ", "(", "医保 OR", '"开头', "[pos=nr]", "NOT", "医保 NEAR/3", ")", "(" * 60])
def test_what_is_no_query_is_told(query: str) -> None:
    with pytest.raises(OptionError):
        parse_query(query)


@pytest.mark.parametrize(("query", "hint"), [("醫保 AND 公告", "; records fit it as 医保 AND 公告"), ("天气", "")])
def test_a_query_in_the_other_script_is_told(query: str, hint: str, archive: Path) -> None:
    found = run_jmtools("search", query, str(archive))
    assert found.stdout == b""
    assert found.stderr.decode().strip() == f"jmtools search: note: no record fits the query{hint}"


def test_a_query_in_simplified_characters_of_a_traditional_archive_is_told(tmp_path: Path) -> None:
    run_jmtools("index", str(tmp_path / "a.db"), stdin='{"id":"a","text":"東港攝影展覽昨天開幕。"}\n'.encode())
    found = run_jmtools("search", "摄影 AND 展览", str(tmp_path / "a.db"))
    assert "records fit it as 攝影 AND 展覽" in found.stderr.decode()


def test_what_is_no_archive_is_told_and_left_alone(archive: Path, tmp_path: Path) -> None:
    missing, text = tmp_path / "none.db", tmp_path / "a.jsonl"
    text.write_bytes(b"{}")
    done = run_jmtools("search", "医保", missing)
    assert (done.returncode, b"none.db: cannot open: no such file" in done.stderr) == (74, True)
    done = run_jmtools("search", "医保", text)
    assert (done.returncode, b"is no archive; `jmtools index NEW.db" in done.stderr) == (66, True)
    assert [*tmp_path.iterdir()] == [text]
    done = run_jmtools("search", "医保", "-n", "0", archive)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_show_finds_an_article_in_an_archive_and_in_files(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("江海日报 A01\n\n防汛\n水位上涨。\n", "utf-8")
    record = {
        "id": "z",
        "headline": "防汛",
        "text": "水位上涨。",
        "source": str(page),
        "char_start": 10,
        "char_end": 18,
    }
    plain = tmp_path / "a.jsonl"
    plain.write_text("\n" + json.dumps(record, ensure_ascii=False) + "\n", "utf-8")
    shown = run_jmtools("show", "z", plain)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "lines 3-4:\n   3| 防汛\n   4| 水位上涨。" in shown.stdout.decode()
    assert "周明远" in run_jmtools("show", "a", archive).stdout.decode()
    missing = run_jmtools("show", "nobody", archive)
    assert (missing.returncode, b"nobody" in missing.stderr) == (65, True)


TEXTS = ["医保新政", "医保、医保", "防汛", "医保基金监管", "粤港澳大湾区", "会议", "，", "公告"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=st.lists(st.tuples(st.lists(st.sampled_from(TEXTS), max_size=6), st.sampled_from(TEXTS)), max_size=12),
    query=st.sampled_from(["医保", "港澳", "医保 OR 防汛", "(公告 OR 会议) OR 基金", "从来没有"]),
)
def test_scores_are_those_of_the_index(records: list[tuple[list[str], str]], query: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.unlink(missing_ok=True)
    maker = RowMaker(SegmentOptions())
    data = [{"id": f"{n}", "headline": headline, "text": "。".join(text)} for n, (text, headline) in enumerate(records)]
    lines = [json.dumps(record, ensure_ascii=False).encode() for record in data]
    with ArchiveWriter(str(path), maker=maker) as writer:
        tuple(writer.take(maker.count([parse_record(line) for line in lines]), lines))
        tuple(writer.end())
    assert maker.words is not None
    parsed = parse_query(query)
    with open_for_reading(str(path)) as connection:
        found = list(ranked(connection, parsed, cut=maker.words.cut, sort="score", where=None))
        sql = "SELECT rowid, -rank FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rank, rowid"
        assert found == connection.execute(sql, [query]).fetchall()


def test_an_archive_of_the_version_before_answers_and_is_brought_up(tmp_path: Path) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS).encode()
    for path in (new, old):
        assert run_jmtools("index", path, stdin=data).returncode == 0
    connection = sqlite3.connect(old)
    connection.executescript("DROP TABLE archive_places; DROP TABLE archive_columns; PRAGMA user_version = 4")
    connection.close()
    questions: list[tuple[str, ...]] = [
        ("search", "医保", "--sort", "date"),
        ("search", "医保", "--where", "date >= 2024-03"),
        ("trend", "--term", "医保"),
    ]
    answers = [run_jmtools(*question, new).stdout for question in questions]
    assert [run_jmtools(*question, old).stdout for question in questions] == answers
    more = json.dumps({"id": "e", "date": "2024-01-01", "text": "医保"}, ensure_ascii=False).encode()
    for path in (new, old):
        assert run_jmtools("index", path, stdin=more).returncode == 0
    tables = [sqlite3.connect(path).execute("SELECT name, data FROM archive_columns").fetchall() for path in (new, old)]
    assert len(tables[0]) == 3
    assert [run_jmtools(*question, old).stdout for question in questions] == [
        run_jmtools(*question, new).stdout for question in questions
    ]
    connection = sqlite3.connect(old)
    assert connection.execute("PRAGMA user_version").fetchone() == (5,)
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    told = run_jmtools("search", "医保", old)
    assert (told.returncode, b"index its records anew" in told.stderr) == (66, True)
