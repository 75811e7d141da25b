"""`jmtools split`."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from jmtools.cli.frame.options import report_io
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.io.json_types import Fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from jmtools.cli.frame.inputs import NameCheck
    from jmtools.cli.frame.run import Run
    from jmtools.pages import SplitOptions
    from jmtools.pages.inputs import Task
    from jmtools.pages.profile import Profile
    from jmtools.pages.worker import PageResult


@click.command()
@click.option("--encoding", metavar="NAME", help="Encoding of text pages. [default: detected]")
@click.option("--name-pattern", metavar="FORM", help="Form of the file names: {newspaper}-{date:%Y%m%d}-{page}.")
@click.option("--newspaper", metavar="NAME", help="Newspaper name, if neither page nor file name gives it.")
@click.option("--date", metavar="YYYY-MM-DD", help="Date, if neither page nor file name gives it.")
@click.option("--page", metavar="PAGE", help="Page number, if neither page nor file name gives it.")
@click.option("--profile", metavar="FILE", type=click.Path(), help="What jmtools profile learned about this paper.")
@click.option("--weights", metavar="FILE", type=click.Path(), help="Weights of a model trained on your own pages.")
@click.option("--unwrap/--no-unwrap", default=True, show_default=True, help="Join lines wrapped at a fixed width.")
@click.option(
    "--merge/--no-merge", default=True, show_default=True, help="Join an article that continues on other pages."
)
@click.option("--explain", is_flag=True, help="Write one record per line instead: its role and the reasons.")
@click.option(
    "--review",
    metavar="FILE",
    type=click.Path(),
    help="Write the places where an article may or may not begin to FILE. Mark them + or - by hand, then use --apply.",
)
@click.option("--apply", metavar="FILE", type=click.Path(), help="Use the decisions in an edited --review file.")
@report_io
def split(
    io: RecordIO,
    encoding: str | None,
    name_pattern: str | None,
    newspaper: str | None,
    date: str | None,
    page: str | None,
    profile: str | None,
    weights: str | None,
    unwrap: bool,
    merge: bool,
    explain: bool,
    review: str | None,
    apply: str | None,
) -> None:
    """Split newspaper pages into articles.

    Reads page text (files, folders or standard input; UTF-8, UTF-16, GB18030 or Big5), or page records with `text`.
    Writes one record per article, advertisement, notice or folio (page head: the name of the paper, date, page number).
    Memory: one issue of a paper at a time.

    \b
    Examples:
      jmtools split pages/ > articles.jsonl
      jmtools split --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' pages/ | jmtools keywords
    """
    from jmtools.cli.frame.inputs import NameCheck, note_empty_folders
    from jmtools.pages import SplitOptions
    from jmtools.pages.inputs import SUFFIXES, PageInputs
    from jmtools.pages.review import load_borders
    from jmtools.pages.worker import SplitWorker

    options = SplitOptions(
        unwrap=unwrap,
        merge=merge,
        name_pattern=_pattern(name_pattern),
        newspaper=newspaper,
        date=_day(date),
        page=page,
        profile=_profile(profile),
        weights=_path(weights),
        borders=load_borders(apply) if apply is not None else {},
    )
    inputs = PageInputs(io.files, encoding, io.max_line, io.max_expand)
    note_empty_folders(io.files, SUFFIXES)
    with io.open_run() as run:
        run.thing = "page"
        names = NameCheck(options.name_pattern)
        tasks = run.watch(_looked_at(inputs.read(), names), inputs.count())
        results = io.run_source(tasks, partial(SplitWorker, options, explain=explain, review=review is not None))
        decided: list[int] = []
        _write(run, _counted(results, decided), options, explain=explain, review=review)
        names.say()
        if apply is not None and not run.stopped:
            _note_void(apply, sum(map(len, options.borders.values())), sum(decided))


def _counted(results: Iterable[PageResult], decided: list[int]) -> Iterator[PageResult]:
    """Hand on what became of pages, and keep how many borders were decided by hand."""
    for result in results:
        decided.append(result.decided)
        yield result


def _note_void(path: str, given: int, used: int) -> None:
    """Note decisions of a file that no page of this run has a place for."""
    from jmtools.cli.frame.messages import note

    if not given:
        note(f"--apply {path}: no line of it is marked + or -")
    elif used < given:
        note(f"--apply {path}: {given - used} of {given} decisions are for pages that are not here or have changed")


def _looked_at(tasks: Iterable[Task], names: NameCheck) -> Iterator[Task]:
    from jmtools.cli.frame.messages import note
    from jmtools.pages import Page

    for task in tasks:
        if isinstance(task, Page):
            names.look(task.source)
            if task.note:
                note(task.note)
        yield task


def _day(date: str | None) -> str | None:
    from jmtools.errors import OptionError
    from jmtools.fields.dates import read_date

    if date is not None and read_date(date) != date:
        raise OptionError(f"--date {date}: is no date; write it as 2023-05-25")
    return date


def _pattern(form: str | None) -> str | None:
    from jmtools.fields.file_names import compile_pattern

    if form is not None:
        compile_pattern(form)  # one that cannot be read is told before the first page
    return form


def _path(path: str | None) -> Path | None:
    from pathlib import Path

    return None if path is None else Path(path)


def _profile(path: str | None) -> Profile | None:
    from pathlib import Path

    from jmtools.pages.profile import load_profile

    return None if path is None else load_profile(Path(path))


def _write(
    run: Run, results: Iterable[PageResult], options: SplitOptions, *, explain: bool, review: str | None
) -> None:
    from jmtools.cli.frame.messages import counted, note
    from jmtools.io.records import encode_record
    from jmtools.pages.issues import resolve_issues

    resolve: Callable[[Iterable[list[Fields]]], Iterable[Fields]] = (
        resolve_issues if options.merge and not explain else _flat
    )
    with _review_file(review) as keep:
        blank = 0

        def pages() -> Iterator[list[Fields]]:
            nonlocal blank
            for result in results:
                keep(result.doubts)
                run.take(result)
                if run.stopped:
                    return
                blank += not result.records and not result.rejects
                yield result.records

        for record in resolve(pages()):
            run.write(encode_record(record))
    if blank and run.read > blank:
        note(f"{counted(blank, 'page')} without any text")


def _flat(pages: Iterable[list[Fields]]) -> Iterator[Fields]:
    for records in pages:
        yield from records


@contextmanager
def _review_file(path: str | None) -> Iterator[Callable[[list[str]], object]]:
    """Give a function that writes doubtful borders as they come; the file appears whole at the end, or not at all."""
    from jmtools.io.outputs import open_output
    from jmtools.pages.review import HEADER

    if path is None:
        yield len  # takes rows and does nothing
        return
    out = open_output(path)
    try:
        out.write(HEADER.encode())
        yield lambda rows: out.write("".join(row + "\n" for row in rows).encode("utf-8", "backslashreplace"))
        out.commit()
    except BaseException:
        out.abort()
        raise
