"""Topics: the same in any order, few records, models, and what is right by labels."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import normalized_mutual_info_score
from sklearn.naive_bayes import ComplementNB

from jmtools.topics import ClusterOptions, cluster
from jmtools.topics.bayes import judge, learn
from jmtools.topics.describe import topic_labels, topic_terms
from tests.conftest import ROOT, run_jmtools

WORDS = {
    "医保": "医保 基金 门诊 报销 参保 药店 医院 住院 定点 监管 医保局 待遇 职工 共济 处方 就医 骗保 药品 结算 异地",
    "防汛": "暴雨 水库 水位 防汛 转移 堤防 预警 降雨 洪水 抢险 泄洪 内涝 警戒 山洪 巡查 沙袋 水文 应急 群众 险情",
    "足球": "比赛 球队 进球 主场 联赛 教练 球员 射门 比分 球迷 门将 补时 点球 战术 揭幕 赛季 下半场 裁判 传球 胜利",
    "教育": "学校 招生 学生 教师 课程 报名 入学 校园 学位 考试 教室 课堂 家长 作业 校车 班级 志愿 录取 教育局 课后",
}
THEMES = {theme: words.split() for theme, words in WORDS.items()}
COMMON = "我市 今年 工作 市民 记者 部门 表示 活动 开展 情况 进行 介绍"


def articles(count: int, seed: int = 1) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    common = COMMON.split()
    made = []
    for number in range(count):
        theme = list(THEMES)[number % 4]
        words = chance.choices(THEMES[theme], k=30) + chance.choices(common, k=20)
        words += chance.choices(THEMES[chance.choice(list(THEMES))], k=4)
        chance.shuffle(words)
        made.append({"id": f"a{number}", "headline": f"{theme}{number}", "tokens": words, "theme": theme})
    return made


def lines(records: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def clustered(records: list[dict[str, Any]], *options: str | Path) -> list[dict[str, Any]]:
    done = run_jmtools("cluster", *options, stdin=lines(records))
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_themes_are_found_and_their_number_too() -> None:
    records = list(cluster(articles(400)))
    assert len({r["topic"] for r in records}) == 4
    assert normalized_mutual_info_score([r["theme"] for r in records], [r["topic"] for r in records]) > 0.95
    assert all(0 <= r["topic_score"] <= 1 for r in records)


@pytest.mark.parametrize("count", [12, 200])
def test_the_order_of_the_input_changes_nothing(count: int) -> None:
    records = articles(count)
    shuffled = records[:]
    random.Random(3).shuffle(shuffled)
    one, other = clustered(records, "-k", "4"), clustered(shuffled, "-k", "4", "--jobs", "2")
    key = lambda r: r["id"]  # noqa: E731
    assert sorted(one, key=key) == sorted(other, key=key)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 6, 7])
@pytest.mark.parametrize("options", [(), ("-k", "3")])
def test_few_records_are_no_difficulty(count: int, options: tuple[str, ...]) -> None:
    records = articles(count)
    found = clustered(records, *options)
    assert len(found) == count
    assert sorted({r["topic"] for r in found}) == list(range(len({r["topic"] for r in found})))


def test_equal_records_and_records_without_words() -> None:
    same = [{"text": "医保基金监管条例施行"}] * 3 + [{"text": "。"}]
    found = clustered(same, "-k", "2")
    assert len({r["topic"] for r in found[:3]}) == 1
    assert (found[3]["topic"], found[3]["topic_label"]) == (-1, None)


def test_topic_records_tell_sizes_terms_and_representatives(tmp_path: Path) -> None:
    path = tmp_path / "topics.jsonl"
    found = clustered(articles(200), "-k", "4", "--topics", path)
    topics = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [t["topic"] for t in topics] == [0, 1, 2, 3]
    assert [t["size"] for t in topics] == sorted((t["size"] for t in topics), reverse=True)
    assert sum(t["size"] for t in topics) == 200
    assert sum(t["share"] for t in topics) == pytest.approx(1)
    terms = [term for t in topics for term in t["label"].split("·")]
    assert len(terms) == len(set(terms)) == 12
    of = {r["id"]: r["topic"] for r in found}
    for topic in topics:
        assert [of[r["id"]] for r in topic["representatives"]] == [topic["topic"]] * 3
        assert topic["stability"] > 0.9
        assert -1 <= topic["coherence"] <= 1
    instead = run_jmtools("cluster", "-k", "4", "--topics", "-", stdin=lines(articles(200)))
    assert instead.stdout == path.read_bytes()


def test_a_model_assigns_as_it_was_fitted(tmp_path: Path) -> None:
    records = articles(300)
    found = clustered(records, "--save-model", tmp_path / "model")
    done = run_jmtools("assign", "--model", tmp_path / "model", "--allow-mixed", stdin=lines(records))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.splitlines()] == found


def test_outliers_are_marked_on_request() -> None:
    records = [*articles(200), {"id": "x", "tokens": ["裁判", "水库", "报销", "校车"]}]
    assert clustered(records, "-k", "4")[-1]["topic"] >= 0
    marked = clustered(records, "-k", "4", "--outliers", "mark", "--threshold", "0.6")
    assert marked[-1]["topic"] == -1
    assert sum(r["topic"] == -1 for r in marked) < 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.json", b"[]"),
        ("model.json", b'{"format":"jmtools-topics","version":2}'),
        ("model.json", b"\x80\x04pickle"),
        ("terms.jsonl", b'{"term":1}\n'),
        ("weights.npz", b"PK\x03\x04"),
        ("weights.npz", b"\x93NUMPY"),
    ],
)
def test_what_is_no_model_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(ROOT / "tests" / "data" / "topics", folder)
    (folder / name).write_bytes(content)
    done = run_jmtools("assign", "--model", folder, "--allow-mixed", stdin=b'{"text":"a"}\n')
    assert done.returncode != 0
    assert name.encode() in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_model_of_other_words_is_refused(tmp_path: Path) -> None:
    records = [{"text": "医保基金监管"}, {"text": "防汛抢险救灾"}]
    clustered(records, "--save-model", tmp_path / "model")
    done = run_jmtools("assign", "--segmenter", "jieba", "--model", tmp_path / "model", stdin=lines(records))
    assert done.returncode == 2
    assert b"--allow-mixed" in done.stderr


def test_naive_bayes_is_the_known_one() -> None:
    from scipy.sparse import csr_matrix

    chance = np.random.default_rng(1)
    matrix = csr_matrix(chance.random((60, 30)) * (chance.random((60, 30)) < 0.3))
    labels = chance.integers(0, 4, 60)
    known = ComplementNB().fit(matrix, labels)
    mine, scores = judge(matrix, learn(matrix, labels, 4))
    assert (mine == known.predict(matrix)).all()
    assert scores == pytest.approx(known.predict_proba(matrix).max(axis=1))


def test_terms_are_not_inside_each_other_and_labels_differ() -> None:
    terms = topic_terms(np.array([[3.0, 2.0, 1.0, 0.5], [3.5, 0.0, 0.5, 0.4]]), ["医保", "医保局", "门诊", "水库"])
    assert [[term for term, _ in row] for row in terms] == [["医保", "门诊", "水库"], ["医保", "门诊", "水库"]]
    assert topic_labels(terms) == ["门诊·水库", "医保"]


@pytest.mark.parametrize("k", ["0", "x", "-1"])
def test_a_wrong_number_of_topics_is_named(k: str) -> None:
    done = run_jmtools("cluster", "-k", k, stdin=b"")
    assert done.returncode == 2
    assert b"-k" in done.stderr


def test_options_reach_the_fit() -> None:
    records = articles(200)
    assert len({r["topic"] for r in cluster(records, ClusterOptions(k=2))}) == 2
    assert len({r["topic"] for r in cluster(records, ClusterOptions(k_range=(2, 3)))}) in (2, 3)
    few = articles(15)
    assert len({r["topic"] for r in cluster(few, ClusterOptions(k=7))}) == 7
