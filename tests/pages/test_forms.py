"""How a page is built, as its lines are told."""

import pytest

from jmtools.pages.features import view_page
from jmtools.pages.lines import page_lines

_TEXT = "河口镇昨天修好了通往县城的公路，沿线三个村子的菜农从此不必绕道，天亮前就能把菜送到早市。"
_BLOCKS = "\n".join(f"第{n}件事的标题\n{_TEXT * 3}" for n in "甲乙丙丁戊")
_SECTIONS = "一件大事的标题\n" + "\n".join(f"小标题{n}\n{_TEXT}\n{_TEXT}\n{_TEXT}\n{_TEXT}" for n in "甲乙丙丁戊")


def _features(page: str, number: int) -> set[str]:
    return {name for group in view_page(page_lines(page), whole=True).groups[number] for name in group}


def test_a_page_of_one_paragraph_items_is_told_from_one_of_long_runs() -> None:
    assert "unit5&1" in _features(_BLOCKS, 2)
    assert "unit0&1" in _features(_SECTIONS, 6)


def test_short_lines_in_a_row_have_a_first_a_middle_and_a_last() -> None:
    page = f"引题在这里\n主题在这里\n副题在这里\n{_TEXT}\n{_TEXT}"
    assert [next(name for name in _features(page, i) if name in ("placef", "placem", "placel")) for i in range(3)] == [
        "placef",
        "placem",
        "placel",
    ]


@pytest.mark.parametrize(
    ("text", "wide"), [("１９９７年９月６日到站", True), ("1997年9月6日到站", False), ("九月到站", False)]
)
def test_digits_of_full_width_are_a_habit_of_a_page(text: str, wide: bool) -> None:
    assert view_page(page_lines(f"标题\n{text}，{_TEXT}")).wide == wide
