"""Records → an SQLite database with a full-text index that finds Chinese words of any length."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from jmtools.convert.columns import unique_names
from jmtools.convert.delimiting import Records
from jmtools.convert.grams import search_terms
from jmtools.convert.projection import project
from jmtools.convert.shapes import Shape
from jmtools.errors import FileError, OptionError
from jmtools.fields.path import flat, json_text
from jmtools.io.json_types import JsonValue, Record
from jmtools.io.spool import temporary_file
from jmtools.words.segment import Segmenter, load_segmenter

SEARCHED = ("headline", "text")
_TYPES = {"bool": "INTEGER", "int": "INTEGER", "float": "REAL"}
_INDEXED = ("id", "date")
_MOST_COLUMNS = 1_900
_HASH_BYTES = (
    8 << 20
)  # of the index that SQLite keeps in memory before it writes and merges them; 64 MB take 1.4 × as long


def database_pieces(
    shape: Shape, records: Records, *, fields: Sequence[str], table: str, search: Sequence[str]
) -> Iterator[bytes]:
    """Return an SQLite file in pieces: one table, a row a record, lists and objects as JSON; and its full-text index.

    Args:
        shape: Of all records, projected on `fields`.
        records: The records.
        fields: The columns; none for every field.
        table: Its name; the index is called the same with `_fts`.
        search: Columns that are indexed; those that are no text, or not there, are left out.

    Raises:
        OptionError: If there are too many columns.
        FileError: If the database cannot be written.
    """

    def write(path: str) -> None:
        try:
            _fill(path, _Table(shape, fields, table, search), records)
        except sqlite3.Error as error:
            raise FileError(f"temporary database: {error}; TMPDIR=FOLDER names a folder with room") from None

    return temporary_file("records.db", write)


def _fill(path: str, table: _Table, records: Records) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for statement in table.schema():
            connection.execute(statement)
        number = 0
        for batch in records():
            rows = [table.row(data) for data in batch]
            numbers = range(number + 1, number + 1 + len(rows))
            number += len(rows)
            connection.executemany(table.insert, rows)
            if table.searched:
                terms = ([n, *table.terms(data)] for n, data in zip(numbers, batch, strict=True))
                connection.executemany(table.insert_terms, terms)
        for statement in table.finish():
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


class _Table:
    """Columns and statements of one table."""

    def __init__(self, shape: Shape, fields: Sequence[str], table: str, search: Sequence[str]) -> None:
        members = shape.members or {}
        self._fields = fields
        self._specs = list(fields) or list(members)
        if len(self._specs) > _MOST_COLUMNS:
            raise OptionError(f"--to sqlite: {len(self._specs):,} fields are too many columns; choose --fields")
        self._kinds = [members[spec].kind() if spec in members else "null" for spec in self._specs]
        self._names = unique_names(self._specs)
        self._table, self._fts = _quoted(table), _quoted(f"{table}_fts")
        self.searched = [
            (spec, name)
            for spec, name, kind in zip(self._specs, self._names, self._kinds, strict=True)
            if spec in search and kind in ("text", "date") and name.casefold() not in ("rank", "rowid", f"{table}_fts")
        ]
        self._segmenter: Segmenter | None = load_segmenter() if self.searched else None

    def schema(self) -> Iterator[str]:
        """Yield the statements that make the tables."""
        if not self._names:
            yield f"CREATE TABLE {self._table} (id TEXT)"
            return
        columns = (f"{_quoted(n)} {_TYPES.get(kind, 'TEXT')}" for n, kind in zip(self._names, self._kinds, strict=True))
        yield f"CREATE TABLE {self._table} ({', '.join(columns)})"
        if self.searched:
            names = ", ".join(_quoted(name) for _, name in self.searched)
            # `content` makes it an index alone: what a query reads comes from the table; and datasette looks for it.
            yield f"CREATE VIRTUAL TABLE {self._fts} USING FTS5 ({names}, content={self._table})"
            yield f"INSERT INTO {self._fts} ({self._fts}, rank) VALUES ('hashsize', {_HASH_BYTES})"  # noqa: S608

    def finish(self) -> Iterator[str]:
        """Yield the statements after the last row."""
        for spec, name in zip(self._specs, self._names, strict=True):
            if spec in _INDEXED:
                yield f"CREATE INDEX {_quoted(f'by_{name}')} ON {self._table} ({_quoted(name)})"
        if self.searched:
            yield f"INSERT INTO {self._fts} ({self._fts}) VALUES ('optimize')"  # noqa: S608

    @property
    def insert(self) -> str:
        """The statement for a row."""
        return f"INSERT INTO {self._table} VALUES ({', '.join('?' * max(1, len(self._names)))})"  # noqa: S608

    @property
    def insert_terms(self) -> str:
        """The statement for the terms of a row."""
        names = ", ".join(_quoted(name) for _, name in self.searched)
        return f"INSERT INTO {self._fts} (rowid, {names}) VALUES (?{', ?' * len(self.searched)})"  # noqa: S608

    def row(self, data: Record) -> list[JsonValue]:
        """Return the cells of a record."""
        found = project(data, self._fields)
        if not self._specs:
            return [None]
        return [_cell(found.get(spec), kind) for spec, kind in zip(self._specs, self._kinds, strict=True)]

    def terms(self, data: Record) -> list[str]:
        """Return the terms of a record's searched columns."""
        found = project(data, self._fields)
        return [self._terms(found.get(spec)) for spec, _ in self.searched]

    def _terms(self, value: JsonValue) -> str:
        if not isinstance(value, str) or self._segmenter is None:
            return ""
        return search_terms(value, self._segmenter.cut(value))


def _cell(value: JsonValue, kind: str) -> JsonValue:
    if value is None:
        return None
    if kind in ("list", "struct", "json"):
        return json_text(value)
    if kind == "bool":
        return int(value)
    if kind in ("int", "float"):
        return value
    cell = flat(value)
    return cell if isinstance(cell, str) else repr(cell)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
