"""Tests of significance, intervals and the size of a corpus against SciPy, counting by hand, and brute force."""

from __future__ import annotations

import math
import random
import typing
from collections import Counter
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from jmtools.counts.corpus_size import STRETCH, SizeCounter
from jmtools.io.disk_array import DiskArray
from jmtools.newwords.discovery import NewWordFinder
from jmtools.newwords.ngram_counts import neighbour_entropies, next_level
from jmtools.stats import intervals, samples, series, tables2x2, trend_tests
from jmtools.words.reader import SegmentOptions

SIDES = st.sampled_from(typing.get_args(Literal["two-sided", "less", "greater"]))
TABLES = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.integers(0, n[1]), st.just(n[0]), st.just(n[1]))
)
SAMPLES = st.lists(st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.0, 5.0]), min_size=2, max_size=20)


@given(TABLES, SIDES)
def test_fisher_s_test_is_that_of_scipy(
    table: tuple[int, int, int, int], side: Literal["two-sided", "less", "greater"]
) -> None:
    a, b, n_a, n_b = table
    expected = scipy_stats.fisher_exact(np.array([[a, n_a - a], [b, n_b - b]]), alternative=side).pvalue
    assert tables2x2.fisher_exact(a, b, n_a=n_a, n_b=n_b, alternative=side) == pytest.approx(expected, abs=1e-9)


@given(SAMPLES, SAMPLES)
def test_records_are_compared_as_scipy_compares_them(first: list[float], second: list[float]) -> None:
    one, other = ([value for value in sample if value] for sample in (first, second))
    ranks = samples.mann_whitney(one, other, n_first=len(first), n_second=len(second))
    if len({*first, *second}) > 1:
        expected = scipy_stats.mannwhitneyu(first, second, method="asymptotic")
        assert (ranks.u, ranks.p) == pytest.approx((expected.statistic, expected.pvalue))
    assert ranks.superiority == pytest.approx(
        sum((x > y) + (x == y) / 2 for x in first for y in second) / len(first) / len(second)
    )
    means = samples.welch(one, other, n_first=len(first), n_second=len(second))
    if means is not None and all(len(set(sample)) > 1 for sample in (first, second)):
        test = scipy_stats.ttest_ind(first, second, equal_var=False)
        assert (means.t, means.df, means.p) == pytest.approx((test.statistic, test.df, test.pvalue))


@pytest.mark.parametrize(("a", "b"), [(40, 10), (10, 40), (8, 0), (0, 8), (5, 5), (1000, 900)])
def test_a_conservative_log_ratio_is_the_nearer_end_of_an_exact_interval(a: int, b: int) -> None:
    found = intervals.conservative_log_ratio(a, b, n_target=10_000, n_reference=10_000)
    exact = scipy_stats.binomtest(a, a + b).proportion_ci(0.95, method="exact")
    low, high = (math.log2(p / (1 - p)) if 0 < p < 1 else math.copysign(math.inf, p - 0.5) for p in exact)
    assert found == pytest.approx(low if low > 0 else high if high < 0 else 0.0, abs=1e-9)


@given(st.lists(st.integers(0, 9) | st.none(), min_size=3, max_size=40))
def test_a_series_of_one_season_has_the_plain_test(values: list[int | None]) -> None:
    seasonal = trend_tests.seasonal_mann_kendall(values, period=1)
    assert seasonal == series.mann_kendall(values)
    change = trend_tests.change_point(values)
    points = [(step, value) for step, value in enumerate(values) if value is not None]
    if change is not None:
        gaps = [
            abs(sum((y > x) - (y < x) for _, x in points[:cut] for _, y in points[cut:]))
            for cut in range(1, len(points))
        ]
        assert change.k == max(gaps)


def test_autocorrelation_makes_a_test_less_sure() -> None:
    choice = random.Random(3)
    value, rejected = 0.0, [0, 0]
    for _ in range(200):
        walk = []
        for _ in range(60):
            value = 0.8 * value + choice.gauss(0, 1)
            walk.append(value)
        plain, corrected = series.mann_kendall(walk), trend_tests.hamed_rao(walk)
        assert plain is not None
        assert corrected is not None
        rejected[0] += plain.p < 0.05
        rejected[1] += corrected.p < 0.05
    assert rejected[0] > 70
    assert rejected[1] < rejected[0] - 20


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["甲", "乙", "丙", "，"]), max_size=900), min_size=1, max_size=4))
def test_the_size_of_a_corpus_is_counted_as_by_hand(records: list[list[str]]) -> None:
    data: list[dict[str, Any]] = [
        {"tokens": tokens, "date": "2024-03-11" if n else None, "page": n} for n, tokens in enumerate(records)
    ]
    counter = SizeCounter(SegmentOptions())
    total = counter.count(data[:1])
    for record in data[1:]:
        total = counter.merge(total, counter.count([record]))
    (row,) = counter.records(total)
    words = [word for tokens in records for word in tokens if word.isalnum()]
    freqs = Counter(words)
    assert (row["records"], row["tokens"], row["types"]) == (len(records), len(words), len(freqs))
    assert row["hapaxes"] == sum(freq == 1 for freq in freqs.values())
    assert (row["without_date"], row["pages"]) == (1, len(records) - 1)
    stretches = [words[i : i + STRETCH] for i in range(0, len(words) - STRETCH + 1, STRETCH)]
    expected = sum(len(set(s)) for s in stretches) / STRETCH / len(stretches) if stretches else None
    assert row["sttr"] == (None if expected is None else pytest.approx(expected))


def test_borders_of_a_new_word_are_each_a_neighbour_of_its_own() -> None:
    texts = ["去澜超杯看", "去澜超杯，", "，澜超杯看", "澜超杯", "在澜超杯1"]
    codes = DiskArray("uint16")
    codes.append(NewWordFinder().count([{"text": text} for text in texts]))
    level = next_level(3, next_level(2, codes, len(texts)).ids, len(texts))
    assert level.counts.tolist() == [len(texts)]

    def entropy(named: list[int], borders: int) -> float:
        n = sum(named) + borders
        return -sum(k / n * math.log2(k / n) for k in [*named, *[1] * borders])

    left, right = neighbour_entropies(codes, level, np.array([True]))
    assert left.tolist() == pytest.approx([entropy([2, 1], 2)])
    assert right.tolist() == pytest.approx([entropy([2], 3)])
