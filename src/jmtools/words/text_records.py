"""Records of which only what they say is read, by the segmenter core, many lines in one pass: `native/articles.c`."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import overload

from jmtools.batches.feature import TakenLines
from jmtools.io.json_types import Record
from jmtools.io.records import parse_record
from jmtools.words.core import Core, joined
from jmtools.words.core_library import UNUSUAL, WordList, check
from jmtools.words.pieces import MAX_CALL
from jmtools.words.protected import holds_markup

_START, _END, _TEXT_END, _HEADLINE, _LINE, _MARKUP, _COLUMNS = range(7)  # of `jm_article`


class TextRecords(Sequence[Record]):
    """Usual records, which bring no tokens; one is parsed only where it is asked for.

    Attributes:
        data: The lines, parted by line breaks.
        text: What the records say, end to end, in UTF-8.
        rows: Where each record lies, as `jm_article` has it, end to end.
    """

    def __init__(self, data: bytes, text: bytearray, rows: array[int]) -> None:
        """Take what the core has read."""
        self.data, self.text, self.rows = data, text, rows

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.rows) // _COLUMNS

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice[int | None, int | None, int | None]) -> list[Record]: ...
    def __getitem__(self, place: int | slice[int | None, int | None, int | None]) -> Record | list[Record]:
        """Return a record, or some, parsed."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        row = range(len(self))[place] * _COLUMNS
        start, end = self.rows[row + _START], self.rows[row + _END]
        return parse_record(self.data[start:end])

    @cached_property
    def ends(self) -> array[int]:
        """At which byte of `text` each record ends."""
        return self.rows[_TEXT_END::_COLUMNS]

    @cached_property
    def longest(self) -> int:
        """Bytes of the longest of them."""
        return max((end - start for start, end in zip([0, *self.ends], self.ends, strict=False)), default=0)

    @property
    def headlines(self) -> array[int]:
        """How many characters of each are its headline and the line break behind it."""
        return self.rows[_HEADLINE::_COLUMNS]

    def said(self, place: int) -> str:
        """Return what a record says: its headline, if it has one, a line break and its text."""
        return self.text[self.ends[place - 1] if place else 0 : self.ends[place]].decode()

    def taken(self) -> TakenLines:
        """Return them as a worker takes them."""
        marked = [place for place, flag in enumerate(self.rows[_MARKUP::_COLUMNS]) if flag]
        headlines = self.headlines
        residue = sum(holds_markup(self.said(place)[headlines[place] :]) for place in marked)
        return TakenLines(self, self.rows[_LINE::_COLUMNS], residue)


def bring_tokens(records: Sequence[Record]) -> bool:
    """Tell whether some records bring their own tokens."""
    return not isinstance(records, TextRecords) and any(data.get("tokens") is not None for data in records)


class LineReader:
    """Reads lines, and writes them with more fields."""

    def __init__(self, core: Core, fields: Sequence[str] = ()) -> None:
        """Take the core, and the names of the fields that are written: a record that has one is unusual."""
        self._library = core.library
        self._names, self._text = ByteList([name.encode() for name in ("tokens", *fields)]), bytearray()

    def read(self, lines: Sequence[bytes]) -> TextRecords | None:
        """Return the records of lines; None if one is unusual, or long: they must be parsed and checked."""
        data, count = b"\n".join(lines), len(lines)
        rows, text = array("I", bytes(4 * _COLUMNS * count)), bytearray(len(data) + count + 1)
        address = ctypes.addressof(ctypes.c_char.from_buffer(text))
        out = address, len(text), rows.buffer_info()[0], count
        found = self._library.jm_read_lines(data, len(data), self._names.address, *out)
        if found == UNUSUAL:
            return None
        records = TextRecords(data, text, rows[: _COLUMNS * check(found)])
        return records if records.longest <= MAX_CALL else None

    def splice(self, records: TextRecords, head: bytes, values: tuple[bytes, int], tails: ByteList, tail: int) -> bytes:
        """Return the lines of records, each without its last brace, and then a value of its own between two others.

        Args:
            records: What was read.
            head: What comes before the values.
            values: The values, end to end, and where in memory it says where each ends, eight bytes each.
            tails: What comes after them.
            tail: Where in memory it says which of `tails` each line gets, four bytes each.
        """
        longest = max(map(len, tails.items))
        room = len(records.data) + len(values[0]) + len(records) * (len(head) + longest)
        out, data = bytearray(room), records.data
        address = ctypes.addressof(ctypes.c_char.from_buffer(out))
        lines = data, len(data), records.rows.buffer_info()[0], len(records)
        more = head, len(head), *values, tails.address, tail
        size = check(self._library.jm_splice_lines(*lines, *more, address, room))
        return bytes(memoryview(out)[:size])


class ByteList:
    """Byte strings as the core takes them; they must live as long as the core knows their address."""

    def __init__(self, items: Sequence[bytes]) -> None:
        self.items = items
        self._letters, self._ends = joined(items)
        self.parts = self._letters, self._ends.buffer_info()[0], len(items)
        self.place = WordList(*self.parts)

    @property
    def address(self) -> int:
        """Where they lie."""
        return ctypes.addressof(self.place)
