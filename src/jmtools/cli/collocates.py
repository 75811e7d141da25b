"""`jmtools collocates`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jmtools.cli.frame.options import Text, max_memory_option, report_io, segment_options, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.term_options import (
    direction_option,
    gather_filter,
    max_p_option,
    measures_option,
    summary_option,
    term_filter_options,
)
from jmtools.errors import OptionError

if TYPE_CHECKING:
    from jmtools.collocates.scores import ShownOptions
    from jmtools.words.reader import SegmentOptions
    from jmtools.words.term_filter import FilterOptions


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
@click.argument("node", type=Text(), required=False)
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Collocates shown. [default: all]")
@click.option("--window", type=Sides(), default="5", show_default=True, help="Words on the left and on the right.")
@click.option("--sort", default="log_dice", show_default=True, metavar="FIELD", help="freq, docfreq or any score.")
@click.option("--all", "pairs", is_flag=True, help="No NODE: rank all pairs of words that stand side by side.")
@segment_options
@click.option(
    "--unit",
    type=click.Choice(["word", "char", "string"]),
    default="word",
    show_default=True,
    help="NODE is words, characters, or a string wherever it stands.",
)
@click.option(
    "--within",
    type=click.Choice(["sentence", "paragraph", "record"]),
    default="sentence",
    show_default=True,
    help="Where a span ends at the latest.",
)
@click.option("--min-freq", type=click.IntRange(min=1), default=3, show_default=True, help="Places beside the node.")
@term_filter_options()
@direction_option("both", "Words that occur more often than by chance, less often, or both.")
@max_p_option
@measures_option
@summary_option
@types_option
@where_option
@max_memory_option
@report_io
@gather_filter
def collocates(
    io: RecordIO,
    node: str | None,
    pairs: bool,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    unit: str,
    window: tuple[int, int],
    within: str,
    top: int | None,
    min_freq: int,
    direction: str,
    measures: tuple[str, ...],
    sort: str,
    max_p: float,
    max_memory: int,
    term_filter: FilterOptions,
) -> None:
    """Find the words that stand near a word, or all pairs of words that stand side by side.

    Reads records with `text`, writes a record for each collocate of NODE: how many of its tokens lie within the window,
    on the left and on the right, how many chance would give, scores of association (`log_dice`, `mi`, `ll`, `t`,
    `log_ratio`, …) and `p` with corrections. Every token is counted once. With --all, a record for each pair of
    neighbours, `lambda` and its z among the scores. Streams: memory grows with the vocabulary; with --all with the
    number of different pairs, up to --max-memory.

    \b
    Examples:
      jmtools collocates 医保 articles.jsonl -n 20 | jmtools table
      jmtools collocates 医保 --window 0,3 --sort ll --direction over --stopwords default articles.jsonl
      jmtools collocates --all --sort lambda_z --stopwords default -n 50 articles.jsonl
    """
    from jmtools.collocates.scores import ShownOptions
    from jmtools.words.reader import SegmentOptions

    segment = SegmentOptions(segmenter, user_dicts, allow_mixed)
    options = ShownOptions(
        filter=term_filter,
        top=top,
        min_freq=min_freq,
        direction=direction,
        measures=measures,
        sort=sort,
        max_p=max_p,
    )
    if pairs:
        files = io.files if node is None else (node, *io.files)
        _run_pairs(replace(io, files=files), segment, unit, options, max_memory)
        return
    if node is None:
        raise OptionError("NODE: name a word, or add --all for all pairs of neighbours")
    from jmtools.collocates.node import CollocateCounter, CollocateOptions

    wanted = CollocateOptions(node, unit, segment, window, within, shown=options)
    io.run_report(partial(CollocateCounter, wanted))


def _run_pairs(io: RecordIO, segment: SegmentOptions, unit: str, shown: ShownOptions, max_memory: int) -> None:
    from jmtools.collocates.neighbours import NeighbourCounter, NeighbourOptions
    from jmtools.counts.term_counter import CountOptions

    counting = CountOptions(segment, unit, max_memory=max_memory)
    io.run_report(partial(NeighbourCounter, NeighbourOptions(counting, shown)))
