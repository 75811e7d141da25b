"""Conversion of scripts along the borders of words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

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
        ("最精确的历法", "最精確的曆法"),
        ("手机制造商", "手機製造商"),
        ("附近有没有面包店", "附近有沒有麪包店"),
        ("禁止入内不准停车", "禁止入內不准停車"),
        ("检测不准确", "檢測不準確"),
        ("死者系窒息死亡", "死者係窒息死亡"),
        ("他系上围裙", "他繫上圍裙"),
        ("物理系学生", "物理系學生"),
        ("回娘家", "回娘家"),
        ("克制怒气", "克制怒氣"),
    ],
)
def test_words_decide_where_a_phrase_would_cross_their_border(simplified: str, traditional: str) -> None:
    assert ScriptConverter("traditional").convert(simplified, "") == traditional


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("村民范阿春买了稻谷", "村民范阿春買了稻穀"),
        ("范围很大", "範圍很大"),
        ("村民余大海和余女士", "村民余大海和余女士"),
        ("三千余万元的余款", "三千餘萬元的餘款"),
        ("记者于洋、司机于女士", "記者于洋、司機于女士"),
        ("服务于村民，成长于山区", "服務於村民，成長於山區"),
        ("郁国强献上郁金香", "郁國強獻上鬱金香"),
        ("涂大爷买涂料", "涂大爺買塗料"),
        ("老范住在范家沟", "老范住在范家溝"),
        ("律师游文斌去旅游", "律師游文斌去旅遊"),
        ("教练叶冲说", "教練葉沖說"),
        ("选手余里报名", "選手余里報名"),
    ],
)
def test_names_keep_their_characters(simplified: str, traditional: str) -> None:
    assert ScriptConverter("traditional").convert(simplified, "") == traditional


def test_more_sentences_are_right_than_by_phrases_alone() -> None:
    rows = Path(__file__).with_name("sentences_in_both_scripts.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [row.split("\t") for row in rows]
    same = str.maketrans("臺檯颱菸舖佔佈裏", "台台台煙鋪占布裡")
    own = ScriptConverter("taiwan").convert
    right = sum(own(one, "").translate(same) == other.translate(same) for one, other in pairs)
    assert right >= 0.9 * len(pairs)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("妳知道甚麼是牠", "你知道什么是它"),
        ("大砲和枱燈", "大炮和台灯"),
        ("靑山淸水", "青山清水"),
        ("他看著窗外", "他看着窗外"),
        ("著名作家的著作", "著名作家的著作"),
        ("乾隆年間的乾隆縣誌", "乾隆年间的乾隆县志"),
    ],
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
