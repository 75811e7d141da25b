"""One article, found by its id, laid out for a person, with the lines of the page where it was printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jmtools.archive.rows import put_back
from jmtools.archive.schema import RECORD, open_for_reading
from jmtools.errors import JmtoolsError, RecordError
from jmtools.io.encodings import decode_text
from jmtools.io.files import read_all
from jmtools.io.json_types import Fields, Record
from jmtools.io.kinds import is_archive
from jmtools.io.lines import LineBatch
from jmtools.io.records import UTF8_BOM, parse_record

_ARTICLE = f"SELECT {RECORD} FROM articles WHERE key = ?"  # noqa: S608
_FACTS = ("newspaper", "date", "page", "page_name", "type", "byline", "origin", "topic_label", "source", "story")


def find_article(batches: Iterable[LineBatch | None], name: str, *, archives: Sequence[str] = ()) -> Fields | None:
    """Return the first record with an id; archives are asked, other inputs are read.

    Args:
        batches: The lines of all inputs.
        name: The id.
        archives: The inputs; where all are archives, nothing else is read.
    """
    if archives and all(map(is_archive, archives)):
        return next((found for path in archives if (found := _of_archive(path, name)) is not None), None)
    for batch in batches:
        for index, line in enumerate(batch.lines if batch is not None else ()):
            if name.encode() not in line:
                continue
            try:
                data = parse_record(line.removeprefix(UTF8_BOM) if index == 0 else line)
            except RecordError:
                continue
            if str(data.get("id")) == name:
                return data
    return None


def page_lines(data: Record) -> list[tuple[int, str]]:
    """Return the printed lines of an article with their numbers; none where its page cannot be read any more."""
    source, spans = data.get("source"), data.get("spans")
    if not isinstance(source, str):
        return []
    if not isinstance(spans, list):
        spans = [[data.get("char_start"), data.get("char_end")]]
    try:
        page = decode_text(read_all(source), name=source)
    except JmtoolsError:
        return []
    found: list[tuple[int, str]] = []
    for start, end in spans:
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(page):
            first = page.count("\n", 0, start) + 1
            found += enumerate(page[start:end].split("\n"), first)
    return [(number, line) for number, line in found if line.strip()]


def readable(data: Record, lines: Sequence[tuple[int, str]]) -> str:
    """Return an article as a person reads it."""
    return "\n".join(_parts(data, lines)) + "\n"


def _parts(data: Record, lines: Sequence[tuple[int, str]]) -> Iterator[str]:
    yield str(data.get("headline") or "")
    yield from (f"{name}: {data[name]}" for name in ("id", *_FACTS) if data.get(name) not in (None, ""))
    yield ""
    for number, paragraph in enumerate(str(data.get("text") or "").split("\n"), 1):
        yield f"{number:>4}  {paragraph}"
    if lines:
        yield ""
        yield f"{data.get('source')}, lines {lines[0][0]}-{lines[-1][0]}:"
        yield from (f"{number:>4}| {line}" for number, line in lines)


def _of_archive(path: str, name: str) -> Fields | None:
    connection = open_for_reading(path)
    try:
        row = connection.execute(_ARTICLE, (f"id:{name}",)).fetchone()
    finally:
        connection.close()
    return None if row is None else parse_record(next(put_back([row])))
