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

    Reads any records, writes those that meet CONDITION, byte for byte. The condition is written as for --where: fields
    by path, `=` `!=` `<` `<=` `>` `>=`, `~` and `!~` with a pattern, `in (…)`, `exists`, `is null`, joined by and, or,
    not and parentheses. Streams: memory does not grow with the input.

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
