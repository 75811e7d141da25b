from itertools import pairwise

import pytest

from jmtools.pages import split_page
from jmtools.pages.lines import Line, page_lines
from jmtools.pages.reading import read_page
from jmtools.pages.unwrapping import unwrap

ITEMS = [
    [
        "三号码头开新航线",
        "三号码头的新航线昨天开通，首班船载着二百多名旅客驶向对岸的渔村。新航线全长九公里，单程四十分钟，每天往返六班，票价不变。",
        "船务公司负责人说，过去村民进城要绕路走半天，现在一顿饭的工夫就到了。公司还在码头加装了路灯和候船的长椅，末班船改到晚上九点开出。",
        "“再也不用摸黑赶路了。”",
        "村里在渡口办起了农家菜馆，头一天就来了三桌客人，菜是自家地里种的，鱼是当天从江里打上来的。",
    ],
    [
        "老粮仓改成图书馆",
        "北街的老粮仓改建完工，成了全县最大的图书馆，藏书八万册，阅览座位四百个，本月起免费开放。",
        "粮仓建于六十年前，墙厚窗高，冬暖夏凉。施工队保留了木梁和砖墙，把六个圆仓连成一排，中间铺上木楼梯，孩子们叫它“故事塔”。",
        "馆长许立介绍，图书馆请了二十位退休教师当义务讲解员，每个周末讲一个老粮仓的故事。第一个周末来了九百多人，门口的队排到了街角。",
    ],
]
WIDTHS = [10, 14, 20, 24, 32, 40]


def wrapped(items: list[list[str]], width: int, *, indent: int, blanks: bool = False, further: int = 0) -> str:
    rows = []
    for number, (headline, *paragraphs) in enumerate(items):
        room = width + further * (number % 2)
        rows.append(headline)
        for text in paragraphs:
            rows.append("　" * indent * blanks + text[: room - indent])
            rows += [text[at : at + room] for at in range(room - indent, len(text), room)]
    return "\n".join(rows)


def unwrapped(page: str) -> list[Line]:
    lines = page_lines(page)
    return unwrap(lines, read_page(lines))


def texts(page: str) -> list[str]:
    return [line.text for line in unwrapped(page)]


PLAIN = [line for item in ITEMS for line in item]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("indent", "blanks"), [(2, False), (2, True), (1, False)])
def test_paragraphs_come_back_whole_whatever_the_width_and_the_indent(width: int, indent: int, blanks: bool) -> None:
    assert texts(wrapped(ITEMS, width, indent=indent, blanks=blanks)) == PLAIN


@pytest.mark.parametrize("width", [14, 20, 24, 40])
def test_without_indents_paragraphs_come_back_unless_their_last_line_is_full(width: int) -> None:
    items = [[text for text in item if len(text) % width] for item in ITEMS]
    assert texts(wrapped(items, width, indent=0)) == [line for item in items for line in item]


@pytest.mark.parametrize("width", [14, 20, 24])
def test_a_page_may_have_columns_of_two_widths(width: int) -> None:
    assert texts(wrapped(ITEMS * 3, width, indent=2, further=6)) == PLAIN * 3


def test_a_wrapped_page_makes_the_records_of_the_plain_one() -> None:
    plain = split_page("\n".join(PLAIN))
    for width in WIDTHS:
        found = split_page(wrapped(ITEMS, width, indent=2))
        assert [(one["headline"], one["text"]) for one in found] == [(one["headline"], one["text"]) for one in plain]


def test_no_character_is_lost_and_lines_keep_their_places() -> None:
    page = wrapped(ITEMS, 20, indent=2)
    lines = unwrapped(page)
    assert [page[line.start : line.end].replace("\n", "") for line in lines] == [line.text for line in lines]
    assert all(above.last + 1 == below.first for above, below in pairwise(lines))


def test_lines_of_a_poem_are_left_alone() -> None:
    poem = ["山路修到门前石，", "果子卖出百里沟。", "日子越过越红火，", "笑声飞上最高楼。"] * 5
    assert texts("\n".join(poem)) == poem


def test_a_page_of_whole_paragraphs_is_left_alone() -> None:
    assert texts("\n".join(PLAIN * 4)) == PLAIN * 4


def test_a_blank_line_after_every_line_changes_nothing() -> None:
    page = wrapped(ITEMS, 20, indent=2).replace("\n", "\n\n")
    assert texts(page) == PLAIN
