import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.words.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲说：“好！”乙走了。\n丙3.5米", ["甲说：“好！”", "乙走了。\n", "丙3.5米"]),
        ("标题\n第一句。第二句……（完）", ["标题\n", "第一句。", "第二句……", "（完）"]),
        ("甲。\n\n乙？！", ["甲。\n\n", "乙？！"]),
        ("He left. 3.14 is it.", ["He left.", " 3.14 is it."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text("甲乙。！…”）.\n a1"))
def test_sentences_are_the_whole_text(text: str) -> None:
    spans = list(sentence_spans(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
