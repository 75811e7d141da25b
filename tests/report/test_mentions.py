"""Many terms found in one reading are counted as each is by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jmtools.report.collect import Collector
from jmtools.report.mentions import Mentions
from jmtools.report.pack import pack_texts
from jmtools.report.periods import Axis

LETTERS = st.text(alphabet="医保a A𠮷İ。", max_size=12)


@given(st.lists(LETTERS, min_size=1, max_size=6), st.lists(st.text(alphabet="医保aA𠮷İ", max_size=3), max_size=24))
def test_terms_found_together_are_counted_one_by_one(texts: list[str], terms: list[str]) -> None:
    records = [{"headline": text[:2], "text": text, "date": "2024-03-11"} for text in texts]
    articles = Collector().count(records).articles
    axis = Axis("day", ("2024-03-11",))
    one, together = Mentions(articles, axis), Mentions(articles, axis)
    together.find(terms)
    for term in terms:
        assert list(together.of(term).items()) == list(one.of(term).items())
        assert together.by_period(term) == one.by_period(term)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_lengths_are_those_of_javascript(texts: list[str]) -> None:
    found = pack_texts(texts)["lengths"]
    assert found == [sum(2 if ord(char) > 0xFFFF else 1 for char in text) for text in texts]
