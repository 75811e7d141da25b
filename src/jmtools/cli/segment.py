"""`jmtools segment`."""

from __future__ import annotations

from collections import Counter
from functools import partial

import click

from jmtools.cli.frame.options import (
    fold_case_option,
    pos_option,
    record_io,
    segment_options,
    split_names,
    stopwords_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.side_outputs import SideOutput


@click.command()
@segment_options
@fold_case_option
@stopwords_option("none")
@pos_option
@click.option(
    "--add",
    "extras",
    callback=split_names,
    metavar="NAMES",
    help="Also add pos, offsets or sentences. Separate several with commas.",
)
@click.option(
    "--names-from",
    multiple=True,
    metavar="FIELD",
    help="Keep names whole; repeatable. A field (authors, byline): the names in it; text: people and places in the "
    "text; bodies: organisations; none: none. [default: text and bodies with parts of speech, else none]",
)
@click.option("--show-dropped", metavar="FILE", help="Write the words that --stopwords and --pos removed to FILE.")
@where_option
@record_io
def segment(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    fold_case: bool,
    stopwords: str,
    pos: tuple[str, ...],
    extras: tuple[str, ...],
    names_from: tuple[str, ...],
    show_dropped: str | None,
) -> None:
    """Segment the headline and text of each record into words.

    Reads records with `text`, writes the same records with `tokens` and `segmenter`. Records that already have `tokens`
    keep them. Memory: does not grow with the input.

    \b
    Examples:
      jmtools split page.txt | jmtools segment > articles.jsonl
      jmtools segment --user-dict places.txt articles.jsonl | jmtools freq -n 20
      jmtools segment --add pos,offsets --names-from authors articles.jsonl
      jmtools segment --stopwords default --show-dropped dropped.jsonl articles.jsonl > words.jsonl
    """
    from jmtools.words.reader import SegmentOptions
    from jmtools.words.tokens import Dropped, TokenAdder, TokenOptions, dropped_records

    if not names_from and (pos or "pos" in extras):
        names_from = ("text", "bodies") if not pos or "nt" in pos else ("text",)
    names_from = tuple(name for name in names_from if name != "none")
    options = SegmentOptions(segmenter, user_dicts, allow_mixed, fold_case=fold_case)
    tokens = TokenOptions(extras, pos, stopwords, names_from, show_dropped is not None)
    total: Dropped = Counter()
    side = SideOutput(show_dropped, lambda: dropped_records(total), total.update) if show_dropped else None
    io.run_filter(partial(TokenAdder, options, tokens), side=side, slow=True)
