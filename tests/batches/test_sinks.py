"""A sink gets records exactly as they are written, and may keep their lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jmtools.batches.feature import PartFeature
from jmtools.batches.sinks import SinkWorker
from jmtools.io.json_types import Record
from jmtools.io.lines import LineBatch


class Values(PartFeature[list[Any]]):
    def count(self, batch: Sequence[Record]) -> list[Any]:
        return [data["n"] for data in batch]


def test_integers_past_64_bits_are_exact() -> None:
    big = 2**64 + 1
    result = SinkWorker(Values(), fail_fast=True)(LineBatch("a", [b'{"n":%d}' % big, b'{"n":1.5}'], 1, 0))
    assert result.out == [big, 1.5]
    assert result.lines == []


def test_lines_are_kept_on_request_and_only_good_ones() -> None:
    lines = [b'{"n":1}', b"[]", b'{"n":2}']
    result = SinkWorker(Values(), fail_fast=False, keep=True)(LineBatch("a", lines, 1, 0))
    assert (result.out, result.lines, len(result.rejects)) == ([1, 2], [lines[0], lines[2]], 1)
