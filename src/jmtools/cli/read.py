"""`jmtools read`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jmtools.cli.frame.messages import counted, note
from jmtools.cli.frame.options import report_io
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.cli.frame.run import NAMED_REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jmtools.cli.frame.inputs import NameCheck
    from jmtools.read.worker import FileReport


@click.command()
@click.option("--encoding", metavar="NAME", help="Encoding of text and web pages. [default: detected]")
@click.option("--name-pattern", metavar="FORM", help="Form of the file names: {newspaper}-{date:%Y%m%d}-{page}.")
@click.option("--newspaper", metavar="NAME", help="Newspaper name, if the file name does not give it.")
@click.option("--date", metavar="YYYY-MM-DD", help="Date, if the file name does not give it.")
@click.option(
    "--max-lost",
    type=click.FloatRange(0, 100),
    default=10.0,
    show_default=True,
    metavar="PERCENT",
    help="Reject a page of which more is lost or doubtful.",
)
@click.option(
    "--report", metavar="FILE", help="Write one record per file to FILE: characters read and written, flags, seconds."
)
@report_io
def read(
    io: RecordIO,
    encoding: str | None,
    name_pattern: str | None,
    newspaper: str | None,
    date: str | None,
    max_lost: float,
    report: str | None,
) -> None:
    """Read files of many kinds as pages of text.

    Reads PDF with a text layer, ALTO, PAGE XML, hOCR, ABBYY XML, METS with the files that it names, web pages, DOCX and
    text, also compressed or in ZIP archives (files, folders or standard input). Writes one record per page for `split`:
    `text` in reading order and, if the file has them, `sizes`, the print size of each line. If a page loses text, a
    note is printed and its `flags` name the loss. Memory: one file at a time.

    \b
    Examples:
      jmtools read pages/*.pdf | jmtools split > articles.jsonl
      jmtools read --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' --on-error skip scans.zip | jmtools split
    """
    from jmtools.cli.frame.inputs import NameCheck, note_empty_folders, note_unread_files
    from jmtools.read.files import SUFFIXES
    from jmtools.read.worker import ReadOptions, ReadWorker, check_options, input_files

    options = ReadOptions(encoding, name_pattern, newspaper, date, io.max_expand, max_lost, io.fail_fast, io.files)
    check_options(options)
    note_empty_folders(io.files, SUFFIXES)
    note_unread_files(io.files, SUFFIXES)
    reports: list[FileReport] = []
    names = NameCheck(name_pattern)
    with io.open_run() as run:
        run.thing = "page"
        files, work = _looked_at(input_files(io.files), names), partial(_worker, ReadWorker, options)
        try:
            for result in io.run_source(files, work):
                run.write(b"".join(result.out))
                _tell(result.reports, sum(len(known.notes) for known in reports))
                reports += result.reports
                run.take(result)
                if run.stopped:
                    break
        finally:
            _finish(reports, report)
        names.say()


def _looked_at(paths: Iterable[str], names: NameCheck) -> Iterator[str]:
    for path in paths:
        names.look(None if path == "-" else path)
        yield path


def _tell(reports: list[FileReport], told: int) -> None:
    """Note which pages lost text or have none; the first of them are named."""
    for message in (message for report in reports for message in report.notes):
        if told < NAMED_REJECTS:
            note(message)
        told += 1


def _finish(reports: list[FileReport], path: str | None) -> None:
    from jmtools.io.outputs import write_whole
    from jmtools.io.records import encode_record

    unnamed = sum(len(report.notes) for report in reports) - NAMED_REJECTS
    if unnamed > 0:
        note(f"{counted(unnamed, 'page')} more with notes, not named here; `flags` tells which")
    if path is not None:
        write_whole(path, (encode_record(report.row()) for report in reports))


def _worker(worker: Any, options: Any) -> Any:
    return worker(options)
