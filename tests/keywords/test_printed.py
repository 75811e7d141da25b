"""Printed forms of keywords, and lists of terms in every method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from jmtools.io.json_types import Record
from jmtools.keywords import KeywordExtractor, KeywordOptions
from jmtools.keywords.grouped import GroupedKeywords
from jmtools.keywords.listed import closing_notes
from jmtools.keywords.options import METHODS
from jmtools.words.reader import SegmentOptions

NEWS: Record = {"headline": "OPENAI发布新模型", "text": "OpenAI今天发布新模型。OpenAI的模型能力更强，openai官网瘫痪。"}
LIST = (
    "C++",
    ".NET",
    "《红楼梦》",
    "“三农”",
    "A/B",
    "5·12",
    "3.5%",
    "……",
    "😀",
    "云",
    "ＡＢＣ公司",
    "#岚州夜游#",
    "R&D",
)


def terms_of(record: Record, options: KeywordOptions) -> list[str]:
    [fields] = KeywordExtractor(options).apply([record])
    return [keyword["term"] for keyword in fields["keywords"]]


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("method", ["default", "yake"])
def test_the_commonest_form_is_printed(method: str, explain: bool) -> None:
    terms = terms_of(NEWS, KeywordOptions(top=3, method=method, explain=explain))
    assert "OpenAI" in terms
    assert not any("OPENAI" in term and term != "OPENAI发布" for term in terms)


def test_groups_print_one_form_of_a_term() -> None:
    records: Sequence[Record] = [
        {"date": "2024-01-02", "text": "OPENAI发布新模型，OPENAI股价上涨。"},
        {"date": "2024-01-05", "text": "OpenAI发布新模型，OpenAI称OpenAI模型领先。"},
    ]
    grouped = GroupedKeywords(KeywordOptions(), ["date:month"])
    [group] = grouped.records(grouped.count(records))
    found = {keyword["term"]: keyword for keyword in group["keywords"]}
    assert found["OpenAI"]["tf"] == 5
    assert found["OpenAI"]["df"] == 2
    assert "OPENAI" not in found


@pytest.mark.parametrize("method", METHODS)
def test_every_method_obeys_a_list(method: str) -> None:
    text = "".join(f"他们谈到{term}的事情，" for term in LIST)
    segment = SegmentOptions(fold_case=True, words=LIST)
    terms = terms_of({"text": text}, KeywordOptions(top=40, method=method, terms=LIST, segment=segment))
    assert set(terms) == set(LIST)


def test_terms_that_no_record_has_are_told() -> None:
    listed = ("医保", "汐灯")
    extractor = KeywordExtractor(KeywordOptions(terms=listed, segment=SegmentOptions(words=listed)))
    extractor.apply([{"text": "医保改革"}])
    assert list(closing_notes(extractor.take_side_counts() or Counter(), extractor.options)) == [
        "--terms: 1 of 2 terms stands in no record: 汐灯"
    ]
    grouped = GroupedKeywords(KeywordOptions(terms=listed, segment=SegmentOptions(words=listed)), ["page"])
    list(grouped.records(grouped.count([{"page": "1", "text": "医保改革"}])))
    assert list(grouped.notes()) == ["--terms: 1 of 2 terms stands in no record: 汐灯"]
