"""`jmtools summary`."""

from __future__ import annotations

from functools import partial

import click

from jmtools.cli.frame.options import group_by_option, report_io, segment_options, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@group_by_option
@segment_options
@types_option
@where_option
@report_io
def summary(
    io: RecordIO, group_by: tuple[str, ...], segmenter: str, user_dicts: tuple[str, ...], allow_mixed: bool
) -> None:
    """Count the size of a corpus.

    Reads records with `text`, writes one record: `records`, `tokens`, `types`, `hapaxes` (words that occur once),
    `sttr` (share of different words in a thousand), `issues`, `days`, `pages`, `authors`, records without a date, and
    how text was segmented; with --group-by one record per group. Memory: the vocabulary, and four bytes per word.

    \b
    Examples:
      jmtools summary articles.jsonl
      jmtools summary --group-by date:year articles.jsonl | jmtools table
    """
    from jmtools.counts.corpus_size import SizeCounter
    from jmtools.words.reader import SegmentOptions

    io.run_report(partial(SizeCounter, SegmentOptions(segmenter, user_dicts, allow_mixed), group_by=group_by))
