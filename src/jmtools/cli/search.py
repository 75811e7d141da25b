"""`jmtools search`."""

from __future__ import annotations

import click

from jmtools.cli.frame.options import Text, output_option, segment_options, where_option


@click.command()
@click.argument("query", type=Text())
@click.argument("archive", type=click.Path(), metavar="ARCHIVE.db")
@segment_options
@click.option(
    "-n", "--top", type=click.IntRange(min=0), metavar="N", default=20, show_default=True, help="Records shown."
)
@click.option(
    "--sort",
    type=click.Choice(["score", "date", "added"]),
    default="score",
    show_default=True,
    help="Order: best first, earliest first, or as added.",
)
@click.option("--after", type=Text(), metavar="ID", help="Continue after the record with this id.")
@where_option
@output_option
def search(
    query: str,
    archive: str,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
    top: int,
    sort: str,
    after: str | None,
    where: str | None,
    output: str,
) -> None:
    """Find records in an archive, the best first.

    QUERY is words, "strings" that are found wherever they occur, AND, OR, NOT, parentheses, NEAR/5 between words, and
    conditions on words such as [pos="nr"]. Reads ARCHIVE.db, which `jmtools index` writes; writes its records with
    `score` (BM25; a word in the headline counts five times), `snippet`, and `field`, `char_start` and `char_end` of the
    first place. Memory: the numbers and scores of the records found.

    Words without a sign between them must all occur, anywhere in the record. AND and NOT bind stronger than OR. A token
    condition compares `word` or `pos` with a regular expression that must fit all of it, by = or !=; & joins several.

    \b
    Examples:
      jmtools search '医保 NOT 公告' paper.db | jmtools table -f date,headline,snippet
      jmtools search '"医保" OR 防汛' --where 'date >= 2024-03-12' --sort date paper.db
    """
    from jmtools.archive.search import SearchOptions, in_other_script
    from jmtools.archive.search import search as answers
    from jmtools.cli.frame.messages import note
    from jmtools.fields.query import parse_query
    from jmtools.fields.where import parse_where
    from jmtools.io.outputs import open_output
    from jmtools.words.reader import SegmentOptions, WordReader

    asked = parse_query(query)
    words = WordReader(SegmentOptions(segmenter, user_dicts, allow_mixed))
    options = SearchOptions(top, sort, parse_where(where), after)
    out, found = open_output(output), 0
    try:
        for line in answers(archive, asked, words, options):
            out.write(line)
            found += 1
        out.commit()
    except BaseException:
        out.abort()
        raise
    if not found and top:
        other = in_other_script(archive, query, words, options.where)
        note(f"no record fits the query; records fit it as {other}" if other else "no record fits the query")
