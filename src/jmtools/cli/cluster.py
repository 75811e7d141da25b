"""`jmtools cluster`."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from jmtools.cli.options import Span, record_io, segment_options, stopwords_option, where_option
from jmtools.cli.pipeline import RecordIO


class Topics(click.ParamType[int]):
    """A number of topics, or `auto`."""

    name = "N|auto"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; 0 for auto."""
        if value == "auto":
            return 0
        if str(value).isdecimal() and 1 <= int(value) <= 10_000:
            return int(value)
        raise click.BadParameter(f"{value!r} is neither a number of topics nor 'auto'", ctx, param)


@click.command()
@segment_options
@stopwords_option("default")
@click.option("-k", type=Topics(), default="auto", show_default=True, help="Number of topics.")
@click.option("--k-range", type=Span(most=1000), help="With auto: choose between these, such as 5-40.")
@click.option("--seed", type=click.IntRange(0, 1_000_000), default=0, show_default=True, help="Of all that draws.")
@click.option(
    "--outliers",
    type=click.Choice(["keep", "mark"]),
    default="keep",
    show_default=True,
    help="mark: topic -1 for a record whose topic_score is under --threshold.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.2,
    show_default=True,
    help="Probability of its best topic under which a record is an outlier.",
)
@click.option(
    "--topics", "topics_file", metavar="FILE|-", help="Write topic records too; with - instead of the others."
)
@click.option("--save-model", metavar="DIR", type=click.Path(), help="Write what `jmtools assign` needs.")
@click.option("--explain", is_flag=True, help="Show the scores of each number of topics on stderr.")
@where_option
@record_io
def cluster(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    stopwords: str,
    k: int,
    k_range: tuple[int, int] | None,
    seed: int,
    outliers: str,
    threshold: float,
    topics_file: str | None,
    save_model: str | None,
    explain: bool,
) -> None:
    """Bring records together by topic.

    Reads records with `text`, writes the same records with `topic`, `topic_label` and `topic_score`. Topics are
    numbered by size; the same records give the same topics in any order. Reads everything before it writes: memory
    holds the vocabulary and the words of 50,000 records, the rest waits in a temporary file. Up to 4,000 records are
    partitioned, up to 50,000 refine the partition, all are assigned by it.

    \b
    Examples:
      jmtools split pages/ | jmtools cluster -k 8 --topics topics.jsonl > articles.jsonl
      jmtools cluster --save-model may/ articles.jsonl | jmtools table --fields topic,topic_label,headline
    """
    from jmtools.tokens import SegmentOptions
    from jmtools.topics.cluster import ClusterOptions, CorpusTopics
    from jmtools.topics.words import WordScanner

    segment = SegmentOptions(segmenter, user_dicts, allow_mixed)
    limit = threshold if outliers == "mark" else 0.0
    feature = CorpusTopics(ClusterOptions(segment, stopwords, k or None, k_range, seed, limit))
    io.run_corpus(
        feature,
        scanner=partial(WordScanner, segment, stopwords),
        instead=feature.topic_records if topics_file == "-" else None,
    )
    _write_beside(feature, topics_file, save_model, explain=explain)


def _write_beside(feature: Any, topics_file: str | None, save_model: str | None, *, explain: bool) -> None:
    from jmtools.outputs import write_whole
    from jmtools.records import encode_record
    from jmtools.topics.model import save_model as save

    if explain:
        for row in feature.table:
            click.echo(f"k {row['k']:4d}  agreement {row['agreement']:.4f}  score {row['score']:.4f}", err=True)
    if topics_file not in (None, "-"):
        write_whole(topics_file, map(encode_record, feature.topic_records()))
    if save_model is not None and feature.model is not None:
        save(feature.model, save_model)
