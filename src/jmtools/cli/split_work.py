"""What `jmtools split` reads and what its processes do: pages in, records of one page out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from jmtools.cli.frame.run_options import RunOptions
from jmtools.errors import DataError, RecordError
from jmtools.io.encodings import decode_text
from jmtools.io.files import STDIN, expand_folders, open_source, plain_name
from jmtools.io.kinds import binary_hint
from jmtools.io.records import UTF8_BOM, Place, Reject, over_limit, parse_record
from jmtools.pages import Folio, Page, PageSplitter, SplitOptions
from jmtools.pages.explain import explain_page
from jmtools.pages.review import doubtful_borders

SUFFIXES = (".txt", ".text")
_KEPT_OF_REJECT = 1 << 10
_READ = 1 << 18
_FIELDS = ("newspaper", "date", "page", "page_name")

Task = Page | Reject


@dataclass(slots=True)
class PageResult:
    """What became of one page."""

    records: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 1


def read_pages(io: RunOptions, encoding: str | None) -> Iterator[Task]:
    """Yield the pages of all inputs in order; what is no page comes as a reject.

    A file is a page, or page records where its first line is a JSON object; of folders, the text files are read.
    """
    for path in expand_folders(io.files or ("-",), suffixes=SUFFIXES):
        source = open_source(path, max_expand=io.max_expand)
        try:
            parts = iter(partial(source.read, _READ), b"")
            head, begins = _begin(parts, io.max_line)
            if begins:
                yield from _page_records(chain(head, parts), source.name, io.max_line)
                continue
            data = b"".join(chain(head, parts))
        finally:
            source.close()
        wrong = binary_hint(data)
        if wrong:
            yield Reject(Place(source.name, 1, 0), f"is no text; {wrong}", data[:_KEPT_OF_REJECT], True)
            continue
        try:
            text = decode_text(data, encoding=encoding, name=source.name)
        except DataError as error:
            reason = str(error).removeprefix(f"{source.name}: ")
            yield Reject(Place(source.name, 1, 0), reason, data[:_KEPT_OF_REJECT], len(data) > _KEPT_OF_REJECT)
            continue
        yield Page(text, None if path == STDIN else plain_name(path))


def page_count(io: RunOptions) -> int:
    """Return how many pages the inputs hold, for the time left; 0 where only reading tells."""
    paths = list(expand_folders(io.files or ("-",), suffixes=SUFFIXES))
    return 0 if any(path == STDIN or not path.endswith(SUFFIXES) for path in paths) else len(paths)


def page_texts(io: RunOptions, encoding: str | None) -> Iterator[str]:
    """Yield the texts of all pages.

    Raises:
        DataError: If something is no page.
    """
    for task in read_pages(io, encoding):
        if isinstance(task, Reject):
            raise DataError(f"{task.place}: {task.reason}")
        yield task.text


class SplitWorker:
    """Splits pages in one process."""

    def __init__(self, options: SplitOptions, *, explain: bool, review: bool) -> None:
        self._splitter = PageSplitter(options)
        self._explain, self._review = explain, review

    def __call__(self, task: Task) -> PageResult:
        """Return what becomes of a page, or hand a reject on."""
        if isinstance(task, Reject):
            return PageResult(rejects=[task])
        split = self._splitter.split(task)
        doubts = list(doubtful_borders(split)) if self._review else []
        return PageResult(list(explain_page(split, self._splitter.model)) if self._explain else split.records, doubts)


def _begin(parts: Iterator[bytes], limit: int) -> tuple[list[bytes], bool]:
    """Read until a line that is not blank is whole; say whether it is a record, or longer than one may be.

    A terminal would wait for a second Ctrl-D if its end were asked for again: an iterator that has ended stays so.
    """
    head: list[bytes] = []
    size = 0
    begun = False
    for part in parts:
        head.append(part)
        size += len(part)
        if not begun:
            part = part.removeprefix(UTF8_BOM if len(head) == 1 else b"").lstrip()
            begun = bool(part)
            if begun and not part.startswith(b"{"):
                return head, False
        if begun and b"\n" in part:
            break
        if size > limit:
            return head, begun
    return head, _is_record(b"".join(head))


def _is_record(head: bytes) -> bool:
    first = head.removeprefix(UTF8_BOM).lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        parse_record(first)
    except RecordError:
        return False
    return True


def _page_records(parts: Iterator[bytes], name: str, max_line: int) -> Iterator[Task]:
    number, byte = 1, 0
    held: list[bytes] = []  # the line that has not ended yet, of one that is too long its beginning
    size = 0
    for part in parts:
        *ended, tail = part.split(b"\n")
        for piece in ended:
            held.append(piece)
            size += len(piece)
            if task := _task(held, size, Place(name, number, byte), max_line):
                yield task
            number, byte = number + 1, byte + size + 1
            held, size = [], 0
        held.append(tail)
        size += len(tail)
        if size > max_line:
            held = [_beginning(held)]
    if task := _task(held, size, Place(name, number, byte), max_line):
        yield task


def _beginning(held: list[bytes]) -> bytes:
    first = b""
    for piece in held:
        first += piece[:_KEPT_OF_REJECT]
        if len(first) >= _KEPT_OF_REJECT:
            break
    return first[:_KEPT_OF_REJECT]


def _task(held: list[bytes], size: int, place: Place, max_line: int) -> Task | None:
    if size > max_line:
        return Reject(place, over_limit(size), _beginning(held), truncated=True)
    line = b"".join(held)
    body = line.removeprefix(UTF8_BOM) if place.line == 1 else line
    return _page_or_reject(body, place) if body.strip() else None


def _page_or_reject(line: bytes, place: Place) -> Task:
    try:
        return _page(parse_record(line), place.file)
    except RecordError as error:
        return Reject(place, str(error), line)


def _page(record: dict[str, Any], name: str) -> Page:
    text = record.get("text")
    if not isinstance(text, str):
        raise RecordError("has no `text` that is a string; a page record holds the page there")
    source = record.get("source", record.get("file"))
    known = {key: record[key] for key in _FIELDS if isinstance(record.get(key), str)}
    return Page(
        text, source if isinstance(source, str) else plain_name(name), Folio(**known), _sizes(record.get("sizes"))
    )


def _sizes(value: Any) -> tuple[float, ...]:
    """Return the sizes of print that `read` wrote; anything else under that name says nothing."""
    if isinstance(value, list) and all(isinstance(size, int | float) for size in value):
        return tuple(value)
    return ()
