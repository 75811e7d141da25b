"""`jmtools dict`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from jmtools.cli.frame.options import report_io, types_option, where_option
from jmtools.cli.frame.pipeline import RecordIO

EXIT_MALFORMED = 3


@click.group()
def dict() -> None:  # noqa: A001
    """Look after user dictionaries.

    Reads a dictionary, and records with `text`; writes one record per line of the dictionary. Memory: the dictionary
    and a few counts per entry.

    \b
    Examples:
      jmtools dict check places.txt articles.jsonl | jmtools table
      jmtools dict check places.txt | jq -c 'select(.status != "new")'
    """


@dict.command()
@click.argument("words", metavar="WORDS", type=click.Path())
@click.option(
    "--segmenter",
    type=click.Choice(["rjieba", "jieba"]),
    default="rjieba",
    show_default=True,
    help="Segmenter that the dictionary is compared with.",
)
@types_option
@where_option
@report_io
def check(io: RecordIO, words: str, segmenter: str) -> None:
    """Report how often each entry is found, what hides it, and which lines are malformed.

    Reads the dictionary WORDS and, in FILES or `-`, records with `text`; writes one record per line of WORDS. `status`
    is `found`, `never found`, `shadowed` (always inside a longer entry), `duplicate`, `ambiguous` or `malformed`;
    without a corpus `new`, or `known` if the segmenter has the word already. If lines are malformed, the exit code is
    3. Memory: the dictionary and a few counts per entry.

    \b
    Examples:
      jmtools dict check places.txt articles.jsonl
      jmtools split page.txt | jmtools dict check places.txt - | jq -c 'select(.freq == 0)'
    """
    from jmtools.cli.frame.messages import command_name, say
    from jmtools.cli.frame.twice import kept
    from jmtools.words.dictionary_check import DictChecker

    build = partial(DictChecker, (kept(words),), segmenter)
    malformed = build().malformed

    def tell_malformed() -> None:
        if malformed:
            say(f"{command_name()}: {words}: {malformed} malformed lines; their records say why")

    io = replace(io, afterwards=tell_malformed)
    if io.files:
        io.run_report(build)
    else:
        io.write_records(build().records(None))
    if malformed:
        raise click.exceptions.Exit(EXIT_MALFORMED)
