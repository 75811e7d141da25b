"""Records that are counted together are segmented in one way; the run stops at the first that is not."""

from __future__ import annotations

from jmtools.errors import DataError


class OneSegmentation:
    """The one way in which records are segmented, and where it was first seen."""

    def __init__(self) -> None:
        self._first: tuple[str, object] | None = None

    def take(self, name: str, place: object) -> None:
        """Take how a record is segmented, "" for text that was not; `place` names the record.

        Raises:
            DataError: If a record before it was segmented in another way.

        >>> one = OneSegmentation()
        >>> one.take("ab12", "a.jsonl: line 1")
        >>> one.take("cd34", "b.jsonl: line 7")
        Traceback (most recent call last):
            ...
        jmtools.errors.DataError: b.jsonl: line 7: was segmented by cd34, but a.jsonl: line 1 by ab12; segment all records in one way, or allow it with --allow-mixed
        """  # noqa: E501
        if self._first is None:
            self._first = name, place
        first, where = self._first
        if name != first:
            raise DataError(
                f"{place}: was segmented by {name or 'nothing yet'}, but {where} by {first or 'nothing yet'}; "
                "segment all records in one way, or allow it with --allow-mixed"
            )
