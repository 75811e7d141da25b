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
@click.option("--window", type=Sides(), default="5", show_default=True, help="Words to the left and right: 5, or L,R.")
@click.option(
    "--sort", default="log_dice", show_default=True, metavar="FIELD", help="Order: freq, docfreq or any score."
)
@click.option("--all", "pairs", is_flag=True, help="Without NODE: rank all pairs of neighbouring words.")
@segment_options
@click.option(
    "--unit",
    type=click.Choice(["word", "char", "string"]),
    default="word",
    show_default=True,
    help="What NODE is. A string is found wherever it occurs.",
)
@click.option(
    "--within",
    type=click.Choice(["sentence", "paragraph", "record"]),
    default="sentence",
    show_default=True,
    help="The window never crosses the end of this.",
)
@click.option(
    "--min-freq", type=click.IntRange(min=1), default=3, show_default=True, help="Least number of places in the window."
)
@term_filter_options()
@direction_option("both", "Words more frequent than by chance, or less, or both.")
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
    """Find the words that occur near a word, or all pairs of neighbouring words.

    Reads records with `text`, writes one record per collocate of NODE: its number of places in the window, to the left
    and to the right, the number expected by chance, scores of association (`log_dice`, `mi`, `ll`, `t`, `log_ratio`, …)
    and `p` with corrections. Every token is counted once. With --all it writes one record per pair of neighbours, with
    `lambda` and its z among the scores. Memory: the vocabulary; with --all the different pairs, up to --max-memory.

    Measures: the usual ones are log_dice, mi, mi3, ll, t, z, dice, min_sensitivity, chi2, log_ratio, delta_p_to and
    delta_p_from; --measures adds jaccard, mi2, npmi, log_ratio_low, log_ratio_high, chi2_yates, fisher, simple_ll,
    poisson_stirling, local_mi, average_mi, nmi, phi2, mu, gmean, conditional_to, conditional_from, odds_ratio,
    relative_risk and relative_risk_from, without --all log_dice_span and dice_span, with --all lambda and lambda_z.

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
