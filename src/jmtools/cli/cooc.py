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
    help="What a pair has to share.",
)
@click.option("--field", metavar="FIELD", help="Pair the values of this field instead: keywords.term, authors.name.")
@term_filter_options("default", min_length=2)
@click.option(
    "--vocabulary",
    type=click.IntRange(2, 20_000),
    default=2000,
    show_default=True,
    metavar="N",
    help="Pair the N most frequent terms.",
)
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Pairs shown. [default: all]")
@click.option("--min-freq", type=click.IntRange(min=1), default=3, show_default=True, help="Records (or …) with both.")
@click.option(
    "--sort", default="log_dice", show_default=True, metavar="FIELD", help="log_dice, jaccard, pmi, npmi, ll, freq, …"
)
@direction_option("both", "Pairs that occur more often than by chance, less often, or both.")
@max_p_option
@measures_option
@click.option("--graphml", metavar="FILE", type=click.Path(), help="Also write the pairs as a network.")
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
    """Find the terms that stand in the same records, paragraphs or sentences.

    Reads records with `text`, writes a record for each pair: `term_a` (the more frequent) and `term_b`, how many
    records (or sentences) have both, each and are there in all, and `log_dice`, `jaccard`, `pmi`, `npmi`, `ll` (G²)
    and `p` with corrections. Keeps the terms in a temporary file, four bytes each; memory grows with the vocabulary and
    the square of --vocabulary.

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
