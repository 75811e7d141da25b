"""One batch: what a filter adds, refuses and counts beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from jmtools.batches.feature import FilterFeature
from jmtools.batches.workers import FilterWorker
from jmtools.errors import RecordError
from jmtools.io.json_types import Record
from jmtools.io.lines import LineBatch


class CountedLengths(FilterFeature):
    """Adds the length of a text, counts what it has seen, and refuses some texts."""

    def __init__(self) -> None:
        self.seen = 0

    def apply(self, batch: Sequence[Record]) -> list[dict[str, Any]]:
        fields = []
        for data in batch:
            self.seen += 1
            if "？" in data["text"]:
                raise RecordError("asks")
            fields.append({"length": len(data["text"])})
        return fields

    def take_side_counts(self) -> int:
        seen, self.seen = self.seen, 0
        return seen


def batch_of(*texts: str) -> LineBatch:
    return LineBatch("a.jsonl", [json.dumps({"text": text}, ensure_ascii=False).encode() for text in texts], 1, 0)


def test_what_a_refused_batch_had_counted_is_not_counted_twice() -> None:
    result = FilterWorker(CountedLengths(), fail_fast=False)(batch_of("甲", "乙乙", "丙？", "丁"))
    assert [json.loads(line)["length"] for line in b"".join(result.out).splitlines()] == [1, 2, 1]
    assert [(reject.place.line, reject.reason) for reject in result.rejects] == [(3, "asks")]
    assert sum(result.side_counts) == 4  # each record once, the refused one too


def test_nothing_is_left_for_the_next_batch() -> None:
    worker = FilterWorker(CountedLengths(), fail_fast=False)
    worker(batch_of("甲？", "乙"))
    assert sum(worker(batch_of("丙")).side_counts) == 1


@pytest.mark.parametrize("bad", range(3))
def test_in_fail_mode_only_what_stands_before_the_bad_record_is_written(bad: int) -> None:
    texts = ["甲", "乙乙", "丙丙丙"]
    texts[bad] += "？"
    result = FilterWorker(CountedLengths(), fail_fast=True)(batch_of(*texts))
    assert len(b"".join(result.out).splitlines()) == bad == result.good
    assert [reject.place.line for reject in result.rejects] == [bad + 1]
