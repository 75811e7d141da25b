import doctest

import pytest

from jmtools.pages import traits
from jmtools.pages.traits import traits_of


def test_examples_hold() -> None:
    assert doctest.testmod(traits).failed == 0


@pytest.mark.parametrize(
    ("line", "trait"),
    [
        ("“桥修好了，心就近了”", "quoted_line"),
        ("（新华社东港三月五日电）", "wire_line"),
        ("（本报金沙电 李小明参与采写）", "wire_line"),
        ("（A、B）", "editions_line"),
        ("（山城河口中学王芳）", "placed_name"),
        ("李小明王大海", "glued_names"),
        ("———编者", "editors_sign"),
        ("——李小明（山城）", "dash_name"),
        ("* * *", "marks_line"),
    ],
)
def test_a_short_line_is_told_by_its_outside(line: str, trait: str) -> None:
    assert traits_of(line) == (trait,)


@pytest.mark.parametrize(
    "line",
    [
        "“好。”他说。",
        "（本报记者李小明摄）",
        "（作者为山城大学教授李小明）",
        "王大海出席会议",
        "——山城老桥改造纪事",
        "《新桥》",
        "李小明",
        "新桥昨日通车",
        "“" + "桥" * 60 + "”",
    ],
)
def test_other_lines_have_no_such_trait(line: str) -> None:
    assert traits_of(line) == ()
