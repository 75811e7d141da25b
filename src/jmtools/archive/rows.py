"""Records → the rows of an archive, and rows → the records as they came."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from jmtools.batches.feature import PartFeature
from jmtools.counts.term_counter import is_word
from jmtools.fields.grouping import iso_date
from jmtools.fields.path import Path
from jmtools.io.json_types import JsonValue, Record
from jmtools.io.records import encode_strings
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens

_BARRIER = "\ue000"  # a term that nobody types: no phrase reaches across
_INNER = range(2, 5)  # characters of the strings inside a longer word by which it is found too
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
    headline: str | None
    text: str | None
    words: int
    day: str | None
    odd: int
    headline_terms: str
    text_terms: str


class ArchivePart(NamedTuple):
    """What an archive keeps of a batch: a row for each record, and the names of all fields as they come up."""

    rows: list[ArchiveRow]
    fields: tuple[str, ...] = ()


class RowMaker(ReadsWords, PartFeature[ArchivePart]):
    """Makes the rows of records."""

    def __init__(self, options: SegmentOptions) -> None:
        self.words = WordReader(options)
        self.segmentation = self.words.fingerprint

    def count(self, batch: Sequence[Record]) -> ArchivePart:
        """Return a row for each record."""
        fields = dict.fromkeys(chain.from_iterable(batch))
        return ArchivePart([self._row(data) for data in batch], tuple(fields))

    def _row(self, data: Record) -> ArchiveRow:
        headline, text = _string(data.get("headline")), _string(data.get("text"))
        given = given_tokens(data)
        head, body, is_whole = self._cut(headline, text) if given is None else ([], given, False)
        date = _string(data.get("date"))
        day = iso_date(date) if date is not None else None
        odd_text = given is not None or text is None or "\0" in text or "\0" in (headline or "")
        head_words, head_terms = terms(head)
        body_words, body_terms = terms(body)
        return ArchiveRow(
            *(_name(data.get("id")), date, _name(data.get("page")), _string(data.get("newspaper"))),
            *(_string(data.get("type")), _author(data), _name(data.get("topic")), headline, text),
            words=head_words + body_words,
            day=day,
            odd=odd_text * ODD_WORDS + (not is_whole or _has_odd_facts(data, day)) * ODD_TOTALS,
            headline_terms=head_terms,
            text_terms=body_terms,
        )

    def _cut(self, headline: str | None, text: str | None) -> tuple[list[str], list[str], bool]:
        """Return the words of headline and text, and whether they are those of both as one text."""
        assert self.words is not None  # noqa: S101 - made in __init__
        cut = self.words.cut
        if not headline:
            return [], cut(text or ""), True
        words = cut(f"{headline}\n{text or ''}")
        size = 0
        for number, word in enumerate(words):
            if size == len(headline) and word == "\n":
                return words[:number], words[number + 1 :], True
            size += len(word)
        return cut(headline), cut(text or ""), False


def _has_odd_facts(data: Record, day: str | None) -> bool:
    """Tell whether date, page or newspaper are such as the columns of the archive do not show."""
    date, page, paper = data.get("date"), data.get("page"), data.get("newspaper")
    return (
        (day is None and date not in (None, "")) or isinstance(page, bool | float) or not isinstance(paper, str | None)
    )


def terms(words: Sequence[str]) -> tuple[int, str]:
    """Return how many words there are, punctuation aside, and the terms of the index: them, and strings in longer ones.

    >>> count, found = terms(["查", "医保", "，", "粤港澳"])
    >>> count, found.replace(_BARRIER, "|")
    (3, '查 医保 粤港澳 | 粤港 港澳')
    """
    kept = list(filter(is_word, words))
    longer = dict.fromkeys([word for word in kept if len(word) > 2 and not word.isascii()])
    inner = dict.fromkeys(chain.from_iterable(map(_inside, longer)))
    return len(kept), " ".join([*kept, _BARRIER, *inner]) if inner else " ".join(kept)


@functools.lru_cache(maxsize=1 << 16)
def _inside(word: str) -> tuple[str, ...]:
    """Return the strings inside a longer word by which it is found too."""
    return tuple(word[at : at + size] for size in _INNER if size < len(word) for at in range(len(word) - size + 1))


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
            at = line.find(begin + written + b'"')
            if at >= 0:
                at += len(begin)
                return line[:at] + line[at + len(written) :], at
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
