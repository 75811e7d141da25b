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
    help="Keywords of a record or a group.",
)
@click.option(
    "--method",
    type=click.Choice(["default", "tfidf", "textrank", "positionrank", "yake"]),
    default="default",
    show_default=True,
    help="default: words, phrases and titles by many factors; the others for comparison.",
)
@click.option(
    "--tf",
    type=click.Choice(["raw", "log", "bm25"]),
    help="How frequency counts in default and tfidf. [default: log; tfidf: tf / words]",
)
@group_by_option
@click.option(
    "--idf",
    default="background",
    show_default=True,
    metavar="background|corpus|blend|FILE",
    help="How rare words are: jieba's table, counted from the input, both, or a table in FILE, also in jieba's form.",
)
@click.option("--save-idf", metavar="FILE", type=click.Path(), help="With corpus or blend: write what was counted.")
@click.option(
    "--min-docfreq",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Leave out words that fewer records of the table (with --group-by: of the input) have.",
)
@click.option("--terms", metavar="FILE", type=click.Path(), help="Choose among the terms of FILE, one a line.")
@click.option("--exclude", metavar="FILE", type=click.Path(), help="Never choose the terms of FILE, one a line.")
@click.option(
    "--diversity",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Trade score for difference from what is chosen already.",
)
@click.option(
    "--nested",
    type=click.Choice(["none", "apart", "all"]),
    help="Terms inside one another in a list: none, those that also stand apart, or all. "
    "[default: apart; with --group-by: none]",
)
@click.option(
    "--without-factors",
    callback=split_names,
    metavar="FACTORS",
    help="Leave out tf, idf, headline, position, pos, length, cohesion, freedom, quotes, form or trees.",
)
@click.option(
    "--min-chance",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out keywords that a demanding reader keeps with a smaller chance; the others say theirs. "
    "0.7 leaves out half of the first three.",
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
    """Choose the words that say what each record is about.

    Reads records with `text` (and `headline`), writes the same records with `keywords`: `term`, `score`, `tf`, `df`.
    With --group-by it writes a record a group instead: `group`, `n_docs`, `keywords` by class-based tf-idf.
    Streams: memory does not grow with the input; with --idf corpus or blend it reads twice, through a temporary file,
    and holds the vocabulary; with --group-by it holds the terms of the groups.

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
