"""Borders that are decided several at once: rows of briefs, whole items, headlines below a kicker with a colon."""

from itertools import pairwise, product
from math import exp
from pathlib import Path

import pytest

from jmtools.errors import ModelError
from jmtools.pages import split_page
from jmtools.pages.borders import load_border_weights, with_starts
from jmtools.pages.brief_rows import begins_with, possible_rows, row_chances
from jmtools.pages.features import view_page
from jmtools.pages.kicker_rows import kicker_rows
from jmtools.pages.lines import page_lines
from jmtools.pages.log_linear import total_of
from jmtools.pages.model import Decoded
from jmtools.pages.roles import ROLES
from jmtools.pages.ties import Ties
from jmtools.pages.whole_items import OpenBlock, border_chances, open_blocks

NAMES = "".join(ROLES)
ARTICLE = [
    "临江码头换了新吊机",
    "本报讯临江码头昨天换上第一台新吊机，吊机臂长四十米，一小时能卸三十箱，比老吊机快一倍，工人不用再爬高。",
    "码头调度何守田说，老吊机用了二十六年，刮风就要停，新吊机六级风里照样作业，临江码头今年的装卸量要添两成。",
]
BRIEFS = [
    "云台县水利局近日完成十二座小水库的除险加固，水库下游三万亩稻田可以按时灌溉，汛期也不再怕漫坝。",
    "白山市第一人民医院昨天开通网上挂号，市民可以提前七天预约专家门诊，退号也不用再到窗口排队。",
    "青石镇中学师生三月八日在校园里种下五百棵银杏，每个班认养一片，毕业时把记录簿交给下一届同学。",
]


def decoded_of(roles: str, starts: dict[int, float]) -> Decoded:
    """Return roles of lines, and how probable it is that each begins an item."""
    margins = []
    for i, role in enumerate(roles):
        chance = starts.get(i, 0.999 if role in "HJATDF" else 0.001)
        other = role if role not in "HJATDF" else "P"
        margins.append({NAMES.index("H"): chance, NAMES.index(other): 1 - chance})
    return Decoded(list(roles), margins, [], bare=True)


def test_a_row_of_briefs_below_an_article_is_several_records() -> None:
    records = split_page("\n".join([*ARTICLE, *BRIEFS]) + "\n")
    assert [record["line_start"] for record in records] == [1, 4, 5, 6]
    assert [record["text"] for record in records[1:]] == BRIEFS


def test_paragraphs_of_one_matter_stay_one_article() -> None:
    more = [
        "何守田带着四名司机在吊机上练了半个月，临江码头还请来厂家的师傅，教大家怎样在雾天作业，怎样处理卡箱。",
        "新吊机启用第一天，临江码头卸下二百二十箱，何守田在本子上记下每一箱的时间，说要让吊机再快一点。",
    ]
    assert len(split_page("\n".join([*ARTICLE, *more]) + "\n")) == 1


def test_only_paragraphs_below_a_text_can_be_briefs() -> None:
    around = view_page(page_lines("\n".join([*ARTICLE, *BRIEFS]))).around
    rows = possible_rows(around, Ties(around), decoded_of("HPPPPP", {}))
    assert [list(row.places) for row in rows] == [[2, 3, 4, 5]]
    assert rows[0].lines[0]["brief_untied"] == 0.0  # 临江码头, 吊机
    assert rows[0].lines[3]["brief_untied"] == 1.0
    found = row_chances(rows[0], {"brief": 1.0, "row": -2.0})
    assert sum(found) == pytest.approx(1)
    assert found[0] == max(found)  # the longest row adds up most


def test_a_row_must_save_wrong_borders_to_be_believed() -> None:
    assert begins_with([0.2, 0.2, 0.6], 3) is None
    assert begins_with([0.5, 0.2, 0.3], 3) == 0


def test_chances_of_borders_are_exact_sums() -> None:
    item = {(a, b): {"length": float(b - a), "long": float(b - a > 4)} for a in range(10) for b in range(10) if a < b}
    block = OpenBlock(
        [0, 2, 5, 7, 9], frozenset([9]), {2: {"p": 0.4}, 5: {"p": -1.0}, 7: {"p": 0.2}}, lambda a, b: item[a, b]
    )
    weights = {"p": 1.5, "length": 0.3, "long": -0.8}
    total, begins = 0.0, dict.fromkeys((2, 5, 7), 0.0)
    for chosen in product((False, True), repeat=3):
        places = [0, *[i for i, one in zip((2, 5, 7), chosen, strict=True) if one], 9]
        parts = [item[a, b] for a, b in pairwise(places)] + [block.borders[i] for i in places[1:-1]]
        factor = exp(sum(total_of(part, weights) for part in parts))
        total += factor
        for i in places[1:-1]:
            begins[i] += factor
    assert border_chances(block, weights) == pytest.approx({i: value / total for i, value in begins.items()})


def test_a_sure_border_is_in_every_sum() -> None:
    block = OpenBlock([0, 2, 4, 6], frozenset([4, 6]), {2: {}}, lambda a, b: {"longest": float(b - a == 6)})
    assert border_chances(block, {"longest": 50.0}) == pytest.approx({2: 0.5})


def test_names_of_the_headline_that_come_again_below_a_short_line_are_told() -> None:
    page = [
        *ARTICLE,
        "雾天也能作业",
        "临江码头的吊机装了雷达，何守田说雾再大也看得见箱子，老吊机做不到。",
        "水库放水",
        BRIEFS[0],
    ]
    around = view_page(page_lines("\n".join(page))).around
    blocks = list(open_blocks(around, Ties(around), decoded_of("HPPHPHP", {3: 0.6, 5: 0.7})))
    assert [list(block.places) for block in blocks] == [[0, 3, 5, 7]]
    tied = {i: values["border_tied_to_headline"] for i, values in blocks[0].borders.items()}
    assert tied[3] > 0.05 > tied[5]


def test_kickers_with_a_colon_are_alike_on_a_page() -> None:
    page = ["何满仓：", "守着灯塔看海", BRIEFS[0], "周小雨：", "把戏台搬进小学", BRIEFS[1]]
    around = view_page(page_lines("\n".join(page))).around
    assert kicker_rows(around, decoded_of("HhPPSP", {0: 0.97, 3: 0.1})) == {0: 0.97, 3: 0.97}
    assert kicker_rows(around, decoded_of("PSPPSP", {0: 0.2, 3: 0.1})) == {}  # speakers of an interview


def test_probabilities_of_roles_follow_a_border() -> None:
    head, text = NAMES.index("H"), NAMES.index("P")
    assert with_starts([{head: 0.2, text: 0.8}], {0: 0.9}) == [pytest.approx({head: 0.9, text: 0.1})]
    assert with_starts([{text: 1.0}], {0: 0.75}) == [pytest.approx({text: 0.25, head: 0.75})]


def test_a_broken_file_of_weights_is_named(tmp_path: Path) -> None:
    file = tmp_path / "borders.json"
    file.write_text("{}")
    with pytest.raises(ModelError, match="weights of borders"):
        load_border_weights(file)
