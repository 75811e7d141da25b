"""`--where` before any work: lines are blanked, so that places and byte offsets do not move."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jmtools.batches.feature import PartFeature
from jmtools.batches.where_filter import WhereWorker
from jmtools.batches.workers import BatchResult, PartWorker
from jmtools.fields.where import Where
from jmtools.io.json_types import Record
from jmtools.io.lines import LineBatch


class Ids(PartFeature[list[int]]):
    def count(self, batch: Sequence[Record]) -> list[int]:
        return [data["id"] for data in batch]


def work(condition: str, lines: list[bytes]) -> BatchResult:
    worker = WhereWorker(lambda: PartWorker(Ids(), fail_fast=False, text=False), Where(condition))
    result: BatchResult = worker(LineBatch("a", lines, 1, 0))
    return result


def test_only_records_that_meet_the_condition_are_read() -> None:
    lines = [json.dumps({"id": number, "page": f"A{number % 2}"}).encode() for number in range(6)]
    result = work('page = "A1"', lines)
    assert (result.out, result.read, result.good) == ([1, 3, 5], 3, 3)


def test_a_bad_line_is_rejected_at_its_own_place() -> None:
    lines = [b'{"id":1,"page":"A0"}', b"{", b'{"id":2,"page":"A1"}']
    result = work('page = "A1"', lines)
    (reject,) = result.rejects
    assert (reject.place.line, reject.place.byte, result.out) == (2, len(lines[0]) + 1, [2])


def test_a_byte_order_mark_is_no_part_of_the_first_record() -> None:
    assert work("id = 1", [b'\xef\xbb\xbf{"id":1}']).out == [1]


def test_fields_of_the_condition_that_no_record_has_are_told() -> None:
    result = work('pgae = "A1"', [b'{"id":1,"page":"A1"}'])
    (message,) = result.sightings.messages()
    assert "'pgae'" in message
    assert "'page'" in message
