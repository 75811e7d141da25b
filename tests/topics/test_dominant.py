"""A theme that most records share is a topic, and copies of one text are one witness."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from jmtools.topics.methods import METHODS
from tests.conftest import run_jmtools
from tests.topics.test_topics import articles, fitted, lines, themes_of

STREETS = "青石街 柳荫路 南塘巷 文昌里 北渡街 望江路 梧桐街 槐荫里 东湖路 石桥巷 安定街 光华里".split()  # noqa: SIM905 - easier to read


def notices(count: int) -> list[dict[str, Any]]:
    chance = random.Random(7)
    made = []
    for number in range(count):
        one, other = chance.sample(STREETS, 2)
        day = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日{chance.randint(6, 9)}时"
        text = (
            f"因供电线路检修需要，定于{day}起对{one}、{other}一带停电。停电期间请用户做好准备，线路随时可能恢复送电，"
            "请勿擅自接触供电设备。因停电带来不便，敬请谅解。详情请咨询供电公司。"
        )
        made.append({"id": f"n{number}", "headline": "停电通知", "text": text, "theme": "停电"})
    return made


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("k", [None, 8])
def test_notices_that_differ_in_streets_are_one_topic(method: str, k: int | None) -> None:
    records = notices(200)
    feature = fitted(records, method=method, k=k)
    (topic,) = feature.topic_records()
    assert (topic["topic"], topic["size"], feature.alike, feature.wordless) == (0, 200, True, 0)
    assert set(topic["label"].split("·")) == {"供电", "停电", "线路"}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("k", [None, 5])
def test_notices_beside_fewer_articles_are_a_topic_of_their_own(method: str, k: int | None) -> None:
    records = notices(320) + articles(300)
    random.Random(2).shuffle(records)
    feature = fitted(records, method=method, k=k)
    themes = themes_of(feature, records)
    assert -1 not in themes
    assert [theme for theme in themes.values() if "停电" in theme] == [{"停电"}]
    assert len(themes) >= 5  # density finds its own number
    assert all(len(found) == 1 for found in themes.values())
    first = feature.topic_records()[0]
    assert (first["size"], first["label"].split("·")[0]) == (320, "供电")


@pytest.mark.parametrize("count", [5, 12, 40])
def test_few_notices_are_one_topic_too(count: int) -> None:
    assert [r["size"] for r in fitted(notices(count)).topic_records()] == [count]


def test_a_theme_in_other_words_each_time_keeps_its_words() -> None:
    chance = random.Random(4)
    words = "晴 多云 气温 最高 最低 偏北风 阵雨 湿度 夜间 白天 转晴 能见度 冷空气 回升".split()  # noqa: SIM905 - as above
    weather = [
        {"tokens": chance.sample(words, 8) + chance.choices(["微风", "大雾", "霾"], k=1), "theme": "天气"}
        for _ in range(320)
    ]
    records = weather + articles(300)
    feature = fitted(records, k=5)
    themes = themes_of(feature, records)
    assert -1 not in themes
    assert [theme for theme in themes.values() if "天气" in theme] == [{"天气"}]


def test_copies_are_one_witness() -> None:
    records = articles(120)
    copies = [records[0] | {"id": f"c{number}"} for number in range(300)]
    alone, beside = fitted(records), fitted(records + copies)
    then, now = list(alone.fields()), list(beside.fields())
    assert {f["topic_label"] for f in now[120:]} == {now[0]["topic_label"]}
    groups = [{i for i, f in enumerate(found[:120]) if f["topic"] == t} for found in (then, now) for t in range(4)]
    assert sorted(map(sorted, groups[:4])) == sorted(map(sorted, groups[4:]))
    for topic in beside.topic_records():
        assert len({shown["headline"] for shown in topic["representatives"]}) == 3


def test_what_cannot_be_told_apart_is_said(tmp_path: Path) -> None:
    done = run_jmtools("cluster", stdin=lines(notices(200)))
    assert done.stderr == (
        b"jmtools cluster: note: the records are too much alike to be told apart: they are one topic\n"
    )
    (tmp_path / "in.jsonl").write_bytes(lines([*articles(120), {"tokens": []}, {"tokens": ["只此一处"]}]))
    done = run_jmtools("cluster", "-k", "4", tmp_path / "in.jsonl")
    assert done.stderr == b"jmtools cluster: note: 2 of 122 records have no word of any topic: their topic is -1\n"


@pytest.mark.parametrize("method", [method for method in METHODS if method != "density"])  # it parts them by streets
def test_a_theme_with_four_of_five_records_leaves_room_for_others(method: str) -> None:
    others = [record for record in articles(240) if record["theme"] != "停电"][:60]
    records = notices(240) + others
    feature = fitted(records, method=method)
    themes = themes_of(feature, records)
    assert not feature.alike
    assert [theme for theme in themes.values() if "停电" in theme] == [{"停电"}]
    assert len(themes) >= 3
    first = feature.topic_records()[0]
    assert (first["size"], first["label"].split("·")[0]) == (240, "供电")


def test_a_few_odd_records_among_notices_do_not_part_them_by_streets() -> None:
    feature = fitted(notices(200) + articles(4))
    assert feature.alike
    assert [record["size"] for record in feature.topic_records()] == [204]
