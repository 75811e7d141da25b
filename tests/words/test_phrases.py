"""Phrases: words in a row, found whole, never one over another."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from jmtools.words.phrases import Phrases, edges_of, is_row, words_in_text


def found(phrases: list[str], tokens: list[str]) -> list[tuple[int, int, int]]:
    return list(Phrases(phrases, lambda text: [text]).find("".join(tokens), tokens, edges_of(tokens)))


def test_a_phrase_does_not_overlap_itself() -> None:
    assert found(["人 人"], ["人", "人", "人", "人", "人"]) == [(0, 0, 2), (0, 2, 4)]
    assert found(["讲 卫生 讲"], ["讲", "卫生", "讲", "卫生", "讲"]) == [(0, 0, 3)]


def test_phrases_may_overlap_each_other() -> None:
    assert sorted(found(["医保 基金", "基金 监管"], ["医保", "基金", "监管"])) == [(0, 0, 2), (1, 1, 3)]


def test_a_part_of_a_word_is_no_word() -> None:
    assert found(["保 基金"], ["医保", "基金"]) == []
    assert found(["医保 基"], ["医保", "基金"]) == []


def test_a_word_that_is_segmented_is_found_as_its_parts() -> None:
    phrases = Phrases(["医保基金"], lambda text: ["医保", "基金"] if text == "医保基金" else [text])
    tokens = ["医保", "基金", "，", "医保基金"]
    assert list(phrases.find("".join(tokens), tokens, edges_of(tokens))) == [(0, 0, 2), (0, 3, 4)]
    whole = Phrases(["医保基金"], lambda text: [text])
    assert list(whole.find("".join(tokens), tokens, edges_of(tokens))) == [(0, 3, 4)]


def test_words_that_were_left_out_interrupt_a_phrase() -> None:
    data = {"text": "医保的基金，医保基金"}
    text, tokens, edges = words_in_text(data, ["医保", "基金", "医保", "基金"])
    places = [(edges[a], edges[b]) for _, a, b in Phrases(["医保 基金"], lambda t: [t]).find(text, tokens, edges)]
    assert places == [(6, 10)]


def test_a_row_is_more_than_one_word() -> None:
    assert is_row("医保基金", lambda _: ["医保", "基金"])
    assert not is_row(" 医保 ", lambda text: [text])


@given(
    st.lists(st.sampled_from(["甲", "乙", "甲乙"]), max_size=12),
    st.lists(st.sampled_from(["甲", "乙"]), min_size=1, max_size=3),
)
def test_places_are_those_of_a_plain_search(tokens: list[str], phrase: list[str]) -> None:
    # words as one character each, so that `re` finds non-overlapping rows from the left
    code = {"甲": "a", "乙": "b", "甲乙": "c"}
    plain = re.finditer("".join(code[word] for word in phrase), "".join(code[word] for word in tokens))
    assert [(a, b) for _, a, b in found([" ".join(phrase)], tokens)] == [match.span() for match in plain]
