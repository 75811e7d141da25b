"""`jmtools index`."""

from __future__ import annotations

import os
from functools import partial

import click

from jmtools.cli.frame.options import segment_options, sink_io, where_option
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.argument("archive", type=click.Path(), metavar="ARCHIVE.db")
@segment_options
@where_option
@sink_io
def index(io: RecordIO, archive: str, segmenter: str, user_dicts: tuple[str, ...], allow_mixed: bool) -> None:
    """Add records to an archive that answers at once.

    Reads records with `text` into ARCHIVE.db, an SQLite file, and writes one record with the counts. If the archive
    already has a record with this `id`, the new record replaces it; an identical record changes nothing. All records go
    in, or none: a killed run leaves the archive as it was. Other programs may read meanwhile. Memory: does not grow
    with the input.

    The archive holds the records as they came, an index of the words of their headlines and texts, and `id`, `date`,
    `page`, `newspaper`, `type`, `author` and `topic` as columns. Commands that read records read an archive too.

    \b
    Examples:
      jmtools index paper.db articles.jsonl
      jmtools split pages/ | jmtools index paper.db
    """
    from jmtools.archive.rows import RowMaker
    from jmtools.archive.writer import ArchiveWriter
    from jmtools.cli.frame.manifest import kept_record
    from jmtools.errors import OptionError
    from jmtools.words.reader import SegmentOptions

    if any(os.path.exists(path) and os.path.exists(archive) and os.path.samefile(path, archive) for path in io.files):
        raise OptionError(f"{archive}: is both the archive and an input")
    maker = partial(RowMaker, SegmentOptions(segmenter, user_dicts, allow_mixed))
    with ArchiveWriter(archive, maker=maker(), run=lambda counts: kept_record() | {"counts": counts}) as writer:
        io.run_ordered(writer, maker, keep_lines=True)
