import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.pages.compiled import load_functions
from jmtools.pages.compiled_words import CompiledWords
from jmtools.pages.words import PageWords, pair_number

LIBRARY = load_functions()
text = st.text(st.sampled_from("山城老街新颜，。a1 龥\ud800\udc00😀𠮷"), min_size=1, max_size=12)


def words_of(texts: Sequence[str], long: Sequence[int]) -> list[PageWords | CompiledWords]:
    """Return the pairs of lines as Python and as the compiled core has them."""
    return [PageWords(texts, long), *([CompiledWords(LIBRARY, texts, long)] if LIBRARY is not None else [])]


@given(st.lists(text, min_size=2, max_size=8), st.data())
def test_what_lines_share_agrees_with_counting_pairs_of_characters(texts: list[str], data: st.DataObject) -> None:
    pairs = [{a + b for a, b in pairwise(line)} for line in texts]
    counts = Counter(pair for line in pairs for pair in line)
    weight = {pair: max(math.log(len(texts) + 1) - math.log(n), 0.0) for pair, n in counts.items()}
    cut = data.draw(st.integers(1, len(texts) - 1))
    one, other = set().union(*pairs[:cut]), set().union(*pairs[cut:])
    smaller = one if len(one) <= len(other) else other
    shared = sum(weight[pair] for pair in one & other) / (sum(weight[pair] for pair in smaller) or 1.0)
    own = sum(weight[pair] for pair in pairs[0] & other) / (sum(weight[pair] for pair in pairs[0]) or 1.0)
    asked = ("山城", "😀a", "\ud800\udc00", "𠮷𠮷")
    found = []
    for words in words_of(texts, range(len(texts))):
        both = (0, cut), (cut, len(texts))
        found.append((words.commons([both]), words.shares([(words.line(0), both[1]), both])))
        assert found[0][0] == pytest.approx([shared], abs=1e-5)
        assert found[0][1][0] == pytest.approx(own, abs=1e-5)
        assert list(words.have(asked)) == [pair in counts for pair in asked]
    assert found[0] == found[-1]


def test_of_a_very_long_line_both_ends_are_looked_at() -> None:
    for words in words_of(["甲乙" + "丙" * 1000 + "丁戊", "甲乙丁戊", "丙丁"], [0]):
        assert list(words.have(["甲乙", "丙丁", "乙丁", "乙戊"])) == [True, True, True, False]
        assert words.commons([(words.line(0), words.line(1))])[0] > 0


@given(st.lists(st.text("甲乙丙丁", max_size=1500), max_size=5))
def test_long_lines_have_the_same_pairs_in_the_core(texts: list[str]) -> None:
    everything = [(i, j) for i in range(len(texts) + 1) for j in range(i, len(texts) + 1)]
    asked = [(one, other) for one in everything for other in everything]
    shares = [(words.shares(asked), words.commons(asked)) for words in words_of(texts, [])]
    assert shares[0] == shares[-1]


@given(st.lists(text, min_size=2, max_size=8), st.data())
def test_lines_are_tied_by_the_pairs_that_they_have_in_common(texts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(texts) - 1))
    table = {pair_number("老街"): 1, pair_number("新颜"): 0, pair_number("a1"): 2}
    one, other = range(cut), range(cut, len(texts))
    shared = set.intersection(*[{a + b for i in side for a, b in pairwise(texts[i])} for side in (one, other)])
    weight = {"老街": 1, "新颜": 0, "a1": 2}
    expected = sum(weight.get(pair, 3 if all("一" <= char <= "龥" for char in pair) else 0) for pair in shared)
    for words in words_of(texts, []):
        words.weigh(table, 3)
        assert words.tied(one, other) == expected
        assert words.tied([], other) == 0


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=9), min_size=1, max_size=6))
def test_only_stretches_that_stand_in_no_other_line_are_ruled_out(texts: list[str]) -> None:
    whole, starts = "".join(texts), [0, *accumulate(map(len, texts))]
    places = [(i, place) for i, text in enumerate(texts) for place in range(len(text) - 2)]
    for words in words_of(texts, []):
        found = words.may_recur([starts[i] + place for i, place in places], 3)
        for (i, place), may in zip(places, found, strict=True):
            probe = whole[starts[i] + place : starts[i] + place + 3]
            assert may or not any(probe in text for j, text in enumerate(texts) if j != i)
