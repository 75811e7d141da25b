"""`jmtools cooc`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from jmtools.cli.frame.options import report_io, segment_options, types_option, unit_option, where_option
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.term_options import (
    direction_option,
    gather_filter,
    max_p_option,
    measures_option,
    summary_option,
    term_filter_options,
)
from jmtools.io.json_types import Fields

if TYPE_CHECKING:
    from jmtools.words.term_filter import FilterOptions


@click.command()
@segment_options
@unit_option
@click.option(
    "--within",
    type=click.Choice(["record", "paragraph", "sentence"]),
    default="record",
    show_default=True,
    help="Where both terms of a pair must occur.",
)
@click.option("--field", metavar="FIELD", help="Pair the values of this field, such as authors.name.")
@term_filter_options("default", min_length=2)
@click.option(
    "--vocabulary",
    type=click.IntRange(2, 20_000),
    default=2000,
    show_default=True,
    metavar="N",
    help="Pair only the N most frequent terms.",
)
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Pairs shown. [default: all]")
@click.option(
    "--min-freq",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Least number of records with both terms. With --within: of paragraphs or sentences.",
)
@click.option("--sort", default="log_dice", show_default=True, metavar="FIELD", help="Order: any score, or freq.")
@direction_option("both", "Pairs more frequent than by chance, or less, or both.")
@max_p_option
@measures_option
@click.option("--graphml", metavar="FILE", type=click.Path(), help="Also write the pairs to FILE as a network.")
@summary_option
@types_option
@where_option
@report_io
@gather_filter
def cooc(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    unit: str,
    within: str,
    field: str | None,
    vocabulary: int,
    top: int | None,
    min_freq: int,
    direction: str,
    measures: tuple[str, ...],
    sort: str,
    max_p: float,
    graphml: str | None,
    term_filter: FilterOptions,
) -> None:
    """Find the terms that occur in the same records, paragraphs or sentences.

    Reads records with `text`, writes one record per pair: `term_a` (the more frequent) and `term_b`, the number of
    records (or sentences) with both terms, with each term, and in all, then `log_dice`, `jaccard`, `pmi`, `npmi`, `ll`
    (G²) and `p` with corrections. Memory: the vocabulary and the square of --vocabulary; a temporary file holds four
    bytes per word.

    Measures: the usual ones are log_dice, jaccard, pmi, npmi and ll; --measures adds dice, mi2, mi3, chi2, t, z,
    log_ratio, log_ratio_low, log_ratio_high, min_sensitivity, delta_p_to, delta_p_from, chi2_yates, fisher, simple_ll,
    poisson_stirling, local_mi, average_mi, nmi, phi2, mu, gmean, conditional_to, conditional_from, odds_ratio,
    relative_risk and relative_risk_from.

    \b
    Examples:
      jmtools cooc --within sentence --pos nr,ns,nt articles.jsonl -n 50 | jmtools table
      jmtools keywords articles.jsonl | jmtools cooc --field keywords.term --graphml keywords.graphml > pairs.jsonl
    """
    from jmtools.cli.frame.side_outputs import shown_to
    from jmtools.cooc.cooccurrence import CoocCounter, CoocOptions
    from jmtools.words.reader import SegmentOptions

    options = CoocOptions(
        SegmentOptions(segmenter, user_dicts, allow_mixed),
        unit=unit,
        within=within,
        field=field,
        filter=term_filter,
        vocabulary=vocabulary,
        min_freq=min_freq,
        direction=direction,
        measures=measures,
        sort=sort,
        max_p=max_p,
        top=top,
    )
    pairs: list[Fields] = []
    text = options.field is None

    def draw() -> None:
        from jmtools.convert.graph import GraphBuilder
        from jmtools.io.outputs import write_whole

        if graphml is not None:
            builder = GraphBuilder()
            write_whole(graphml, builder.pieces(builder.count(pairs)))

    replace(io, afterwards=draw).run_report(
        partial(CoocCounter, options), text=text, through=partial(shown_to, pairs.append) if graphml else None
    )
