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
@click.option(
    "--min-freq", type=click.IntRange(min=2), default=5, show_default=True, help="Least number of occurrences."
)
@click.option(
    "--min-docfreq",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Least number of records that have a word.",
)
@click.option(
    "--max-length", type=click.IntRange(2, 12), default=6, show_default=True, help="Longest word, in characters."
)
@click.option(
    "--min-pmi",
    type=float,
    default=4.0,
    show_default=True,
    help="Least mutual information of the two parts of a word, in bits.",
)
@click.option(
    "--min-entropy",
    type=float,
    default=1.0,
    show_default=True,
    help="Least entropy of the characters beside a word, in bits. Of the entropies before and after it the "
    "smaller one counts.",
)
@click.option("--no-phrases", is_flag=True, help="Leave out strings that are only dictionary words side by side.")
@click.option(
    "--as-user-dict", metavar="FILE", type=click.Path(), help="Also write a dictionary for --user-dict to FILE."
)
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

    Reads records with `text`, writes one record per word: counts, `pmi` (how strongly its parts belong together),
    `left_entropy` and `right_entropy` (how many different characters occur beside it), how it is segmented without a
    dictionary, examples. Memory: under 300 MB; a temporary file holds two bytes per character.

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
