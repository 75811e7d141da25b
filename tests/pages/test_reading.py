"""A page is read once, whole."""

from __future__ import annotations

import pytest

from jmtools.pages import features, reading, split_page, splitting
from jmtools.pages.lines import Line
from tests.pages.test_unwrapping import ITEMS, wrapped

FOLIO = ["山城日报", "2006年4月18日　星期二", "第三版　社会新闻"]
LINES = [line for item in ITEMS for line in item]


@pytest.mark.parametrize(("page", "times"), [("\n".join([*FOLIO, *LINES]), 1), (wrapped(ITEMS, 20, indent=2), 2)])
def test_a_page_is_read_once_and_again_where_lines_were_joined(
    page: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []

    def counted(lines: list[Line]) -> list[str]:
        sizes.append(len(lines))
        return reading.read_page(lines)

    for module in (splitting, features):
        monkeypatch.setattr(module, "read_page", counted)
    assert split_page(page)
    assert len(sizes) == times
    assert sizes[0] == page.count("\n") + 1
