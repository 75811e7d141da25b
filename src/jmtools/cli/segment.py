"""`jmtools segment`."""

from __future__ import annotations

from functools import partial

import click

from jmtools.cli.options import record_io, segment_options
from jmtools.cli.pipeline import RecordIO


@click.command()
@segment_options
@record_io
def segment(io: RecordIO, segmenter: str, user_dicts: tuple[str, ...], allow_mixed: bool) -> None:
    """Cut the headline and text of each record into words.

    Reads records with `text`, writes the same records with `tokens` and `segmenter`. Records that already have
    `tokens` keep them. Streams: memory does not grow with the input.

    \b
    Examples:
      jmtools split page.txt | jmtools segment > articles.jsonl
      jmtools segment --user-dict places.txt articles.jsonl | jmtools freq -n 20
    """
    from jmtools.tokens import SegmentOptions, TokenAdder

    io.run_filter(partial(TokenAdder, SegmentOptions(segmenter, user_dicts, allow_mixed)))
