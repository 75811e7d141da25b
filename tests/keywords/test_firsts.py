"""The first keywords: terms that readers would strike wait until three are chosen."""

from __future__ import annotations

import numpy as np
import pytest

from jmtools.io.installed import read_data
from jmtools.keywords.choice import choose
from jmtools.keywords.digit_table import DigitTable
from jmtools.keywords.extract import KeywordExtractor
from jmtools.keywords.formula import Formula
from jmtools.keywords.habits import GRADE, WIDTH, as_habit, habits_of
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.trees import FIRSTS, LEAST_TRUST, load_trees, trusts


def rows(**trusted: float) -> list[RankedTerm]:
    """Terms, each with half of the score of the one before it."""
    return [
        RankedTerm(-(0.5**place), term, 1, place, 1, trust=trust) for place, (term, trust) in enumerate(trusted.items())
    ]


def test_a_term_of_little_trust_waits_until_three_are_chosen() -> None:
    chosen = choose(rows(新闻=0.05, 渔港=0.9, 灯塔=0.9, 海图=0.9, 缆绳=0.9), 5)
    assert [row.term for row in chosen] == ["渔港", "灯塔", "海图", "新闻", "缆绳"]
    assert [row.order for row in chosen] == [-0.5, -0.25, -0.125, -0.125, -0.0625]  # no score above the one before
    assert [row.weight for row in chosen] == [1, 1, 1, 0.125, 1]


def test_it_does_not_wait_for_much_worse_ones() -> None:
    assert [row.term for row in choose(rows(新闻=0.3, 渔港=0.5, 灯塔=0.1), 3)] == ["新闻", "渔港", "灯塔"]


@pytest.mark.parametrize("top", [1, 2, 4])
def test_the_first_are_the_same_however_many_are_wanted(top: int) -> None:
    found = rows(新闻=0.05, 渔港=0.4, 灯塔=0.9, 海图=0.9, 缆绳=0.2)
    assert [row.term for row in choose(found, top)] == [row.term for row in choose(found, 5)][:top]


def test_trust_counts_for_lists_of_usual_terms_alone() -> None:
    found = rows(新闻=0.05, 渔港=0.9, 灯塔=0.9)
    for chosen in (choose(found, 3, first=0), choose(found, 3, nested="all"), choose(found, 3, nested="none")):
        assert [row.term for row in chosen] == ["新闻", "渔港", "灯塔"]


def test_trust_is_the_square_of_a_chance_and_never_nothing() -> None:
    assert trusts(np.array([0.0, 100.0, -100.0])).tolist() == pytest.approx([0.25, 1.0, LEAST_TRUST])


def test_words_have_habits_in_both_scripts() -> None:
    simple, traditional, unknown = habits_of(["汽车", "汽車", "瓯舟礁"])
    assert simple.tolist() == traditional.tolist()
    assert len(simple) == WIDTH
    assert int(simple[:GRADE].min()) > 0
    assert not unknown[:GRADE].any()
    assert habits_of([]).shape == (0, WIDTH)


def test_words_have_grades_and_marks_have_none() -> None:
    graded = habits_of(["二氧化碳", "二氧化碳", "学生", "起着", "瓯舟炎", "礁", "30127", "，"])[:, GRADE].tolist()
    specific, _, wide, empty, *guessed, mark = graded
    assert as_habit(5) == specific > wide > empty > mark == 0
    assert min(guessed) > 0


def test_a_table_tells_the_same_of_few_words_and_of_many() -> None:
    words = ["汽车", "瓯舟礁", "", "ABS", "\uffff", "汽车 ", "\ud800", "中国", "龟", "汽"]
    table = DigitTable("word-habits.txt")
    few = table.of(words)
    assert few == table.of([*words, *["渔"] * 1000])[: len(words)]
    assert [len(values) > 0 for values in few[:4]] == [True, False, False, True]


def test_every_word_of_a_table_is_found() -> None:
    words = [line.split(" ")[0] for line in read_data("word-habits.txt").splitlines()[1:]]
    assert words == sorted(set(words))
    assert all(DigitTable("word-habits.txt").of([*words[:3], *words[::97], *words[-3:]]))


def test_general_words_are_trusted_less_than_what_a_text_is_of() -> None:
    text = "游客在码头看渔民补网。渔民说，补网用的尼龙线是镇上的网厂送的，补网不难，游客也能学。"
    chosen = KeywordExtractor(KeywordOptions(top=5)).apply([{"text": text}])[0]["keywords"]
    assert "游客" not in [one["term"] for one in chosen[:3]]


def test_trees_for_the_first_are_off_where_the_others_are() -> None:
    whole = Formula().firsts
    assert whole is not None
    assert len(whole.leaf) == len(load_trees(FIRSTS).leaf)
    assert Formula(("idf",)).firsts is None
    assert Formula(tf="bm25").firsts is None
