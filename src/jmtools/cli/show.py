"""`jmtools show`."""

from __future__ import annotations

import click

from jmtools.cli.frame.options import Text, sink_io
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.argument("name", type=Text(), metavar="ID")
@sink_io
def show(io: RecordIO, name: str) -> None:
    """Show one article, and where it was printed.

    Reads records, or an archive, which finds the article at once; writes the article with the `id` ID for a person to
    read: newspaper, date, page, credits, its text with numbered paragraphs, and the lines of the page where it stands,
    as far as its record names them (`source`, `char_start`, `char_end` or `spans`). Streams.

    \b
    Examples:
      jmtools show a1 paper.db
      jmtools show a1 found.jsonl
    """
    from jmtools.archive.article import find_article, page_lines, readable
    from jmtools.cli.frame.streams import batches_of
    from jmtools.errors import DataError
    from jmtools.io.outputs import write_whole

    found = find_article(batches_of(io), name, archives=io.files)
    if found is None:
        raise DataError(f"no record has the id {name}")
    write_whole(io.output, [readable(found, page_lines(found)).encode()])
