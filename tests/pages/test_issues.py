from jmtools.pages import Folio, Page, split_pages

FIRST = """
北渡临港产业园跑出招商加速度

本报记者 温以宁

今年前两个月,北渡临港产业园新签约项目三十一个,计划总投资一百八十六亿元,产业园新开工项目十二个,企业产值增长。

产业园管委会副主任说,过去是企业来了再找地,现在是地整理好了等企业,产业园的土地储备图上绿色的是熟地。

下转A02版
"""
SECOND = """
上接A01版

产业园去年十一月把一处旧厂房改造成标准厂房,企业从看房到搬迁只用了四十二天,项目产值从此翻了一番。

市图书馆延长开放时间

本报讯(记者 周文)从本月起,市图书馆开放时间延长到晚上十点,周末不闭馆,读者可以在自习区借阅图书。
"""


def pages(second: str = SECOND, date: str = "2024-03-11") -> list[Page]:
    return [
        Page(FIRST, "a", Folio("澜江日报", "2024-03-11", "A01")),
        Page(second, "b", Folio(None, date, "A02")),
    ]


def test_the_parts_of_an_article_become_one_record() -> None:
    records = list(split_pages(pages()))
    assert [record["headline"] for record in records] == ["北渡临港产业园跑出招商加速度", "市图书馆延长开放时间"]
    whole = records[0]
    assert whole["pages"] == ["A01", "A02"]
    assert [part["source"] for part in whole["parts"]] == ["a", "b"]
    assert whole["text"].count("\n") == 2
    assert not set(whole["flags"]) & {"unresolved_jump", "orphan_continuation"}


def test_a_sentence_cut_by_the_page_break_is_rejoined() -> None:
    first = FIRST.replace("绿色的是熟地。", "绿色的是")
    second = SECOND.replace("产业园去年", "熟地,黄色的正在平整。产业园去年")
    folio = Folio("澜江日报", "2024-03-11", "A01")
    records = list(split_pages([Page(first, "a", folio), *pages(second)[1:]]))
    assert "绿色的是熟地,黄色的" in records[0]["text"]


def test_jumps_of_different_days_stay_apart_and_are_flagged() -> None:
    records = list(split_pages(pages(date="2024-03-12")))
    assert len(records) == 3
    assert "unresolved_jump" in records[0]["flags"]
    assert "orphan_continuation" in records[1]["flags"]


def test_a_jump_to_another_page_is_not_taken() -> None:
    records = list(split_pages(pages(SECOND.replace("A01", "A07"))))
    assert [record["type"] for record in records] == ["article", "continuation", "article"]
