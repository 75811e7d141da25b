"""keyness: two sides are compared as SciPy compares them."""

from __future__ import annotations

import json
from pathlib import Path

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


FOLDED = [
    {"text": "OpenAI和OPENAI，OpenAI发布。用iPhone", "side": "t"},
    {"text": "openai与iPhone，IPHONE", "side": "t"},
    {"text": "Openai，Openai，Openai，Openai，天气", "side": "r"},
    {"text": "天气", "side": "r"},
]


def test_case_is_folded_on_both_sides_and_the_commonest_form_of_both_is_printed(tmp_path: Path) -> None:
    lines = b"".join(json.dumps(record).encode() + b"\n" for record in FOLDED)
    sides = ("--target-where", 'side = "t"', "--reference-where", 'side = "r"', "--direction", "both")
    asked = ("keyness", "--fold-case", "--min-freq", "1", "--direction", "both")
    runs = [output(*asked, *sides, "-j", jobs, stdin=lines) for jobs in "12"]
    assert runs[0] == runs[1]
    runs += [output(*asked, *sides, "--test", test, stdin=lines) for test in ("mannwhitney", "welch")]
    parts = {side: [r for r in FOLDED if r["side"] == side] for side in "tr"}
    files = {}
    for side, records in parts.items():
        files[side] = tmp_path / f"{side}.jsonl"
        files[side].write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    runs.append(output(*asked, "--reference", files["r"], files["t"]))
    apart = tmp_path / "freq.jsonl"  # counted without --fold-case, so in all its forms
    apart.write_text("".join(json.dumps(row) + "\n" for row in output("freq", files["r"])), "utf-8")
    runs.append(output(*asked, "--reference", apart, files["t"]))
    for rows in runs:
        found = {row["term"]: row for row in rows}
        assert (found["Openai"]["freq_target"], found["Openai"]["freq_reference"]) == (4, 4)  # 4 of 8 are printed so
        assert (found["Openai"]["docfreq_target"], found["Openai"]["docfreq_reference"]) == (2, 1)
        assert (found["iPhone"]["freq_target"], found["iPhone"]["freq_reference"]) == (3, 0)
        assert not {"OpenAI", "OPENAI", "openai", "IPHONE", "iphone"} & found.keys()
    assert runs[0] == runs[4]
    assert {row["term"] for row in output("keyness", "--min-freq", "1", *sides, stdin=lines)} >= {"OpenAI", "OPENAI"}


def test_terms_and_examples_of_folded_case(tmp_path: Path) -> None:
    listed, source = tmp_path / "terms.txt", tmp_path / "in.jsonl"
    listed.write_text("OPENAI\n", "utf-8")
    source.write_text("".join(json.dumps(record) + "\n" for record in FOLDED), "utf-8")
    sides = ("--target-where", 'side = "t"', "--reference-where", 'side = "r"', "--direction", "both")
    for unit in ("word", "string"):
        (row,) = output(
            *("keyness", "--fold-case", "--unit", unit, "--terms", listed, "--examples", "9", *sides, source)
        )
        assert (row["term"].casefold(), row["freq_target"], len(row["examples"])) == ("openai", 4, 4)
