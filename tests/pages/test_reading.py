"""A page is read once, and a part of it as it was read in the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jmtools.pages.reading import read_lines

lines = st.lists(st.text('报道：:，,.。"“”()（）；;!？?３%国國 ab', min_size=1, max_size=12), min_size=1, max_size=6)


@given(lines, st.integers(0, 5))
def test_a_part_of_the_page_that_was_read_last_reads_as_by_itself(page: list[str], cut: int) -> None:
    alone = []
    for part in (page[cut:], page[:cut], page):
        read_lines(["别的"])  # what was read before is forgotten
        alone.append(read_lines(part))
    assert read_lines(page) == alone[2]
    assert read_lines(page[:cut]) == alone[1]
    assert read_lines(page[cut:]) == alone[0]
