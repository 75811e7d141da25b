"""Groups of records, and patterns that users give."""

from __future__ import annotations

import datetime
import pickle
import re
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.errors import OptionError, RecordError
from jmtools.fields.grouping import PERIODS, Grouping, group_order, iso_date, period_of
from jmtools.fields.patterns import Literals, Pattern

DATES = {
    "2024-03-11": "2024-03-11",
    "2024-3-1": "2024-03-01",
    "2024-03-11T06:30:00+08:00": "2024-03-11",
    "2024-03-11 06:30": "2024-03-11",
    "20240311": "2024-03-11",
    "2024/3/11": "2024-03-11",
    "2024.03.11": "2024-03-11",
    "2024年3月11日": "2024-03-11",
    "2024年3月": "2024-03",
    "2024-03": "2024-03",
    "2024": "2024",
    "2024-02-30": None,
    "2024-13": None,
    "11-03-2024": None,
    "昨天": None,
    "": None,
}


@pytest.mark.parametrize("given_date", DATES)
def test_dates_are_read_as_they_are_printed(given_date: str) -> None:
    assert iso_date(given_date) == DATES[given_date]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_periods_sort_by_time_and_hold_their_days(day: datetime.date) -> None:
    after = day + datetime.timedelta(days=1)
    for period in PERIODS:
        now, then = period_of(day.isoformat(), period), period_of(after.isoformat(), period)
        assert now is not None
        assert then is not None
        assert now <= then
    assert period_of(day.isoformat(), "week") == day.strftime("%G-W%V")
    assert period_of(day.isoformat()[:7], "day") is None
    assert period_of(day.isoformat()[:7], "quarter") == period_of(day.isoformat(), "quarter")
    assert period_of(day.isoformat()[:4], "month") is None


RECORD: dict[str, Any] = {
    "page": "A01",
    "date": "2024-03-11",
    "topic": 3,
    "lead": True,
    "authors": [{"name": "甲", "role": "记者"}, {"name": "乙", "role": "记者"}],
    "tags": ["a", "b", "a"],
    "nothing": None,
    "blank": "",
    "nested": {"a": 1},
}
GROUPS: dict[tuple[str, ...], list[tuple[Any, ...]]] = {
    (): [()],
    ("page",): [("A01",)],
    ("topic",): [(3,)],
    ("date:month",): [("2024-03",)],
    ("date:week", "page"): [("2024-W11", "A01")],
    ("authors.name",): [("甲",), ("乙",)],
    ("authors.role",): [("记者",)],
    ("tags",): [("a",), ("b",)],
    ("nothing",): [(None,)],
    ("missing",): [(None,)],
    ("missing:year",): [(None,)],
    ("blank",): [(None,)],
    ("lead",): [("true",)],
    ("authors.name", "page"): [("甲", "A01"), ("乙", "A01")],
}


@pytest.mark.parametrize("specs", GROUPS)
def test_a_record_goes_into_its_groups(specs: tuple[str, ...]) -> None:
    assert Grouping(specs).of(RECORD) == GROUPS[specs]


def test_groups_are_written_and_sorted() -> None:
    assert Grouping(["page"]).label(("A01",)) == "A01"
    assert Grouping(["page", "topic"]).label(("A01", None)) == {"page": "A01", "topic": None}
    assert sorted([(None,), ("10",), (10,), (9,)], key=group_order) == [(9,), (10,), ("10",), (None,)]


def test_what_cannot_be_a_group_is_told() -> None:
    with pytest.raises(OptionError, match=r"--by date:fortnight: no period called 'fortnight'"):
        Grouping(["date:fortnight"], option="--by")
    with pytest.raises(RecordError, match=r"`nested` is an object"):
        Grouping(["nested"]).of(RECORD)
    with pytest.raises(RecordError, match=r"`page` is 'A01', in which no month can be read"):
        Grouping(["page:month"]).of(RECORD)


@given(st.lists(st.text("ab哈", min_size=1, max_size=3), min_size=1, max_size=4), st.text("ab哈\n", max_size=40))
def test_each_string_is_counted_as_if_alone(strings: list[str], text: str) -> None:
    found = list(Literals(strings).find(text))
    for index, string in enumerate(dict.fromkeys(strings)):
        mine = [(start, end) for i, start, end in found if i == index]
        assert mine == [m.span() for m in re.finditer(re.escape(string), text)]


def test_strings_are_counted_as_grep_counts() -> None:
    text = "哈哈哈哈，江海市医保局。\n医保医保医！aaa"
    for string in ("哈哈", "医保", "医", "aa", "没有"):
        done = subprocess.run(["grep", "-o", "-F", string], input=text, capture_output=True, text=True, check=False)
        assert len(list(Literals([string]).find(text))) == done.stdout.count("\n")


def test_patterns_are_spans_and_travel() -> None:
    pattern = pickle.loads(pickle.dumps(Pattern("医保(局|基金)?")))  # noqa: S301
    assert pattern.spans("市医保局与医保") == [(1, 4), (5, 7)]
    assert pattern.search("没有") is False
    assert Pattern("x*").spans("axxb") == [(1, 3)]
    assert Pattern("a").spans("a\ud800") == []
    for bad in ("(", "(?<!a)b", "a" * 20_000, "\ud800"):
        with pytest.raises(OptionError, match=r"^--regex: "):
            Pattern(bad, option="--regex")
    for none in ([], [""]):
        with pytest.raises(OptionError):
            Literals(none)
    assert pickle.loads(pickle.dumps(Literals(["a"]))).strings == ["a"]  # noqa: S301


def test_a_record_without_a_value_is_a_group_of_its_own_and_no_gap_beside_others() -> None:
    grouping = Grouping(["authors"])
    assert grouping.of({"authors": ["张三", None, "李四", "张三"]}) == [("张三",), ("李四",)]
    assert grouping.of({"authors": [None, None]}) == [(None,)]
    assert grouping.of({"authors": None}) == grouping.of({"authors": []}) == grouping.of({}) == [(None,)]
    assert grouping.of({"authors": ["", "张三"]}) == [("张三",)]
