"""Words as numbers: the same words as the segmenter gives as strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.counts.tally import Vocabulary
from jmtools.errors import RecordError
from jmtools.words.core import load_core
from jmtools.words.numbers import WordNumbers
from jmtools.words.segment import load_segmenter

core = load_core()
if core is None:
    pytest.skip("no compiled core here", allow_module_level=True)
NUMBERS = WordNumbers(core)
SEGMENTER = load_segmenter()
LETTERS = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from("江门日报记者采访了龘，。5月19日23,876&nbsp;a.cn@👍🏽\ue000\r\n")
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.text(LETTERS), max_size=4))
def test_numbers_are_those_of_the_words(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    NUMBERS.forget()
    for text in texts:
        found = NUMBERS.of(text, vocabulary.encode)
        names = vocabulary.terms()
        assert found is None or [names[number] for number in found.tolist()] == SEGMENTER.cut(text)


def test_simplified_text_has_numbers_and_traditional_text_is_read_as_strings() -> None:
    assert NUMBERS.of("投资23,876元", Vocabulary().encode) is not None
    NUMBERS.forget()
    assert NUMBERS.of("價格上漲，臺灣報紙", Vocabulary().encode) is None


def test_a_lone_surrogate_is_named() -> None:
    with pytest.raises(RecordError, match=r"U\+D800 at character 3"):
        NUMBERS.of("中国\ud800人", Vocabulary().encode)
