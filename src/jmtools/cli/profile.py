"""`jmtools profile`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jmtools.cli.frame.options import output_option

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.group()
def profile() -> None:
    """Learn how one paper prints its pages, from many of them.

    Reads many pages of one paper and writes a profile for `jmtools split --profile`: its page heads, section lines and
    style of headlines. A profile is a TOML file that a person can read and edit. Memory: the short lines of all pages.

    \b
    Examples:
      jmtools profile learn pages/ > paper.toml
      jmtools split --profile paper.toml pages/today.txt
    """


@profile.command()
@click.argument("files", nargs=-1, metavar="[FILES]...", type=click.Path())
@click.option("--encoding", metavar="NAME", help="Encoding of text pages. [default: detected]")
@click.option(
    "--min-pages",
    type=click.IntRange(min=2),
    default=3,
    show_default=True,
    help="Least number of pages on which a line must occur.",
)
@click.option(
    "--apply", metavar="FILE", type=click.Path(), help="Also learn from the decisions in an edited --review file."
)
@output_option
def learn(files: tuple[str, ...], encoding: str | None, min_pages: int, apply: str | None, output: str) -> None:
    """Learn the page heads, section lines and headline style of one paper.

    Reads page text (files, folders or standard input), or page records with `text`; writes TOML: the lines that return,
    how pages are built and, with --apply, what the lines that begin an article look like. Memory: the short lines of
    all pages, a few hundred bytes per page.

    \b
    Examples:
      jmtools profile learn pages/ > paper.toml
      jmtools profile learn --min-pages 5 2023-*/ -o paper.toml
    """
    from dataclasses import replace

    from jmtools.io.outputs import open_output
    from jmtools.pages import Page, PageSplitter, SplitOptions
    from jmtools.pages.inputs import PageInputs
    from jmtools.pages.leanings import Leanings
    from jmtools.pages.profile import format_profile, learn_profile
    from jmtools.pages.review import load_borders

    guessing = PageSplitter()
    deciding = PageSplitter(SplitOptions(borders=load_borders(apply))) if apply is not None else None
    leanings = Leanings()

    def pages() -> Iterator[str]:
        for text in PageInputs(files, encoding).texts():
            if deciding is not None:
                leanings.add(guessing.split(Page(text)).decoded, deciding.split(Page(text)).decoded)
            yield text

    learned = replace(learn_profile(pages(), least=min_pages), headlines=leanings.table())
    out = open_output(output)
    try:
        out.write(format_profile(learned).encode())
    except BaseException:
        out.abort()
        raise
    out.commit()
