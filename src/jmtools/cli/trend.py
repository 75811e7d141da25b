"""`jmtools trend`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jmtools.cli.frame.idle import note_idle
from jmtools.cli.frame.options import (
    Text,
    count_option,
    examples_option,
    group_by_option,
    max_memory_option,
    read_terms,
    report_io,
    segment_options,
    types_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.term_options import summary_option
from jmtools.io.json_types import Fields

if TYPE_CHECKING:
    from jmtools.archive.totals import PageTotals
    from jmtools.trend.report import TrendOptions


@click.command()
@click.option("--term", "more_terms", type=Text(), multiple=True, metavar="TERM", help="Follow this term; repeatable.")
@click.option("--terms", metavar="FILE", type=click.Path(), help="Follow the terms of FILE, one per line.")
@click.option("--field", metavar="FIELD", help="Follow the values of this field, such as topic_label.")
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "quarter", "year"]),
    default="month",
    show_default=True,
    help="Length of a period.",
)
@click.option("--date-field", default="date", show_default=True, metavar="FIELD", help="Field with the date.")
@click.option("--overall", is_flag=True, help="One record per term over all periods: slope, tests of a trend.")
@group_by_option
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="With --field: the N most common values.")
@click.option(
    "--unit",
    type=click.Choice(["word", "char", "string"]),
    default="word",
    show_default=True,
    help="What terms are. A string is found wherever it occurs.",
)
@segment_options
@summary_option
@examples_option
@count_option
@types_option
@where_option
@max_memory_option
@report_io
def trend(
    io: RecordIO,
    more_terms: tuple[str, ...],
    terms: str | None,
    field: str | None,
    by: str,
    date_field: str,
    overall: bool,
    group_by: tuple[str, ...],
    top: int | None,
    examples: int,
    unit: str,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    max_memory: int,
) -> None:
    """Follow terms, topics or any field over time.

    Reads records with `date` (and `text`), writes one record per term and period: `freq`, `docfreq`, `docs`, `issues`,
    `pages`, `ipm`, `share` of the records, frequency per issue and per page, change over a year, bursts. `own`, `wire`
    and `reprint` count the records among `docfreq` that split marked as written by the paper, by an agency, or
    reprinted. A period without any record has null, not zero. Memory: the vocabulary of each period, up to
    --max-memory.

    With --overall it writes one record per term: slope, Mann–Kendall tests (plain, for autocorrelated series, by
    season) and the point where the level changes.

    \b
    Examples:
      jmtools trend --term 医保 --term 防汛 --by week articles.jsonl | jmtools table
      jmtools cluster articles.jsonl | jmtools trend --field topic_label --by month --overall
    """
    from jmtools.cli.frame.examples import examples_through
    from jmtools.counts.examples import ExampleOptions
    from jmtools.counts.term_counter import CountOptions
    from jmtools.errors import OptionError
    from jmtools.trend.report import TrendCounter, TrendOptions
    from jmtools.words.reader import SegmentOptions

    names = tuple(dict.fromkeys((*more_terms, *(read_terms(terms) if terms is not None else ()))))
    counting = CountOptions(
        segment=SegmentOptions(segmenter, user_dicts, allow_mixed), unit=unit, max_memory=max_memory
    )
    note_idle("top", without=None if field else "--field")
    options = TrendOptions(counting, names, field, by, date_field, overall, top, group_by)
    totals = None
    if names and field is None and unit == "word" and date_field == "date" and not group_by:
        io, totals = _from_archives(io, options)
    if field is not None and examples:
        raise OptionError("--examples: places are those of terms; --field has none")
    if totals is not None and not examples and _from_index(io, options, totals):
        return
    found = ExampleOptions(counting.segment, unit == "word", examples, _groups_of(options))
    through = examples_through(io, found, partial(_group_of, options))
    io.run_report(partial(TrendCounter, options, totals), text=field is None, through=through)


def _groups_of(options: TrendOptions) -> tuple[str, ...]:
    """Return the fields that tell the rows of a term apart."""
    return options.group_by if options.overall else (f"{options.date}:{options.by}", *options.group_by)


def _group_of(options: TrendOptions, row: Fields) -> Any:
    """Return the group of a row, as the fields of `_groups_of` label it."""
    if options.overall:
        return row["group"] if options.group_by else {}
    if not options.group_by:
        return row["period"]
    group = row["group"] if len(options.group_by) > 1 else {options.group_by[0]: row["group"]}
    return {f"{options.date}:{options.by}": row["period"], **group}


def _from_archives(io: RecordIO, options: TrendOptions) -> tuple[RecordIO, list[PageTotals] | None]:
    """Return a run over the records of archives that may have a term, and the sums of all; or the run as it is."""
    from jmtools.fields.grouping import period_of
    from jmtools.io.kinds import is_archive

    if not io.files or io.where or io.by_story or io.summary or io.scheduler or not all(map(is_archive, io.files)):
        return io, None
    from jmtools.archive.narrowing import needs_of_words
    from jmtools.archive.totals import page_totals
    from jmtools.words.reader import WordReader

    words = WordReader(options.counting.segment)
    totals = page_totals(io.files, segmentation=words.fingerprint, types=io.types)
    if totals is None or any(period_of(row.day, options.by) is None for row in totals):
        return io, None
    return replace(io, needs=needs_of_words(options.terms, words)), totals


def _from_index(io: RecordIO, options: TrendOptions, totals: list[PageTotals]) -> bool:
    """Write the courses of terms from the index of archives alone; tell whether it could."""
    from jmtools.archive.totals import term_totals
    from jmtools.trend.period_counts import terms_by_period
    from jmtools.trend.report import TrendCounter, TrendCounts
    from jmtools.words.reader import WordReader

    found = term_totals(io.files, options.terms, words=WordReader(options.counting.segment), types=io.types)
    if found is None:
        return False
    counter = TrendCounter(options, totals)
    io.write_records(counter.records(TrendCounts({}, of_terms=terms_by_period(found, options.by))))
    return True
