"""`jmtools keyness`."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jmtools.cli.frame.messages import note
from jmtools.cli.frame.options import (
    Text,
    count_option,
    examples_option,
    fold_case_option,
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
    direction_option,
    gather_filter,
    max_p_option,
    measures_option,
    note_rows,
    summary_option,
    term_filter_options,
)
from jmtools.cli.frame.twice import kept
from jmtools.errors import OptionError, RecordError

if TYPE_CHECKING:
    from jmtools.words.term_filter import FilterOptions


@click.command()
@click.option(
    "--reference",
    multiple=True,
    metavar="FILE",
    type=click.Path(),
    help="Reference: records, or the terms that freq writes.",
)
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Terms shown. [default: all]")
@direction_option("over", "Terms more frequent in the target, or less, or both.")
@click.option("--target-where", type=Text(), metavar="CONDITION", help="Target: the records that meet CONDITION.")
@click.option("--reference-where", type=Text(), metavar="CONDITION", help="Reference: records of the same input.")
@click.option("--sort", default="ll", show_default=True, metavar="FIELD", help="Order: any score, or a frequency.")
@segment_options
@fold_case_option
@unit_option
@ngram_option
@click.option(
    "--level",
    type=click.Choice(["words", "records"]),
    default="words",
    show_default=True,
    help="Compare frequencies, or numbers of records.",
)
@click.option(
    "--test",
    type=click.Choice(["ll", "ll2", "chi2", "yates", "williams", "fisher", "mannwhitney", "welch"]),
    default="ll",
    show_default=True,
    help="Test that gives `p`. mannwhitney and welch compare the rates of single records.",
)
@click.option(
    "--min-freq",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="Least frequency, target and reference together.",
)
@term_filter_options()
@max_p_option
@measures_option
@click.option(
    "--smoothing",
    type=click.FloatRange(min=0, min_open=True),
    default=100.0,
    show_default=True,
    help="Constant that simple_maths adds.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 1, max_open=True),
    default=0.95,
    show_default=True,
    help="Confidence level of the interval of log_ratio.",
)
@summary_option
@examples_option
@count_option
@types_option
@where_option
@max_memory_option
@report_io
@gather_filter
def keyness(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    fold_case: bool,
    unit: str,
    ngrams: tuple[int, int],
    reference: tuple[str, ...],
    target_where: str | None,
    reference_where: str | None,
    level: str,
    test: str,
    top: int | None,
    min_freq: int,
    direction: str,
    sort: str,
    max_p: float,
    measures: tuple[str, ...],
    smoothing: float,
    confidence: float,
    examples: int,
    max_memory: int,
    term_filter: FilterOptions,
) -> None:
    """Find the words that a target has more often than a reference.

    Reads records with `text`, writes one record per term: counts, `ipm`, `docfreq`, measures such as `ll` (G²) and
    `log_ratio` with its interval, and `p` with corrections. Memory: the vocabulary, up to --max-memory.

    Measures: the usual ones are ll, chi2, bic, log_ratio, log_ratio_low, log_ratio_high, percent_diff, simple_maths,
    odds_ratio and difference; --measures adds ll2, chi2_yates, ll_williams, chi2_williams, fisher,
    log_ratio_conservative, relative_risk, ell and pmi. With mannwhitney or welch memory holds four more bytes per word.

    \b
    Examples:
      jmtools keyness --reference march.jsonl april.jsonl -n 30 | jmtools table
      jmtools keyness --target-where 'page = "A01"' --reference-where 'page != "A01"' all.jsonl
    """
    from jmtools.cli.frame.examples import examples_through
    from jmtools.counts.examples import ExampleOptions
    from jmtools.counts.term_counter import CountOptions
    from jmtools.keyness.comparison import KeynessCounter, KeynessOptions
    from jmtools.words.reader import SegmentOptions

    segment = SegmentOptions(segmenter, user_dicts, allow_mixed, fold_case=fold_case)
    if unit == "string" and not term_filter.terms:
        raise OptionError("--unit string: name the strings with --terms FILE, one a line")
    in_context = unit == "word" and bool(term_filter.pos)
    counting = CountOptions(
        segment=segment,
        unit=unit,
        ngrams=ngrams,
        strings=term_filter.terms or (),
        where=target_where,
        max_memory=max_memory,
        fold_case=fold_case,
        pos=term_filter.pos if in_context else (),
        sequence=test in ("mannwhitney", "welch"),
    )
    if counting.sequence and term_filter.terms and unit == "word" and ngrams == (1, 1):
        note_rows(segment, term_filter.terms)
    side = _read_reference(io, counting, tuple(map(kept, reference))) if reference else None
    options = KeynessOptions(
        counting,
        reference_where=reference_where,
        filter=replace(term_filter, fold_case=fold_case, in_context=in_context),
        level=level,
        test=test,
        top=top,
        min_freq=min_freq,
        direction=direction,
        measures=measures,
        sort=sort,
        max_p=max_p,
        smoothing=smoothing,
        confidence=confidence,
    )
    places = ExampleOptions(segment, unit == "word", examples, where=target_where)
    io.run_report(partial(KeynessCounter, options, reference=side), through=examples_through(io, places))


def _read_reference(io: RecordIO, counting: Any, paths: tuple[str, ...]) -> Any:
    """Count the reference, or add up the term records that it holds."""
    from jmtools.counts.term_counter import TermCounter
    from jmtools.io.files import read_all
    from jmtools.io.records import read_jsonl
    from jmtools.keyness.comparison import Reference
    from jmtools.keyness.sides import side_of_records

    other = replace(io, files=paths, output=os.devnull, on_error="fail", rejects=None, resume=False, scheduler=None)
    if len(paths) == 1 and paths[0] != "-" and _holds_terms(paths[0]):
        side = side_of_records(list(read_jsonl(read_all(paths[0]).splitlines())))
        listed, size = sum(freq for freq, _, _ in side.terms.values()), sum(side.sizes.values())
        if listed < size:
            note(
                f"--reference: the terms of {paths[0]} make up {listed:,} of its {size:,} places; "
                "what the list leaves out counts as 0 there"
            )
        return Reference(side)
    return Reference(other.total(partial(TermCounter, replace(counting, where=None))))


def _holds_terms(path: str) -> bool:
    """Tell whether a file begins with a term record."""
    from jmtools.io.lines import read_batches
    from jmtools.io.records import parse_record

    for batch in read_batches([path], pauses=False):
        if batch is not None and batch.lines and batch.lines[0].strip():
            try:
                first = parse_record(batch.lines[0].removeprefix(b"\xef\xbb\xbf"))
            except RecordError:
                return False
            return "term" in first and "text" not in first
    return False
