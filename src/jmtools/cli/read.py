"""`jmtools read`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jmtools.cli.frame.options import report_io
from jmtools.cli.frame.pipeline import RecordIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jmtools.cli.frame.inputs import NameCheck


@click.command()
@click.option("--encoding", metavar="NAME", help="Encoding of text and web pages. [default: found in each]")
@click.option("--name-pattern", metavar="FORM", help="Form of file names: {newspaper}-{date:%Y%m%d}-{page}.")
@click.option("--newspaper", metavar="NAME", help="The paper, where the file name does not tell.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day, where the file name does not tell.")
@report_io
def read(io: RecordIO, encoding: str | None, name_pattern: str | None, newspaper: str | None, date: str | None) -> None:
    """Read files of many kinds as pages of text.

    Reads PDF with a text layer, ALTO, PAGE XML, hOCR, web pages, DOCX and text, also compressed or in ZIP archives
    (files, folders or standard input), and writes one record a page, which `split` takes: `text` in reading order
    and, where the file tells, `sizes`, how large each line is printed. Holds one file at a time.

    \b
    Examples:
      jmtools read pages/*.pdf | jmtools split > articles.jsonl
      jmtools read --name-pattern '{newspaper}-{date:%Y%m%d}-{page}' --on-error skip scans.zip | jmtools split
    """
    from jmtools.cli.frame.inputs import NameCheck, note_empty_folders
    from jmtools.read.files import SUFFIXES
    from jmtools.read.worker import ReadOptions, ReadWorker, check_options, input_files

    options = ReadOptions(encoding, name_pattern, newspaper, date, io.max_expand, io.fail_fast)
    check_options(options)
    note_empty_folders(io.files, SUFFIXES)
    names = NameCheck(name_pattern)
    with io.open_run() as run:
        run.thing = "page"
        for result in io.run_source(_looked_at(input_files(io.files), names), partial(_worker, ReadWorker, options)):
            run.write(b"".join(result.out))
            run.take(result)
            if run.stopped:
                return
        names.say()


def _looked_at(paths: Iterable[str], names: NameCheck) -> Iterator[str]:
    for path in paths:
        names.look(None if path == "-" else path)
        yield path


def _worker(worker: Any, options: Any) -> Any:
    return worker(options)
