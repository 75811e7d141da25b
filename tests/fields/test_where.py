"""The conditions of `--where`."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.errors import OptionError
from jmtools.fields.where import Where, parse_where

RECORD: dict[str, Any] = {
    "page": "A01",
    "date": "2023-05-12",
    "topic": 3,
    "score": 0.25,
    "lead": True,
    "byline": None,
    "subheads": ["一县一策", "增强动力"],
    "empty": [],
    "authors": [{"name": "甲", "role": "记者"}, {"name": "乙", "role": "通讯员"}],
    "nested": {"a": {"b": "x"}},
    "odd name": 1,
    "价格": 1.5,
    "issue": "12",
    "quote": 'say "ja"',
}

TRUE = [
    'page = "A01"',
    "page == 'A01'",
    'page ~ "^A"',
    'page !~ "^B"',
    'page ~ "0[1-4]$" and topic = 3',
    "date >= 2023-05-01",
    "date = 2023-05",
    "date <= 2023-05",
    "date > 2023-04",
    "date < 2024-01-01",
    "not date > 2023-05",
    "date in (2023-04, 2023-05)",
    "date >= 2023",
    "date = 2023",
    "date in (2022, 2023)",
    "topic > 2.5",
    "topic >= 3 and topic <= 3",
    "topic != 4",
    'topic = "3"',
    "issue = 12",
    "issue > 9",
    "score = 2.5e-1",
    "lead = true",
    "lead != false",
    'authors.role = "记者"',
    'authors.role = "通讯员" and authors.role = "记者"',
    'authors.role != "评论员"',
    'authors.0.name = "甲"',
    'subheads = "增强动力"',
    'subheads ~ "动"',
    'nested.a.b = "x"',
    "`odd name` = 1",
    "价格 > 1",
    "byline = null",
    "byline is null",
    "missing is null",
    "missing = null",
    "page is not null",
    "page != null",
    "page exists",
    "not missing exists",
    "not empty exists",
    'missing != "x"',
    'page in ("A01", "A02")',
    'page not in ("B01")',
    "topic in (1, 2, 3)",
    "topic = 1 or topic = 3 and page exists",
    "(topic = 1 or topic = 3) and not (page = 'B01')",
    "NOT topic = 4 AND page EXISTS",
    r'quote = "say \"ja\""',
    r"""quote ~ '"ja"'""",
    r'date ~ "^\d{4}-\d\d-12$"',
]
FALSE = [
    'page = "a01"',
    "topic = 4",
    "topic > 3",
    "topic < 3",
    'missing = "x"',
    "missing > 1",
    'missing ~ "."',
    'authors.role != "记者"',
    "date < 2023-05",
    "date > 2023-05",
    "date != 2023-05",
    "date > 2023",
    "date < 2023",
    "byline exists",
    "page > 5",
    "lead = false",
    'topic = 3 and page = "B01"',
    "not (topic = 3 or page = 'B01')",
    "topic = true",
    "lead = 1",
]


@pytest.mark.parametrize("expression", TRUE)
def test_it_holds(expression: str) -> None:
    assert Where(expression).matches(RECORD) is True
    assert Where(f"not ({expression})").matches(RECORD) is False


@pytest.mark.parametrize("expression", FALSE)
def test_it_does_not_hold(expression: str) -> None:
    assert Where(expression).matches(RECORD) is False


ERRORS = {
    "": "character 1: expected a field: ▶",
    "page": "character 5: expected =, !=, <, <=, >, >=, ~, !~, in, exists or is: page▶",
    "page =": 'character 7: expected a value: "text" in quotes, a number or a date: page =▶',
    "page = A01": 'character 8: expected a value: "text" in quotes, a number or a date: page = ▶A01',
    'page = "A01': 'character 8: expected a quotation that ends: page = ▶"A01',
    "(page exists": "character 13: expected ')': (page exists▶",
    "page exists)": "character 12: expected 'and', 'or' or the end: page exists▶)",
    "page exists page": "character 13: expected 'and', 'or' or the end: page exists ▶page",
    "page in 3": "character 9: expected '(': page in ▶3",
    "page ~ 3": 'character 8: expected a regular expression in quotes, such as "^A": page ~ ▶3',
    "date > 2023-02-30": "character 8: expected a date of the calendar: date > ▶2023-02-30",
    "page = ; rm": "character 8: expected a field, a sign or a value: page = ▶; rm",
    "and page exists": "character 1: expected a field: ▶and page exists",
    "page < null": 'character 8: expected a value: "text" in quotes, a number or a date: page < ▶null',
    "page is 3": "character 9: expected 'null': page is ▶3",
}


@pytest.mark.parametrize("expression", ERRORS)
def test_an_error_points_at_the_place(expression: str) -> None:
    with pytest.raises(OptionError) as error:
        Where(expression, option="--target-where")
    assert str(error.value) == f"--target-where: {ERRORS[expression]}"


def test_a_bad_regular_expression_is_named() -> None:
    for bad in ("(a", "(?<=a)b", r"(a)\1"):
        with pytest.raises(OptionError, match="--where: "):
            Where(f'page ~ "{bad}"')


def test_nothing_is_evaluated_and_nothing_is_deep() -> None:
    for bad in (
        "__import__('os').system('true')",
        "page.__class__ == 1 if 1",
        "(" * 5000,
        "not " * 5000 + "page exists",
    ):
        with pytest.raises(OptionError):
            Where(bad)
    assert Where("page.__class__ exists").matches(RECORD) is False


def test_a_regular_expression_is_linear() -> None:
    where = Where('text ~ "(a+)+$"')
    begin = time.process_time()
    assert where.matches({"text": "a" * 50_000 + "b"}) is False
    assert time.process_time() - begin < 5  # the standard library's engine would need centuries


def test_a_lone_surrogate_matches_nothing() -> None:
    assert Where('text ~ "a"').matches({"text": "a\ud800"}) is False


def test_it_can_be_sent_to_another_process() -> None:
    where = pickle.loads(pickle.dumps(Where('page ~ "^A" and topic > 2')))  # noqa: S301
    assert where.matches(RECORD)
    assert where.field_names == ("page", "topic")
    assert parse_where(None) is None


@given(st.text(max_size=30))
def test_any_text_is_a_condition_or_a_told_error(expression: str) -> None:
    message = ""
    try:
        Where(expression)
    except OptionError as error:
        message = str(error)
    assert not message or message.startswith("--where: ")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.text(max_size=20))
def test_any_string_can_be_asked_for(string: str, other: str) -> None:
    quoted = '"' + string.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert Where(f"f = {quoted}").matches({"f": string})
    assert Where(f"f = {quoted}").matches({"f": other}) is (string == other)
