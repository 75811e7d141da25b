"""`jmtools kwic`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from jmtools.cli.frame.idle import note_idle
from jmtools.cli.frame.options import (
    Text,
    fold_case_option,
    report_io,
    segment_options,
    split_names,
    types_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO

if TYPE_CHECKING:
    from jmtools.archive.narrowing import Needs
    from jmtools.kwic import KwicOptions


@click.command()
@click.argument("query", type=Text())
@segment_options
@click.option(
    "--unit",
    type=click.Choice(["word", "string", "regex"]),
    default="word",
    show_default=True,
    help="What QUERY is: words with spaces between them, a string (found wherever it occurs), or a regular expression.",
)
@fold_case_option
@click.option("--also", type=Text(), multiple=True, metavar="QUERY", help="Also search for this; repeatable.")
@click.option(
    "--near",
    type=Text(),
    multiple=True,
    metavar="QUERY",
    help="Only places with this nearby. Repeated: with all of them nearby.",
)
@click.option(
    "--near-window", type=click.IntRange(min=0), default=20, show_default=True, help="Greatest distance of --near."
)
@click.option("--window", type=click.IntRange(min=0), default=20, show_default=True, help="Context on each side.")
@click.option(
    "--window-unit",
    type=click.Choice(["char", "word"]),
    default="char",
    show_default=True,
    help="Unit of --window and --near-window.",
)
@click.option(
    "--sort",
    callback=split_names,
    metavar="KEYS",
    help="Order: L1, L2, L3, R1, R2, R3, node, date, page. Separate several with commas.",
)
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Places shown. [default: all]")
@click.option("--sample", type=click.IntRange(min=0), metavar="N", help="Show N places drawn at random.")
@click.option("--seed", type=click.IntRange(0, 1_000_000), default=0, show_default=True, help="Seed of --sample.")
@types_option
@where_option
@report_io
def kwic(
    io: RecordIO,
    query: str,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    unit: str,
    fold_case: bool,
    also: tuple[str, ...],
    near: tuple[str, ...],
    near_window: int,
    window: int,
    window_unit: str,
    sort: tuple[str, ...],
    sample: int | None,
    top: int | None,
    seed: int,
) -> None:
    """Show every occurrence of a word in its context.

    Reads records with `text`, writes one record per place: `left`, `node`, `right`, the position, and the `id`, `date`,
    `page` and `headline` of its record. If the segmenter divides QUERY into several words, such as 医保 | 基金, the
    places where these words follow each other are found. Memory: does not grow with the input; with --sort, --sample or
    --top it holds the places found.

    \b
    Examples:
      jmtools kwic 医保 articles.jsonl | jmtools table -f date,left,node,right
      jmtools kwic --unit regex '[一二三四]号线' --sort R1 --sample 50 articles.jsonl
    """
    from jmtools.io.kinds import is_archive
    from jmtools.kwic import Concordancer, KwicOptions, SortedConcordance
    from jmtools.words.reader import SegmentOptions

    note_idle("near_window", without=None if near else "--near")
    note_idle("seed", without=None if sample is not None else "--sample")
    segment = SegmentOptions(segmenter, user_dicts, allow_mixed, fold_case=fold_case)
    options = KwicOptions(
        (query, *also), segment, unit, near, near_window, window, window_unit, sort=sort, fold_case=fold_case
    )
    if unit != "regex" and not fold_case and any(map(is_archive, io.files)):
        io = replace(io, needs=_needs(options))
    beside = f" with {' and '.join(near)} nearby" if near else ""
    told = replace(io, nothing=f"{' or '.join((query, *also))} does not occur{beside}")
    if sort or sample is not None or top is not None:
        told.run_report(partial(SortedConcordance, options, sample=sample, seed=seed, top=top))
    else:
        told.run_expand(partial(Concordancer, options))


def _needs(options: KwicOptions) -> Needs:
    """Return what a record of an archive must hold to be shown."""
    from jmtools.archive.narrowing import Needs, needs_of_words
    from jmtools.words.reader import WordReader

    if options.unit == "string":
        return Needs(options.queries)
    return needs_of_words(options.queries, WordReader(options.segment))
