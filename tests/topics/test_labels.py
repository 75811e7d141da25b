"""Labels: different, of words that say something, never one inside another."""

from __future__ import annotations

import numpy as np

from jmtools.topics.describe import topic_terms
from jmtools.topics.guide import Name
from jmtools.topics.labels import topic_labels
from jmtools.topics.witnesses import spare_copies, texts_of, words_of_texts
from tests.topics.test_topics import articles, fitted


def row(*terms: str) -> list[tuple[str, float]]:
    return [(term, 1 - place / 20) for place, term in enumerate(terms)]


def test_words_of_most_topics_stand_in_no_label() -> None:
    topics = [row("记者", "门诊", "医保"), row("记者", "水库", "暴雨"), row("球队", "记者", "进球")]
    assert topic_labels(topics) == ["门诊·医保", "水库·暴雨", "球队·进球"]
    assert topic_labels(topics[:2]) == ["记者·门诊·医保", "水库·暴雨"]


def test_no_term_of_a_label_is_inside_a_term_of_another() -> None:
    topics = [row("医保局", "门诊", "处方", "药店"), [("医保", 0.9), ("参保", 0.8), ("职工", 0.7), ("缴费", 0.6)]]
    assert topic_labels(topics) == ["医保局·门诊·处方", "参保·职工·缴费"]


def test_places_alone_are_no_label_where_another_word_is_there() -> None:
    assert topic_labels([row("柳荫路", "上海", "东湖路", "停电")]) == ["柳荫路·上海·停电"]
    assert topic_labels([row("柳荫路", "上海")]) == ["柳荫路·上海"]


def test_words_that_say_where_anything_may_be_stand_in_no_label() -> None:
    assert topic_labels([row("家里", "网上", "停电", "供电", "线路", "检修")]) == ["停电·供电·线路"]
    assert topic_labels([row("家里", "网上")]) == ["家里·网上"]


def test_amounts_and_the_titles_of_columns_are_no_terms() -> None:
    words = ["亿美元", "万人次", "第一季度", "每股", "图文", "快讯", "两会", "五一"]
    weights = np.arange(len(words), 0, -1.0)[None]
    assert [term for term, _ in topic_terms(weights, words)[0]] == ["两会", "五一"]


def test_a_topic_without_words_of_its_own_has_a_label_all_the_same() -> None:
    best, same = row("医保", "门诊", "处方"), [("医保", 0.5), ("门诊", 0.4), ("处方", 0.3)]
    labels = topic_labels([best, same, same])
    assert len(set(labels)) == 3
    assert not any("#" in label for label in labels)


def test_a_label_differs_from_every_given_name() -> None:
    records = articles(120)
    first, second = (record["label"] for record in fitted(records, k=4).topic_records()[:2])
    found = fitted(records, k=4, names=(Name(second, (0,)),)).topic_records()
    assert found[0]["label"] == second
    assert len({record["label"] for record in found}) == 4
    assert found[1]["label"].startswith(second)
    assert first not in {record["label"] for record in found}


def test_stop_words_of_english_are_no_terms() -> None:
    themes = ["council budget tax levy audit bond", "river flood levee storm dam gauge"]
    records = []
    for number in range(60):
        words = themes[number % 2].split()
        one, two, three = words[number % 3 :: 2][0], words[(number + 1) % 6], words[(number + 3) % 6]
        text = f"The {one} was not what they said it would be. We have the {two} and this {three}, which is theirs."
        records.append({"text": text, "theme": number % 2})
    terms = {term["term"] for topic in fitted(records, k=2).topic_records() for term in topic["terms"]}
    assert terms <= {*themes[0].split(), *themes[1].split()}


def test_page_links_and_wires_are_no_terms() -> None:
    weights = np.array([[3.0, 2.0, 1.0]])
    assert topic_terms(weights, ["一页", "医保", "图库"]) == [[("医保", 2.0)]]
    assert topic_terms(weights, ["新华网", "医保", "专电"]) == [[("医保", 2.0)]]
    assert topic_terms(weights[:, :1], ["一页"]) == [[("一页", 3.0)]]


def test_a_text_and_its_copies_are_counted_once() -> None:
    records = [[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 7], [0, 8, 9], [0, 8, 9], [], []]
    numbers = np.array([word for record in records for word in record], np.int32)
    sizes = np.array([len(record) for record in records], np.int32)
    digests = np.array([-5, 1, 2, 2, 9, 9])
    texts = texts_of(numbers, np.ones(len(numbers), np.int32), sizes, digests)
    assert len(set(texts.tolist())) == 3
    assert texts[0] == texts[1]
    assert words_of_texts(numbers, sizes, texts, 10).tolist() == [2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert spare_copies(np.array([4] * 9 + [2])).tolist() == [True] * 3 + [False] * 6 + [True]


def test_a_topic_without_terms_of_its_own_has_a_label_that_nests_in_no_other() -> None:
    terms = [
        [("医保基金", 0.9), ("门诊共济", 0.8), ("报销", 0.7), ("医保", 0.6)],
        [("龙舟", 0.9), ("端午", 0.8), ("医保", 0.7), ("比赛", 0.6)],
        [("医保", 0.5), ("端午", 0.4), ("报销", 0.3), ("共济", 0.2)],
    ]
    terms[2] += [("渔船", 0.1)]
    terms[0] += [("渔船", 0.2)]
    labels = [label.split("·") for label in topic_labels(terms)]
    words = [word for label in labels for word in label]
    assert len({tuple(label) for label in labels}) == 3
    assert not [(a, b) for a in words for b in words if a != b and a in b]
