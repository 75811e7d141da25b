"""`confidence` and `flags`: the right signs from probabilities of my own, and less of it where more is in doubt."""

import math
from pathlib import Path
from typing import Any

import pytest

from jmtools.pages import Page, PageSplitter, split_page
from jmtools.pages.confidence import SIGNS, set_confidence, share_right, signs
from jmtools.pages.inputs import PageInputs
from jmtools.pages.lines import Line
from jmtools.pages.model import Decoded
from jmtools.pages.roles import ROLES

NAMES = tuple(ROLES)
LINES = [Line("字" * 10, number, number, 0, 0, 0) for number in range(1, 5)]


def decoded(*chances: dict[str, float], restored: float = 0.0) -> Decoded:
    """Return four lines with these chances of roles, of which the likeliest is theirs."""
    roles = [max(chance, key=chance.__getitem__) for chance in chances]
    margins = [{NAMES.index(role): value for role, value in chance.items()} for chance in chances]
    return Decoded(roles, margins, [()] * len(chances), restored=restored)


def records() -> list[dict[str, Any]]:
    """Return two records of two lines each."""
    return [
        {"line_start": 1, "line_end": 2, "flags": [], "confidence": None},
        {"line_start": 3, "line_end": 4, "flags": [], "confidence": None},
    ]


PAGE = ({"H": 0.9, "S": 0.1}, {"P": 1.0}, {"H": 0.8, "S": 0.2}, {"P": 1.0})


def test_signs_are_what_they_say() -> None:
    first, second = signs(records(), LINES, decoded(*PAGE, restored=0.25))
    own = 0.9 * 0.8, 0.8  # the roles of its lines, and the border below
    odds = [math.log(chance / (1 - chance)) for chance in own]
    assert first == pytest.approx((odds[0], odds[1], 0.3 / 4, 0.25, math.log(2)))
    assert second == pytest.approx((odds[1], odds[0], 0.3 / 4, 0.25, math.log(2)))
    assert len(first) == len(SIGNS)


@pytest.mark.parametrize("sign", range(len(SIGNS)))
def test_what_is_less_sure_has_less_confidence(sign: int) -> None:
    usual = (2.0, 2.0, 0.1, 0.0, 1.0)
    worse = [value + (-1.0 if i < 2 else 0.1) * (i == sign) for i, value in enumerate(usual)]
    assert share_right(worse) < share_right(usual)


def test_flags_say_which_line_is_in_doubt() -> None:
    found = records()
    set_confidence(found, LINES, decoded({"H": 1.0}, {"P": 0.6, "C": 0.4}, {"H": 0.8, "S": 0.2}, {"P": 0.8, "H": 0.2}))
    assert [record["flags"] for record in found] == [["doubtful_role"], ["doubtful_start", "doubtful_inside"]]
    found = records()
    set_confidence(found, LINES, decoded({"H": 1.0}, {"P": 1.0}, {"H": 1.0}, {"E": 0.7, "P": 0.3}))
    assert [record["flags"] for record in found] == [[], ["column_order_guessed"]]


def test_a_page_that_lost_its_stops_says_less() -> None:
    page = [
        "北岭大桥今日通车",
        "北岭大桥今天上午正式通车，两岸居民过江只要十分钟，大桥全长一千二百米，双向六车道，工期三年。",
        "市建设局局长何守田说，北岭大桥是全市第三座公路桥，日通行能力三万辆，轮渡将在月底停航。",
        "通车仪式以前，市民代表二百多人从桥上走过，最年长的乔四喜今年八十一岁，他在渡口撑了四十年船。",
        "大桥的两端设有公共汽车站，十七路和二十路公共汽车从今天起改走大桥，末班车延长到夜里十一点。",
        "桥头公园也在当天开放，园内种了三百棵银杏，设有步道两千米，老人们很早就来散步，孩子们放起风筝。",
    ]
    whole = split_page("\n".join(page))
    lost = split_page("\n".join(line.rstrip("。") if i % 2 else line for i, line in enumerate(page)))
    assert [record["text"].replace("。", "") for record in whole] == [one["text"].replace("。", "") for one in lost]
    assert lost[0]["confidence"] < whole[0]["confidence"]


def test_text_that_a_reader_lost_is_told_of_every_article() -> None:
    page = Page("桥通车\n大桥昨天通车，两岸居民都来看。\n", flags=("text_lost",))
    assert [record["flags"][-1] for record in PageSplitter().split(page).records] == ["text_lost"]


def test_flags_of_a_page_record_are_read_whatever_stands_there(tmp_path: Path) -> None:
    rows = ['["footnotes", "text_lost", 3]', "null", '"text_lost"', "[]"]
    file = tmp_path / "pages.jsonl"
    file.write_text("".join(f'{{"text": "桥通车", "flags": {row}}}\n' for row in rows), encoding="utf-8")
    pages = [page for page in PageInputs((str(file),)).read() if isinstance(page, Page)]
    assert [page.flags for page in pages] == [("text_lost",), (), (), ()]


def test_an_article_without_a_headline_is_never_sure() -> None:
    found = records()
    found[0]["flags"].append("no_headline")
    set_confidence(found, LINES, decoded({"P": 1.0}, {"P": 1.0}, {"H": 1.0}, {"P": 1.0}))
    assert found[0]["confidence"] < 0.5 < found[1]["confidence"]
