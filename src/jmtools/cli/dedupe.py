"""`jmtools dedupe`."""

from __future__ import annotations

import click

from jmtools.cli.frame.options import report_io, where_option
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.option("--drop", type=click.Choice(["repeats"]), help="Write only the first record of each story.")
@click.option(
    "--report", "report_file", metavar="FILE", help="Also write one record per story that has several records to FILE."
)
@click.option(
    "--against",
    multiple=True,
    metavar="FILE",
    type=click.Path(),
    help="Also compare with these records, without writing them. An archive, or JSON Lines; repeatable.",
)
@click.option(
    "--share",
    type=click.FloatRange(0.2, 1),
    default=0.6,
    show_default=True,
    help="Two records are one story if at least this part of one text occurs in the other.",
)
@click.option(
    "--boilerplate",
    "days",
    type=click.IntRange(min=0),
    default=4,
    show_default=True,
    metavar="DAYS",
    help="Ignore passages that one paper prints on this many days. Weather and imprint do not count as copies. 0: "
    "ignore none.",
)
@click.option(
    "--days", "apart", type=click.IntRange(min=0), metavar="DAYS", help="Most days between two records of a story."
)
@where_option
@report_io
def dedupe(
    io: RecordIO,
    drop: str | None,
    report_file: str | None,
    against: tuple[str, ...],
    share: float,
    days: int,
    apart: int | None,
) -> None:
    """Find each story once, however often it was printed.

    Records that print the same text are one story. Reads records with `text`, writes the same records with `story`,
    `story_size`, `story_first`, `story_kind`, `contains` and `contained_in`. Headlines, punctuation, script and width
    do not matter. Memory: about 6 KB per record of 600 characters; everything is read before the first record is
    written.

    `story` is the same for all records of a story; `story_size` is their number; `story_first` is the `id` of the
    earliest by `date` and `page`.

    `story_kind` is first, same, reprint, edited, part, whole or boilerplate. `contains` and `contained_in` have `id`,
    `share`, and `char_start` and `char_end` in the longer text. A record that holds several stories side by side is a
    story of its own.

    \b
    Examples:
      jmtools dedupe --drop repeats articles.jsonl | jmtools freq -n 20
      jmtools dedupe --report stories.jsonl -o deduped.jsonl articles.jsonl
      jmtools dedupe --against archive.jsonl --days 7 articles.jsonl
    """
    from jmtools.cli.frame.side_outputs import SideOutput
    from jmtools.dedupe.scanner import StoryScanner
    from jmtools.dedupe.stories import Stories, StoryOptions

    stories = Stories(StoryOptions(share, days, apart, drop is not None))
    io.scan_others(against, StoryScanner, stories.absorb_known, option="--against")
    side = SideOutput(report_file, stories.story_records) if report_file is not None else None
    io.run_corpus(stories, scanner=StoryScanner, side=side)
