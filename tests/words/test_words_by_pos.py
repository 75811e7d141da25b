"""Counts of parts of speech go by the word where it stands."""

from __future__ import annotations

from dataclasses import replace

from jmtools.counts.term_counter import CountOptions
from jmtools.freq.frequencies import FreqCounter, FreqOptions
from jmtools.io.json_types import Record
from jmtools.words.term_filter import FilterOptions

NEWS: list[Record] = [
    {"text": "记者高峰报道，岑望汐说，早晚高峰出行不便。"},
    {"text": "早晚高峰出行不便，文明出行，岑望汐呼吁。"},
]


def freq(records: list[Record], *pos: str, ngrams: tuple[int, int] = (1, 1)) -> dict[str, int]:
    counting = CountOptions(pos=pos, ngrams=ngrams)
    counter = FreqCounter(FreqOptions(counting, filter=FilterOptions(pos=pos, in_context=True)))
    total = counter.count(records[:1])
    for record in records[1:]:
        total = counter.merge(total, counter.count([record]))
    return {row["term"]: row["freq"] for row in counter.records(total)}


def test_a_word_is_a_name_only_where_it_is_one() -> None:
    assert freq(NEWS, "nr") == {"岑望汐": 2, "高峰": 1}
    assert freq(NEWS, "n")["高峰"] == 2
    assert "文明" not in freq(NEWS, "nr")


def test_every_word_of_a_term_is_of_a_wanted_part_of_speech() -> None:
    assert all("岑望汐" not in term for term in freq(NEWS, "n", "v", ngrams=(2, 2)))


def test_totals_are_those_of_all_words() -> None:
    def n_tokens(*pos: str) -> int:
        counting = CountOptions(pos=pos)
        counter = FreqCounter(FreqOptions(counting, filter=FilterOptions(pos=pos, in_context=True)))
        return int(next(iter(counter.records(counter.count(NEWS))))["n_tokens"])

    assert n_tokens("nr") == n_tokens("n") == n_tokens("v")


def test_parts_of_speech_that_a_record_brings_are_its_own() -> None:
    given: Record = {"text": "文明说", "tokens": ["文明", "说"], "pos": ["nr", "v"]}
    assert freq([given], "nr") == {"文明": 1}
    assert freq([{**given, "pos": ["a", "v"]}], "nr") == {}


def test_a_list_of_terms_and_parts_of_speech_go_together() -> None:
    counting = CountOptions(pos=("nr",), strings=("高峰", "早晚高峰"))
    shown = FilterOptions(terms=counting.strings, pos=("nr",), in_context=True)
    counter = FreqCounter(FreqOptions(replace(counting), filter=shown))
    rows = list(counter.records(counter.count(NEWS)))
    assert {row["term"]: row["freq"] for row in rows} == {"高峰": 1, "早晚高峰": 0}
