"""Forms of one term: case, width, and which form is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from jmtools.counts.term_counter import CountOptions
from jmtools.freq.frequencies import FreqCounter, FreqOptions
from jmtools.io.json_types import Record
from jmtools.kwic import Concordancer, KwicOptions
from jmtools.words.lexicon import Entry, Lexicon, fold_case
from jmtools.words.reader import SegmentOptions
from jmtools.words.term_filter import FilterOptions


def counts(texts: Sequence[str], *terms: str, fold: bool = True, unit: str = "word") -> dict[str, int]:
    counting = CountOptions(segment=SegmentOptions(fold_case=fold), unit=unit, strings=terms, fold_case=fold)
    counter = FreqCounter(FreqOptions(counting, filter=FilterOptions(terms=terms, fold_case=fold)))
    records: list[Record] = [{"text": text} for text in texts]
    total = counter.count(records[:1])
    for record in records[1:]:
        total = counter.merge(total, counter.count([record]))
    return {row["term"]: row["freq"] for row in counter.records(total)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OpenAI", "ＯＰＥＮＡＩ"),
        ("5G基站", "５g基站"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRAẞE"),
        ("МОСКВА", "Москва"),
    ],
)
def test_case_and_width_are_folded_in_place(one: str, other: str) -> None:
    assert fold_case(one) == fold_case(other)
    assert len(fold_case(one)) == len(one)


def test_the_last_sigma_is_any_sigma() -> None:
    assert fold_case("ΣΊΣΥΦΟΣ") == fold_case("σίσυφος")


def test_the_commonest_form_is_printed_over_all_records() -> None:
    texts = ["OPENAI发布模型。", "OpenAI称OpenAI领先。", "ＯｐｅｎＡＩ的模型，5g基站。"]
    assert counts(texts, "openai", "5G基站", "ＷｉＦｉ") == {"OpenAI": 4, "5g基站": 1, "ＷｉＦｉ": 0}
    assert counts(texts, "openai", unit="string") == {"OpenAI": 4}


def test_equal_forms_are_printed_alike_as_words_and_strings() -> None:
    texts = ["看K线图，看k线图。"]
    assert counts(texts, "k线图") == counts(texts, "k线图", unit="string") == {"K线图": 2}


def test_an_entry_of_other_case_and_width_is_found() -> None:
    assert Lexicon([Entry("5g基站")], fold_case=True).spans("新建５Ｇ基站") == [(2, 6)]


def test_a_query_finds_every_width() -> None:
    finder = Concordancer(KwicOptions(("ＯＰＥＮＡＩ",), fold_case=True))
    assert [row["node"] for row in finder.expand([{"text": "openai和ＯｐｅｎＡＩ"}])] == ["openai", "ＯｐｅｎＡＩ"]


def test_words_with_a_space_between_are_found_as_they_stand() -> None:
    texts = ["他学machine learning，也学Machine Learning。"]
    assert counts(texts, "machine learning", fold=False) == {"machine learning": 1}
    assert sum(counts(texts, "machine learning").values()) == 2
    finder = Concordancer(KwicOptions(("machine learning",)))
    assert [row["node"] for row in finder.expand([{"text": texts[0]}])] == ["machine learning"]


def test_signs_that_were_asked_for_are_shown_and_no_words() -> None:
    counting = CountOptions(strings=("……", "😀", "医保"))
    counter = FreqCounter(FreqOptions(counting, filter=FilterOptions(terms=counting.strings)))
    rows = list(counter.records(counter.count([{"text": "医保……医保😀改革"}])))
    assert {row["term"]: row["freq"] for row in rows} == {"医保": 2, "……": 1, "😀": 1}
    assert {row["n_tokens"] for row in rows} == {3}


def test_a_list_of_terms_may_have_topic_tags_and_comments(tmp_path: Path) -> None:
    from jmtools.cli.frame.options import read_terms

    path = tmp_path / "terms.txt"
    path.write_bytes("\ufeff#岚州夜游#\r\n# 注\r\n\r\n C# \r\n.NET\r\nC#\r\n".encode())
    assert read_terms(str(path)) == ("#岚州夜游#", "C#", ".NET")
