"""The terms of the index: the same from numbers and from strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.archive.terms import NumberTerms, StringTerms, term_of, terms_of
from jmtools.words.core import load_core
from jmtools.words.reader import SegmentOptions, WordReader

PIECES = [
    "医保",
    "医保局",
    "粤港澳大湾区",
    "5G-A",
    "，",
    "\n",
    " ",
    "阿卜·杜拉",
    "3月5日9:45",
    "www.a.cn",
    "國際",
    "𠮷野",
    "é",
    "\u3000",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=8).filter(str.isprintable)


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_numbers_give_what_strings_give(texts: list[tuple[str, str]]) -> None:
    core = load_core()
    if core is None:
        pytest.skip("there is no segmenter core")
    cut = WordReader(SegmentOptions()).cut
    assert NumberTerms(core, cut).of(texts) == StringTerms(cut).of(texts)


def test_long_records_have_the_terms_of_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    core = load_core()
    if core is None:
        pytest.skip("there is no segmenter core")
    texts = [("医保新政", "粤港澳，医保。" * 5), ("", "会议"), ("粤港", "澳大湾区"), ("5G-A", "")]
    cut = WordReader(SegmentOptions()).cut
    for size in (1 << 18, 2, 1):
        monkeypatch.setattr("jmtools.archive.terms._SLICE", size)
        assert NumberTerms(core, cut).of(texts) == StringTerms(cut).of(texts)


def test_the_columns_of_a_record() -> None:
    (found,) = StringTerms(WordReader(SegmentOptions()).cut).of([("医保新政", "粤港澳，医保。")])
    assert (found.words, found.headline, found.text, found.inside) == (4, "医保 新政", "粤港澳 医保", "粤港 港澳")
    assert found.is_whole


def test_a_word_is_one_term_however_the_index_parts_it() -> None:
    assert [term_of(word) for word in ("医保", "5G-A", "3.5%")] == ["医保", "5G-A", "3.5%"]
    assert term_of("阿卜·杜拉") == "阿卜\ue001杜拉"
    assert terms_of("阿卜·杜拉").inside.split()[-2:] == ["阿卜", "杜拉"]
