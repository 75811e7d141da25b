"""`--where` for every command: only the records of a batch that meet a condition reach the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jmtools.errors import RecordError
from jmtools.fields.missing import FieldTracker, Sightings
from jmtools.fields.where import Where
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM, parse_record


class WhereWorker:
    """Blanks the lines whose records do not meet a condition, and hands the batch on.

    A line that is no record is handed on too: whether it may be passed over, the work's own policy says.
    """

    def __init__(self, worker: Callable[[], Callable[[LineBatch], Any]], condition: Where) -> None:
        self._work = worker()
        self._matches = condition.matches
        self._tracker = FieldTracker(condition.field_names)
        self._seen = Sightings()

    def __call__(self, batch: LineBatch) -> Any:
        """Work on the records of a batch that meet the condition."""
        lines = [
            line if index in batch.too_long or self._is_wanted(line) else b" " * len(line)  # places must not move
            for index, line in enumerate(batch.lines)
        ]
        result = self._work(replace(batch, lines=lines))
        result.sightings.add(self._seen)
        self._seen = Sightings()
        return result

    def _is_wanted(self, line: bytes) -> bool:
        try:
            data = parse_record(line.removeprefix(UTF8_BOM))
            if self._tracker:
                self._seen.add(self._tracker.look([data]))
            return self._matches(data)
        except RecordError:
            return True
