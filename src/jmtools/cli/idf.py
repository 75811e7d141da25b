"""`jmtools idf`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import click

from jmtools.cli.frame.options import (
    max_memory_option,
    output_option,
    read_terms,
    report_io,
    segment_options,
    types_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.io.json_types import Record

_MIN_DF = click.option(
    "--min-docfreq",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Leave out words of fewer records; they count as unknown words.",
)


@click.group()
def idf() -> None:
    """Count, merge and look at tables of document frequencies.

    A table gives the number of records that contain each word; `keywords --idf FILE` reads it. It is JSON Lines: a
    head, then one record per word. Memory: the vocabulary.

    \b
    Examples:
      jmtools idf build 2023/*.jsonl -o 2023.idf
      jmtools idf merge 2022.idf 2023.idf -o archive.idf
      jmtools idf show archive.idf -n 20 | jmtools table
    """


@idf.command()
@segment_options
@types_option
@where_option
@_MIN_DF
@max_memory_option
@report_io
def build(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    min_docfreq: int,
    max_memory: int,
) -> None:
    """Count the records that contain each word.

    Reads records with `text`, writes a table, the same as `keywords --idf corpus --save-idf` writes. Memory: the
    vocabulary, up to --max-memory.

    \b
    Examples:
      jmtools idf build articles.jsonl -o articles.idf
      jmtools keywords --idf articles.idf new.jsonl
    """
    from jmtools.counts.document_frequencies import IdfCounter
    from jmtools.words.reader import SegmentOptions

    segment = SegmentOptions(segmenter, user_dicts, allow_mixed)
    io.run_report(partial(IdfCounter, segment, min_docfreq=min_docfreq, max_memory=max_memory))


@idf.command()
@click.argument("tables", nargs=-1, required=True, metavar="TABLE...", type=click.Path())
@click.option("--allow-mixed", is_flag=True, help="Merge tables although their segmentations differ.")
@_MIN_DF
@output_option
def merge(tables: tuple[str, ...], allow_mixed: bool, min_docfreq: int, output: str) -> None:
    """Add up tables of archives that share no record.

    Reads tables, writes one: what `idf build` would write for all their records. Memory: the vocabulary.

    \b
    Examples:
      jmtools idf merge 2022.idf 2023.idf -o archive.idf
      jmtools idf merge *.idf --min-docfreq 2 -o archive.idf
    """
    from jmtools.counts.document_frequencies import merged_records

    _write(output, merged_records(tables, min_docfreq=min_docfreq, allow_mixed=allow_mixed))


@idf.command()
@click.argument("tables", nargs=-1, required=True, metavar="TABLE...", type=click.Path())
@output_option
def info(tables: tuple[str, ...], output: str) -> None:
    """Describe tables.

    Writes one record per table: `table`, `kind`, `docs`, `terms`, `once` (words of one record), `segmentation`,
    `idf_median`. TABLE is a file, or `background` for the table of jieba. Memory: the vocabulary.

    \b
    Example:
      jmtools idf info 2022.idf background | jmtools table
      jmtools idf info archive.idf
    """
    from jmtools.counts.document_frequencies import table_summary

    _write(output, map(table_summary, tables))


@idf.command()
@click.argument("table", metavar="TABLE", type=click.Path())
@click.option("-n", "--top", type=click.IntRange(min=0), metavar="N", help="Words shown. [default: all]")
@click.option(
    "--terms", metavar="FILE", type=click.Path(), help="Show the words of FILE, one per line, in their order."
)
@output_option
def show(table: str, top: int | None, terms: str | None, output: str) -> None:
    """Show the words of a table, the most common first.

    Writes one record per word: `term`, `df`, `df_pct` (of the records), `idf`, and `known`, which is false for a word
    of --terms that is not in the table. TABLE is a file, or `background` for the table of jieba. Memory: the
    vocabulary.

    \b
    Examples:
      jmtools idf show archive.idf -n 20 | jmtools table
      jmtools idf show background --terms watch.txt
    """
    from jmtools.counts.document_frequencies import table_rows

    _write(output, table_rows(table, terms=None if terms is None else read_terms(terms), top=top))


def _write(output: str, records: Iterable[Record]) -> None:
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record

    write_whole(output, map(encode_record, records))
