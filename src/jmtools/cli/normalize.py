"""`jmtools normalize`."""

from __future__ import annotations

from functools import partial

import click

from jmtools.cli.frame.options import record_io, split_names, where_option
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.side_outputs import SideOutput


@click.command()
@click.option(
    "--script",
    type=click.Choice(["repair", "simplified", "traditional", "taiwan", "hongkong", "keep"]),
    default="repair",
    show_default=True,
    help="How characters are converted. repair: single characters of the other script; simplified, traditional, "
    "taiwan, hongkong: the whole text; keep: nothing.",
)
@click.option(
    "--spaces",
    type=click.Choice(["letters", "all", "keep"]),
    default="letters",
    show_default=True,
    help="Spaces between Chinese characters. letters: close spaced-out words (医 保); all: close all; keep: close "
    "none.",
)
@click.option(
    "--punctuation",
    type=click.Choice(["keep", "full"]),
    default="keep",
    show_default=True,
    help="Half-width punctuation beside Chinese characters. full: make it full-width.",
)
@click.option(
    "--residue",
    type=click.Choice(["decode", "strip", "keep"]),
    default="decode",
    show_default=True,
    help="Leftovers of web pages. decode: decode entities; strip: also remove tags, addresses, image names and "
    "page links; keep: keep all.",
)
@click.option("--only", type=click.Choice(["residue"]), help="Remove leftovers of web pages, and change nothing else.")
@click.option(
    "--fields",
    callback=split_names,
    metavar="NAMES",
    help="Fields to change; separate several with commas. [default: "
    "newspaper,headline,kicker,subheads,byline,authors,text,captions]",
)
@click.option("--keep-original", is_flag=True, help="Keep the old value of each changed field in `original`.")
@click.option(
    "--report",
    metavar="FILE",
    help="Write every kind of change with counts to FILE. `review` marks those that a person should check.",
)
@where_option
@record_io
def normalize(
    io: RecordIO,
    script: str,
    spaces: str,
    punctuation: str,
    residue: str,
    only: str | None,
    fields: tuple[str, ...],
    keep_original: bool,
    report: str | None,
) -> None:
    """Normalize characters: width, script, spaces.

    Reads records with `text`, writes the same records with their text fields rewritten: full-width letters and digits,
    entities, compatibility forms, single characters of the other script, variant characters, spaces inside words.
    Memory: does not grow with the input.

    \b
    Examples:
      jmtools split page.txt | jmtools normalize --report changes.jsonl > clean.jsonl
      jmtools normalize --only residue --report residue.jsonl web.jsonl > clean.jsonl
      jmtools normalize --script simplified --keep-original hongkong.jsonl | jmtools segment
    """
    from jmtools.normalize.normalizer import FIELDS, Changes, NormalizeOptions, Normalizer, merge_changes

    options = NormalizeOptions(
        script, spaces, punctuation, fields or FIELDS, keep_original, report is not None, residue, only or ""
    )
    total: Changes = {}
    side = None
    if report:
        side = SideOutput(report, lambda: Normalizer(options).change_records(total), partial(merge_changes, total))
    io.run_filter(partial(Normalizer, options), side=side, slow=True)
