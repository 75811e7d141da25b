"""`jmtools newwords`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from jmtools.cli.frame.options import report_io, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.io.json_types import Fields


@click.command()
@click.option("-n", "--top", type=click.IntRange(min=0), default=0, metavar="N", help="Words shown. [default: all]")
@click.option("--min-freq", type=click.IntRange(min=2), default=5, show_default=True, help="Occurrences.")
@click.option(
    "--min-docfreq",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Show from this many records.",
)
@click.option("--max-length", type=click.IntRange(2, 12), default=6, show_default=True, help="Characters.")
@click.option("--min-pmi", type=float, default=4.0, show_default=True, help="Cohesion of its parts, in bits.")
@click.option(
    "--min-entropy",
    type=float,
    default=1.0,
    show_default=True,
    help="Freedom on the poorer side, in bits.",
)
@click.option("--no-phrases", is_flag=True, help="Leave out what two or more words of the dictionary make.")
@click.option("--as-user-dict", metavar="FILE", type=click.Path(), help="Also write a dictionary for --user-dict.")
@types_option
@where_option
@report_io
def newwords(
    io: RecordIO,
    top: int,
    min_freq: int,
    min_docfreq: int,
    max_length: int,
    min_pmi: float,
    min_entropy: float,
    no_phrases: bool,
    as_user_dict: str | None,
) -> None:
    """Find words that no dictionary has.

    Reads records with `text`, writes a record for each word: counts, cohesion (`pmi`), freedom (`left_entropy`,
    `right_entropy`), how it is segmented without a dictionary, examples. Keeps the text in a temporary file, two
    bytes a character; memory stays under 300 MB.

    \b
    Examples:
      jmtools newwords articles.jsonl -n 50 | jmtools table
      jmtools newwords --as-user-dict new.txt articles.jsonl > new.jsonl
    """
    from jmtools.cli.frame.side_outputs import shown_to
    from jmtools.io.outputs import write_whole
    from jmtools.newwords.candidates import NewWordOptions
    from jmtools.newwords.discovery import NewWordFinder, dictionary_line

    lines: list[bytes] = []

    def keep(record: Fields) -> None:
        lines.append(dictionary_line(record).encode())

    options = NewWordOptions(
        min_freq=min_freq,
        min_docfreq=min_docfreq,
        max_len=max_length,
        min_pmi=min_pmi,
        min_entropy=min_entropy,
        top=top,
        phrases=not no_phrases,
    )
    if as_user_dict is None:
        io.run_report(partial(NewWordFinder, options))
        return
    io = replace(io, afterwards=lambda: write_whole(as_user_dict, lines))
    io.run_report(partial(NewWordFinder, options), through=partial(shown_to, keep))
