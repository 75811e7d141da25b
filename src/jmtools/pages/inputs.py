"""The pages in files, folders and page records, and the inputs that are no pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from jmtools.errors import DataError, RecordError
from jmtools.fields.file_names import Folio
from jmtools.io.encodings import decode_beside, decode_text
from jmtools.io.files import MAX_EXPAND, STDIN, expand_folders, neighbours, open_source, plain_name
from jmtools.io.json_types import Fields, JsonValue
from jmtools.io.kinds import binary_hint
from jmtools.io.lines import MAX_LINE
from jmtools.io.records import UTF8_BOM, Place, Reject, over_limit, parse_record
from jmtools.pages.letter_spacing import is_letter_spaced
from jmtools.pages.splitting import Page
from jmtools.words.entities import decode_entities

SUFFIXES = (".txt", ".text")
_KEPT_OF_REJECT = 1 << 10
_READ = 1 << 18
_FIELDS = ("newspaper", "date", "page", "page_name")
_LOST = ("text_lost", "text_doubtful", "much_left_out")  # flags of a page that hold for its articles

Task = Page | Reject


@dataclass(frozen=True)
class PageInputs:
    """The inputs that hold pages.

    Attributes:
        files: Files and folders; none is standard input.
        encoding: The encoding of text, or None to find it.
        max_line: Bytes a page record may have.
        max_expand: How many times its size a compressed input may become.
    """

    files: tuple[str, ...] = ()
    encoding: str | None = None
    max_line: int = MAX_LINE
    max_expand: int = MAX_EXPAND

    def read(self) -> Iterator[Task]:
        """Yield the pages of all inputs in order; what is no page comes as a reject.

        A file is a page, or page records where its first line is a JSON object; of folders, the text files are read.
        """
        for path in expand_folders(self.files or ("-",), suffixes=SUFFIXES):
            source = open_source(path, max_expand=self.max_expand)
            try:
                parts = iter(partial(source.read, _READ), b"")
                head, begins = _begin(parts, self.max_line)
                if begins:
                    yield from _page_records(chain(head, parts), source.name, self.max_line)
                    continue
                data = b"".join(chain(head, parts))
            finally:
                source.close()
            wrong = binary_hint(data)
            if wrong:
                yield Reject(Place(source.name, 1, 0), f"is no text; {wrong}", data[:_KEPT_OF_REJECT], True)
                continue
            try:
                text, note = self._decode(data, path, source.name)
            except DataError as error:
                reason = str(error).removeprefix(f"{source.name}: ")
                yield Reject(Place(source.name, 1, 0), reason, data[:_KEPT_OF_REJECT], len(data) > _KEPT_OF_REJECT)
                continue
            yield _clean(Page(text, None if path == STDIN else plain_name(path), note=note), source.name)

    def _decode(self, data: bytes, path: str, name: str) -> tuple[str, str]:
        if self.encoding is not None:
            return decode_text(data, encoding=self.encoding, name=name), ""
        others = neighbours(path, self.files, SUFFIXES, max_expand=self.max_expand)
        text, told = decode_beside(data, others, name=name)
        return text, told and f"{name}: {told}"

    def count(self) -> int:
        """Return how many pages the inputs hold, for the time left; 0 where only reading tells."""
        paths = list(expand_folders(self.files or ("-",), suffixes=SUFFIXES))
        return 0 if any(path == STDIN or not path.endswith(SUFFIXES) for path in paths) else len(paths)

    def texts(self) -> Iterator[str]:
        """Yield the texts of all pages.

        Raises:
            DataError: If something is no page.
        """
        for task in self.read():
            if isinstance(task, Reject):
                raise DataError(f"{task.place}: {task.reason}")
            yield task.text


def _begin(parts: Iterator[bytes], limit: int) -> tuple[list[bytes], bool]:
    """Read until a line that is not blank is whole; say whether it is a record, or longer than one may be.

    Reading a terminal again after its end would wait for a second Ctrl-D: an iterator that has ended stays ended.
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


def _page(record: Fields, name: str) -> Page:
    text = record.get("text")
    if not isinstance(text, str):
        raise RecordError("has no `text` that is a string; a page record holds the page there")
    source = record.get("source", record.get("file"))
    known = {key: record[key] for key in _FIELDS if isinstance(record.get(key), str)}
    source = source if isinstance(source, str) else plain_name(name)
    flags = record.get("flags")
    lost = tuple(flag for flag in _LOST if isinstance(flags, list) and flag in flags)
    page = Page(text, source, Folio(**known), _sizes(record.get("sizes")), flags=lost)
    return _clean(page, name)


def _clean(page: Page, name: str) -> Page:
    """Return a page with the entities of web pages decoded; notes say what is changed before splitting."""
    notes = [page.note] if page.note else []
    text, decoded = decode_entities(page.text)
    if decoded:
        told = f"entities of web pages decoded before splitting ({decoded:,}); places count the text without them"
        notes.append(f"{name}: {told}")
    spaced = is_letter_spaced(text)
    if spaced:
        notes.append(f"{name}: has blanks between its characters; the records are without them")
    return replace(page, text=text, note="; ".join(notes), letter_spaced=spaced)


def _sizes(value: JsonValue) -> tuple[float, ...]:
    """Return the sizes of print that `read` wrote; anything else under that name is ignored."""
    if isinstance(value, list) and all(isinstance(size, int | float) for size in value):
        return tuple(value)
    return ()
