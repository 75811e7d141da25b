"""Labels: different, of words that say something, never one inside another."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from jmtools.topics.describe import outside_passages, topic_terms
from jmtools.topics.guide import Name
from jmtools.topics.labels import topic_labels
from jmtools.topics.witnesses import spare_copies, texts_of, words_of_texts
from tests.topics.test_topics import articles, fitted


def row(*terms: str) -> list[tuple[str, float]]:
    return [(term, 1 - place / 20) for place, term in enumerate(terms)]


def test_words_of_most_topics_stand_in_no_label() -> None:
    topics = [row("记者", "门诊", "医保"), row("记者", "水库", "暴雨"), row("球队", "记者", "进球")]
    assert topic_labels(topics) == ["门诊·医保", "水库·暴雨", "进球·球队"]
    assert topic_labels(topics[:2]) == ["门诊·医保·记者", "水库·暴雨"]


def test_no_term_of_a_label_is_inside_a_term_of_another() -> None:
    topics = [row("医保局", "门诊", "处方", "药店"), [("医保", 0.9), ("参保", 0.8), ("职工", 0.7), ("缴费", 0.6)]]
    assert topic_labels(topics) == ["医保局·门诊·处方", "参保·职工·缴费"]


def test_places_alone_are_no_label_where_another_word_is_there() -> None:
    assert topic_labels([row("柳荫路", "上海", "东湖路", "停电")]) == ["停电·上海·柳荫路"]
    assert topic_labels([row("柳荫路", "上海")]) == ["上海·柳荫路"]


def test_words_that_say_where_anything_may_be_stand_in_no_label() -> None:
    assert topic_labels([row("家里", "网上", "停电", "供电", "线路", "检修")]) == ["停电·供电·检修"]
    assert topic_labels([row("家里", "网上")]) == ["家里·网上"]


def test_words_that_say_nothing_by_themselves_come_late() -> None:
    assert topic_labels([row("男子", "发生", "抢劫", "地说", "司机", "看着", "判决")]) == ["抢劫·司机·判决"]
    assert topic_labels([row("男子", "发生")]) == ["男子·发生"]


def test_words_that_are_no_keywords_come_after_those_that_are() -> None:
    assert topic_labels([row("提高", "相关", "渔船", "公司", "捕捞", "海鲜")]) == ["渔船·捕捞·海鲜"]
    assert topic_labels([row("提高", "相关", "渔船")]) == ["渔船·提高·相关"]


def test_agencies_and_papers_come_late() -> None:
    assert topic_labels([row("南讯社", "山城日报", "冷泉", "微生物", "甲烷")]) == ["微生物·冷泉·甲烷"]


def test_people_alone_are_no_label_where_another_word_is_there() -> None:
    assert topic_labels([row("李小明", "王建国", "张志强", "渔船")]) == ["渔船·李小明·王建国"]
    assert topic_labels([row("李小明", "王建国", "张志强")]) == ["李小明·王建国·张志强"]


def test_function_words_and_fragments_are_no_terms_where_others_are_there() -> None:
    words = ["于是", "渔船", "地说", "捕捞", "海鲜"]
    assert [term for term, _ in topic_terms(np.arange(5, 0, -1.0)[None], words)[0]] == ["渔船", "捕捞", "海鲜"]
    assert [term for term, _ in topic_terms(np.arange(4, 0, -1.0)[None], words[:4])[0]] == words[:4]


def test_words_that_repeat_one_another_are_not_in_one_label() -> None:
    assert topic_labels([row("皮肤", "肌肤", "护理", "皮层", "美容")]) == ["皮肤·护理·美容"]
    assert topic_labels([row("考生", "考试", "志愿", "招聘")]) == ["考生·志愿·招聘"]
    assert topic_labels([row("停电", "供电", "线路")]) == ["停电·供电·线路"]
    assert topic_labels([row("皮肤", "肌肤")]) == ["皮肤·肌肤"]


def test_a_word_for_which_its_own_topic_has_no_room_may_name_another() -> None:
    first = [("手机", 0.9), ("套餐", 0.8), ("话费", 0.7), ("业务", 0.6)]
    second = [("业务", 0.5), ("成交", 0.1), ("挂牌", 0.1), ("竞拍", 0.1)]
    first.insert(3, ("宽带", 0.65))
    second.insert(1, ("宽带", 0.4))
    assert topic_labels([first, second]) == ["手机·套餐·话费", "宽带·竞拍·成交"]


def test_a_short_word_of_a_large_topic_is_not_lost_to_a_longer_one_of_a_small() -> None:
    labels = topic_labels([[("考试", 0.3), ("复习", 0.2)], [("准考证", 0.9), ("资格考试", 0.7), ("报名点", 0.5)]])
    assert labels == ["考试·复习", "准考证·报名点"]


def present(*records: str) -> csr_matrix:
    return csr_matrix([[float(letter in record) for letter in "abcdefghij"] for record in records])


OTHERS = ["ab", "cd", "ej", "ac", "be", "dj", "ad"]


def test_a_passage_that_some_records_repeat_names_nothing() -> None:
    some = [*OTHERS * 4, *["fghiab", "fghicd", "fghiej"] * 4]
    assert outside_passages(present(*some, *OTHERS), present(*some)) == [0, 1, 2, 3, 4, 9]
    most = [*OTHERS * 2, *["fghiab", "fghicd", "fghiej"] * 8]
    assert outside_passages(present(*most, *OTHERS), present(*most)) == [0, 1, 2, 3, 4, 5, 9]


def test_words_that_always_stand_together_stay_where_they_are_the_topic_or_few() -> None:
    notices = ["abcdefghij"] * 50
    assert outside_passages(present(*notices), present(*notices)) == list(range(10))
    few = [*OTHERS * 4, *["fg"] * 9]
    assert outside_passages(present(*few), present(*few)) == list(range(10))


def test_the_names_of_one_long_story_are_not_those_of_its_topic() -> None:
    words = ["门诊", "处方", "药店", "参保", "住院", "报销"]
    records = [{"text": "、".join(words[i % 6 :] + words[: i % 5])} for i in range(30)]
    records += [{"text": "门诊" + "罗小禾看着医生。" * 60} for _ in range(2)]
    records += [{"text": "渔船出海捕鱼，港口码头归航" + "台风渔汛"[i % 2 * 2 :][:2]} for i in range(30)]
    labels = [record["label"] for record in fitted(records, k=2).topic_records()]
    assert not any("罗小禾" in label for label in labels)


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


def test_words_that_differ_in_case_stand_in_labels_and_terms_once() -> None:
    (terms,) = topic_terms(np.array([[0.5, 0.4, 0.3, 0.2]]), ["Shares", "shares", "profit", "bonds"])
    assert [term for term, _ in terms] == ["Shares", "profit", "bonds"]
    assert topic_labels([row("Shares", "profit"), row("shares", "bonds")]) == ["Shares·profit", "bonds"]


def test_words_that_weigh_next_to_nothing_beside_the_best_stand_in_no_label() -> None:
    assert topic_labels([[("水电", 0.06), ("租金", 0.05), ("柳园", 0.002)]]) == ["水电·租金"]


def test_a_topic_of_passages_keeps_their_words() -> None:
    inside = np.zeros((40, 8))
    inside[:20, :4] = inside[20:, 4:] = 1
    everywhere = csr_matrix(np.vstack([inside, np.zeros((60, 8))]))
    assert outside_passages(everywhere, csr_matrix(inside)) == [0, 4, 1, 2, 3, 5, 6, 7]


def test_agencies_come_late_in_labels() -> None:
    assert topic_labels([row("新华社", "和平", "会谈", "邦交"), row("旅行社", "游客", "景区")]) == [
        "和平·会谈·邦交",
        "旅行社·游客·景区",
    ]
