"""Tables in jieba's own format, and the document frequencies behind them."""

import json
import math
from pathlib import Path

import pytest

from jmtools.counts.idf_values import background_idf, read_idf_values
from jmtools.errors import ModelError
from tests.conftest import run_jmtools

COUNTS = {"医保": 1, "基金": 4, "水库": 2, "我们": 900}
EXACT = "".join(f"{word} {math.log(1000 / count):.6f}\n" for word, count in COUNTS.items()).encode()
OTHER = "医保 3.25\n基金 2.5\n水库 1.125\n".encode()


def test_whole_counts_are_found_behind_the_values() -> None:
    table = read_idf_values(EXACT, "own")
    assert (table.docs, table.frequencies()) == (1000, COUNTS)
    assert table.counts_of(["基金", "潜艇", ""]) == [4, 0, 0]
    assert table.idfs(["基金"]).tolist() == [round(math.log(250), 6)]
    assert table.idf("潜艇") == table.unknown == pytest.approx((math.log(250) + math.log(500)) / 2, abs=1e-6)
    assert table.origin == {"idf": "file", "idf_docs": 1000}


def test_other_values_are_taken_as_they_are() -> None:
    table = read_idf_values(OTHER, "own")
    assert (table.docs, table.frequencies(), table.counts_of(["医保"])) == (None, None, [None])
    assert table.idfs(["医保", "潜艇"]).tolist() == [3.25, 2.5]
    assert table.origin == {"idf": "file"}


def test_a_word_counts_in_either_script() -> None:
    table = read_idf_values("水库 3.5\n醫保 2.5\n".encode(), "own")
    assert table.idfs(["水庫", "水库", "醫保"]).tolist() == [3.5, 3.5, 2.5]
    assert background_idf().idf("水庫") == background_idf().idf("水库")


def test_a_mark_line_ends_tabs_and_blank_lines_do_not_matter() -> None:
    data = b"\xef\xbb\xbf" + OTHER.replace(b"\n", b"\r\n\r\n").replace(b" ", b"\t")
    assert read_idf_values(data, "own").idfs(["医保", "基金"]).tolist() == [3.25, 2.5]


@pytest.mark.parametrize("line", ["医保", "医保 x", "医保 nan", "医保 inf", " 3", "Open AI 3", b"\xff\xfe 3"])
def test_what_is_no_such_line_is_named(line: str | bytes) -> None:
    with pytest.raises(ModelError, match="own: line 2: not a word and its idf"):
        read_idf_values("水库 1\n".encode() + (line if isinstance(line, bytes) else line.encode()), "own")


def test_keywords_tell_how_many_records_have_a_word_with_any_table(tmp_path: Path) -> None:
    record = json.dumps({"text": "医保基金监管，医保报销，水库放水。"}).encode()
    path = tmp_path / "own.txt"
    path.write_bytes(EXACT)
    for name, docs, expected in ((path, 1000, 1), ("background", 1_088_899, background_idf().counts_of(["医保"])[0])):
        done = json.loads(run_jmtools("keywords", "--idf", name, "--method", "tfidf", stdin=record).stdout)
        assert done["keywords_by"]["idf_docs"] == docs
        assert {k["term"]: k["df"] for k in done["keywords"]}["医保"] == expected
    some = json.loads(run_jmtools("keywords", "--idf", path, "--min-docfreq", "2", stdin=record).stdout)
    assert {k["term"] for k in some["keywords"]} == {"基金", "水库"}
    path.write_bytes(OTHER)
    assert json.loads(run_jmtools("keywords", "--idf", path, stdin=record).stdout)["keywords"][0]["df"] is None
    assert run_jmtools("keywords", "--idf", path, "--min-docfreq", "2", stdin=record).returncode == 2


def test_tables_of_values_are_shown_and_merged(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes(EXACT)
    shown = [json.loads(line) for line in run_jmtools("idf", "show", path, "-n", "1").stdout.splitlines()]
    assert shown == [{"term": "我们", "df": 900, "df_pct": 90, "idf": 0.105361, "known": True}]
    (info,) = [json.loads(line) for line in run_jmtools("idf", "info", path).stdout.splitlines()]
    assert (info["kind"], info["docs"], info["terms"], info["once"]) == ("jieba's format", 1000, 4, 1)
    merged = [json.loads(line) for line in run_jmtools("idf", "merge", path, path).stdout.splitlines()]
    assert (merged[0]["docs"], merged[1]) == (2000, {"term": "我们", "df": 1800})
