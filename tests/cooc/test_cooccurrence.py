"""Pairs are counted as a plain loop counts them, and their measures are those of the statistics module."""

from __future__ import annotations

import itertools
import json
import math
import random
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from jmtools.cooc.cooccurrence import SORTS, CoocCounter, CoocOptions
from jmtools.errors import OptionError, RecordError
from jmtools.stats import association
from jmtools.words.term_filter import FilterOptions
from tests.conftest import run_jmtools

WORDS = [f"词{chr(0x4E00 + n)}" for n in range(12)]


def corpus(seed: int, n: int = 30) -> list[dict[str, Any]]:
    """Records whose tokens are given: sentences and paragraphs of words drawn from a few."""
    choice = random.Random(seed)
    records = []
    for number in range(n):
        tokens: list[str] = []
        for _ in range(choice.randint(1, 6)):
            tokens += choice.choices(WORDS, weights=range(len(WORDS), 0, -1), k=choice.randint(0, 5))
            tokens += choice.choice([["。"], ["？"], ["。", "\n"], ["\n"]])
        records.append({"id": number, "text": "".join(tokens), "tokens": tokens})
    return records


def spans_of(record: dict[str, Any], within: str) -> list[set[str]]:
    """The same by hand: cut the list of tokens at line breaks, or also after end marks."""
    if within == "record":
        return [set(record["tokens"]) & set(WORDS)]
    spans: list[list[str]] = [[]]
    for word in record["tokens"]:
        spans[-1].append(word)
        if word == "\n" or (within == "sentence" and word in "。？"):
            spans.append([])
    return [set(span) & set(WORDS) for span in spans if set(span) & set(WORDS)]


def found(records: list[dict[str, Any]], batch: int = 7, **options: Any) -> list[dict[str, Any]]:
    counter = CoocCounter(CoocOptions(**options))
    total: Any = counter.count(records[:batch])
    for start in range(batch, len(records), batch):
        total = counter.merge(total, counter.count(records[start : start + batch]))
    return list(counter.records(total))


@pytest.mark.parametrize("within", ["record", "paragraph", "sentence"])
@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_counted_as_a_loop_counts_them(within: str, seed: int) -> None:
    records = corpus(seed)
    spans = [(record["id"], span) for record in records for span in spans_of(record, within)]
    single = Counter(term for _, span in spans for term in span)
    freq = Counter(pair for _, span in spans for pair in itertools.combinations(sorted(span), 2))
    docs = {(record, pair) for record, span in spans for pair in itertools.combinations(sorted(span), 2)}
    docfreq = Counter(pair for _, pair in docs)
    rows = found(records, within=within, min_freq=1)
    assert {tuple(sorted((r["term_a"], r["term_b"]))): r["freq"] for r in rows} == dict(freq)
    assert {tuple(sorted((r["term_a"], r["term_b"]))): r["docfreq"] for r in rows} == dict(docfreq)
    for row in rows:
        assert (row["freq_a"], row["freq_b"], row["spans"]) == (
            single[row["term_a"]],
            single[row["term_b"]],
            len(spans),
        )
        assert row["freq_a"] >= row["freq_b"]
        table = row["freq"], row["freq_a"], row["freq_b"], len(spans)
        assert row["jaccard"] == pytest.approx(association.jaccard(*table), rel=1e-5)
        assert row["pmi"] == pytest.approx(association.mi(*table), rel=1e-5, abs=1e-9)
        assert row["log_dice"] == pytest.approx(association.log_dice(*table), rel=1e-5)


def strength_of(name: str, row: dict[str, Any]) -> float:
    """Evidence against chance has the sign of the direction; a small p is much evidence."""
    two_sided = ("ll", "chi2", "chi2_yates", "simple_ll", "average_mi", "nmi", "phi2", "fisher")
    value = -math.log(row[name]) if name == "fisher" else row[name]
    return float(-value if name in two_sided and row["direction"] == "under" else value)


@pytest.mark.parametrize("sort", SORTS)
def test_pairs_leave_in_order_and_a_limit_takes_the_first(sort: str) -> None:
    rows = found(corpus(4), min_freq=2, sort=sort)
    strength = [strength_of(sort, row) for row in rows]
    assert strength == sorted(strength, reverse=True)
    assert found(corpus(4), batch=30, min_freq=2, sort=sort, top=5) == rows[:5]


def test_only_the_most_frequent_terms_are_paired() -> None:
    rows = found(corpus(5, 60), min_freq=1, vocabulary=3)
    assert {row["term_a"] for row in rows} | {row["term_b"] for row in rows} == set(WORDS[:3])


def test_values_of_a_field_are_paired() -> None:
    records = [{"authors": [{"name": a} for a in names]} for names in (["甲", "乙"], ["乙", "甲", "丙"], ["丙"], [])]
    rows = found(records, field="authors.name", min_freq=1)
    assert next((r["term_a"], r["term_b"], r["freq"], r["spans"]) for r in rows) == ("乙", "甲", 2, 4)


def test_strings_and_characters() -> None:
    records = [{"text": "医保局。水库大坝。"}, {"text": "医保水库。"}]
    rows = found(records, unit="string", filter=FilterOptions(("医保", "保局", "水库")), within="sentence", min_freq=1)
    assert {(r["term_a"], r["term_b"]): r["freq"] for r in rows} == {("医保", "保局"): 1, ("医保", "水库"): 1}
    rows = found(records, unit="char", within="sentence", min_freq=2)
    assert {(r["term_a"], r["term_b"]) for r in rows} == {("保", "医"), ("库", "水")}


def test_parts_of_speech_choose_the_terms() -> None:
    records = [{"text": "北京和上海举行会议。"}]
    rows = found(records, filter=FilterOptions(pos=("ns",), min_length=2), min_freq=1)
    assert [(r["term_a"], r["term_b"]) for r in rows] == [("上海", "北京")]


def test_what_cannot_be() -> None:
    for options in (
        {"sort": "size"},
        {"unit": "string"},
        {"field": "a", "within": "sentence"},
        {"field": "a", "filter": FilterOptions(pos=("n",))},
    ):
        with pytest.raises(OptionError, match="--"):
            CoocCounter(CoocOptions(**options))
    counter = CoocCounter(CoocOptions(within="sentence"))
    with pytest.raises(RecordError, match="does not stand"):
        counter.check({"text": "甲乙", "tokens": ["丙"]})
    assert list(counter.records(counter.count([]))) == []


def test_the_network_beside_has_the_same_pairs(tmp_path: Path) -> None:
    source = "\n".join(json.dumps(record) for record in corpus(6)).encode()
    target = tmp_path / "pairs.graphml"
    done = run_jmtools("cooc", "--min-freq", "4", "--graphml", target, stdin=source)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    space = "{http://graphml.graphdrawing.org/xmlns}"
    tree = ElementTree.parse(target)  # noqa: S314 - our own file
    names = {node.get("id"): node[0].text for node in tree.iter(f"{space}node")}
    edges = {(names[edge.get("source")], names[edge.get("target")]) for edge in tree.iter(f"{space}edge")}
    assert edges == {(row["term_a"], row["term_b"]) for row in rows}
    assert len(edges) > 5
