"""What `jmtools read` does with each file: its pages as lines of JSON, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jmtools.batches.workers import BatchResult
from jmtools.errors import DataError, OptionError
from jmtools.fields.dates import read_date
from jmtools.fields.file_names import compile_pattern, read_name
from jmtools.io.files import STDIN, expand_folders, plain_name, read_all, shown
from jmtools.io.records import Place, Reject, encode_record
from jmtools.read.files import SUFFIXES, read_file
from jmtools.read.sheet import Sheet

_KEPT_OF_REJECT = 1 << 10


@dataclass(frozen=True)
class ReadOptions:
    """How files are read.

    Attributes:
        encoding: Of text and web pages; None finds it in each.
        name_pattern: The form of file names; None recognises the usual one.
        newspaper: What to say where the name does not tell.
        date: The same.
        max_expand: How many times its size a compressed file may become.
        fail_fast: Whether the first thing that cannot be read ends the work.
    """

    encoding: str | None
    name_pattern: str | None
    newspaper: str | None
    date: str | None
    max_expand: int
    fail_fast: bool


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
    """Yield the paths of all files, folders gone through; none stands for standard input."""
    yield from expand_folders(paths or (STDIN,), suffixes=SUFFIXES)


class ReadWorker:
    """Reads files in one process."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options

    def __call__(self, path: str) -> BatchResult:
        """Return the page records of a file, and a reject for each part of it that cannot be read."""
        result = BatchResult(out=[])
        name = plain_name(shown(path))
        try:
            data = read_all(path, max_expand=self._options.max_expand)
        except DataError as error:
            result.read = 1
            result.rejects.append(_reject(name, str(error).removeprefix(f"{name}: "), b""))
            return result
        if not data and path != STDIN:
            result.read = 1
            result.rejects.append(_reject(name, "is empty (0 bytes)", b""))
            return result
        found = read_file(data, name, encoding=self._options.encoding, max_expand=self._options.max_expand)
        for inner, sheets in found:
            if isinstance(sheets, DataError):
                result.read += 1
                result.rejects.append(_reject(inner, str(sheets).removeprefix("input: "), data))
                if self._options.fail_fast:
                    break
                continue
            result.read += len(sheets)
            result.out += [self._record(sheet, inner, path, last=len(sheets)) for sheet in sheets]
        return result

    def _record(self, sheet: Sheet, name: str, path: str, *, last: int) -> bytes:
        options = self._options
        known = read_name(_without_compression(name), options.name_pattern)
        record: dict[str, Any] = {
            "text": sheet.text,
            "newspaper": known.newspaper or options.newspaper,
            "date": known.date or sheet.date or options.date,
            "page": known.page if last == 1 else None,
            "page_name": known.page_name,
            "source": None if path == STDIN else name if last == 1 else f"{name}#page={sheet.number}",
            "sheet": sheet.number,
            "title": sheet.title or None,
            "sizes": sheet.sizes,
        }
        return encode_record({key: value for key, value in record.items() if value is not None or key == "source"})


def _reject(name: str, reason: str, data: bytes) -> Reject:
    return Reject(Place(name, 1, 0), reason, data[:_KEPT_OF_REJECT], len(data) > _KEPT_OF_REJECT)


def _without_compression(name: str) -> str:
    for ending in (".gz", ".bz2", ".xz", ".zst"):
        name = name.removesuffix(ending)
    return name
