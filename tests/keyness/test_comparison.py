"""keyness: two sides are compared as SciPy compares them."""

from __future__ import annotations

import json

import pytest
from scipy.stats import chi2_contingency

from jmtools.counts.term_counter import CountOptions
from jmtools.keyness.comparison import KeynessCounter, KeynessOptions
from jmtools.stats.tables2x2 import benjamini_hochberg
from jmtools.words.term_filter import FilterOptions
from tests.sample_articles import SAMPLE, output, report


def test_keyness_is_what_scipy_says() -> None:
    options = KeynessOptions(
        CountOptions(where='date ~ "2024-04"'), reference_where='date ~ "2024-03"', min_freq=1, direction="both"
    )
    rows = report(KeynessCounter(options), SAMPLE)
    n_target, n_reference = (sum(row[f"freq_{side}"] for row in rows) for side in ("target", "reference"))
    for row in rows[::25]:
        a, b = row["freq_target"], row["freq_reference"]
        table = [[a, b], [n_target - a, n_reference - b]]
        assert row["ll"] == pytest.approx(
            chi2_contingency(table, lambda_="log-likelihood", correction=False)[0], rel=1e-4
        )
        assert row["chi2"] == pytest.approx(chi2_contingency(table, correction=False)[0], rel=1e-4)
        assert row["direction"] == ("over" if a / n_target >= b / n_reference else "under")
    assert [row["ll"] for row in rows] == sorted((row["ll"] for row in rows), reverse=True)
    assert max(row["p_bh"] for row in rows) <= 1
    first = sorted(row["p"] for row in rows)
    assert sorted(row["p_bh"] for row in rows) == pytest.approx(benjamini_hochberg(first), rel=1e-4)


def test_a_record_that_repeats_a_word_counts_once_by_records() -> None:
    target = [{"text": "粽子" + "，粽子" * 50}, *({"text": "龙舟比赛开始"} for _ in range(9))]
    reference = [{"text": "足球比赛"} for _ in range(10)]
    lines = b"".join(
        json.dumps({**r, "side": s}).encode() + b"\n" for s, rs in (("t", target), ("r", reference)) for r in rs
    )
    sides = ("--target-where", 'side = "t"', "--reference-where", 'side = "r"', "-n", "1")
    assert output("keyness", *sides, stdin=lines)[0]["term"] == "粽子"
    assert output("keyness", *sides, "--level", "records", stdin=lines)[0]["term"] in ("龙舟", "开始")


def test_strings_are_compared_as_they_stand() -> None:
    counting = CountOptions(unit="string", strings=("保局", "学校"), where="side = 1")
    records = [{"text": "医保局，保局。", "side": 1}, {"text": "学校保局", "side": 2}]
    options = KeynessOptions(
        counting, reference_where="side = 2", min_freq=1, direction="both", filter=FilterOptions(("保局",))
    )
    (row,) = report(KeynessCounter(options), records)
    assert (row["term"], row["freq_target"], row["freq_reference"]) == ("保局", 2, 1)
    assert row["ipm_target"] == pytest.approx(2 / 7 * 1e6, rel=1e-5)
