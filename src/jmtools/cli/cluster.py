"""`jmtools cluster`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import click

from jmtools.cli.frame.idle import note_idle
from jmtools.cli.frame.messages import counted, note, tell
from jmtools.cli.frame.options import (
    Span,
    count_option,
    record_io,
    segment_options,
    stopwords_option,
    types_option,
    where_option,
)
from jmtools.cli.frame.pipeline import RecordIO


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
@click.option(
    "--method",
    type=click.Choice(["partition", "nmf", "lda", "density", "communities"]),
    default="partition",
    show_default=True,
    help="How topics are found; density and communities choose the number themselves.",
)
@click.option("-k", type=Topics(), default="auto", show_default=True, help="Number of topics.")
@click.option("--k-range", type=Span(most=1000), help="Range for -k auto, such as 5-40.")
@click.option(
    "--seed", type=click.IntRange(0, 1_000_000), default=0, show_default=True, help="Seed of the random numbers."
)
@click.option(
    "--outliers",
    type=click.Choice(["keep", "mark"]),
    default="keep",
    show_default=True,
    help="Keep unclear records in topics, or give them topic -1. mark: those whose topic_score is below --threshold.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Least topic_score for --outliers mark. Most articles score above 0.9.",
)
@click.option(
    "--topics",
    "topics_file",
    metavar="FILE|-",
    help="Also write one record per topic to FILE; with - print these instead of the articles.",
)
@click.option(
    "--sample",
    metavar="N",
    type=click.IntRange(min=1),
    help="Find topics in N records, then assign all. Reads the files twice.",
)
@click.option("--hierarchy", is_flag=True, help="Also group topics into larger ones (`parent`).")
@click.option(
    "--topic-seeds",
    "seeds",
    metavar="FILE",
    type=click.Path(),
    help="Topics you want, one per line, as NAME: WORD WORD.",
)
@click.option(
    "--labels",
    metavar="FILE",
    type=click.Path(),
    help="Names for topics, such as 3,5<tab>NAME. One per line; several numbers on a line are merged. An edited "
    "--topics file works too.",
)
@click.option(
    "--update",
    metavar="DIR",
    type=click.Path(),
    help="Update the model in DIR with these records. Topics that continue keep their numbers.",
)
@click.option("--save-model", metavar="DIR", type=click.Path(), help="Write the model for jmtools assign.")
@click.option(
    "--vectors",
    metavar="FIELD",
    help="Also use the vectors in this field. They are lists of numbers that an embedding program made.",
)
@click.option(
    "--vector-weight",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Weight of the vectors against the words. 1: vectors only.",
)
@click.option("--explain", is_flag=True, help="Print the scores of each number of topics.")
@count_option
@types_option
@where_option
@record_io
def cluster(
    io: RecordIO,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    topics_file: str | None,
    update: str | None,
    save_model: str | None,
    sample: int | None,
    explain: bool,
    stopwords: str,
    method: str,
    k: int,
    k_range: tuple[int, int] | None,
    seed: int,
    outliers: str,
    threshold: float,
    hierarchy: bool,
    seeds: str | None,
    labels: str | None,
    vectors: str | None,
    vector_weight: float,
) -> None:
    """Cluster records by topic.

    Reads records with `text`, writes the same records with `topic`, `topic_label` and `topic_score`. Topics are
    numbered by size; the same records give the same topics in any order. Memory: the vocabulary and the words of 50,000
    records; the rest waits in a temporary file.

    The method finds topics in a sample of at most 4,000 records. A second step improves them with at most 50,000
    records. Then every record gets its topic. With fewer than 20 records, a simple tree (hierarchical clustering) is
    used, whatever --method says.

    --sample N is for archives: topics are found in N records (20000 are plenty), and all are assigned as a stream, so
    that memory does not grow. Which N are taken depends on the records alone. `size` and `share` of a topic are those
    in the sample. With --scheduler the workers read and assign, and write the parts of -o FOLDER/.

    --vectors FIELD is for lists of numbers of one length that another program has made of the texts. Topics are found
    by words and vectors; labels are words. `assign` reads the same field. nmf and lda use words only.

    --update DIR fits the model in DIR to other records and writes it back (or to --save-model). Topics that continue
    keep their numbers and the names that you gave them. stderr and the topic records list which topics are new, gone,
    split or merged.

    \b
    Examples:
      jmtools split pages/ | jmtools cluster -k 8 --topics topics.jsonl > articles.jsonl
      jmtools cluster --labels names.tsv --hierarchy --topics topics.jsonl -o out.jsonl articles.jsonl
      jmtools cluster --update may/ --topics june-topics.jsonl -o june.jsonl articles.jsonl
      jmtools cluster --sample 20000 --topics topics.jsonl -o topics/ archive.jsonl
      jmtools cluster --save-model may/ articles.jsonl | jmtools table --fields topic,topic_label,headline
    """
    from jmtools.topics.cluster import CorpusTopics
    from jmtools.topics.guide import read_names, read_seeds
    from jmtools.topics.model import load_model
    from jmtools.topics.options import ClusterOptions
    from jmtools.topics.outside import vector_length
    from jmtools.topics.words import WordScanner
    from jmtools.words.reader import SegmentOptions

    options = ClusterOptions(
        segment=SegmentOptions(segmenter, user_dicts, allow_mixed),
        stopwords=stopwords,
        method=method,
        k=k or None,
        k_range=k_range,
        seed=seed,
        threshold=threshold if outliers == "mark" else 0.0,
        seeds=read_seeds(seeds) if seeds else (),
        names=read_names(labels) if labels else (),
        names_from=f"--labels {labels}",
        hierarchy=hierarchy,
        vectors=vectors,
        vector_weight=vector_weight,
    )
    if vectors is not None:
        io = replace(io, vector_length=partial(vector_length, field=vectors))
    note_idle("vector_weight", without=None if vectors else "--vectors")
    note_idle("threshold", without=None if outliers == "mark" else "--outliers mark")
    previous = load_model(update) if update else None
    feature = CorpusTopics(options, previous, needs_model=save_model is not None or sample is not None)
    io = replace(io, afterwards=partial(_write_beside, feature, topics_file, save_model or update, explain=explain))
    if sample is not None:
        _run_sample(io, feature, sample, records=topics_file != "-")
    else:
        instead = feature.topic_records if topics_file == "-" else None
        scanner = partial(WordScanner, options.segment, options.stopwords, vectors)
        io.run_corpus(feature, scanner=scanner, instead=instead)


def _run_sample(io: RecordIO, feature: Any, wanted: int, *, records: bool) -> None:
    """Fit on a sample, then let a second pass assign all records, or write the topics alone."""
    from jmtools.cli.frame.twice import check_read_twice
    from jmtools.topics.assign import TopicAssigner
    from jmtools.topics.sample import Sampler

    check_read_twice(io.files, "--sample")
    io.check_place()
    options = feature.options
    sample = io.count_first(partial(Sampler, options.segment, options.stopwords, wanted, options.vectors))
    sample.trim()
    for bags in sample.bags:
        feature.absorb(bags)
    feature.fit()
    size = sum(len(bags.sizes) for bags in sample.bags)
    tell(f"topics found in {size:,} of {sample.seen:,} records")
    if records:
        replace(io, by_story=False).run_filter(partial(TopicAssigner, feature.model, options.segment))
    else:
        io.write_records(feature.topic_records())


def _note_topics(feature: Any) -> None:
    """Say what was asked for and is not there: topics of any record, as many as -k, words of --topic-seeds."""
    from jmtools.topics.fit import LEAST

    records = [record for record in feature.topic_records() if "level" not in record and record["topic"] >= 0]
    options = feature.options
    if feature.model is None or not feature.docs:
        return  # without records the run itself has a note
    if feature.mixed_scripts:
        note(
            "the text is in both scripts, and the same word in each is counted apart; "
            "jmtools normalize --script simplified makes them one"
        )
    if not any(record["size"] for record in records):
        note("no record has a word of any topic: every topic is -1")
        return
    if feature.wordless:
        note(f"{feature.wordless} of {feature.docs} records have no word of any topic: their topic is -1")
    if feature.alike:
        note("the records are too much alike to be told apart: they are one topic")
    elif options.k and len(records) < options.k and not options.names:
        note(f"-k {options.k}: {counted(len(records), 'topic')} found; others would have too few records or words")
    elif not (options.k or options.k_range) and 1 < feature.docs < LEAST and len(records) == 1:
        note(f"{feature.docs} records are too few to choose a number of topics: they are one topic; -k N parts them")
    if feature.model.vectors is not None and not feature.model.vectors.centres.any():
        note(f"--vectors {options.vectors}: all vectors are the same, and tell nothing of topics")
    known = feature.model.space.columns
    absent = [word for seed in options.seeds for word in seed.words if word not in known]
    if absent:
        more = ", …" if len(absent) > 5 else ""
        note(f"--topic-seeds: not among the words of the records: {', '.join(absent[:5])}{more}")


def _write_beside(feature: Any, topics_file: str | None, folder: str | None, *, explain: bool) -> None:
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record
    from jmtools.topics.model import save_model

    if explain:
        for row in feature.table:
            shown = "  ".join(f"{name} {row[name]:.4f}" for name in ("kept", "modularity", "score"))
            click.echo(f"k {row['k']:4d}  {shown}", err=True)
    for line in feature.course.lines():
        tell(line)
    _note_topics(feature)
    if topics_file not in (None, "-"):
        write_whole(topics_file, map(encode_record, feature.topic_records()))
    if folder is not None and feature.model is not None:
        save_model(feature.model, folder)
