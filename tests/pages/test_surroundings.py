"""Features of a line depend on its page alone, not on which lines were described before."""

from __future__ import annotations

from jmtools.pages.lines import page_lines
from jmtools.pages.reading import read_lines
from jmtools.pages.shapes import words_of_lines
from jmtools.pages.surroundings import Surroundings

PAGE = """记者手记
一早七点，渡口的第一班船已经坐满了上学的孩子和挑着菜担的乡亲，船老大收起缆绳。
记者手记
傍晚的最后一班船上只有三个人，船老大说，桥通了以后他就要上岸，去镇上看孙子。
"""


def surroundings() -> Surroundings:
    lines = page_lines(PAGE)
    texts = read_lines([line.text for line in lines])
    return Surroundings(lines, texts, words_of_lines(texts))


def test_features_do_not_depend_on_the_order_in_which_lines_are_described() -> None:
    forwards, backwards = surroundings(), surroundings()
    count = len(forwards.texts)
    one = [forwards.links(i) for i in range(count)]
    other = [backwards.links(i) for i in reversed(range(count))][::-1]
    assert one == other == [forwards.links(i) for i in range(count)]
    assert "once_more_below" in one[0]
    assert "again" in one[2]
