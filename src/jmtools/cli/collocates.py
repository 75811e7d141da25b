"""`jmtools collocates`."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from jmtools.cli.frame.options import Text, report_io, segment_options, stopwords_option, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO


class Sides(click.ParamType[tuple[int, int]]):
    """Words on the left and right: one number for both, or two joined by a comma."""

    name = "N|L,R"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return both."""
        if isinstance(value, tuple):
            return value
        parts = str(value).split(",")
        if 1 <= len(parts) <= 2 and all(part.isdecimal() and int(part) <= 100 for part in parts):
            return int(parts[0]), int(parts[-1])
        raise click.BadParameter(f"{value!r} is neither a number of words nor two, such as 0,5", ctx, param)


@click.command()
@click.argument("node", type=Text())
@segment_options
@click.option(
    "--unit",
    type=click.Choice(["word", "char", "string"]),
    default="word",
    show_default=True,
    help="NODE is words, characters, or a string wherever it stands.",
)
@click.option(
    "--window", "span", type=Sides(), default="5", show_default=True, help="Words on each side; 2,5 for left and right."
)
@click.option(
    "--within",
    type=click.Choice(["sentence", "paragraph", "record"]),
    default="sentence",
    show_default=True,
    help="Where a window ends at the latest.",
)
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Collocates shown. [default: all]")
@click.option("--min-freq", type=click.IntRange(min=1), default=3, show_default=True, help="Places beside the node.")
@stopwords_option("none")
@click.option(
    "--sort", default="log_dice", show_default=True, metavar="FIELD", help="log_dice, mi, mi3, ll, t, z, freq, …"
)
@types_option
@where_option
@report_io
def collocates(
    io: RecordIO,
    node: str,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    span: tuple[int, int],
    **wanted: Any,
) -> None:
    """Find the words that collocate with a word.

    Reads records with `text`, writes a record for each collocate of NODE: how often it stands on the left and right,
    how often that was to be expected, and `log_dice`, `mi`, `mi3`, `ll`, `t`, `z`, `dice`, `min_sensitivity` and ΔP
    both ways. Streams: memory grows with the vocabulary.

    \b
    Examples:
      jmtools collocates 医保 articles.jsonl -n 20 | jmtools table
      jmtools collocates 医保 --window 0,3 --sort ll --stopwords default articles.jsonl
    """
    from jmtools.collocates import CollocateCounter, CollocateOptions
    from jmtools.words.reader import SegmentOptions

    segment = SegmentOptions(segmenter, user_dicts, allow_mixed)
    options = CollocateOptions(node, segment=segment, left=span[0], right=span[1], **wanted)
    io.run_report(partial(CollocateCounter, options))
