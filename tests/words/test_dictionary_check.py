import json
from pathlib import Path
from typing import Any

import pytest

from jmtools.words.dictionary_check import check_dictionary
from tests.conftest import Run


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    names = ["江畔·夜跑节", "Open AI", "江畔", "Ｏｐｅｎ　ＡＩ"]
    lines = ["大湾区", "粤港澳大湾区", "湾区大学", *names, "长" * 300, "Phone 15"]
    path.write_text("\n".join(["# words", *lines, ""]), encoding="utf-8")
    return path


CORPUS = [
    {"headline": "粤港澳大湾区", "text": "大湾区与粤港澳大湾区大学，OpenAI，open-ai。"},
    {"text": "江畔江畔"},
]


def part(record: dict[str, Any], *names: str) -> list[Any]:
    return [record[name] for name in names]


def by_entry(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record["entry"]: record for record in records}


def test_each_line_is_told_what_became_of_it(words: Path) -> None:
    got = by_entry(list(check_dictionary([str(words)], CORPUS)))
    assert part(got["粤港澳大湾区"], "status", "freq", "docfreq", "needed") == ["found", 2, 1, 2]
    assert part(got["大湾区"], "status", "freq", "shadowed") == ["found", 1, 2]
    assert got["大湾区"]["shadowed_by"] == ["粤港澳大湾区"]
    assert part(got["湾区大学"], "status", "freq", "shadowed") == ["shadowed", 0, 1]
    assert part(got["江畔·夜跑节"], "status", "freq", "shadowed") == ["never found", 0, 0]
    assert got["江畔"]["freq"] == 2
    assert got["江畔"]["line"] == 7
    assert got["Open AI"]["note"].startswith("stands 2 times in another spelling")
    assert got["Ｏｐｅｎ　ＡＩ"]["status"] == "duplicate"
    assert part(got["长" * 300], "status", "line") == ["malformed", 9]
    assert got["Phone"]["status"] == "never found"


def test_without_a_corpus_only_the_lines_are_judged(words: Path) -> None:
    rows = list(check_dictionary([str(words)]))
    got = by_entry(rows)
    assert (got["江畔"]["status"], got["江畔·夜跑节"]["status"]) == ("known", "new")
    assert [row["status"] for row in rows if row["line"] == 10] == ["new", "known", "ambiguous"]


def test_needed_counts_where_the_segmenter_alone_would_fail(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("国会议\n日报\n", encoding="utf-8")
    got = by_entry(list(check_dictionary([str(path)], [{"text": "中国会议，江门日报"}])))
    assert (got["国会议"]["freq"], got["国会议"]["needed"]) == (1, 1)
    assert (got["日报"]["freq"], got["日报"]["needed"]) == (1, 0)


def test_the_command(words: Path, jmtools: Run, tmp_path: Path) -> None:
    corpus = b"".join(json.dumps(record).encode() + b"\n" for record in CORPUS)
    done = jmtools("dict", "check", words, "-", stdin=corpus)
    assert done.returncode == 3
    assert b"1 malformed line" in done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == list(check_dictionary([str(words)], CORPUS))
    good = tmp_path / "good.txt"
    good.write_text("江畔\n", encoding="utf-8")
    done = jmtools("dict", "check", good)
    assert (done.returncode, done.stderr) == (0, b"")
    assert jmtools("dict", "check", tmp_path / "nowhere").returncode == 74
