"""What a command writes beside its output when all records have been read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jmtools.cli.frame.messages import note
from jmtools.io.json_types import Fields, Record

if TYPE_CHECKING:
    from jmtools.batches.feature import ReportFeature
    from jmtools.cli.frame.run_options import RunOptions

_SEGMENT_NAMES = ("segmenter", "user_dicts", "allow_mixed")


def _count_nothing(_counts: Any) -> None:
    """Take no counts."""


@dataclass(frozen=True)
class SideOutput:
    """A second output, written whole when all records have been read.

    Attributes:
        path: Where it goes.
        records: Gives what is written.
        add: Takes what a filter's `take_side_counts` gave, in the order of the input.
    """

    path: str
    records: Callable[[], Iterable[Record]]
    add: Callable[[Any], None] = _count_nothing

    def write(self) -> None:
        """Write the records."""
        from jmtools.io.outputs import write_whole
        from jmtools.io.records import encode_record

        write_whole(self.path, map(encode_record, self.records()))


@dataclass(frozen=True)
class SideNotes:
    """What a filter has to tell of all records that it has read.

    Attributes:
        messages: Gives the notes.
        add: Takes what a filter's `take_side_counts` gave, in the order of the input.
    """

    messages: Callable[[], Iterable[str]]
    add: Callable[[Any], None]

    def write(self) -> None:
        """Tell them."""
        for message in self.messages():
            note(message)


def shown_to(see: Callable[[Fields], None], records: Iterable[Record]) -> Iterator[Fields]:
    """Hand on records, each of them shown to a function first."""
    for record in records:
        see(dict(record))
        yield dict(record)


def with_size(feature: Callable[[], ReportFeature[Any, Any]], parameters: Record) -> ReportFeature[Any, Any]:
    """Return a report that counts the size of its corpus too, segmented as the command's parameters say."""
    from jmtools.counts.corpus_size import SizeCounter, WithSize
    from jmtools.words.reader import SegmentOptions

    segment = SegmentOptions(**{name: parameters[name] for name in _SEGMENT_NAMES if name in parameters})
    return WithSize(feature(), SizeCounter(segment))


def write_summary(options: RunOptions, report: Any, total: Any, *, rejected: int) -> None:
    """Write what a methods section needs: what was counted, how, and by which version."""
    from jmtools.cli.frame.summary import summary_of

    if options.summary is not None:
        SideOutput(options.summary, lambda: [summary_of(options, report, total, rejected=rejected)]).write()
