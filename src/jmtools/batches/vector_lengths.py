"""The vectors of a run have the length of the first; records with others are rejected, at any number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from jmtools.batches.story_filter import is_left_out
from jmtools.errors import RecordError
from jmtools.fields.news import TypeRule
from jmtools.fields.where import Where
from jmtools.io.json_types import Record
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM, Place, parse_record, require_text


class LengthMarker:
    """Finds the first vector of the input and tells all batches its length. It lives in the first process."""

    def __init__(self, length_of: Callable[[Record], int], where: Where | None, types: TypeRule | None) -> None:
        """Take what reads a vector's length, and the rules by which records are left out before.

        Args:
            length_of: Raises `RecordError` where a record has no vector.
            where: Condition on records.
            types: Which types are worked on.
        """
        self._length_of, self._where, self._types = length_of, where, types

    def mark(self, batches: Iterable[LineBatch | None]) -> Iterator[LineBatch | None]:
        """Yield the batches with their `vector` set."""
        first: tuple[int, str] | None = None
        for batch in batches:
            if batch is not None:
                first = first or self._first(batch)
                batch = replace(batch, vector=first)
            yield batch

    def _first(self, batch: LineBatch) -> tuple[int, str] | None:
        for index, line in enumerate(batch.lines):
            if index in batch.too_long or is_left_out(line, self._where, self._types):
                continue
            try:
                data = parse_record(line.removeprefix(UTF8_BOM))
                require_text(data)
                length = self._length_of(data)
            except RecordError:
                continue
            return length, str(Place(batch.file, batch.first_line + index, batch.byte_of(index)))
        return None
