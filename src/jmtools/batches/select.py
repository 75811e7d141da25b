"""Keep the records that meet a condition, as they are."""

from __future__ import annotations

from collections.abc import Sequence

from jmtools.batches.feature import FilterFeature
from jmtools.fields.where import Where
from jmtools.io.json_types import Fields, Record


class Selector(FilterFeature):
    """A filter that adds nothing and lets some records through.

    Args:
        condition: What a record has to meet.
    """

    def __init__(self, condition: Where) -> None:
        self._condition = condition

    def fields_read(self) -> tuple[str, ...]:
        """Return the fields of the condition."""
        return self._condition.field_names

    def apply(self, batch: Sequence[Record]) -> list[Fields | None]:
        """Return no fields for each record that meets the condition, None for each that does not.

        >>> Selector(Where('type = "ad"')).apply([{"type": "ad"}, {"type": "article"}, {}])
        [{}, None, None]
        """
        matches = self._condition.matches
        return [{} if matches(data) else None for data in batch]
