"""Entries of the journal: a result comes back whole."""

from __future__ import annotations

import dataclasses
from collections import Counter

import orjson
import pytest

from jmtools.batches.journal_entries import entry_of, result_of
from jmtools.batches.workers import BatchResult
from jmtools.fields.missing import Sightings
from jmtools.io.records import Place, Reject


def test_a_result_comes_back_whole() -> None:
    place = Place("a.jsonl", 3, 70)
    result = BatchResult(
        read=9,
        good=7,
        rejects=[Reject(place, "is not JSON", b"{\xff", False)],
        side_counts=[Counter({("的", "stopword"): 2}), {("width", "Ａ", "A"): [3, "《Ａ》"]}, {True: 4}, [None, 0.5]],
        segmentations={"rjieba": place},
        lengths={3: place},
        sightings=Sightings({"date": 1}, {"date": None}),
        range_of="a.jsonl",
        range_lines=9,
        passed={"notice": 2},
        repeats=1,
        storyless=2,
        residue=3,
    )
    back = result_of(orjson.loads(orjson.dumps(entry_of(result))))
    for field in dataclasses.fields(BatchResult):
        if field.name not in ("out", "lines", "sightings"):
            assert getattr(back, field.name) == getattr(result, field.name), field.name
    assert (back.sightings.ends, list(back.sightings.names)) == ({"date": 1}, ["date"])


def test_counts_that_are_no_data_are_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        entry_of(BatchResult(side_counts=[object()]))
