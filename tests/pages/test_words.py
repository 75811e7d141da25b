import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.pages.words import PageWords

text = st.text(st.sampled_from("山城老街新颜，。a1 龥\ud800\udc00😀𠮷"), min_size=1, max_size=12)


@given(st.lists(text, min_size=2, max_size=8), st.data())
def test_what_lines_share_agrees_with_counting_pairs_of_characters(texts: list[str], data: st.DataObject) -> None:
    pairs = [{a + b for a, b in pairwise(line)} for line in texts]
    counts = Counter(pair for line in pairs for pair in line)
    weight = {pair: max(math.log(len(texts) + 1) - math.log(n), 0.0) for pair, n in counts.items()}
    cut = data.draw(st.integers(1, len(texts) - 1))
    one, other = set().union(*pairs[:cut]), set().union(*pairs[cut:])
    words = PageWords(texts)
    mine, others = words.of(range(cut)), words.of(range(cut, len(texts)))
    smaller = one if len(one) <= len(other) else other
    shared = sum(weight[pair] for pair in one & other)
    assert words.common(mine, others) == pytest.approx(shared / (sum(weight[pair] for pair in smaller) or 1.0))
    own = sum(weight[pair] for pair in pairs[0] & other) / (sum(weight[pair] for pair in pairs[0]) or 1.0)
    assert words.share(words.of_line(0), others) == pytest.approx(own)
    for pair in ("山城", "😀a", "\ud800\udc00", "𠮷𠮷"):
        assert words.has(pair) == (pair in counts)


def test_of_a_very_long_line_both_ends_are_looked_at() -> None:
    words = PageWords(["甲乙" + "丙" * 1000 + "丁戊", "甲乙丁戊", "丙丁"])
    assert words.has("甲乙")
    assert words.has("丙丁")
    assert words.common(words.of_line(0), words.of_line(1)) > 0
