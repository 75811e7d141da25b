"""`--min-chance`: keywords that a reader is less likely to keep are left out, and records with fewer are told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jmtools.errors import OptionError
from jmtools.keywords.choice import choose
from jmtools.keywords.extract import KeywordExtractor
from jmtools.keywords.grouped import GroupedKeywords
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.shortfall import shortfall_notes
from tests.conftest import run_jmtools
from tests.keywords.test_extract import ARTICLE


def test_unlikely_keywords_are_left_out_and_others_say_their_chance() -> None:
    plain = KeywordExtractor(KeywordOptions(top=8)).apply([ARTICLE])[0]["keywords"]
    likely = KeywordExtractor(KeywordOptions(top=8, min_chance=0.01)).apply([ARTICLE])[0]["keywords"]
    assert all(0.01 <= one["chance"] <= 1 for one in likely)
    assert not any("chance" in one for one in plain)
    least = sorted(one["chance"] for one in likely)[len(likely) // 2]
    some = KeywordExtractor(KeywordOptions(top=8, min_chance=least)).apply([ARTICLE])[0]["keywords"]
    assert {one["term"] for one in likely if one["chance"] >= least} <= {one["term"] for one in some}
    assert min(one["chance"] for one in some) >= least
    assert KeywordExtractor(KeywordOptions(min_chance=1.0)).apply([ARTICLE])[0]["keywords"] == []


def test_records_with_fewer_keywords_are_counted() -> None:
    options = KeywordOptions(top=3, min_chance=1.0)
    extractor = KeywordExtractor(options)
    extractor.apply([ARTICLE, {"text": "。"}])
    found = extractor.take_side_counts()
    assert found == {"records": 2, "fewer": 1, "none": 1}  # the other one had nothing to lose
    assert list(shortfall_notes(found, options)) == [
        "1 of 2 records have fewer than 3 keywords, 1 of them none: no other term has a chance of 1 (--min-chance)"
    ]
    assert extractor.take_side_counts() == {}
    assert KeywordExtractor(KeywordOptions()).take_side_counts() is None


def test_twins_are_left_out_too() -> None:
    found = [RankedTerm(-score, term, 2, 0, 1) for score, term in ((1.0, "公主井"), (0.5, "公主井村"), (0.1, "粮仓"))]
    assert [row.term for row in choose(found, 3)] == ["公主井", "粮仓", "公主井村"]
    assert [row.term for row in choose(found, 3, twins=False)] == ["公主井", "粮仓"]
    likely = KeywordExtractor(KeywordOptions(top=10, min_chance=0.01)).apply([ARTICLE])[0]["keywords"]
    terms = [one["term"] for one in likely]
    assert not any(one in other for one in terms for other in terms if one != other)
    spared = KeywordExtractor(KeywordOptions(top=10, min_chance=0.01, nested="apart")).apply([ARTICLE])[0]["keywords"]
    assert {"医保基金", "医保基金监管"} <= {one["term"] for one in spared}
    assert "医保基金监管" not in terms


@pytest.mark.parametrize(
    "others", [{"method": "tfidf"}, {"method": "yake"}, {"tf": "bm25"}, {"without_factors": ("trees",)}]
)
def test_a_chance_needs_the_trees(others: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="--min-chance"):
        KeywordExtractor(KeywordOptions(min_chance=0.5, **others))


def test_groups_have_no_chance() -> None:
    with pytest.raises(OptionError, match="leave out --group-by"):
        GroupedKeywords(KeywordOptions(min_chance=0.5), ("date",))


@pytest.mark.parametrize("extra", [(), ("-j", "2"), ("--idf", "corpus"), ("--diversity", "0.4")])
def test_the_command_tells_of_records_with_fewer_keywords(extra: tuple[str, ...]) -> None:
    lines = "".join(json.dumps(ARTICLE, ensure_ascii=False) + "\n" for _ in range(3))
    result = run_jmtools("keywords", "-n", "5", "--min-chance", "0.99", *extra, stdin=lines.encode())
    assert result.returncode == 0
    assert "3 of 3 records have fewer than 5 keywords" in result.stderr.decode()
    assert len(result.stdout.splitlines()) == 3
