"""Names of persons that several lines of a page have, and what follows from them for borders."""

import pytest

from jmtools.pages import split_page
from jmtools.pages.features import view_page
from jmtools.pages.lines import page_lines
from jmtools.pages.spoken_of import SpokenOf
from jmtools.pages.ties import Ties

PAGE = """灯塔上的三十年
守塔人贺明礼今年五十八岁，是全岛唯一不下山过年的人。
台风来的那一夜，贺明礼把自己拴在栏杆上，灯一直没有灭。
一盏灯亮到天明
渔民们说，只要看见灯，就知道贺明礼还醒着。
渔业公司添置冷库
渔业公司新建的冷库昨天投产，可存鲜鱼四百吨。"""
TRADITIONAL = """燈塔上的三十年
守塔人賀明禮今年五十八歲，是全島唯一不下山過年的人。
颱風來的那一夜，賀明禮把自己拴在欄杆上，燈一直沒有滅。
一盞燈亮到天明
漁民們說，只要看見燈，就知道賀明禮還醒著。
漁業公司添置冷庫
漁業公司新建的冷庫昨天投產，可存鮮魚四百噸。"""


def persons(page: str) -> SpokenOf:
    around = view_page(page_lines(page)).around
    return SpokenOf(around, Ties(around))


def test_a_person_whom_lines_above_and_below_speak_of_is_found() -> None:
    found = persons(PAGE)
    assert found.shared([1, 2], [4], elsewhere=[], line=3)
    assert not found.shared([4], [6], elsewhere=[], line=5)


def test_a_person_of_the_whole_page_or_of_the_line_itself_does_not_count() -> None:
    assert not persons(PAGE).shared([1, 2], [4], elsewhere=[2], line=3)
    named = PAGE.replace("一盏灯亮到天明", "贺明礼：一盏灯亮到天明")
    assert not persons(named).shared([1, 2], [4], elsewhere=[], line=3)


@pytest.mark.parametrize("word", ["石桥镇", "马路口", "高速公", "安装了"])
def test_places_and_pieces_of_words_are_no_persons(word: str) -> None:
    page = f"桥\n昨天{word}来了一队工人，在{word}住下。\n路\n工人离开{word}，又回到{word}。"
    assert not persons(page).shared([1], [3], elsewhere=[], line=2)


@pytest.mark.parametrize("page", [PAGE, TRADITIONAL])
def test_a_line_between_texts_on_one_person_is_a_subhead(page: str) -> None:
    records = split_page(page)
    assert [(record["line_start"], len(record["subheads"])) for record in records] == [(1, 1), (6, 0)]
