import numpy as np

from jmtools.topics.vectors import choose_terms


def test_with_many_topics_a_word_in_a_fifth_of_the_records_says_nothing() -> None:
    words, df = ["医保", "记协", "门诊"], np.array([100, 300, 90], np.int64)
    assert choose_terms(words, df, 1000).terms == ["医保", "记协", "门诊"]
    assert choose_terms(words, df, 1000, 3).terms == ["医保", "记协", "门诊"]
    assert choose_terms(words, df, 1000, 10).terms == ["医保", "门诊"]
