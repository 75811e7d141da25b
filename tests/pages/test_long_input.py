"""Lines and pages that are far longer than any in print: they are read in time that grows with their length alone."""

from __future__ import annotations

import pytest

from jmtools.pages.credits import byline_authors
from jmtools.pages.known_lines import roles_by_words
from jmtools.pages.poems import roles_by_poems

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


@pytest.mark.parametrize("times", [3, 60])
def test_a_line_of_surnames_is_read(times: int) -> None:
    assert not byline_authors(f"记者{SURNAMES * times}为姓氏的")


def test_names_set_without_a_space_are_told_apart() -> None:
    assert [name for name, _ in byline_authors("作者：欧阳小明王芳李建国") or ()] == ["欧阳小明", "王芳", "李建国"]


def test_a_list_of_ten_thousand_names_is_no_poem() -> None:
    assert roles_by_poems(["李小明", "王芳"] * 5000) == {}


def test_a_poem_among_prose_is_found_as_before() -> None:
    verses = ["船还没有来", "风先过了河", "把对岸的灯", "一盏一盏吹亮", "水声很轻", "像谁在说话"]
    found = roles_by_poems(["渡口", "李小明", *verses, "面档", "二楼的面档开了十一年，老板姓李，大家都叫他李叔。"])
    assert "".join(min(roles) for _, roles in sorted(found.items())).startswith("HB" + "P" * 5)


def test_ten_thousand_offers_are_advertisements() -> None:
    found = roles_by_words(["房屋出租：两室一厅"] * 10_000)
    assert len(found) == 10_000
