"""What `jmtools read` does with each file: its pages as lines of JSON, or why there are none."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

from jmtools.errors import DataError, FileError, OptionError
from jmtools.fields.dates import read_date
from jmtools.fields.file_names import compile_pattern, read_name
from jmtools.io.compression import without_suffix
from jmtools.io.files import STDIN, expand_folders, neighbours, plain_name, read_all, shown
from jmtools.io.json_types import Fields
from jmtools.io.records import Place, Reject, encode_record
from jmtools.read.files import SUFFIXES, TEXT_SUFFIXES, files_named_by, read_file
from jmtools.read.pdf import OCR
from jmtools.read.sheet import Sheet

_KEPT_OF_REJECT = 1 << 10
_SNIFFED = 1 << 12  # bytes of an XML file in which its first element is named


@dataclass(frozen=True)
class ReadOptions:
    """How files are read.

    Attributes:
        encoding: Of text and web pages; None finds it in each.
        name_pattern: The form of file names; None recognises the usual one.
        newspaper: What to say where the name does not tell.
        date: The same.
        max_expand: How many times its size a compressed file may become.
        max_lost: How many percent of the characters of a page may be lost or doubtful; one with more is rejected.
        fail_fast: Whether the first thing that cannot be read ends the work.
        files: All files and folders, which tell the encoding of a text too short to tell it.
    """

    encoding: str | None
    name_pattern: str | None
    newspaper: str | None
    date: str | None
    max_expand: int
    max_lost: float
    fail_fast: bool
    files: tuple[str, ...] = ()


def check_options(options: ReadOptions) -> None:
    """Check a date and a pattern before any file is opened.

    Raises:
        OptionError: If one of them is wrong.
    """
    if options.date is not None and read_date(options.date) != options.date:
        raise OptionError(f"--date {options.date}: is no date; write it as 2023-05-25")
    if options.name_pattern is not None:
        compile_pattern(options.name_pattern)


def input_files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the paths of all files, folders gone through; none stands for standard input.

    Files that a METS file of a folder names are read with it, and not once more by themselves.
    """
    for path in paths or (STDIN,):
        found = list(expand_folders((path,), suffixes=SUFFIXES))
        named = {os.path.normpath(name) for one in found if one != path for name in _named_in(one)}
        yield from (one for one in found if os.path.normpath(one) not in named or one == path)


def _named_in(path: str) -> Iterator[str]:
    if not path.lower().endswith(".xml"):
        return
    try:
        with open(path, "rb") as file:
            data = file.read(_SNIFFED)
            if b"mets" not in data:
                return
            data += file.read()
    except OSError:
        return  # it is told when the file is read
    folder = os.path.dirname(path)
    yield from (os.path.join(folder, *name.split("/")) for name in files_named_by(data))


@dataclass(slots=True)
class FileReport:
    """What became of a file.

    Attributes:
        file: Its name; of a file in an archive with that of the archive before it.
        pages: How many pages were written.
        chars: How many characters the file holds, white space aside, as far as they can be counted.
        written: How many were written.
        lost: How many were lost.
        doubtful: How many are of fonts that make no text.
        left_out: How many were left out on purpose.
        flags: How many pages have each flag.
        refused: Why nothing of it was written, or not all.
        seconds: How long it took; the files of an archive are timed together.
        notes: What the user should be told.
    """

    file: str
    pages: int = 0
    chars: int = 0
    written: int = 0
    lost: int = 0
    doubtful: int = 0
    left_out: int = 0
    flags: dict[str, int] = field(default_factory=dict)
    refused: str | None = None
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def row(self) -> Fields:
        """Return it as a record."""
        return {name: value for name, value in asdict(self).items() if name != "notes"}


@dataclass(slots=True)
class FileResult:
    """What became of a file, or of all in an archive: lines to write, pages and files read, rejects, reports."""

    out: list[bytes] = field(default_factory=list)
    read: int = 0
    rejects: list[Reject] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)


class ReadWorker:
    """Reads files in one process."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options

    def __call__(self, path: str) -> FileResult:
        """Return the page records of a file, a reject for each part of it that cannot be read, and its reports."""
        result = FileResult()
        name = plain_name(shown(path))
        begun = time.perf_counter()
        report = FileReport(name)
        try:
            data = read_all(path, max_expand=self._options.max_expand)
        except DataError as error:
            result.reports.append(report)
            self._refuse(result, report, name, str(error).removeprefix(f"{name}: "), b"")
            return result
        if not data and path != STDIN:
            result.reports.append(report)
            self._refuse(result, report, name, "is empty (0 bytes)", b"")
            return result
        found = read_file(
            data,
            name,
            encoding=self._options.encoding,
            max_expand=self._options.max_expand,
            beside=None if path == STDIN else partial(self._beside, os.path.dirname(path)),
            others=neighbours(path, self._options.files, TEXT_SUFFIXES, max_expand=self._options.max_expand),
        )
        for inner, sheets in found:
            report = FileReport(inner)
            result.reports.append(report)
            if isinstance(sheets, DataError):
                self._refuse(result, report, inner, str(sheets).removeprefix("input: "), data)
            else:
                self._take(result, report, sheets, data, None if path == STDIN else inner)
            report.seconds = round(time.perf_counter() - begun, 3)
            begun = time.perf_counter()
            if result.rejects and self._options.fail_fast:
                break
        return result

    def _beside(self, folder: str, name: str) -> bytes:
        """Read a file that another one names."""
        try:
            return read_all(os.path.join(folder, *name.split("/")), max_expand=self._options.max_expand)
        except FileError as error:
            raise DataError(f"is named in METS: {error}") from None

    def _take(
        self, result: FileResult, report: FileReport, sheets: list[Sheet], data: bytes, source: str | None
    ) -> None:
        """Write the pages of a file but those that lost too much."""
        for sheet in sheets:
            if sheet.lost and "text_lost" not in sheet.flags:
                sheet.flags.append("text_lost")
            if sheet.doubtful:
                sheet.flags.append("text_doubtful")
        worst = [sheet for sheet in sheets if self._lost_too_much(sheet)]
        if len(worst) > 1 and len(worst) == sum(bool(sheet.chars) for sheet in sheets):
            whole = Sheet(chars=sum(sheet.chars or 0 for sheet in worst), lost=sum(sheet.lost for sheet in worst))
            whole.why, whole.doubtful = worst[0].why, sum(sheet.doubtful for sheet in worst)
            self._refuse(result, report, report.file, self._loss(whole), data)
            return
        for sheet in sheets:
            place = report.file if len(sheets) == 1 else f"{report.file}#page={sheet.number}"
            _count(report, sheet)
            if self._lost_too_much(sheet):
                self._refuse(result, report, place, self._loss(sheet), data)
                if self._options.fail_fast:
                    return
                continue
            report.notes += [f"{place}: {note}" for note in _notes(sheet)]
            report.pages += 1
            report.written += sheet.written
            result.read += 1
            result.out.append(self._record(sheet, report.file, place if source else None, last=len(sheets)))

    def _lost_too_much(self, sheet: Sheet) -> bool:
        return (sheet.lost + sheet.doubtful) * 100 > self._options.max_lost * max(1, sheet.chars or 0)

    def _loss(self, sheet: Sheet) -> str:
        return f"{_lost(sheet)}, more than --max-lost {self._options.max_lost:g} %; {OCR}"

    def _refuse(self, result: FileResult, report: FileReport, place: str, reason: str, data: bytes) -> None:
        report.refused = reason
        result.read += 1
        kept = data[:_KEPT_OF_REJECT]
        result.rejects.append(Reject(Place(place, 1, 0), reason, kept, len(data) > _KEPT_OF_REJECT))

    def _record(self, sheet: Sheet, name: str, source: str | None, *, last: int) -> bytes:
        options = self._options
        known = read_name(without_suffix(name), options.name_pattern)
        record: Fields = {
            "text": sheet.text,
            "newspaper": known.newspaper or options.newspaper,
            "date": known.date or sheet.date or options.date,
            "page": known.page if last == 1 else None,
            "page_name": known.page_name,
            "source": source,
            "sheet": sheet.number,
            "title": sheet.title or None,
            "sizes": sheet.sizes,
            "flags": sheet.flags or None,
            "lost": sheet.lost or None,
            "doubtful": sheet.doubtful or None,
        }
        return encode_record({key: value for key, value in record.items() if value is not None or key == "source"})


def _count(report: FileReport, sheet: Sheet) -> None:
    report.chars += sheet.written if sheet.chars is None else sheet.chars
    report.lost += sheet.lost
    report.doubtful += sheet.doubtful
    report.left_out += sheet.left_out
    for flag in sheet.flags:
        report.flags[flag] = report.flags.get(flag, 0) + 1


def _notes(sheet: Sheet) -> Iterator[str]:
    if sheet.note:
        yield sheet.note
    if sheet.lost or sheet.doubtful:
        yield _lost(sheet)
    if "no_text_layer" in sheet.flags:
        yield f"has no text layer: it is a picture; {OCR}"
    elif not sheet.written and not sheet.lost:
        yield "has no text"
    if "much_left_out" in sheet.flags:
        yield f"more is left out than read: {sheet.left_out:,} characters against {sheet.written:,}"


def _lost(sheet: Sheet) -> str:
    """Say what of a page is lost, and what is wrong by all appearances."""
    parts, of = [], f"of {sheet.chars or 0:,} characters"
    if sheet.lost:
        parts.append(f"{sheet.lost:,} {of} are lost" + (f": {sheet.why}" if sheet.why else ""))
    if sheet.doubtful:
        parts.append(f"{sheet.doubtful:,} {of} make no text: its fonts seem to name wrong characters")
    return "; ".join(parts)
