"""`--count stories`: of each story only its first record is worked on, whatever the number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from jmtools.batches.news_filter import NewsWorker
from jmtools.batches.workers import BatchResult
from jmtools.errors import RecordError
from jmtools.fields.news import TypeRule
from jmtools.fields.where import Where
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM, parse_record

_KEY = b'"story"'


class StoryMarker:
    """Marks, in the order of the input, the records whose story has come before. It lives in the first process."""

    def __init__(self, where: Where | None, types: TypeRule | None) -> None:
        """Take the rules by which records are left out before: such a record is nobody's first.

        Args:
            where: Condition on records.
            types: Which types are worked on.
        """
        self._where, self._types = where, types
        self._seen: set[str] = set()

    def mark(self, batches: Iterable[LineBatch | None]) -> Iterator[LineBatch | None]:
        """Yield the batches with their `repeats` set."""
        for batch in batches:
            if batch is not None:
                repeats = frozenset(n for n, line in enumerate(batch.lines) if self._is_repeat(line))
                batch = replace(batch, repeats=repeats) if repeats else batch
            yield batch

    def _is_repeat(self, line: bytes) -> bool:
        story = story_of(line)
        if story is None or is_left_out(line, self._where, self._types):
            return False
        if story in self._seen:
            return True
        self._seen.add(story)
        return False


class StoryWorker(NewsWorker):
    """Keeps the marked records of a batch from the work, and puts them back where a result has all lines."""

    def __init__(self, worker: Callable[[], Callable[[LineBatch], BatchResult]], *, keep: str = "") -> None:
        super().__init__(worker, TypeRule(), keep=keep)

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on the records of a batch that are the first of their stories."""
        result = self.work_without(batch, dict.fromkeys(batch.repeats, ""))
        result.repeats = len(batch.repeats)
        result.storyless = sum(1 for line in batch.lines if line.strip() and _KEY not in line)
        return result


def is_left_out(line: bytes, where: Where | None, types: TypeRule | None) -> bool:
    """Return whether a record is not worked on: of another type, or not meeting a condition."""
    if types is not None and types.other(line) is not None:
        return True
    if where is None:
        return False
    try:
        return not where.matches(parse_record(line.removeprefix(UTF8_BOM)))
    except RecordError:
        return False


def story_of(line: bytes) -> str | None:
    """Return the story of the record in a line; None where it has none, or the line is no record.

    >>> story_of(b'{"text":"a","story":"s1"}'), story_of(b'{"text":"a"}')
    ('s1', None)
    """
    if _KEY not in line:
        return None
    try:
        story = parse_record(line.removeprefix(UTF8_BOM)).get("story")
    except RecordError:
        return None
    return story if isinstance(story, str) and story else None
