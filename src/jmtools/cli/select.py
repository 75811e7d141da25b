"""`jmtools select`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from jmtools.cli.frame.options import Text, record_io
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.argument("condition", type=Text())
@record_io
def select(io: RecordIO, condition: str) -> None:
    """Filter records by a condition.

    Reads any records, writes those that meet CONDITION, byte for byte. A condition compares fields by path: `=` `!=`
    `<` `<=` `>` `>=`, `~` and `!~` with a regular expression that may fit any part, `in (…)`, `exists`, `is null`. Join
    conditions with and, or, not and parentheses; and binds stronger than or. Memory: does not grow with the input.

    Strings stand in quotes, dates and numbers without. If a field is a list, such as authors.name, one value that meets
    the condition is enough; with != and !~ no value may equal or fit. --where of other commands takes the same
    conditions.

    \b
    Examples:
      jmtools select 'type = "article" and date >= 2024-04-01' articles.jsonl | jmtools cluster
      jmtools select 'page ~ "^A" and authors.role = "通讯员"' articles.jsonl | jmtools table
    """
    from jmtools.batches.select import Selector
    from jmtools.fields.where import Where
    from jmtools.io.kinds import is_archive

    if any(map(is_archive, io.files)):
        from jmtools.archive.narrowing import Needs

        io = replace(io, needs=Needs(where=condition))
    io.run_filter(partial(Selector, Where(condition, option="CONDITION")), text=False)
