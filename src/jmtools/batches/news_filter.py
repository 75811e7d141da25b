"""`--types` for the commands that work on texts: other records do not reach the work, and filters hand them on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from jmtools.batches.workers import BatchResult
from jmtools.fields.news import TypeRule
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM

_EDGE = b" \t\r\n"


class NewsWorker:
    """Blanks the lines of records of other types, and puts them back among the lines that the work has made.

    Of a filter's result the lines are one for each record that was worked on; those of others stand between them as
    they were. Of a report's result nothing is put back.
    """

    def __init__(
        self, worker: Callable[[], Callable[[LineBatch], BatchResult]], rule: TypeRule, *, keep: str = ""
    ) -> None:
        """Take the work.

        Args:
            worker: Builds it.
            rule: Which records are worked on.
            keep: `out` or `lines`: where in a result the records stand that are handed on; empty for nowhere.
        """
        self._work = worker()
        self._others = rule.others
        self._keep = keep

    def __call__(self, batch: LineBatch) -> BatchResult:
        """Work on the records of a batch that the rule takes."""
        found = self._others(batch.lines).items()
        others = {index: kind for index, kind in found if index not in batch.too_long}
        result = self.work_without(batch, others)
        for kind in others.values():
            result.passed[kind] = result.passed.get(kind, 0) + 1
        return result

    def work_without(self, batch: LineBatch, others: Mapping[int, str]) -> BatchResult:
        """Work on a batch without some of its records, and hand these on where the result holds lines."""
        if not others:
            return self._work(batch)
        lines = [b" " * len(line) if n in others else line for n, line in enumerate(batch.lines)]  # no place may move
        result = self._work(replace(batch, lines=lines))
        rejected = {reject.place.line - batch.first_line for reject in result.rejects}
        if self._keep == "out":
            done = iter(b"".join(result.out).split(b"\n"))
            result.out = [b"".join(line + b"\n" for line in self._merged(batch, lines, others, rejected, done))]
        elif self._keep:
            result.lines = list(self._merged(batch, lines, others, rejected, iter(result.lines)))
        result.read += len(others)
        result.good += len(others)
        return result

    def _merged(
        self, batch: LineBatch, lines: list[bytes], others: Mapping[int, str], rejected: set[int], done: Iterator[bytes]
    ) -> Iterator[bytes]:
        for index, line in enumerate(lines):
            if index in others:
                own = batch.lines[index]
                yield (own.removeprefix(UTF8_BOM) if batch.first_byte == 0 and index == 0 else own).strip(_EDGE)
            elif line.strip() and index not in rejected:
                made = next(done, None)
                if made is None:  # the work has ended at a bad record
                    return
                yield made
