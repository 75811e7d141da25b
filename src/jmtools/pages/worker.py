"""Splits pages in a worker process."""

from __future__ import annotations

from dataclasses import dataclass, field

from jmtools.io.json_types import Fields
from jmtools.io.records import Reject
from jmtools.pages.explain import explain_page
from jmtools.pages.inputs import Task
from jmtools.pages.review import doubtful_borders
from jmtools.pages.splitting import PageSplitter, SplitOptions


@dataclass(slots=True)
class PageResult:
    """What became of one page."""

    records: list[Fields] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 1
    decided: int = 0  # borders that a person has decided


class SplitWorker:
    """Splits pages in one process."""

    def __init__(self, options: SplitOptions, *, explain: bool, review: bool) -> None:
        self._splitter = PageSplitter(options)
        self._explain, self._review = explain, review

    def __call__(self, task: Task) -> PageResult:
        """Return what becomes of a page, or hand a reject on."""
        if isinstance(task, Reject):
            return PageResult(rejects=[task])
        split = self._splitter.split(task)
        doubts = list(doubtful_borders(split, self._splitter.model)) if self._review else []
        decided = self._splitter.options.borders.get(split.key, {}).keys() & {line.first for line in split.lines}
        records = list(explain_page(split, self._splitter.model)) if self._explain else split.records
        return PageResult(records, doubts, decided=len(decided))
