"""Keywords of groups of records, and tables of document frequencies as a command."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from jmtools.errors import OptionError
from jmtools.io.records import round6
from jmtools.keywords import KeywordOptions
from jmtools.keywords.grouped import GroupedKeywords
from tests.conftest import ROOT, run_jmtools

RECORDS: list[dict[str, Any]] = [
    {"date": "2024-03-01", "tokens": ["医保", "基金", "医保", "社区"], "text": "医保基金医保社区"},
    {"date": "2024-03-02", "tokens": ["基金", "社区", "社区"], "text": "基金社区社区"},
    {"date": "2024-04-01", "tokens": ["足球", "比赛", "社区"], "text": "足球比赛社区"},
]


def groups(records: list[dict[str, Any]], *by: str, **options: Any) -> list[dict[str, Any]]:
    feature = GroupedKeywords(KeywordOptions(**options), by)
    total = feature.count(records[:1])
    for record in records[1:]:  # any batching gives the same
        total = feature.merge(total, feature.count([record]))
    found = list(feature.records(total))
    assert found == list(feature.records(feature.count(records)))
    return found


def test_class_based_tfidf_is_that_of_bertopic() -> None:
    """BERTopic: counts of each class scaled to 1, times ln(1 + mean words a class / count over the classes)."""
    texts = [" ".join(RECORDS[0]["tokens"] + RECORDS[1]["tokens"]), " ".join(RECORDS[2]["tokens"])]
    vectorizer = CountVectorizer(analyzer=str.split)
    counts = vectorizer.fit_transform(texts).toarray()
    idf = np.log(1 + counts.sum(axis=1).mean() / counts.sum(axis=0))
    expected = counts / counts.sum(axis=1, keepdims=True) * idf
    names = vectorizer.get_feature_names_out()
    found = groups(RECORDS, "date:month", method="tfidf", stopwords="none")
    assert [(g["group"], g["n_docs"]) for g in found] == [("2024-03", 2), ("2024-04", 1)]
    for number, group in enumerate(found):
        scores = {k["term"]: k["score"] for k in group["keywords"]}
        assert scores == {n: round6(s) for n, s in zip(names, expected[number], strict=True) if s > 0}
        assert [k["score"] for k in group["keywords"]] == sorted(scores.values(), reverse=True)
    assert {k["term"]: (k["tf"], k["df"]) for k in found[0]["keywords"]}["社区"] == (3, 2)


def test_groups_of_the_sample_paper_are_told_apart_by_their_keywords() -> None:
    articles = [
        json.loads(line)
        for path in sorted((ROOT / "seeds").glob("*.expected.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    articles = [{"page": r["page"], "headline": r.get("headline"), "text": r["text"]} for r in articles if r["text"]]
    found = groups(articles, "page", top=5, min_docfreq=2)
    assert sum(g["n_docs"] for g in found) == len(articles)
    shown = Counter(k["term"] for g in found for k in g["keywords"])
    assert len(shown) > 0.8 * sum(shown.values())
    assert all(k["df"] <= g["n_docs"] for g in found for k in g["keywords"])


def test_the_command_writes_groups_and_the_report_takes_them(tmp_path: Path) -> None:
    lines = b"".join(json.dumps(r).encode() + b"\n" for r in RECORDS)
    one, two = (
        run_jmtools("keywords", "--group-by", "date:month", "--allow-mixed", "-j", n, stdin=lines) for n in "12"
    )
    assert (one.returncode, one.stderr) == (0, b"")
    assert one.stdout == two.stdout
    assert [sorted(json.loads(line)) for line in one.stdout.splitlines()] == [["group", "keywords", "n_docs"]] * 2
    page = run_jmtools("report", stdin=lines + one.stdout)
    assert page.returncode == 0
    assert "2024-04" in page.stdout.decode()


def test_groups_refuse_what_is_said_of_single_records() -> None:
    with pytest.raises(OptionError, match="--explain"):
        GroupedKeywords(KeywordOptions(explain=True), ("date",))
    done = run_jmtools("keywords", "--group-by", "date", "--idf", "corpus", stdin=b"")
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_tables_are_built_merged_shown_and_used(tmp_path: Path) -> None:
    lines = [json.dumps({"text": t}, ensure_ascii=False).encode() for t in ("医保基金。", "医保条例，", "春耕备耕", "")]
    halves = (tmp_path / "a.idf", tmp_path / "b.idf")
    for path, part in zip(halves, (lines[:2], lines[2:]), strict=True):
        assert run_jmtools("idf", "build", "-o", path, stdin=b"\n".join(part)).returncode == 0
    whole = tmp_path / "whole.idf"
    run_jmtools("keywords", "--idf", "corpus", "--save-idf", whole, stdin=b"\n".join(lines))
    assert run_jmtools("idf", "merge", *halves).stdout == whole.read_bytes()
    info = [json.loads(line) for line in run_jmtools("idf", "info", whole, "background").stdout.splitlines()]
    assert (info[0]["docs"], info[0]["kind"], info[1]["kind"]) == (4, "counted", "jieba's background")
    assert (info[1]["docs"], info[1]["once"]) == (1_088_899, 34_108)
    shown = json.loads(run_jmtools("idf", "show", whole, "-n", "1").stdout)
    assert (shown["term"], shown["df"], shown["df_pct"]) == ("医保", 2, 50)
    used = json.loads(run_jmtools("keywords", "--idf", whole, stdin=lines[0]).stdout)
    assert used["keywords_by"] == {"method": "default", "idf": "file", "idf_docs": 4}
    other = json.loads(run_jmtools("keywords", "--idf", whole, "--segmenter", "jieba", stdin=lines[0]).stdout)
    assert other["keywords_by"]["idf_cut"] == "other"


@pytest.mark.parametrize(
    "arguments", [("merge", "b.idf", "background"), ("merge", "a.idf", "c.idf"), ("show", "no.idf")]
)
def test_tables_that_cannot_be_used_are_named_in_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    head = '{"format":"jmtools-idf","version":1,"docs":1,"segmentation":"%s"}\n{"term":"医","df":1}\n'
    (tmp_path / "a.idf").write_text(head % "x", "utf-8")
    (tmp_path / "b.idf").write_text("医 1.5\n保 2.25\n", "utf-8")
    (tmp_path / "c.idf").write_text(head % "y", "utf-8")
    paths = [tmp_path / name if name.endswith(".idf") else name for name in arguments[1:]]
    done = run_jmtools("idf", arguments[0], *paths)
    assert done.returncode in (2, 66, 74)
    assert (done.stdout, done.stderr.count(b"\n")) == (b"", 1)
    if "c.idf" in arguments:
        mixed = run_jmtools("idf", "merge", "--allow-mixed", *paths)
        assert json.loads(mixed.stdout.splitlines()[1]) == {"term": "医", "df": 2}


def test_a_group_has_no_term_inside_another() -> None:
    made = [
        {"date": "2024-03-01", "text": "医保基金监管条例施行。医保基金监管靠医保局。医保局发布医保手册。" * 3},
        {
            "date": "2024-03-02",
            "text": "医保基金监管进社区。医保局讲解医保政策，医保目录更新。防汛队伍巡查水库，学校公开菜单。" * 3,
        },
        {"date": "2024-04-02", "text": "龙舟赛开桨，龙舟队训练。"},
    ]
    found = [keyword["term"] for keyword in groups(made, "date:month", top=8)[0]["keywords"]]
    assert len(found) > 2
    assert not [(one, other) for one in found for other in found if one != other and one in other]
    every = [keyword["term"] for keyword in groups(made, "date:month", top=8, nested="all")[0]["keywords"]]
    assert any(one != other and one in other for one in every for other in every)
