import pytest

from jmtools.pages import split_page
from jmtools.pages.lead_marks import roles_by_marks

BODIES = [
    "甯江縣商會昨日開會到者三十六人議決三項一為平糶二為修堤三為籌辦夜校至六時散會",
    "西門外柴行昨晚起火延燒五間幸水龍趕到未成巨災損失約二千元",
    "縣立高小本月十五日舉行遠足師生一百八十人同往北山午後始返",
    "往來甯江之順泰輪因機件損壞停駛三日搭客改乘帆船頗覺不便云",
]
HEADS = ["商會開會", "西門外火警", "高小遠足", "順泰輪停駛"]


@pytest.mark.parametrize("mark", ["◎", "●", "▲", "■"])
def test_headlines_that_all_have_the_mark_of_the_first_start_articles(mark: str) -> None:
    page = "\n".join(f"{mark}{head}\n{body}" for head, body in zip(HEADS, BODIES, strict=True))
    assert [record["headline"] for record in split_page(page)] == [f"{mark}{head}" for head in HEADS]


def test_marks_of_bylines_and_lists_start_nothing() -> None:
    assert (
        roles_by_marks(["□本报记者 陈小舟", "正文。", "□本报记者 王大川", "正文。", "□本报记者 柳春明", "正文。"]) == {}
    )
    assert roles_by_marks(["●平糶", "●修堤", "●夜校", "议决三项。"]) == {}
    assert roles_by_marks(["商会开会", "●平糶", "议决如下。", "●修堤", "议决如下。", "●夜校", "议决如下。"]) == {}


def test_furniture_above_the_first_headline_does_not_matter() -> None:
    assert roles_by_marks(["甯江日報", *"◎一 甲。 ◎二 乙。 ◎三 丙。".split()], head=1).keys() == {1, 3, 5}  # noqa: SIM905
