"""What an archive knows of all its records as arrays: where each was printed, its words, its size in the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.archive.schema import make_column_tables

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int32]"
Numbers: TypeAlias = "npt.NDArray[np.int64]"  # of records, from 1

NAMES = ("place", "words", "size")  # `size` counts the terms of a record in the index, as its scores need it
_CHUNK = 1 << 14  # records of which one blob tells
_ROWS = 1 << 14
_PLACES_KEPT = 10_000  # whose numbers wait in memory
_FACTS = "n, day, newspaper, page, type, origin, words"
_EVERY = f"SELECT {_FACTS} FROM articles INDEXED BY by_issue"  # noqa: S608 - reads no text
_LATER = f"SELECT {_FACTS} FROM articles WHERE n > ?"  # noqa: S608
_TOLD = "SELECT coalesce(sum(length(data)), 0) / 4 FROM archive_columns WHERE name = 'place'"
_ONE = f"SELECT {_FACTS} FROM articles WHERE n = ?"  # noqa: S608
_SOME = """SELECT number - 1, day, newspaper, page, type, origin FROM archive_places
WHERE number IN (SELECT value + 1 FROM json_each(?))"""
_FIND = """SELECT number FROM archive_places
WHERE day IS ? AND newspaper IS ? AND page IS ? AND type IS ? AND origin IS ?"""
_PUT = "INSERT INTO archive_places (day, newspaper, page, type, origin) VALUES (?, ?, ?, ?, ?)"
# Day, newspaper, page, type, origin: as a plain tuple, for a large archive has a hundred thousand.
IssuePage = tuple[str | None, str | None, str | None, str | None, str | None]
_Facts = tuple[int, str | None, str | None, str | None, str | None, str | None, int]


def ready(connection: sqlite3.Connection) -> None:
    """Make the columns for this connection alone, where an archive of an older version has none."""
    if make_column_tables(connection):
        update_columns(connection)


def read_column(connection: sqlite3.Connection, name: str) -> Ints:
    """Return one of `NAMES` for the records 1, 2, 3, and so on."""
    rows = connection.execute("SELECT data FROM archive_columns WHERE name = ? ORDER BY chunk", [name])
    return np.frombuffer(b"".join([data for (data,) in rows]), "<i4").astype(np.int32, copy=False)


def read_places(connection: sqlite3.Connection) -> list[IssuePage]:
    """Return the places; the column `place` holds their indexes.

    A place is a page of an issue, and the type and origin of the records on it that are told together.
    """
    rows = connection.execute("SELECT day, newspaper, page, type, origin FROM archive_places ORDER BY number")
    return rows.fetchall()


def places_of(connection: sqlite3.Connection, indexes: Sequence[int]) -> dict[int, IssuePage]:
    """Return some of the places by their indexes."""
    rows = connection.execute(_SOME, [str([*indexes])])
    return {row[0]: row[1:] for row in rows}


def update_columns(connection: sqlite3.Connection, replaced: Iterable[int] = ()) -> None:
    """Make the columns tell of all records.

    Args:
        connection: A connection that writes.
        replaced: Numbers of records that are not those any more of which the columns tell.
    """
    (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()
    (told,) = connection.execute(_TOLD).fetchone()
    again = sorted(number for number in replaced if number <= told)
    if told == last and not again:
        return
    columns = {name: read_column(connection, name) for name in NAMES}
    columns = {name: np.concatenate([found, np.zeros(last - told, np.int32)]) for name, found in columns.items()}
    numbers_of = _PlaceNumbers(connection)
    facts = _facts(connection, told, again)
    while rows := list(islice(facts, _ROWS)):
        at = np.array([row[0] for row in rows]) - 1
        columns["place"][at] = [numbers_of(row[1:6]) for row in rows]
        columns["words"][at] = [row[6] for row in rows]
    changed = {(number - 1) // _CHUNK for number in again} | set(range(told // _CHUNK, -(-last // _CHUNK)))
    for chunk in sorted(changed):
        part = slice(chunk * _CHUNK, (chunk + 1) * _CHUNK)
        columns["size"][part] = _sizes(connection, part.start, min(part.stop, last))
        for name, found in columns.items():
            cells = name, chunk, found[part].astype("<i4").tobytes()
            connection.execute("INSERT OR REPLACE INTO archive_columns VALUES (?, ?, ?)", cells)


def _facts(connection: sqlite3.Connection, told: int, again: Iterable[int]) -> Iterator[_Facts]:
    yield from connection.execute(_LATER, [told]) if told else connection.execute(_EVERY)
    for number in again:
        yield from connection.execute(_ONE, [number])


def _sizes(connection: sqlite3.Connection, start: int, end: int) -> Ints:
    """Return how many terms the index has of each record behind `start`, up to `end`: the sum of three."""
    sql = "SELECT sz FROM articles_fts_docsize WHERE id > ? AND id <= ? ORDER BY id"
    packed = np.frombuffer(b"".join([row[0] for row in connection.execute(sql, [start, end])]), np.uint8)
    ends = np.flatnonzero(packed < 0x80)  # seven bits a byte, the last one below 128
    starts = np.concatenate([[0], ends[:-1] + 1])
    shift = 7 * (np.repeat(ends, ends - starts + 1) - np.arange(len(packed)))
    values = np.add.reduceat((packed & 0x7F).astype(np.int64) << shift, starts)
    if len(values) != 3 * (end - start):
        raise sqlite3.DatabaseError("the index does not tell the size of every record")
    sizes: Ints = values.reshape(-1, 3).sum(axis=1).astype(np.int32)
    return sizes


class _PlaceNumbers:
    """Gives places their numbers, and new ones to new places."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str | int | None, ...], int] = {}

    def __call__(self, place: tuple[str | int | None, ...]) -> int:
        if place not in self._known:
            if len(self._known) >= _PLACES_KEPT:
                self._known.clear()
            row = self._connection.execute(_FIND, place).fetchone()
            self._known[place] = row[0] if row is not None else self._connection.execute(_PUT, place).lastrowid or 0
        return self._known[place] - 1
