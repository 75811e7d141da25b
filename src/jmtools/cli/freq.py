"""`jmtools freq`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from jmtools.cli.frame.idle import note_idle
from jmtools.cli.frame.options import (
    count_option,
    examples_option,
    fold_case_option,
    group_by_option,
    max_memory_option,
    ngram_option,
    report_io,
    segment_options,
    types_option,
    unit_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.term_options import (
    gather_filter,
    measures_option,
    note_rows,
    summary_option,
    term_filter_options,
)

if TYPE_CHECKING:
    from jmtools.words.term_filter import FilterOptions


@click.command()
@segment_options
@fold_case_option
@unit_option
@ngram_option
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Terms shown per group. [default: all]")
@click.option("--min-freq", type=click.IntRange(min=0), default=1, show_default=True, help="Least frequency of a term.")
@term_filter_options()
@group_by_option
@summary_option
@examples_option
@count_option
@types_option
@where_option
@click.option(
    "--sort", default="freq", show_default=True, metavar="FIELD", help="Order: freq, docfreq, term or a dispersion."
)
@click.option("--reverse", is_flag=True, help="Sort the other way round.")
@click.option("--dispersion", is_flag=True, help="Add range, dp, dp_norm, juilland_d, cv and arf.")
@click.option(
    "--parts",
    default="doc",
    show_default=True,
    metavar="doc|equal:N|FIELD",
    help="Parts for the dispersion: records, N equal parts, or the values of a field such as date:month.",
)
@measures_option
@click.option(
    "--interval",
    type=click.Choice(["tokens", "docs"]),
    help="Add a confidence interval for `ipm`. tokens: every word is drawn by itself; docs: whole records are "
    "(wider, safer).",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 1, min_open=False, max_open=True),
    default=0.95,
    show_default=True,
    help="Confidence level of --interval.",
)
@max_memory_option
@report_io
@gather_filter
def freq(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    fold_case: bool,
    unit: str,
    ngrams: tuple[int, int],
    group_by: tuple[str, ...],
    top: int | None,
    min_freq: int,
    sort: str,
    reverse: bool,
    dispersion: bool,
    parts: str,
    measures: tuple[str, ...],
    interval: str | None,
    confidence: float,
    examples: int,
    max_memory: int,
    term_filter: FilterOptions,
) -> None:
    """Count words, characters, strings or n-grams.

    Reads records with `text`, writes one record per term: `term`, `freq`, `rank`, `docfreq`, `docfreq_pct` and `ipm`
    (per million words), and `group` with --group-by. Memory: the vocabulary, up to --max-memory; with --dispersion or
    --interval docs four more bytes per word.

    Measures: with --dispersion the usual ones are range, dp, dp_norm, juilland_d, cv and arf; --measures adds
    dp_egbert, carroll_d2, rosengren_s, lyne_d3, zhang_dc, da, kl, dkl, juilland_u, carroll_um, rosengren_kf,
    engwall_fm, kromer_ur, ald, awt, f_ald and f_awt.

    \b
    Examples:
      jmtools split page.txt | jmtools freq -n 20 --stopwords default | jmtools table
      jmtools freq --group-by date:month --ngram 2-3 --min-freq 5 articles.jsonl
      jmtools freq --unit string --terms watch.txt --group-by date articles.jsonl
    """
    from jmtools.cli.frame.examples import examples_through
    from jmtools.counts.examples import ExampleOptions
    from jmtools.counts.term_counter import CountOptions
    from jmtools.errors import OptionError
    from jmtools.freq.frequencies import FreqCounter, FreqOptions
    from jmtools.words.reader import SegmentOptions

    names = term_filter.terms
    if unit == "string" and not names:
        raise OptionError("--unit string: name the strings with --terms FILE, one a line")
    note_idle("confidence", without=None if interval else "--interval")
    in_order = dispersion or interval == "docs"
    in_context = unit == "word" and bool(term_filter.pos)
    counting = CountOptions(
        segment=SegmentOptions(segmenter, user_dicts, allow_mixed, fold_case=fold_case),
        unit=unit,
        ngrams=ngrams,
        strings=names or (),
        group_by=group_by,
        sequence=in_order,
        fold_case=fold_case,
        pos=term_filter.pos if in_context else (),
        max_memory=max_memory,
        parts=parts if in_order and parts != "doc" and not parts.startswith("equal:") else None,
    )
    if counting.sequence and names and unit == "word" and ngrams == (1, 1):
        note_rows(counting.segment, names)
    options = FreqOptions(
        counting,
        filter=replace(term_filter, fold_case=fold_case, in_context=in_context),
        top=top,
        min_freq=min_freq,
        sort=sort,
        reverse=reverse,
        dispersion=dispersion,
        parts=parts,
        measures=measures,
        interval=interval,
        confidence=confidence,
    )
    places = ExampleOptions(counting.segment, unit == "word", examples, group_by)
    group_of = (lambda row: row["group"]) if group_by else (lambda _row: {})
    io.run_report(partial(FreqCounter, options), through=examples_through(io, places, group_of))
