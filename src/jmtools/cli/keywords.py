"""`jmtools keywords`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import click

from jmtools.cli.frame.options import (
    group_by_option,
    pos_option,
    read_terms,
    record_io,
    segment_options,
    split_names,
    stopwords_option,
    types_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.side_outputs import SideNotes


@click.command()
@segment_options
@stopwords_option("default")
@pos_option
@click.option(
    "-n",
    "--top",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="Keywords per record or group.",
)
@click.option(
    "--method",
    type=click.Choice(["default", "tfidf", "textrank", "positionrank", "yake"]),
    default="default",
    show_default=True,
    help="How keywords are found. default: words, phrases and titles, by many factors; the other methods are for "
    "comparison.",
)
@click.option(
    "--tf",
    type=click.Choice(["raw", "log", "bm25"]),
    help="Weight of the frequency in default and tfidf. [default: log; tfidf: tf / words]",
)
@group_by_option
@click.option(
    "--idf",
    default="background",
    show_default=True,
    metavar="background|corpus|blend|FILE",
    help="Where document frequencies come from. background: the table of jieba; corpus: the input; blend: both; "
    "FILE: a table of idf build, or one in the format of jieba.",
)
@click.option(
    "--save-idf", metavar="FILE", type=click.Path(), help="Write the counts of --idf corpus or blend to FILE."
)
@click.option(
    "--min-docfreq",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Leave out words of fewer records in the table. With --group-by: in the input.",
)
@click.option("--terms", metavar="FILE", type=click.Path(), help="Choose only from the terms of FILE, one per line.")
@click.option("--exclude", metavar="FILE", type=click.Path(), help="Never choose the terms of FILE, one per line.")
@click.option(
    "--diversity",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Prefer terms unlike those already chosen. 0: only scores count; 1: only difference.",
)
@click.option(
    "--nested",
    type=click.Choice(["none", "apart", "all"]),
    help="Terms inside one another, such as 医保, 医保基金. none: only one of them; apart: both, if the "
    "shorter one "
    "also occurs alone; all: both. [default: apart; with --group-by: none]",
)
@click.option(
    "--without-factors",
    callback=split_names,
    metavar="FACTORS",
    help="Switch off factors of the score; separate several with commas. They are tf, idf, headline, position, "
    "pos, length, cohesion, freedom (different characters beside the term), quotes, form (of the word) and "
    "trees (a learned model).",
)
@click.option(
    "--min-chance",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Least chance that an editor keeps a keyword. Adds `chance`. At 0.7 about half of the "
    "first three keywords of an article remain.",
)
@click.option("--explain", is_flag=True, help="Add the factors and the places of each keyword.")
@types_option
@where_option
@record_io
def keywords(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    group_by: tuple[str, ...],
    idf: str,
    save_idf: str | None,
    terms: str | None,
    exclude: str | None,
    stopwords: str,
    pos: tuple[str, ...],
    top: int,
    method: str,
    tf: str | None,
    min_docfreq: int,
    diversity: float,
    nested: str | None,
    without_factors: tuple[str, ...],
    min_chance: float,
    explain: bool,
) -> None:
    """Choose the words that show what each record is about.

    Reads records with `text` (and `headline`), writes the same records with `keywords`: `term`, `score`, `tf`, `df`.
    With --group-by it writes one record per group: `group`, `n_docs`, and `keywords` by class-based tf-idf. Memory:
    does not grow with the input.

    With --idf corpus or blend the input is read twice, through a temporary file, and memory holds the vocabulary; with
    --group-by it holds the terms of the groups.

    \b
    Examples:
      jmtools split page.txt | jmtools keywords -n 5 | jmtools table --fields headline,keywords.term
      jmtools keywords --idf corpus --save-idf 2024.idf articles.jsonl > keywords.jsonl
      jmtools keywords --method tfidf --idf 2024.idf --pos n,nr,ns,nt,nz,vn articles.jsonl
      jmtools keywords --group-by date:month articles.jsonl | jmtools table -f group,n_docs,keywords.term
    """
    from jmtools.errors import OptionError
    from jmtools.keywords import KeywordExtractor, KeywordOptions
    from jmtools.words.reader import SegmentOptions

    listed = None if terms is None else read_terms(terms)
    counted = idf in ("corpus", "blend")
    options = KeywordOptions(
        segment=SegmentOptions(segmenter, user_dicts, allow_mixed, fold_case=listed is not None, words=listed or ()),
        idf="background" if counted else idf,
        terms=listed,
        exclude=() if exclude is None else read_terms(exclude),
        stopwords=stopwords,
        pos=pos,
        top=top,
        method=method,
        tf=tf,
        min_docfreq=min_docfreq,
        diversity=diversity,
        nested=nested,
        without_factors=without_factors,
        explain=explain,
        min_chance=min_chance,
    )
    if save_idf is not None and not counted:
        raise OptionError(f"--save-idf: nothing is counted with --idf {idf}; take --idf corpus or blend")
    if group_by:
        _run_groups(io, options, group_by, idf)
    elif counted:
        _run_twice(io, options, blend=idf == "blend", save_idf=save_idf)
    else:
        io.run_filter(partial(KeywordExtractor, options), side=_side(options), slow=True)


def _side(options: Any) -> SideNotes | None:
    """Return what tells which records have fewer keywords than were asked for, and which listed terms none has."""
    if not options.min_chance and options.terms is None:
        return None
    from jmtools.keywords.listed import closing_notes

    total: Counter[str] = Counter()
    return SideNotes(partial(closing_notes, total, options), total.update)


def _run_groups(io: RecordIO, options: Any, group_by: tuple[str, ...], idf: str) -> None:
    from jmtools.errors import OptionError
    from jmtools.keywords.grouped import GroupedKeywords

    if idf in ("corpus", "blend"):
        raise OptionError(
            f"--idf {idf}: groups have an idf of their own, counted over groups; leave one of the two out"
        )
    io.run_report(partial(GroupedKeywords, options, group_by))


def _run_twice(io: RecordIO, options: Any, *, blend: bool, save_idf: str | None) -> None:
    from jmtools.counts.idf_tables import table_lines
    from jmtools.io.outputs import write_whole
    from jmtools.keywords.corpus import CorpusKeywords, CountedKeywords, DocumentCounter, KeywordScanner

    def save(table_of: Callable[[], Any]) -> None:
        if save_idf is not None:
            write_whole(save_idf, table_lines(table_of()))

    if io.scheduler is not None and io.output.endswith("/"):
        counter = DocumentCounter(options)
        table = counter.table(io.count_first(partial(DocumentCounter, options)))
        io = replace(io, afterwards=partial(save, lambda: table))
        io.run_filter(partial(CountedKeywords, options, table, blend=blend), side=_side(options), slow=True)
        return
    feature = CorpusKeywords(options, blend=blend)
    io = replace(io, afterwards=partial(save, lambda: feature.table))
    io.run_corpus(feature, scanner=partial(KeywordScanner, options))
