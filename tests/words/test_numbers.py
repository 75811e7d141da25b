"""Words as numbers: the same words as the segmenter gives as strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.counts.tally import Vocabulary
from jmtools.errors import RecordError
from jmtools.words.core import load_core
from jmtools.words.numbers import CoreNumbers, WordNumbers
from jmtools.words.segment import load_segmenter

core = load_core()
if core is None:
    pytest.skip("no compiled core here", allow_module_level=True)
SEGMENTER = load_segmenter()
NUMBERS = WordNumbers(core, SEGMENTER.cut)
LETTERS = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from("江门日报记者采访了龘，。5月19日23,876&nbsp;a.cn@👍🏽\ue000\r\n")
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.text(LETTERS), max_size=4))
def test_numbers_are_those_of_the_words(texts: list[str]) -> None:
    are_those_of_the_words(texts)


def are_those_of_the_words(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    NUMBERS.forget()
    numbers, counts = NUMBERS.of(texts, vocabulary.encode)
    names = vocabulary.terms()
    words = [SEGMENTER.cut(text) for text in texts]
    assert [names[number] for number in numbers.tolist()] == [word for found in words for word in found]
    assert counts.tolist() == list(map(len, words))
    assert len({*names}) == len(names)


FIGURES = st.one_of(
    st.sampled_from(
        ["1,234", "12:30", "2024年5月19日", "9时45分30秒", ".5%", "‰", "http://a.cn", "www.", "５月", "時"]
    ),
    st.text(st.sampled_from("0123456789,,::：/年月日号时点分秒.%‰aZ中 \n"), min_size=1, max_size=6),
    st.text(st.sampled_from("0123456789"), min_size=1, max_size=5),
)


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.lists(FIGURES, max_size=12).map("".join), max_size=4))
def test_figures_and_dates_are_found_as_the_expressions_find_them(texts: list[str]) -> None:
    are_those_of_the_words(texts)


SCRIPTS = st.one_of(
    st.sampled_from(list("著作名原瞭望解藉口由憑答覆雜核乾隆淨於甚麼麽臺灣報紙這個们国来时發後裡說,，a1\n")),
    st.sampled_from(
        ["9時45分", "5月19號", "3點20分5秒", "1,234", "&nb", "a@b.cn", "<p>", "R&D", "a<b", "@", "&#3;", "😀"]
    ),
)


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.lists(SCRIPTS, max_size=14).map("".join), max_size=4))
def test_traditional_text_is_known_by_its_simplified_characters(texts: list[str]) -> None:
    are_those_of_the_words(texts)


def test_simplified_and_traditional_texts_stand_beside_each_other() -> None:
    texts = ["投资23,876元", "價格上漲，臺灣報紙", "", "价格😀"]
    vocabulary = Vocabulary()
    NUMBERS.forget()
    numbers, counts = NUMBERS.of(texts, vocabulary.encode)
    assert "".join(vocabulary.terms()[number] for number in numbers.tolist()) == "".join(texts)
    assert counts.tolist() == [len(SEGMENTER.cut(text)) for text in texts]


def test_a_lone_surrogate_is_named() -> None:
    with pytest.raises(RecordError, match=r"U\+D800 at character 3"):
        NUMBERS.of(["中国\ud800人"], Vocabulary().encode)


def test_a_text_of_many_pieces_has_the_numbers_of_its_words() -> None:
    assert core is not None
    numbers = CoreNumbers(core, SEGMENTER.cut)
    plain = "第三次会议审议通过了《决定》，投资23,876元，见www.example.com/a，并就有关问题作出部署。" * 9_000
    for text in (plain, plain + "價格"):
        found, counts = numbers.of(["医保", text, "会议"])
        assert numbers.cutter.names(found.tolist()) == [
            w for part in ("医保", text, "会议") for w in SEGMENTER.cut(part)
        ]
        assert counts.sum() == len(found)
    with pytest.raises(RecordError):
        numbers.of([plain + "\ud800"])
