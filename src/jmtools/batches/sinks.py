"""The work on a batch of lines whose output is no JSON Lines: parse exactly, check, hand to the feature."""

from __future__ import annotations

from typing import Generic

from jmtools.batches.feature import Part, PartFeature
from jmtools.batches.workers import BatchReader, BatchResult
from jmtools.fields.path import exact
from jmtools.io.lines import LineBatch


class SinkWorker(Generic[Part]):
    """Batch → the sink's part of the output, integers past 64 bits kept; with `keep` the good lines as well."""

    def __init__(self, feature: PartFeature[Part], *, fail_fast: bool, text: bool = False, keep: bool = False) -> None:
        self._feature = feature
        self._keep = keep
        self._reader = BatchReader(feature, fail_fast=fail_fast, text=text)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on one batch."""
        result = BatchResult()
        lines, records, _ = self._reader.read(batch, result)
        result.out = self._feature.count(
            [
                exact(line, data if isinstance(data, dict) else dict(data))
                for line, data in zip(lines, records, strict=True)
            ]
        )
        result.good = len(records)
        if self._keep:
            result.lines = lines
        return result
