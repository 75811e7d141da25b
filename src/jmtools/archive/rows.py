"""Records → the rows of an archive, and rows → the records as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from jmtools.archive.terms import NumberTerms, StringTerms, TextTerms, joined
from jmtools.batches.feature import PartFeature
from jmtools.fields.grouping import iso_date
from jmtools.fields.path import Path
from jmtools.io.json_types import JsonValue, Record
from jmtools.io.records import encode_strings
from jmtools.words.core import load_core
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens

ODD_WORDS, ODD_TOTALS = 1, 2  # the words are not those of the text; sums of the columns are not those of the record
_AUTHOR = Path("authors.name")
_TEXT_BEGINS = (b'"text":"', b'"text": "')


class ArchiveRow(NamedTuple):
    """What an archive keeps of a record besides its line."""

    id: str | None
    date: str | None
    page: str | None
    newspaper: str | None
    type: str | None
    author: str | None
    topic: str | None
    origin: str | None
    headline: str | None
    text: str | None
    words: int
    day: str | None
    odd: int
    headline_terms: str
    text_terms: str
    inside_terms: str


class ArchivePart(NamedTuple):
    """What an archive keeps of a batch: a row for each record, and the names of all fields as they come up."""

    rows: list[ArchiveRow]
    fields: tuple[str, ...] = ()


class RowMaker(ReadsWords, PartFeature[ArchivePart]):
    """Makes the rows of records."""

    words: WordReader

    def __init__(self, options: SegmentOptions) -> None:
        self.words = WordReader(options)
        self.segmentation = self.words.fingerprint
        self._core = load_core() if options.is_plain and options.segmenter == "rjieba" else None

    @cached_property
    def _terms(self) -> StringTerms | NumberTerms:
        return StringTerms(self.words.cut) if self._core is None else NumberTerms(self._core, self.words.cut)

    def count(self, batch: Sequence[Record]) -> ArchivePart:
        """Return a row for each record."""
        fields = dict.fromkeys(chain.from_iterable(batch))
        given = [given_tokens(data) for data in batch]
        texts = [
            (_string(data.get("headline")) or "", _string(data.get("text")) or "")
            for data, tokens in zip(batch, given, strict=True)
            if tokens is None
        ]
        found = iter(self._terms.of(texts))
        rows = [
            _row(data, next(found) if tokens is None else joined([], tokens, is_whole=False))
            for data, tokens in zip(batch, given, strict=True)
        ]
        return ArchivePart(rows, tuple(fields))


def _row(data: Record, terms: TextTerms) -> ArchiveRow:
    headline, text = _string(data.get("headline")), _string(data.get("text"))
    date = _string(data.get("date"))
    day = iso_date(date) if date is not None else None
    odd_text = data.get("tokens") is not None or text is None or "\0" in text or "\0" in (headline or "")
    return ArchiveRow(
        *(_name(data.get("id")), date, _name(data.get("page")), _string(data.get("newspaper"))),
        *(_string(data.get("type")), _author(data), _name(data.get("topic")), _string(data.get("origin"))),
        headline=headline,
        text=text,
        words=terms.words,
        day=day,
        odd=odd_text * ODD_WORDS + (not terms.is_whole or _has_odd_facts(data, day)) * ODD_TOTALS,
        headline_terms=terms.headline,
        text_terms=terms.text,
        inside_terms=terms.inside,
    )


def _has_odd_facts(data: Record, day: str | None) -> bool:
    """Tell whether date, page or newspaper are such as the columns of the archive do not show."""
    date, page, paper = data.get("date"), data.get("page"), data.get("newspaper")
    others = paper, data.get("origin")
    return (
        (day is None and date not in (None, ""))
        or isinstance(page, bool | float)
        or not all(isinstance(value, str | None) for value in others)
    )


def key_of(row: ArchiveRow, line: bytes) -> str:
    """Return what two records are the same by: the `id`, or the whole line where there is none."""
    return f"id:{row.id}" if row.id is not None else f"line:{hashlib.sha256(line).hexdigest()[:32]}"


def take_out(line: bytes, text: str | None) -> tuple[bytes, int | None]:
    """Return a line with an empty text, and where that stands; None where the line stays whole.

    >>> take_out('{"text": "医保"}'.encode(), "医保")
    (b'{"text": ""}', 10)
    """
    if text:
        written = encode_strings([text])[0]
        for begin in _TEXT_BEGINS:
            at = line.find(begin)
            while at >= 0:
                start = at + len(begin)
                end = start + len(written)
                if line.startswith(written, start) and line.startswith(b'"', end):
                    return line[:start] + line[end:], start
                at = line.find(begin, start)
    return line, None


def put_back(rows: Iterable[tuple[bytes, str | None, int | None]]) -> Iterator[bytes]:
    """Yield the lines of rows (`line`, `text`, `text_at`) as they came."""
    for line, text, at in rows:
        if at is None or text is None:
            yield line
        else:
            yield b"".join((line[:at], encode_strings([text])[0], line[at:]))


def _string(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: JsonValue) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _author(data: Record) -> str | None:
    found = [name for name in _AUTHOR.values(data) or () if isinstance(name, str)]
    return "; ".join(found) or None
