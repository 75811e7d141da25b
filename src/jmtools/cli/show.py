"""`jmtools show`."""

from __future__ import annotations

import click

from jmtools.cli.frame.options import Text, sink_io
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.argument("name", type=Text(), metavar="ID")
@click.option(
    "--runs",
    is_flag=True,
    help="Show the runs that made FILE, an archive, a report or a manifest: jmtools show --runs FILE.",
)
@sink_io
def show(io: RecordIO, name: str, runs: bool) -> None:
    """Show one article, and where it was printed.

    Reads records, or an archive, which finds the article at once. Prints the article with the `id` ID for a person:
    newspaper, date, page, credits, its text with numbered paragraphs, and the lines of the page where it was printed,
    if its record names them (`source`, `char_start`, `char_end` or `spans`). Memory: does not grow with the input.

    With --runs the first argument is a file, not an ID: the command of each run that made it is shown, its records, and
    its inputs with their digests; `jmtools rerun FILE` repeats these runs.

    \b
    Examples:
      jmtools show a1 paper.db
      jmtools show a1 found.jsonl
      jmtools show --runs paper.db
    """
    from jmtools.archive.article import find_article, page_lines, readable
    from jmtools.cli.frame.streams import batches_of
    from jmtools.errors import DataError
    from jmtools.io.outputs import write_whole

    if runs:
        write_whole(io.output, [_runs_of((name, *io.files))])
        return
    found = find_article(batches_of(io), name, archives=io.files)
    if found is None:
        raise DataError(f"no record has the id {name}")
    write_whole(io.output, [readable(found, page_lines(found)).encode()])


def _runs_of(paths: tuple[str, ...]) -> bytes:
    from jmtools.cli.frame.kept_runs import read_runs, readable_run

    found = [run for path in paths for run in read_runs(path)]
    return "\n".join(readable_run(run, number) for number, run in enumerate(found, 1)).encode()
