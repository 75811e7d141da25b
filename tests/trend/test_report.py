"""trend: periods, issues and pages."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from jmtools.io.records import round6
from jmtools.trend.report import TrendCounter, TrendOptions
from tests.sample_articles import SAMPLE, report


def test_a_year_before_is_the_same_day_and_issues_and_pages_are_counted_apart() -> None:
    records = [
        {"text": "医保 新规", "date": "2023-03-11", "page": "A01", "newspaper": "甲报"},
        {"text": "医保 医保", "date": "2024-03-11T06:00", "page": "A01", "newspaper": "甲报"},
        {"text": "医保", "date": "2024-03-11", "page": "A02", "newspaper": "甲报"},
        {"text": "学校", "date": "2024-03-11", "page": "A01", "newspaper": "乙报"},
    ]
    rows = report(TrendCounter(TrendOptions(terms=("医保",), by="day")), records)
    assert len(rows) == 367
    assert (rows[-1]["issues"], rows[-1]["pages"]) == (2, 3)
    assert (rows[-1]["per_issue"], rows[-1]["per_page"]) == (1.5, 1.0)
    assert rows[-1]["change_year"] == pytest.approx((rows[-1]["ipm"] / rows[0]["ipm"] - 1) * 100, rel=1e-4)
    months = report(TrendCounter(TrendOptions(terms=("医保",), by="month")), [{"text": "医保", "date": "2024-03"}])
    assert months[0]["freq"] == 1


def test_a_period_without_an_issue_is_a_gap_and_not_a_zero() -> None:
    records: list[dict[str, Any]] = [
        {"text": "医保新规", "date": "2023-01-05"},
        {"text": "防汛", "date": "2023-02-05"},
        {"text": "医保医保", "date": "2024-01-09"},
        {"text": "无日期的医保", "date": None},
    ]
    rows = report(TrendCounter(TrendOptions(terms=("医保",), by="month")), records)
    assert [row["period"] for row in rows][:3] == ["2023-01", "2023-02", "2023-03"]
    assert [row["freq"] for row in rows] == [1, 0, *[None] * 10, 2]
    assert rows[-1]["change_year"] == pytest.approx(round6((rows[-1]["ipm"] / rows[0]["ipm"] - 1) * 100), rel=1e-4)


def test_fields_are_followed_and_the_sum_over_periods_is_the_total() -> None:
    rows = report(TrendCounter(TrendOptions(field="page", by="day")), SAMPLE)
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["page"]] += row["freq"] or 0
    assert sums == Counter(record["page"] for record in SAMPLE)
    (summary, *_) = report(TrendCounter(TrendOptions(field="page", by="day", overall=True)), SAMPLE)
    assert summary["periods"] == 3
    assert (summary["first"], summary["last"]) == ("2024-03-11", "2024-04-15")
