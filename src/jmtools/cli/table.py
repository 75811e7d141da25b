"""`jmtools table`."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jmtools.cli.frame.messages import is_terminal
from jmtools.cli.frame.options import sink_io, split_names, where_option
from jmtools.cli.frame.pipeline import RecordIO

if TYPE_CHECKING:
    from jmtools.table.layouts import TableOptions

FORMATS = ("plain", "simple", "grid", "rounded", "github", "html", "latex", "csv", "tsv")
_ALIGNED = FORMATS[:4]
_PIPED_CELL = 40  # columns a cell may have where no terminal sets the limit


@click.command()
@click.option("-f", "--fields", metavar="A,B,C.D", help="Columns, in order, by path: headline,keywords.term.")
@click.option("--without", metavar="A,B", callback=split_names, help="Columns to leave out.")
@click.option(
    "--to", "form", type=click.Choice((*FORMATS, "md")), default="plain", show_default=True, help="Output format."
)
@click.option(
    "--width",
    type=click.IntRange(min=0),
    metavar="N",
    help="Width of the table; 0: no limit. [default: that of the terminal]",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the table.",
)
@click.option("--raw", is_flag=True, help="Print control characters as they are.")
@click.option("--excel-safe/--no-excel-safe", default=True, show_default=True, help="csv, tsv: put ' before formulas.")
@where_option
@sink_io
def table(
    io: RecordIO,
    fields: str | None,
    without: tuple[str, ...],
    form: str,
    width: int | None,
    color: str,
    raw: bool,
    excel_safe: bool,
) -> None:
    """Show records as a table.

    Reads any records, prints aligned text, Markdown, HTML, LaTeX, CSV or TSV. Without --fields it shows every field; of
    articles (records with `text`) only the most useful ones, in csv and tsv all. Aligned text is cut to the terminal
    (in a pipe: cells to 40 columns; with --width 0 not at all). Memory: the cells; csv and tsv with --fields do not
    grow with the input.

    \b
    Examples:
      jmtools freq -n 20 articles.jsonl | jmtools table
      jmtools table --fields date,page,headline,keywords.term --to md articles.jsonl
    """
    from jmtools.table.layouts import DELIMITED, TableOptions

    form = "github" if form == "md" else form  # two names of one kind of Markdown
    limit, cell = _limits(io, form, width)
    options = TableOptions(
        fields=split_fields(fields),
        format=form,
        width=limit,
        cell=cell,
        without=without,
        raw=raw,
        excel_safe=excel_safe,
        color=form in _ALIGNED and _wants_color(color, io),
    )
    _write(io, options, stream=form in DELIMITED and bool(options.fields))


def split_fields(fields: str | None) -> tuple[str, ...]:
    """Return the paths of a `--fields` value."""
    return tuple(name.strip() for name in (fields or "").split(",") if name.strip())


def _write(io: RecordIO, options: TableOptions, *, stream: bool) -> None:
    from jmtools.batches.sinks import SinkWorker
    from jmtools.table.layouts import TableBuilder

    builder = TableBuilder(options)
    total: Any = None
    with io.open_run(batch_bytes=1 << 20) as run:
        if stream:
            run.write(builder.delimited([options.fields]).encode())
        for result in run.results(partial(_worker, SinkWorker, options, io.fail_fast)):
            part = result.out
            if stream:
                rows = ([row.get(name) for name in options.fields] for row in part.rows)
                run.write(builder.delimited(rows).encode("utf-8", "backslashreplace"))
                part.rows = []
            total = part if total is None else builder.merge(total, part)
            run.take(result)
        if total is None:
            return
        if stream:
            builder.columns(total)
            return
        for line in builder.lines(total):
            run.write(line.encode("utf-8", "backslashreplace"))


def _worker(worker: Any, options: TableOptions, fail_fast: bool) -> Any:
    from jmtools.table.layouts import TableBuilder

    return worker(TableBuilder(options), fail_fast=fail_fast)


def _limits(io: RecordIO, form: str, width: int | None) -> tuple[int | None, int | None]:
    if form not in _ALIGNED or width == 0:
        return None, None
    if width is not None:
        return width, None
    if io.output == "-" and is_terminal():
        return shutil.get_terminal_size().columns, None
    return None, _PIPED_CELL


def _wants_color(color: str, io: RecordIO) -> bool:
    if color != "auto":
        return color == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return io.output == "-" and not plain and is_terminal()
