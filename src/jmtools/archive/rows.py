"""Records → the rows of an archive, and rows → the records as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from jmtools.batches.feature import PartFeature, Record
from jmtools.fields.grouping import iso_date
from jmtools.fields.path import Path
from jmtools.io.records import encode_strings
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens

_BARRIER = "\ue000"  # a term that nobody types: no phrase reaches across
_INNER = range(2, 5)  # characters of the strings inside a longer word by which it is found too
_AUTHOR = Path("authors.name")


class ArchiveRow(NamedTuple):
    """What an archive keeps of a record besides its line."""

    id: str | None
    date: str | None
    page: str | None
    newspaper: str | None
    type: str | None
    author: str | None
    topic: str | None
    headline: str | None
    text: str | None
    words: int
    day: str | None
    odd: int
    headline_terms: str
    text_terms: str


class RowMaker(ReadsWords, PartFeature[list[ArchiveRow]]):
    """Makes the rows of records."""

    def __init__(self, options: SegmentOptions) -> None:
        self.words = WordReader(options)
        self.segmentation = self.words.fingerprint

    def count(self, batch: Sequence[Record]) -> list[ArchiveRow]:
        """Return a row for each record."""
        return [self._row(data) for data in batch]

    def _row(self, data: Record) -> ArchiveRow:
        assert self.words is not None  # noqa: S101 - made in __init__
        headline, text = _string(data.get("headline")), _string(data.get("text"))
        given = given_tokens(data)
        tokens = self.words.cut(text or "") if given is None else given
        date = _string(data.get("date"))
        return ArchiveRow(
            *(_name(data.get("id")), date, _name(data.get("page")), _string(data.get("newspaper"))),
            *(_string(data.get("type")), _author(data), _name(data.get("topic")), headline, text),
            words=len(tokens),
            day=iso_date(date) if date is not None else None,
            odd=int(given is not None or text is None or "\0" in text or "\0" in (headline or "")),
            headline_terms=terms(self.words.cut(headline)) if headline else "",
            text_terms=terms(tokens),
        )


def terms(words: Sequence[str]) -> str:
    """Return the words of a text as the index takes them, and behind them the strings inside of longer words.

    >>> terms(["查", "医保", "，", "粤港澳"]).replace(_BARRIER, "|")
    '查 医保 ， 粤港澳 | 粤港 港澳'
    """
    inner: dict[str, None] = {}
    for word in dict.fromkeys(words):
        if len(word) > 2 and not word.isascii():
            for size in _INNER:
                inner.update((word[at : at + size], None) for at in range(len(word) - size + 1) if size < len(word))
    return " ".join([*words, _BARRIER, *inner]) if inner else " ".join(words)


def key_of(row: ArchiveRow, line: bytes) -> str:
    """Return what two records are the same by: the `id`, or the whole line where there is none."""
    return f"id:{row.id}" if row.id is not None else f"line:{hashlib.sha256(line).hexdigest()[:32]}"


def take_out(line: bytes, text: str | None) -> tuple[bytes, int | None]:
    """Return a line without the bytes of its text, and where they stood; None where the line stays whole."""
    if text:
        written = encode_strings([text])[0]
        at = line.find(written)
        if at >= 0:
            return line[:at] + line[at + len(written) :], at
    return line, None


def put_back(rows: Iterable[tuple[bytes, str | None, int | None]]) -> Iterator[bytes]:
    """Yield the lines of rows (`line`, `text`, `text_at`) as they came."""
    for line, text, at in rows:
        if at is None or text is None:
            yield line
        else:
            yield b"".join((line[:at], encode_strings([text])[0], line[at:]))


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _author(data: Record) -> str | None:
    found = [name for name in _AUTHOR.values(data) or () if isinstance(name, str)]
    return "; ".join(found) or None
