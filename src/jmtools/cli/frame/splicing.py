"""The second half of a command that must see every record first: the lines that waited, with their new fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jmtools.batches.story_filter import story_of
from jmtools.io.json_types import Fields
from jmtools.io.records import parse_record, splice

if TYPE_CHECKING:
    from jmtools.cli.frame.run_options import RunOptions


def splice_all(options: RunOptions, batches: Iterable[list[bytes]], fields: Iterator[Fields | None]) -> Iterator[bytes]:
    """Yield the lines of each batch with their new fields, as one piece.

    Records of other types stay as they are; with `--count stories` repeats get the fields of their story's first.

    Args:
        options: Say which records were worked on.
        batches: The lines, in the order of the input.
        fields: The new fields of those that were worked on; None for a record that is left out.
    """
    of_story: dict[str, Fields | None] = {}
    for lines in batches:
        out = []
        for line in lines:
            if options.types is not None and options.types.other(line) is not None:
                out.append(line + b"\n")
                continue
            story = story_of(line) if options.by_story else None
            new = of_story[story] if story in of_story else next(fields)
            if story is not None:
                of_story[story] = new
            out.append(b"" if new is None else splice(line, parse_record(line), new))
        yield b"".join(out)
