"""Topics: the same in any order, few records, models, and what is right by labels."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import normalized_mutual_info_score
from sklearn.naive_bayes import ComplementNB

from jmtools.errors import DataError
from jmtools.topics import ClusterOptions, CorpusTopics, WordScanner, cluster
from jmtools.topics.bayes import judge, learn, learn_shares, settle
from jmtools.topics.consensus import shared_information, silhouette, small_partition
from jmtools.topics.describe import topic_terms
from jmtools.topics.follow import follow
from jmtools.topics.guide import Name, Seed, read_names, read_seeds
from jmtools.topics.labels import topic_labels
from jmtools.topics.latent import latent
from jmtools.topics.means import means
from jmtools.topics.methods import METHODS
from jmtools.topics.model import TopicModel, load_model, save_model
from jmtools.topics.sample import Sampler
from jmtools.topics.tree import levels
from jmtools.words.reader import SegmentOptions
from jmtools.words.stopwords import load_stopwords
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
    empty = b"jmtools cluster: note: the input is empty: nothing to work on\n"
    notes = (rb"\d records are too few", rb"-k \d+: \d+ topics? found;", b"the records are too much", b"1 of 4 records")
    few = b"jmtools cluster: note: (" + b"|".join(notes) + rb") [^\n]*\n"
    told = re.sub(few, b"", done.stderr)
    assert (done.returncode, told) == (0, b"" if records else empty)
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


def test_copies_of_a_few_texts_are_a_topic_each() -> None:
    texts = ["市医院门诊延长开放", "球队客场进球取胜", "水库泄洪水位下降"]
    found = fitted([{"text": text} for text in texts * 20]).topic_records()
    assert [record["size"] for record in found] == [20, 20, 20]
    words = fitted([{"text": text} for text in ("停电", "供电", "球队", "医院", "水库") * 8]).topic_records()
    assert {record["label"] for record in words} == {"停电", "供电", "球队", "医院", "水库"}


def test_too_few_records_and_mixed_scripts_are_told() -> None:
    done = run_jmtools("cluster", stdin=lines([{"text": t} for t in ("门诊医保", "球队进球", "水库泄洪")]))
    assert b"3 records are too few to choose a number of topics: they are one topic; -k N parts them" in done.stderr
    simple = "医院门诊医生药品治疗手术护理疫苗处方球队比赛联赛进球冠军"
    texts = [simple, "醫院門診醫生藥品治療手術護理疫苗處方球隊比賽聯賽進球冠軍"] * 10
    assert b"the text is in both scripts" in run_jmtools("cluster", stdin=lines([{"text": t} for t in texts])).stderr
    done = run_jmtools("cluster", "-k", "3", stdin=lines([{"text": "12:30 3.5%"}] * 4))
    assert done.stderr == b"jmtools cluster: note: no record has a word of any topic: every topic is -1\n"


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
        ("model.json", b'{"format":"jmtools-topics","version":1}'),
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


def test_a_model_keeps_what_its_words_are_worth(tmp_path: Path) -> None:
    found = fitted(articles(60), k=4)
    assert found.model is not None
    save_model(found.model, str(tmp_path))
    worth = load_model(str(tmp_path)).space.worth
    assert worth.tolist() == found.model.space.worth.tolist()
    assert worth.min() < worth.max()
    before = load_model(str(ROOT / "tests" / "data" / "topics")).space.worth  # of version 3, which had none
    assert set(before.tolist()) == {1.0}


def test_themes_are_told_by_words_that_say_something_not_by_manners() -> None:
    chance, records = random.Random(3), []
    manners = [["于是", "看着", "说道", "忽然", "果然", "似乎"], ["此外", "其中", "目前", "据悉", "有关", "进行"]]
    themes = [THEMES["医保"][:12], THEMES["防汛"][:12]]
    for number in range(160):
        theme, manner = number % 2, number // 2 % 2
        tokens = chance.choices(themes[theme], k=5) + chance.choices(manners[manner], k=14)
        records.append({"id": number, "tokens": tokens})
    found = cluster(records, ClusterOptions(k=2, stopwords="none"))
    assert normalized_mutual_info_score([n % 2 for n in range(160)], [r["topic"] for r in found]) > 0.9


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


def fitted(records: list[dict[str, Any]], previous: TopicModel | None = None, **options: Any) -> CorpusTopics:
    feature = CorpusTopics(ClusterOptions(**options), previous)
    feature.absorb(WordScanner(feature.options.segment, vectors=feature.options.vectors).scan(records))
    feature.fit()
    return feature


def themes_of(feature: CorpusTopics, records: list[dict[str, Any]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for record, fields in zip(records, feature.fields(), strict=True):
        found.setdefault(fields["topic"], set()).add(record["theme"])
    return found


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_themes_in_any_order(method: str) -> None:
    records = articles(120)
    shuffled = records[:]
    random.Random(3).shuffle(shuffled)
    one, other = fitted(records, k=4, method=method), fitted(shuffled, k=4, method=method)
    assert sorted(len(themes) for themes in themes_of(one, records).values()) == [1, 1, 1, 1]
    assert one.topic_records() == other.topic_records()
    of = {r["id"]: f for r, f in zip(shuffled, other.fields(), strict=True)}
    assert [of[r["id"]] for r in records] == list(one.fields())


def test_the_mixture_is_the_known_one() -> None:
    from scipy.sparse import csr_matrix
    from sklearn.naive_bayes import MultinomialNB

    chance = np.random.default_rng(1)
    matrix = csr_matrix(chance.random((60, 30)) * (chance.random((60, 30)) < 0.3))
    labels = chance.integers(0, 4, 60)
    known = MultinomialNB(alpha=0.1, fit_prior=False).fit(matrix, labels)
    assert learn_shares(matrix, labels, 4) == pytest.approx(known.feature_log_prob_)
    fixed = np.where(np.arange(60) < 5, labels, -1)
    _, weights = settle(matrix, labels, 4, 1, fixed=fixed)
    belief = known.predict_proba(matrix)
    belief[:5] = np.eye(4)[labels[:5]]
    mass = belief.T @ matrix.toarray() + 0.1
    assert weights == pytest.approx(np.log(mass / mass.sum(axis=1, keepdims=True)))


def test_seeds_make_their_topics_and_give_their_names(tmp_path: Path) -> None:
    path = tmp_path / "seeds.txt"
    path.write_text("# wanted\n绿茵：球队 进球、球迷\n处方 骗保\n", "utf-8")
    seeds = read_seeds(str(path))
    assert seeds == (Seed("绿茵", ("球队", "进球", "球迷")), Seed(None, ("处方", "骗保")))
    records = articles(120)
    feature = fitted(records, k=4, seeds=seeds)
    by_label = {r["label"]: r for r in feature.topic_records()}
    assert by_label["绿茵"]["seed"] == ["球队", "进球", "球迷"]
    assert by_label["绿茵"]["named"]
    themes = themes_of(feature, records)
    assert themes[by_label["绿茵"]["topic"]] == {"足球"}
    assert len(themes) == 4
    path.write_text("空的：\n", "utf-8")
    with pytest.raises(DataError, match="line 1: a topic without words"):
        read_seeds(str(path))


def test_labels_name_and_merge_and_numbers_stay(tmp_path: Path) -> None:
    records = articles(120)
    plain = fitted(records, k=4)
    first = plain.topic_records()[3]["label"]
    path = tmp_path / "names.tsv"
    path.write_text(f"{first}\t丁\n0,2\t甲丙\n", "utf-8")
    names = read_names(str(path))
    assert names == (Name("丁", (first,)), Name("甲丙", (0, 2)))
    feature = fitted(records, k=4, names=names)
    assert [(r["topic"], r["label"]) for r in feature.topic_records() if r.get("named")] == [(0, "甲丙"), (3, "丁")]
    assert [r["size"] for r in feature.topic_records()] == [60, 30, 30]
    assert all(len(themes) == (2 if topic == 0 else 1) for topic, themes in themes_of(feature, records).items())
    assert feature.model is not None
    save_model(feature.model, str(tmp_path / "model"))
    again = load_model(str(tmp_path / "model"))
    assert (again.rows, again.free, again.topics) == (feature.model.rows, 4, feature.topic_records())
    with pytest.raises(DataError, match="there is no topic 9"):
        fitted(records, k=4, names=(Name("x", (9,)),))
    path.write_text('{"topic":1,"label":"乙"}\n', "utf-8")
    assert read_names(str(path)) == (Name("乙", (1,)),)
    path.write_text("1 乙\n", "utf-8")
    with pytest.raises(DataError, match="a tab and a name"):
        read_names(str(path))


def test_an_update_keeps_numbers_and_tells_what_is_new_and_gone() -> None:
    everything = articles(240)
    then = [r for r in everything[:120] if r["theme"] != "教育"]
    now = [r for r in everything[120:] if r["theme"] != "防汛"]
    old = fitted(then, k=3, names=(Name("甲", (1,)),))
    before = {next(iter(themes)): topic for topic, themes in themes_of(old, then).items()}
    feature = fitted(now, old.model, k=3)
    after = {next(iter(themes)): topic for topic, themes in themes_of(feature, now).items()}
    assert after == {"医保": before["医保"], "足球": before["足球"], "教育": 3}
    assert feature.course.gone == [before["防汛"]]
    records = {r["topic"]: r for r in feature.topic_records()}
    assert (records[3]["status"], records[3]["from"]) == ("new", [])
    assert {r["status"] for r in records.values()} == {"kept", "new"}
    if before["防汛"] != 1:
        assert records[1]["label"] == "甲"
    assert feature.model is not None
    assert feature.model.free == 4


def test_topics_split_and_merge() -> None:
    alike = np.ones((2, 3))
    split = follow(np.array([[60, 40, 0], [0, 0, 50]]), alike, [0, 7], 8)
    assert (split.numbers, split.status, split.origins) == ([0, 8, 7], ["kept", "split", "kept"], [[0], [0], [7]])
    merged = follow(np.array([[60], [40]]), np.ones((2, 1)), [0, 7], 8)
    assert (merged.numbers, merged.status, merged.origins, merged.gone) == ([0], ["merged"], [[0, 7]], [7])
    unlike = follow(np.array([[60, 40, 0], [0, 0, 50]]), alike * [[1, 0, 1]], [0, 7], 8)
    assert (unlike.numbers, unlike.status) == ([0, 8, 7], ["kept", "new", "kept"])


def test_levels_join_what_is_alike() -> None:
    near = np.kron(np.eye(3), np.ones((3, 2))) + 0.01 + 0.1 * np.eye(9, 6)
    (first,) = levels(near / near.sum(axis=1, keepdims=True), np.array([1, 1, 1, 5, 5, 5, 2, 2, 2]))
    assert first.tolist() == [2, 2, 2, 0, 0, 0, 1, 1, 1]
    assert levels(near[:3], np.ones(3, np.int64)) == []


def test_topics_of_topics_have_records() -> None:
    records = fitted(articles(120), k=4, hierarchy=True).topic_records()
    leaves, above = records[:4], records[4:]
    assert [r["topic"] for r in above] == [4, 5]
    assert {r["level"] for r in above} == {1}
    for parent in above:
        own = [r for r in leaves if r["parent"] == parent["topic"]]
        assert parent["children"] == [r["topic"] for r in own]
        assert parent["size"] == sum(r["size"] for r in own)
        assert parent["parent"] is None


def test_many_means_are_as_near_as_those_of_scikit_learn() -> None:
    from sklearn.cluster import KMeans
    from sklearn.datasets import make_blobs

    vectors, truth = make_blobs(400, 6, centers=7, cluster_std=0.6, random_state=3)
    single = vectors.astype(np.float32)
    labels, costs = means(single, 7, runs=6, rounds=50, draws=np.random.default_rng(1))
    inertia = [
        sum(float(((p - p.mean(0)) ** 2).sum()) for p in (vectors[own == c] for c in set(own))) for own in labels
    ]
    known = KMeans(7, n_init=10, random_state=0).fit(vectors)
    assert min(inertia) == pytest.approx(known.inertia_, rel=1e-4)
    assert (
        np.argsort(costs.round(1), kind="stable").tolist() == np.argsort(np.round(inertia, 1), kind="stable").tolist()
    )
    assert normalized_mutual_info_score(truth, labels[costs.argmin()]) == 1


def test_latent_vectors_are_the_singular_ones() -> None:
    from scipy.sparse import csr_matrix

    rng = np.random.default_rng(5)
    matrix = rng.normal(size=(80, 6)) @ rng.normal(size=(6, 300))  # six directions, and nothing else
    found = latent(csr_matrix(matrix), 6, rng)
    left, values, _ = np.linalg.svd(matrix, full_matrices=False)
    assert np.linalg.norm(found, axis=0) == pytest.approx(values[:6], rel=1e-4)
    assert np.abs((found / values[:6] * left[:, :6]).sum(axis=0)) == pytest.approx(np.ones(6), rel=1e-3)


def test_agreement_and_silhouette_are_the_known_ones() -> None:
    from sklearn.metrics import silhouette_score

    rng = np.random.default_rng(4)
    one, other = rng.integers(0, 4, 60), rng.integers(0, 6, 60)
    assert shared_information(one, other) == pytest.approx(normalized_mutual_info_score(one, other))
    assert shared_information(one, (one + 1) % 4) == pytest.approx(1)
    assert shared_information(one * 0, one) == pytest.approx(0, abs=1e-12)
    vectors = rng.normal(size=(60, 3))
    distances = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    one[:1] = 4  # a cluster of one
    assert silhouette(distances, one) == pytest.approx(silhouette_score(vectors, one))


def test_few_records_are_cut_as_scikit_learn_cuts_them() -> None:
    from scipy.sparse import csr_matrix
    from sklearn.cluster import AgglomerativeClustering

    rows = np.random.default_rng(6).random((18, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    for k in (2, 3, 7):
        known = AgglomerativeClustering(k, linkage="ward").fit_predict(rows)
        assert normalized_mutual_info_score(known, small_partition(csr_matrix(rows), k)) == pytest.approx(1)


def test_a_bag_is_what_the_words_say() -> None:
    records = [*articles(30), {"tokens": ["的", "医保"]}, {"tokens": []}, {"tokens": ["医保", "医保", "2024", "防汛"]}]
    bags, first = WordScanner(SegmentOptions()).scan(records), 0
    stop = {"2024", *load_stopwords("default")}
    for record, size in zip(records, bags.sizes.tolist(), strict=True):
        span = slice(first, first + size)
        found = {
            list(bags.words)[i]: n for i, n in zip(bags.numbers[span].tolist(), bags.counts[span].tolist(), strict=True)
        }
        assert found == Counter(word for word in record["tokens"] if len(word) > 1 and word not in stop)
        first += size
    again = WordScanner(SegmentOptions()).scan([{"tokens": record["tokens"][::-1]} for record in records[::-1]])
    assert again.digests.tolist() == bags.digests.tolist()[::-1]
    assert len(set(bags.digests.tolist())) == len(records)


def test_a_sample_is_the_smallest_digests_however_it_is_gathered() -> None:
    records = articles(90)
    whole = WordScanner(SegmentOptions()).scan(records)
    smallest = sorted(whole.digests.tolist())[:20]
    for step in (1, 7, 90):
        sampler = Sampler(SegmentOptions(), "default", 20)
        total = sampler.count([])
        for start in range(0, 90, step):
            total = sampler.merge(total, sampler.count(records[start : start + step]))
        total.trim()
        assert sorted(d for bags in total.bags for d in bags.digests.tolist()) == smallest
        shown = {json.loads(line)["id"] for bags in total.bags for line in bags.labels.splitlines()}
        assert shown == {records[i]["id"] for i in np.flatnonzero(np.isin(whole.digests, smallest)).tolist()}
        assert total.seen == 90


def test_copies_of_a_text_take_little_room_in_a_sample() -> None:
    records = articles(90)
    digests = WordScanner(SegmentOptions()).scan(records).digests
    often = int(np.argmin(digests))  # of whose 400 copies 50 are kept, which take the room of 8
    many = [*records, *[records[often]] * 399]
    for step in (7, 489):
        sampler = Sampler(SegmentOptions(), "default", 50)
        total = sampler.count([])
        for start in range(0, len(many), step):
            total = sampler.merge(total, sampler.count(many[start : start + step]))
        total.trim()
        found = [digest for bags in total.bags for digest in bags.digests.tolist()]
        assert sorted(set(found)) == sorted(digests.tolist())[:43]
        assert (found.count(int(digests[often])), len(found)) == (50, 92)


def test_a_sample_gives_all_their_topics(tmp_path: Path) -> None:
    records, topics = articles(400), tmp_path / "topics.jsonl"
    (tmp_path / "in.jsonl").write_bytes(lines(records))
    done = run_jmtools("cluster", "-k", "4", "--sample", "100", "--topics", topics, tmp_path / "in.jsonl")
    assert done.stderr == b"jmtools cluster: topics found in 100 of 400 records\n"
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert normalized_mutual_info_score([r["theme"] for r in found], [r["topic"] for r in found]) > 0.98
    assert sum(json.loads(line)["size"] for line in topics.read_bytes().splitlines()) == 100
    piped = run_jmtools("cluster", "--sample", "100", stdin=lines(records))
    assert (piped.returncode, len(piped.stderr.splitlines())) == (2, 1)


def test_the_usual_way_does_without_scikit_learn() -> None:
    code = (
        "import sys\nfrom jmtools.topics import ClusterOptions, cluster\n"
        "for n in 5, 60: list(cluster([{'tokens': ['医保', '基金', f'词{i % 7}']} for i in range(n)]))\n"
        "sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
