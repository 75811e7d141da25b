"""Dispersion of terms over the parts of a corpus, on counts that a person can check."""

from __future__ import annotations

import json

import numpy as np
import pytest

from jmtools.counts.dispersion import TermDispersion, equal_parts
from jmtools.counts.tally import Counts
from jmtools.errors import OptionError
from tests.conftest import run_jmtools


def counts(*records: list[int], parts: list[str] | None = None) -> Counts:
    found = Counts(docs=len(records))
    found.sequence = [np.array(numbers, np.int32) for numbers in records]
    found.sizes = [len(numbers) for numbers in records]
    found.parts = [(part,) for part in parts or []]
    return found


def test_a_term_spread_as_the_corpus_is_has_a_dp_of_zero() -> None:
    even = TermDispersion(counts([0, 1], [0, 1], [0, 1]), "doc").fields(0)
    assert (even["range"], even["dp"], even["juilland_d"], even["cv"]) == (3, 0, 1, 0)


def test_a_term_in_one_of_four_equal_parts() -> None:
    found = TermDispersion(counts([0, 0], [1, 1], [1, 1], [1, 1]), "doc").fields(0)
    assert found["range"] == 1
    assert found["dp"] == pytest.approx(0.75)  # half of |1 - 1/4| + 3 · |0 - 1/4|
    assert found["dp_norm"] == pytest.approx(1)


def test_parts_of_equal_length_do_not_ask_where_records_end() -> None:
    found = TermDispersion(counts([0, 0, 1, 1, 1, 1, 1, 1]), "equal:4").fields(0)
    assert found["range"] == 1
    assert found["dp"] == pytest.approx(0.75)


def test_parts_that_a_field_names() -> None:
    months = counts([0, 1], [0, 1], [1, 1], parts=["2024-03", "2024-03", "2024-04"])
    found = TermDispersion(months, "month").fields(0)
    assert found["range"] == 1
    assert found["dp"] == pytest.approx(1 / 3)  # half of |1 - 4/6| + |0 - 2/6|


def test_no_interval_from_a_single_article() -> None:
    assert TermDispersion(counts([0, 1, 1]), "doc").interval(0, confidence=0.95) is None
    low, high = TermDispersion(counts([0, 1, 1], [0, 1], [1, 1, 1, 0]), "doc").interval(0, confidence=0.95) or (1, 0)
    assert low < 3 / 9 < high


@pytest.mark.parametrize(("spec", "number"), [("doc", None), ("equal:2", 2), ("equal:100", 100)])
def test_numbers_of_parts(spec: str, number: int | None) -> None:
    assert equal_parts(spec) == number


@pytest.mark.parametrize("spec", ["equal:", "equal:1", "equal:-3", "equal:x", "equal:9999999"])
def test_what_is_no_number_of_parts(spec: str) -> None:
    with pytest.raises(OptionError, match="--parts"):
        equal_parts(spec)


def test_places_are_the_same_whether_the_core_numbers_words_or_tokens_come() -> None:
    texts = ["渡口换新船，渡口通车。3.5米！", "……", "新船（GDP）过渡口。", "", "船工说：渡口的船，渡口的人。"] * 3
    plain = b"".join(json.dumps({"text": text, "n": n % 2}).encode() + b"\n" for n, text in enumerate(texts))
    segmented = run_jmtools("segment", stdin=plain).stdout
    both = zip(plain.splitlines(keepends=True), segmented.splitlines(keepends=True), strict=True)
    inputs = plain, segmented, b"".join(lines[n % 2] for n, lines in enumerate(both))
    for more in ((), ("--parts", "n"), ("--parts", "equal:4", "--measures", "all"), ("--interval", "docs")):
        results = {run_jmtools("freq", "--dispersion", *more, stdin=lines).stdout for lines in inputs}
        assert len(results) == 1
        assert results.pop().count(b"\n") > 5


def test_a_term_with_a_number_that_does_not_occur_has_no_rates() -> None:
    assert TermDispersion(counts([0, 1]), "doc").rates(7) == []
