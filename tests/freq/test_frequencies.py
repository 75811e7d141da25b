"""Counts add up, and are what other tools count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.counts.term_counter import CountOptions
from jmtools.freq.frequencies import FreqCounter, FreqOptions
from jmtools.freq.table import term_order
from jmtools.io.records import encode_record
from jmtools.words.segment import load_segmenter
from jmtools.words.term_filter import FilterOptions
from tests.conftest import run_jmtools

RECORDS = [
    {"text": "医保局公布医保新政，医保基金监管从严。", "date": "2024-03-11", "page": "A01"},
    {"text": "市医保局开展宣传；职工医保待遇提高。", "date": "2024-03-12", "page": "A01"},
    {"headline": "医保", "text": "春耕备耕正当时，农技员下田。农技员说好。", "date": "2024-03-12", "page": "A02"},
]


def counted(**options: Any) -> list[dict[str, Any]]:
    counting = {k: options.pop(k) for k in list(options) if k in CountOptions.__dataclass_fields__}
    counter = FreqCounter(FreqOptions(CountOptions(**counting), **options))
    total = counter.count(RECORDS[:2])
    return list(counter.records(counter.merge(total, counter.count(RECORDS[2:]))))


def test_words_are_counted_as_a_plain_count_does() -> None:
    segmenter = load_segmenter()
    words = [segmenter.cut(r.get("headline", "") + "\n" + r["text"]) for r in RECORDS]
    expected = Counter(w for ws in words for w in ws if any(c.isalnum() for c in w))
    docs = Counter(w for ws in words for w in set(ws))
    total = expected.total()
    found = counted()
    assert {r["term"]: r["freq"] for r in found} == dict(expected)
    assert [r["freq"] for r in found] == sorted(expected.values(), reverse=True)
    for record in found:
        assert record["docfreq"] == docs[record["term"]]
        assert record["ipm"] == pytest.approx(record["freq"] / total * 1e6, rel=1e-5)
        assert record["rank"] == 1 + sum(n > record["freq"] for n in expected.values())


@pytest.mark.parametrize("group", ["date", "page", "date:month"])
@pytest.mark.parametrize("unit", ["word", "char"])
def test_the_sum_over_groups_is_the_total(group: str, unit: str) -> None:
    total = {r["term"]: r["freq"] for r in counted(unit=unit)}
    sums: Counter[str] = Counter()
    for record in counted(unit=unit, group_by=(group,)):
        sums[record["term"]] += record["freq"]
    assert sums == total


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"ngrams": (1, 2), "top": 5},
        {"group_by": ("date", "page"), "sort": "term"},
        {"unit": "char", "min_freq": 2},
        {"filter": FilterOptions(stopwords="default", regex="医")},
        {"where": "page = 'none'"},
        {"unit": "string", "strings": ('医"保', "医保")},
    ],
)
def test_lines_are_the_records(options: dict[str, Any]) -> None:
    counting = {k: options[k] for k in options if k in CountOptions.__dataclass_fields__}
    rest = {k: options[k] for k in options if k not in counting}
    counter = FreqCounter(FreqOptions(CountOptions(**counting), **rest))
    odd = {
        "text": '他说："好","不好"\\\x01\n',
        "tokens": ['"好","', "\\", '医"保', "a", "医\u2028", "\x01"],
        "date": '","',
    }
    records: list[dict[str, Any]] = [*RECORDS, {"page": None, **odd}, {**odd, "text": '医"保医"保'}]
    total = counter.count(records)
    assert b"".join(counter.lines(total)) == b"".join(map(encode_record, counter.records(total)))


@given(st.lists(st.text("医保基金监ab\x00\U00020000", max_size=8), unique=True))
def test_terms_are_ordered_as_sorted_does(terms: list[str]) -> None:
    assert [terms[place] for place in term_order(terms).tolist()] == sorted(terms)


def test_strings_are_counted_as_grep_counts_them() -> None:
    found = counted(unit="string", strings=("医保", "保局", "农技员", "没有"), min_freq=0)
    text = "\n".join(r.get("headline", "") + "\n" + r["text"] for r in RECORDS)
    assert {r["term"]: r["freq"] for r in found} == {s: text.count(s) for s in ("医保", "保局", "农技员")}


def test_n_grams_do_not_cross_punctuation() -> None:
    terms = {r["term"] for r in counted(ngrams=(2, 2))}
    assert not any("新政 医保" in term for term in terms)
    assert all(len(term.split(" ")) == 2 for term in terms)


def test_terms_that_are_asked_for_are_shown_with_zero(tmp_path: Path) -> None:
    (tmp_path / "watch.txt").write_text("# 注\n医保\n台风\n", encoding="utf-8")
    source = "\n".join(json.dumps(r) for r in RECORDS).encode()
    done = run_jmtools("freq", "--terms", tmp_path / "watch.txt", stdin=source)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["term"], r["freq"], r["rank"] is None) for r in records] == [("医保", 6, False), ("台风", 0, True)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--unit", "string"), b"--terms"),
        (("--ngram", "0"), b"--ngram"),
        (("--ngram", "3-2"), b"--ngram"),
        (("--sort", "dp"), b"--dispersion"),
        (("--sort", "nothing"), b"--sort"),
        (("--regex", "("), b"--regex"),
        (("--dispersion", "--parts", "equal:1"), b"--parts"),
    ],
)
def test_a_wrong_option_is_named(arguments: tuple[str, ...], words: bytes) -> None:
    done = run_jmtools("freq", *arguments, stdin=b"")
    assert done.returncode == 2
    assert words in done.stderr


def test_residue_and_mixed_scripts_are_told() -> None:
    source = '{"text":"医保&nbsp;门诊<br>报销"}\n{"text":"醫保門診報銷這個"}\n'.encode()
    done = run_jmtools("freq", stdin=source)
    assert b"1 record with tags or entities of web pages in the text" in done.stderr
    assert b"in both scripts" in done.stderr
    assert run_jmtools("freq", stdin='{"text":"医保门诊"}\n'.encode()).stderr == b""


def test_case_is_folded_and_the_commonest_form_is_printed(tmp_path: Path) -> None:
    source = '{"text":"OpenAI和OPENAI，OpenAI发布。用iPhone"}\n{"text":"openai与iPhone，IPHONE"}\n'.encode()
    for jobs in "12":
        done = run_jmtools("freq", "--fold-case", "-j", jobs, stdin=source)
        found = {row["term"]: (row["freq"], row["docfreq"]) for row in map(json.loads, done.stdout.splitlines())}
        assert {term: found[term] for term in ("OpenAI", "iPhone")} == {"OpenAI": (4, 2), "iPhone": (3, 2)}
        assert not {"OPENAI", "openai", "IPHONE"} & set(found)
    listed = tmp_path / "terms.txt"
    listed.write_text("OPENAI\nAI\n", "utf-8")
    for unit in ("word", "string"):
        done = run_jmtools("freq", "--fold-case", "--unit", unit, "--terms", listed, stdin=source)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert (rows[0]["term"].casefold(), rows[0]["freq"]) in {("openai", 4), ("ai", 4)}
    apart = run_jmtools("freq", stdin=source)
    assert {"OpenAI", "OPENAI", "openai"} <= {json.loads(line)["term"] for line in apart.stdout.splitlines()}
