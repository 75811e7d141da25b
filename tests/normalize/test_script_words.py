"""Conversion of scripts along the borders of words."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.normalize.script import ScriptConverter


@cache
def converter() -> ScriptConverter:
    return ScriptConverter("traditional")


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("百年历史", "百年歷史"),
        ("一个中午", "一個中午"),
        ("每个中学", "每個中學"),
        ("干辣椒", "乾辣椒"),
        ("买了干香菇", "買了乾香菇"),
        ("埃里克森", "埃里克森"),
        ("走了两万里", "走了兩萬里"),
        ("她唯一出现的地方", "她唯一出現的地方"),
        ("房子里", "房子裏"),
        ("干事业", "幹事業"),
        ("理发店里", "理髮店裏"),
    ],
)
def test_words_decide_where_a_phrase_would_cross_their_border(simplified: str, traditional: str) -> None:
    assert ScriptConverter("traditional").convert(simplified, "") == traditional


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("他看著窗外", "他看着窗外"), ("著名作家的著作", "著名作家的著作"), ("乾隆年間的乾隆縣誌", "乾隆年间的乾隆县志")],
)
def test_characters_of_both_scripts_go_by_their_neighbours(traditional: str, simplified: str) -> None:
    assert ScriptConverter("simplified").convert(traditional, "") == simplified


@given(st.text("一个中午百年历史里干辣椒发明被出现唯，。a1", max_size=30))
@settings(deadline=None)
def test_length_stays(text: str) -> None:
    assert len(converter().convert(text, "")) == len(text)


@given(st.lists(st.text("一个中午百年历史里干辣椒发明被布系统出现唯", max_size=12), max_size=4))
@settings(deadline=None)
def test_clauses_are_converted_independently_of_each_other(clauses: list[str]) -> None:
    convert = converter().convert
    assert convert("，".join(clauses), "") == "，".join(convert(clause, "") for clause in clauses)
