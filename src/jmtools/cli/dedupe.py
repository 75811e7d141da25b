"""`jmtools dedupe`."""

from __future__ import annotations

import click

from jmtools.cli.frame.options import report_io, where_option
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.option("--drop", type=click.Choice(["repeats"]), help="Write only the first record of each story.")
@click.option("--report", "report_file", metavar="FILE", help="Write the stories of several records to FILE.")
@click.option(
    "--against",
    multiple=True,
    metavar="FILE",
    type=click.Path(),
    help="Compare with these records too, which are not written: an archive, or JSON Lines; repeatable.",
)
@click.option(
    "--share",
    type=click.FloatRange(0.2, 1),
    default=0.6,
    show_default=True,
    help="Least part of a text that stands in another for the two to be one story.",
)
@click.option(
    "--boilerplate",
    "days",
    type=click.IntRange(min=0),
    default=4,
    show_default=True,
    metavar="DAYS",
    help="A passage that one newspaper prints on so many days joins no stories; 0: none is.",
)
@click.option(
    "--days", "apart", type=click.IntRange(min=0), metavar="DAYS", help="Join only records at most DAYS apart."
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

    Reads records with `text`, writes them with `story` (the same for all that print one story), `story_size`,
    `story_first` (the `id` of the earliest by `date` and `page`), `story_kind` (first, same, reprint, edited, part,
    whole, boilerplate), `contains` and `contained_in` (`id`, `share`, and `char_start` and `char_end` in the longer
    text). Headlines and punctuation, script and width do not matter. A record that holds several stories side by side
    is a story of its own. Reads everything before it writes: memory holds about 6 KB for each record of 600 characters.

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
