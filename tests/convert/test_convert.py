"""`convert`: every format is opened by a program that it is meant for, and hostile text harms none of them."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import networkx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jmtools.cli import cli
from jmtools.convert.columns import unique_names
from jmtools.convert.corpora import slug
from jmtools.convert.grams import search_terms
from jmtools.convert.shapes import Shape
from tests.conftest import run_jmtools

HOSTILE = '<script>alert(1)</script>&"\x1b[31m红\u202e字\x07\x9b\x00_x0041_\u2028末\\'
FORMULA = '=HYPERLINK("http://evil.example","点我")'
RECORDS: list[dict[str, Any]] = [
    {
        "id": "a1",
        "date": "2024-03-11",
        "headline": FORMULA,
        "text": "江海市医保局开展医保基金监管。\n工作人员走进社区。",
        "keywords": [{"term": "医保基金", "score": 0.5}, {"term": "社区", "score": 1}],
        "dateline": {"place": "江海", "date": None},
        "big": 123456789012345678901234567890,
        "n": 1,
        "ok": True,
        "mixed": [1],
    },
    {
        "id": "a2",
        "date": "1899-12-31",
        "headline": HOSTILE,
        "text": "长" * 10_000 + HOSTILE + "税",
        "keywords": [],
        "n": 2.5,
        "ok": None,
        "mixed": {"a": 1},
    },
    {
        "id": "a3",
        "date": "2024-03-12",
        "headline": "阿卜·杜拉说2024-03-11，A/B",
        "text": "x" * 70_000,
        "n": None,
        "ID": "另一个",
    },
]


def write(folder: Path, records: list[dict[str, Any]]) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def convert(folder: Path, name: str, *arguments: str, records: list[dict[str, Any]] = RECORDS) -> Path:
    target = folder / name
    done = CliRunner().invoke(
        cli, ["convert", "-o", f"{target}{'/' if '--words' in arguments or 'txtdir' in arguments else ''}", *arguments,
              str(write(folder, records))], catch_exceptions=False
    )  # fmt: skip
    assert done.exit_code == 0
    return target


def test_csv_opens_in_excel_and_pandas_and_starts_no_formula(tmp_path: Path) -> None:
    path = convert(tmp_path, "a.csv")
    assert path.read_bytes().startswith(
        b"\xef\xbb\xbfid,date,headline,text,keywords.term,keywords.score,dateline.place"
    )
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert list(table["keywords.term"]) == ["医保基金; 社区", "", ""]
    assert table["headline"][0] == "'" + FORMULA
    assert table["text"][0] == RECORDS[0]["text"]
    assert table["big"][0] == "123456789012345678901234567890"
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]", path.read_text("utf-8"))
    bare = convert(tmp_path, "b.csv", "--no-bom", "--no-excel-safe", "-f", "headline,n")
    assert bare.read_text("utf-8").splitlines()[:2] == [
        "headline,n",
        '"=HYPERLINK(""http://evil.example"",""点我"")",1',
    ]
    assert duckdb.execute("SELECT count(*) FROM read_csv(?)", [str(bare)]).fetchall() == [(3,)]
    tabs = convert(tmp_path, "c.tsv").read_text("utf-8").splitlines()
    assert len(tabs) == 4
    assert tabs[1].split("\t")[2].startswith("'=")


def test_a_workbook_holds_text_as_text_days_as_days_and_cuts_nothing(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(convert(tmp_path, "a.xlsx"))["records"]
    header, *rows = [list(row) for row in sheet.iter_rows()]
    names = [cell.value for cell in header]
    by_name = [dict(zip(names, row, strict=True)) for row in rows]
    assert "f" not in {cell.data_type for row in rows for cell in row}
    assert by_name[0]["headline"].value == FORMULA
    assert by_name[0]["date"].value == datetime(2024, 3, 11)
    assert by_name[1]["date"].value == "1899-12-31"
    assert by_name[1]["n"].value == 2.5
    assert by_name[0]["big"].value == "123456789012345678901234567890"
    assert "\\x1b[31m红\\u202e字" in by_name[1]["headline"].value
    assert "_x0041_" in by_name[1]["headline"].value
    parts = [by_name[2][name].value for name in ("text", "text (2)", "text (3)")]
    assert "".join(parts) == "x" * 70_000
    assert max(map(len, parts)) <= 32_767
    told = run_jmtools("convert", "--to", "xlsx", "-f", "text", write(tmp_path, RECORDS))
    assert b"some text is longer than the 32,767 characters of a cell; it goes on in 2 more" in told.stderr
    assert told.returncode == 0


def test_parquet_keeps_lists_objects_and_types(tmp_path: Path) -> None:
    path = convert(tmp_path, "a.parquet")
    rows = pq.read_table(path).to_pylist()
    assert rows[0]["keywords"] == RECORDS[0]["keywords"]
    assert rows[0]["date"] == date(2024, 3, 11)
    assert rows[0]["dateline"] == {"place": "江海", "date": None}
    assert rows[1]["headline"] == HOSTILE
    assert (rows[0]["n"], rows[1]["n"], rows[0]["ok"]) == (1.0, 2.5, True)
    assert (rows[0]["mixed"], rows[1]["mixed"]) == ("[1]", '{"a": 1}')
    query = "SELECT id, keywords[1].term FROM read_parquet(?) WHERE date >= DATE '2024-03-11' ORDER BY id"
    found = duckdb.execute(query, [str(path)])
    assert found.fetchall() == [("a1", "医保基金"), ("a3", None)]
    assert pd.read_parquet(path)["text"].str.len().tolist()[2] == 70_000


def test_sqlite_finds_words_of_any_length_with_plain_queries(tmp_path: Path) -> None:
    connection = sqlite3.connect(convert(tmp_path, "a.db", "--search", "headline,text"))

    def search(query: str) -> list[str]:
        rows = connection.execute(
            "SELECT id FROM articles WHERE rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)",
            [query],
        )
        return [row[0] for row in rows]

    for query in (
        "医保",
        "社区",
        "税",
        "医保局",
        "保基",
        "医保基金",
        "医保基金监管",
        "医保 社区",
        "text: 医保",
        '"医保"',
    ):
        assert search(query) == (["a2"] if query == "税" else ["a1"]), query
    assert search("保医") == search("headline: 社区") == []
    row = connection.execute("SELECT * FROM articles WHERE id = 'a1'").fetchone()
    columns = [c[1] for c in connection.execute("PRAGMA table_info(articles)")]
    values = dict(zip(columns, row, strict=True))
    assert json.loads(values["keywords"]) == RECORDS[0]["keywords"]
    assert (values["text"], values["n"], values["ok"]) == (RECORDS[0]["text"], 1, 1)
    assert columns[-1] == "ID_2"
    assert connection.execute("SELECT headline FROM articles WHERE id = 'a2'").fetchone()[0] == HOSTILE
    assert (
        connection.execute("SELECT headline FROM articles_fts WHERE articles_fts MATCH '医保'").fetchone()[0] == FORMULA
    )
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    # datasette looks for exactly this when it decides whether a table can be searched
    like = '%VIRTUAL TABLE%USING FTS%content="articles"%'
    assert connection.execute("SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE ?", [like]).fetchall()


def test_sqlite_is_the_archive_of_index_with_a_column_for_every_field(tmp_path: Path) -> None:
    path, other = convert(tmp_path, "a.db"), tmp_path / "b.db"
    assert run_jmtools("index", other, tmp_path / "in.jsonl").returncode == 0
    connections = [sqlite3.connect(file) for file in (path, other)]
    connections[1].execute("DELETE FROM archive_runs")
    one, two = (list(connection.iterdump()) for connection in connections)
    assert one == two
    connection = connections[0]
    found = connection.execute("SELECT * FROM articles WHERE id = 'a1'")
    values = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))
    assert json.loads(values["keywords"]) == RECORDS[0]["keywords"]
    assert (values["text"], values["n_2"], values["ok"]) == (RECORDS[0]["text"], 1, 1)
    assert connection.execute("SELECT ID_2 FROM articles WHERE id = 'a3'").fetchone() == ("另一个",)
    # what the search boxes of datasette and sqlite-utils ask
    boxes = (
        "SELECT id FROM articles JOIN articles_fts ON articles.rowid = articles_fts.rowid WHERE articles_fts MATCH ?"
    )
    for query in ('"医保"', '"社区"', '"杜拉"', "headline: 阿卜"):
        assert connection.execute(boxes, [query]).fetchall(), query
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert run_jmtools("convert", "--to", "jsonl", path).stdout == (tmp_path / "in.jsonl").read_bytes()
    assert b'"id": "a1"' in run_jmtools("search", "社区", path).stdout


def test_sqlite_is_a_plain_table_where_records_have_no_text_or_one_is_wanted(tmp_path: Path) -> None:
    terms = [{"term": "医保", "freq": 3}, {"term": "社区", "freq": 1}]
    odd: list[dict[str, Any]] = [
        {"text": 1},
        {"text": "a", "headline": ["b"]},
        {"text": "a", "tokens": "a"},
        {"text": None},
    ]
    cases: tuple[tuple[list[dict[str, Any]], tuple[str, ...]], ...] = (
        (terms, ()), (RECORDS, ("--table", "x")), (RECORDS, ("-f", "id,n")), *(([record], ()) for record in odd)
    )  # fmt: skip
    for records, arguments in cases:
        path = convert(tmp_path, "a.db", *arguments, records=records)
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'archive_%'").fetchall() == []
        count = "SELECT count(*) FROM x" if "--table" in arguments else "SELECT count(*) FROM articles"
        assert connection.execute(count).fetchone() == (len(records),)


def test_records_that_an_archive_holds_once_are_told(tmp_path: Path) -> None:
    data = write(tmp_path, [*RECORDS, {**RECORDS[0], "n": 7}, {"text": "无号"}, {"text": "无号"}])
    done = run_jmtools("convert", "--to", "sqlite", data)
    assert b"`id` of a later one, which took their place: 1" in done.stderr
    assert b"the same as an earlier one, and are there once: 1" in done.stderr
    mixed = write(tmp_path, [{"text": "甲", "tokens": ["甲"], "segmenter": {"hash": "x"}}, {"text": "乙"}])
    done = run_jmtools("convert", "--to", "sqlite", mixed)
    assert (done.returncode, done.stdout, b"--allow-mixed" in done.stderr) == (65, b"", True)
    assert b"record 2: was segmented by " in done.stderr


def test_json_lines_are_the_lines_or_the_named_fields(tmp_path: Path) -> None:
    path = write(tmp_path, RECORDS)
    assert run_jmtools("convert", "--to", "jsonl", path).stdout == path.read_bytes()
    fields = run_jmtools("convert", "--to", "jsonl", "-f", "id,keywords.term", "-j", "2", path).stdout.splitlines()
    assert json.loads(fields[0]) == {"id": "a1", "keywords.term": ["医保基金", "社区"]}


@given(st.text("医保基金ab1 ，。", max_size=12), st.integers(0, 12), st.integers(1, 4))
def test_every_string_of_four_characters_is_a_term(text: str, start: int, size: int) -> None:
    piece = text[start : start + size]
    if piece and all("\u4e00" <= char <= "\u9fff" for char in piece):
        assert piece in search_terms(text).split()


@pytest.mark.parametrize(
    ("names", "expected"), [("", "000001.txt"), ("date,headline", r"2024-03-11_HYPERLINK.*-\w{8}\.txt")]
)
def test_a_folder_has_a_text_a_record_and_the_metadata(tmp_path: Path, names: str, expected: str) -> None:
    evil = [
        {**RECORDS[0], "headline": name} for name in (FORMULA, "../../x", "/etc/passwd", "CON", "\u202e", "题" * 300)
    ]
    folder = convert(tmp_path, "corpus", "--to", "txtdir", *(["--names", names] if names else []), records=evil)
    rows = list(csv.DictReader(io.StringIO((folder / "metadata.csv").read_text("utf-8-sig"))))
    assert [row["keywords.term"] if "keywords.term" in row else row["keywords"] for row in rows] == [
        "医保基金; 社区"
    ] * 6
    assert re.fullmatch(expected, rows[0]["file"])
    assert {row["file"] for row in rows} == {p.name for p in folder.glob("*.txt")}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus", "in.jsonl"]
    assert max(len(p.name.encode()) for p in folder.iterdir()) < 255
    assert (folder / rows[1]["file"]).read_text("utf-8").split("\n")[1:3] == RECORDS[0]["text"].split("\n")
    again = run_jmtools("convert", "--to", "txtdir", "-o", folder, tmp_path / "in.jsonl")
    assert again.returncode == 2
    assert b"not empty" in again.stderr


def test_a_folder_of_words_and_one_that_fails(tmp_path: Path) -> None:
    folder = convert(tmp_path, "corpus", "--to", "txtdir", "--words", records=RECORDS[:1])
    assert "医保 基金 监管" in (folder / "000001.txt").read_text("utf-8")
    bad = run_jmtools("convert", "-o", f"{tmp_path}/half/", stdin=b'{"text":"a"}\n{')
    assert bad.returncode == 65
    assert not (tmp_path / "half").exists()
    assert not list(tmp_path.glob(".jmtools-*"))


def test_vrt_is_what_cwb_and_sketch_engine_read(tmp_path: Path) -> None:
    text = convert(tmp_path, "a.vrt").read_text("utf-8")
    assert max(len(line.encode()) for line in text.splitlines()) < 4096
    for line in text.splitlines():
        assert re.fullmatch(r"</?(text|p|s)( [a-z_0-9]+=\"[^\"<>]*\")*>|[^\t<>]+\t[^\t<>]+", line), line
    corpus = ET.fromstring(f"<corpus>{text}</corpus>")  # noqa: S314
    first = corpus[0]
    assert (first.attrib["id"], first.attrib["keywords"]) == ("a1", "|医保基金|社区|")
    assert len(first.findall("p")) == 3
    words = [line.split("\t")[0] for s in corpus[0].iter("s") for line in (s.text or "").split("\n") if line]
    assert "".join(words) == "".join(f"{FORMULA}{RECORDS[0]['text']}".split())
    tokens = {"id": "t", "text": "甲乙", "tokens": ["甲", "乙"], "pos": ["n", "v"]}
    assert convert(tmp_path, "b.vrt", records=[tokens]).read_text("utf-8").splitlines()[3:5] == ["甲\tn", "乙\tv"]
    assert run_jmtools("convert", "--to", "vrt", stdin=json.dumps({**tokens, "pos": []}).encode()).returncode == 65


def test_mallet_lines_have_a_name_a_label_and_words(tmp_path: Path) -> None:
    lines = convert(tmp_path, "a.mallet", "--label", "date").read_text("utf-8").split("\n")[:-1]
    # the pattern by which `mallet import-file` takes a line apart
    found = [re.fullmatch(r"(\S*)[\s,]*(\S*)[\s,]*(.*)", line) for line in lines]
    assert [(m[1], m[2]) for m in found if m] == [("a1", "2024-03-11"), ("a2", "1899-12-31"), ("a3", "2024-03-12")]
    assert found[0] is not None
    assert "医保 基金 监管" in found[0][3]


def test_graphml_from_pairs_and_from_keywords(tmp_path: Path) -> None:
    pairs = [
        {"term_a": "医保", "term_b": HOSTILE, "freq": 3, "npmi": 0.5},
        {"term_a": "医保", "term_b": "税", "freq": 1},
    ]
    graph = networkx.read_graphml(convert(tmp_path, "a.graphml", records=pairs))
    labels = {name: data["label"] for name, data in graph.nodes(data=True)}
    assert len(labels) == 3
    assert any("<script>" in label and "\\x1b" in label for label in labels.values())
    assert sorted(data["weight"] for *_, data in graph.edges(data=True)) == [1, 3]
    graph = networkx.read_graphml(convert(tmp_path, "b.graphml"))
    assert [(data["label"], data["docfreq"]) for _, data in graph.nodes(data=True)] == [("医保基金", 1), ("社区", 1)]
    own = [{"from": "甲", "to": "乙"}]
    graph = networkx.read_graphml(convert(tmp_path, "c.graphml", "--source", "from", "--target", "to", records=own))
    assert graph.number_of_edges() == 1
    assert run_jmtools("convert", "--to", "graphml", stdin=b'{"a":1}').returncode == 65


def test_outputs_are_whole_or_absent_and_options_make_sense(tmp_path: Path) -> None:
    for form in ("xlsx", "parquet", "sqlite", "graphml"):
        target = tmp_path / f"out.{form}"
        done = run_jmtools("convert", "--to", form, "-o", target, stdin=b'{"text":"a"}\n{')
        assert (done.returncode, target.exists()) == (65, False)
        assert run_jmtools("convert", "--to", form, stdin=b'{"text":"a"}\n{').stdout == b""
    assert run_jmtools("convert", stdin=b"{}").returncode == 2
    assert run_jmtools("convert", "--to", "txtdir", stdin=b"{}").returncode == 2
    missing = run_jmtools("convert", "--to", "csv", "-f", "keyword", stdin=b'{"keywords":1}')
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"did you mean 'keywords'" in missing.stderr


def test_a_missing_package_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    (tmp_path / "xlsxwriter.py").write_text("raise ImportError")
    for form in ("xlsx", "parquet"):
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from jmtools.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "convert", "--to", form],
            input=b'{"a":1}',
            capture_output=True,
            check=False,
        )
        assert done.returncode == 66
        assert f"pip install '.[{form}]'".encode() in done.stderr


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    data = write(tmp_path, RECORDS[:1] * 400).read_bytes()
    for form in ("xlsx", "sqlite"):
        one = run_jmtools("convert", "--to", form, stdin=data, env={"PYTHONHASHSEED": "1"}).stdout
        assert one == run_jmtools("convert", "--to", form, "-j", "2", stdin=data, env={"PYTHONHASHSEED": "2"}).stdout


def test_kinds_widen_as_values_come() -> None:
    def kind(*values: Any) -> str:
        shape = Shape()
        for value in values:
            shape.merge(_shape(value))
        return shape.kind()

    def _shape(value: Any) -> Shape:
        shape = Shape()
        shape.add(value)
        return shape

    assert kind(1, None) == "int"
    assert kind(1 << 60) == "int"
    assert kind(1 << 60, 0.5) == "text"
    assert kind(1 << 64) == kind(1, "a") == kind(True, 1) == kind("2024-01-01", "昨天") == kind("2024-02-30") == "text"
    assert kind("2024-01-01", None) == "date"
    assert kind([1], {"a": 1}) == kind({}) == kind({str(i): 1 for i in range(500)}) == "json"
    assert kind([{"a": 1}], []) == "list"


@given(st.lists(st.text(max_size=4), max_size=6))
def test_names_are_told_apart_without_regard_to_case(names: list[str]) -> None:
    unique = unique_names(names)
    assert len({name.casefold() for name in unique}) == len(names)
    assert all(unique)


@given(st.text())
def test_a_slug_is_one_plain_word(text: str) -> None:
    assert re.fullmatch(r"[\w.-]*", slug(text))
    assert not slug(text).startswith(".")
