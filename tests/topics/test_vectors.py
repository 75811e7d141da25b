import numpy as np
import pytest

from jmtools.topics.vectors import choose_terms, worth_of
from jmtools.topics.words import WordScanner
from jmtools.words.reader import SegmentOptions


def test_with_many_topics_a_word_in_a_fifth_of_the_records_says_nothing() -> None:
    words, df = ["医保", "记协", "门诊"], np.array([100, 300, 90], np.int64)
    assert choose_terms(words, df, 1000).terms == ["医保", "记协", "门诊"]
    assert choose_terms(words, df, 1000, 3).terms == ["医保", "记协", "门诊"]
    assert choose_terms(words, df, 1000, 10).terms == ["医保", "门诊"]


def test_common_words_stay_where_records_would_lose_most_of_what_they_say() -> None:
    words, df = ["医保", "记协", "门诊"], np.array([100, 300, 90], np.int64)
    for lost, terms in ((1, ["医保", "门诊"]), (3, ["医保", "记协", "门诊"])):  # of a hundred records
        sizes = np.array([1] * lost + [2] * (100 - lost), np.int32)
        numbers = np.array([1] * lost + [0, 2] * (100 - lost), np.int32)
        assert choose_terms(words, df, 1000, 10, entries=(numbers, sizes)).terms == terms


def test_words_of_the_lead_count_three_times_in_long_records_only() -> None:
    lead, rest = ["医保"] * 150, ["水库"] * 150  # 300 characters each: what ends before the 300th counts more
    for tokens, counts in ((lead + rest, {"医保": 448, "水库": 150}), (lead + rest[:20], {"医保": 150, "水库": 20})):
        bags = WordScanner(SegmentOptions()).scan([{"tokens": tokens}])
        found = dict(zip([list(bags.words)[i] for i in bags.numbers.tolist()], bags.counts.tolist(), strict=True))
        assert found == counts


def test_words_that_are_no_keywords_count_less() -> None:
    space = choose_terms(["医保", "于是", "门诊"], np.array([9, 9, 9], np.int64), 90)
    assert space.worth.tolist() == worth_of(space.terms).tolist() == [0.3, 1.0, 1.0]
    columns, counts, sizes = (np.array(each, np.int32) for each in ([0, 1, 2], [1, 1, 1], [3]))
    (row,) = space.matrix(columns, counts, sizes).toarray()
    assert row[1] == row[2] == pytest.approx(row[0] / 0.3)
