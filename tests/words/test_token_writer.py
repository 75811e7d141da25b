"""Words written as JSON by the core: the bytes that a JSON writer makes of the segmenter's words."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import RecordError
from jmtools.words.core import load_core
from jmtools.words.segment import load_segmenter
from jmtools.words.token_writer import LONGEST_TEXT, TokenWriter

core = load_core()
if core is None:
    pytest.skip("no compiled core here", allow_module_level=True)
WRITER, SEGMENTER = TokenWriter(core), load_segmenter()
LETTERS = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from('江门日报記者採訪了龘，。5月19日23,876&nbsp;a.cn@👍🏽\ue000\r\n\t"\\\b\f\x00\x1f\x7f\u2028'),
)


@settings(max_examples=800, deadline=None)
@given(st.text(LETTERS))
def test_any_text_is_written_as_its_words(text: str) -> None:
    assert WRITER.write(text) == orjson.dumps(SEGMENTER.cut(text))


@pytest.mark.parametrize("text", ["", "價格23,876元，臺灣😀👍🏽", '"' * 5000, "\x01" * 3000, "5月19日" * 2000])
def test_hard_texts_are_written_as_their_words(text: str) -> None:
    assert WRITER.write(text) == orjson.dumps(SEGMENTER.cut(text))


def test_long_texts_are_left_to_the_segmenter() -> None:
    assert WRITER.write("江" * (LONGEST_TEXT + 1)) is None


def test_a_lone_surrogate_is_named() -> None:
    with pytest.raises(RecordError, match=r"U\+D800 at character 3"):
        WRITER.write("中国\ud800人")
