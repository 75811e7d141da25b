"""`--examples N`: a second pass over the input that finds the first places of the terms of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from jmtools.cli.frame.twice import check_read_twice
from jmtools.io.json_types import Fields

if TYPE_CHECKING:
    from jmtools.cli.frame.pipeline import RecordIO
    from jmtools.counts.examples import ExampleOptions

Through = Callable[[Iterable[Any]], Iterable[Any]]


def examples_through(
    io: RecordIO, options: ExampleOptions, group_of: Callable[[Fields], Any] = lambda _row: {}
) -> Through | None:
    """Return what adds `examples` to the records of a report; None where none are wanted.

    Args:
        io: The inputs.
        options: Which places are looked for; `top` 0 for none.
        group_of: The group of a record, as `Grouping.label` gives it.

    Raises:
        OptionError: If the input cannot be read twice.
    """
    if not options.top:
        return None
    check_read_twice(io.files, "--examples")
    return partial(_with_examples, io, options, group_of)


def _with_examples(
    io: RecordIO, options: ExampleOptions, group_of: Callable[[Fields], Any], records: Iterable[Fields]
) -> Iterator[Fields]:
    from jmtools.counts.examples import ExampleFinder, group_line

    rows = [dict(record) for record in records]
    terms = list(dict.fromkeys(str(row["term"]) for row in rows))
    places = io.count_first(partial(ExampleFinder, options, terms))
    for row in rows:
        yield row | {"examples": places.get((str(row["term"]), group_line(group_of(row))), [])}
