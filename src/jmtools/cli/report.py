"""`jmtools report`."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from jmtools.cli.frame.manifest import kept_record
from jmtools.cli.frame.messages import is_terminal, note
from jmtools.cli.frame.options import count_option, sink_io, where_option
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.errors import OptionError

MEBI = 1_000_000


@click.command()
@click.option(
    "--to",
    "form",
    type=click.Choice(["html", "md", "github"]),
    default="html",
    show_default=True,
    help="Output format.",
)
@click.option("--title", default="", metavar="TEXT", help="Title of the page. [default: the newspaper's name]")
@click.option(
    "--lang",
    type=click.Choice(["auto", "zh", "en"]),
    default="auto",
    show_default=True,
    help="Language of the report; auto: that of the browser.",
)
@click.option("--template", "templates", type=click.Path(), metavar="DIR", help="Folder with your own templates.")
@click.option(
    "--max-size",
    type=click.IntRange(min=0),
    default=14,
    show_default=True,
    metavar="MB",
    help="Largest page; longer texts are cut. 0: never cut.",
)
@count_option
@where_option
@sink_io
def report(io: RecordIO, form: str, title: str, lang: str, templates: str | None, max_size: int) -> None:
    """Write a report as one HTML or Markdown page.

    Reads records of any command, also mixed: articles (with keywords, topics), topic, term, trend and group records.
    Writes one HTML page that needs no network, with overview, calendar, keywords, topics, trends, frequencies,
    concordance and every article; or Markdown. The page says at its foot how it was made, and keeps the record of the
    run for jmtools rerun. Memory: the records.

    \b
    Examples:
      jmtools keywords articles.jsonl | jmtools report -o report.html
      jmtools report --to md --lang en articles.jsonl topics.jsonl | less
    """
    from jmtools.batches.sinks import SinkWorker
    from jmtools.report.collect import Collector
    from jmtools.report.view import make_view

    form = "md" if form == "github" else form  # two names of one kind of Markdown
    if form == "html" and io.output == "-" and is_terminal():
        raise OptionError("a page is for a browser: name a file with -o FILE.html; --to md reads well in a terminal")
    collector = Collector()
    total: Any = None
    with io.open_run(batch_bytes=1 << 22) as run:
        for result in run.results(io.chosen(partial(_worker, SinkWorker, io.fail_fast))):
            total = result.out if total is None else collector.merge(total, result.out)
            run.take(result)
        view = make_view(total if total is not None else collector.count([]), title=title)
        if form == "md":
            from jmtools.report.markdown import render_markdown

            shown = io.output == "-" and is_terminal()  # nobody keeps that
            run.write(render_markdown(view, language=lang, run=None if shown else kept_record()))
            return
        from jmtools.report.page import PageOptions, render_page

        options = PageOptions(
            title=title, language=lang, templates=templates, max_bytes=max_size * MEBI, run=kept_record()
        )
        page, cut = render_page(view, options)
        run.write(page)
        if cut is not None:
            note(f"texts cut to {cut} characters, for a page of {max_size} MB; --max-size 0 keeps all")


def _worker(worker: Any, fail_fast: bool) -> Any:
    from jmtools.report.collect import Collector

    return worker(Collector(), fail_fast=fail_fast)
