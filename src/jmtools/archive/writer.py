"""Adding records to an archive: what is there stays, what has changed is replaced, what is new comes behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from jmtools.archive.columns import update_columns
from jmtools.archive.field_columns import add_field_columns
from jmtools.archive.rows import ArchivePart, ArchiveRow, RowMaker, key_of, put_back, take_out
from jmtools.archive.runs import add_run
from jmtools.archive.schema import FACETS, RECORD, broken, close_after_writing, open_for_writing
from jmtools.batches.feature import OrderedFeature
from jmtools.io.json_types import Fields
from jmtools.io.records import parse_record

_COLUMNS = (*FACETS, "headline", "text", "words", "line", "text_at", "day", "key", "odd")
_VALUES = ", ".join("CAST(? AS TEXT)" if name == "line" else "?" for name in ("n", *_COLUMNS))
_INSERT = f"INSERT INTO articles (n, {', '.join(_COLUMNS)}) VALUES ({_VALUES})"  # noqa: S608
_SET = ", ".join(f"{name} = {'CAST(? AS TEXT)' if name == 'line' else '?'}" for name in _COLUMNS)
_UPDATE = f"UPDATE articles SET {_SET} WHERE n = ?"  # noqa: S608
_ADD_TERMS = "INSERT INTO articles_fts (rowid, headline, text, inside) VALUES (?, ?, ?, ?)"
_TAKE_TERMS = "INSERT INTO articles_fts (articles_fts, rowid, headline, text, inside) VALUES ('delete', ?, ?, ?, ?)"
_KEPT = f"SELECT n, {RECORD} FROM articles WHERE key = ?"  # noqa: S608


class ArchiveWriter(OrderedFeature[ArchivePart]):
    """Adds records in one transaction: all are there after `end`, none where it is closed before."""

    def __init__(self, path: str, *, maker: RowMaker, run: Callable[[Fields], Fields] | None = None) -> None:
        """Open the archive, or make it.

        Args:
            path: Its file.
            maker: Makes the rows; it makes those of replaced records again, for them to be taken out of the index.
            run: Counts → the record of this run, which the archive keeps.
        """
        self._path = path
        self._maker = maker
        self._run = run
        self._fields: dict[str, None] = {}
        self._replaced: set[int] = set()
        self._connection = open_for_writing(path, segmentation=maker.segmentation)
        (self._last,) = self._connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()
        self._open = True
        self.added = self.replaced = self.unchanged = 0

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._close(commit=False)

    def take(self, part: ArchivePart, lines: Sequence[bytes]) -> Iterator[Fields]:
        """Add the records of a batch; nothing is written for them.

        Raises:
            FileError: If the disk is full, or the archive damaged.
        """
        self._fields.update(dict.fromkeys(part.fields))
        try:
            for line, row in zip(lines, part.rows, strict=True):
                self._add(line.strip(), row)
        except sqlite3.Error as error:
            raise broken(self._path, error) from None
        return iter(())

    def end(self) -> Iterator[Fields]:
        """Keep what was added, and yield a record of the counts."""
        size = self.size()
        counts: Fields = {"added": self.added, "replaced": self.replaced, "unchanged": self.unchanged, "records": size}
        try:
            add_field_columns(self._connection, self._fields)
            update_columns(self._connection, self._replaced)
            if self._run is not None and (self.added or self.replaced):
                add_run(self._connection, self._run(counts))
        except sqlite3.Error as error:
            raise broken(self._path, error) from None
        self._close(commit=True)
        yield {"archive": self._path, **counts}

    def size(self) -> int:
        """Return how many records the archive holds now."""
        (size,) = self._connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(size)

    def _close(self, *, commit: bool) -> None:
        if self._open:
            self._open = False
            try:
                close_after_writing(self._connection, commit=commit)
            except sqlite3.Error as error:
                raise broken(self._path, error) from None

    def _add(self, line: bytes, row: ArchiveRow) -> None:
        key = key_of(row, line)
        kept = self._connection.execute(_KEPT, (key,)).fetchone()
        hollow, at = take_out(line, row.text)
        cells = (*row[:10], row.words, hollow, at, row.day, key, row.odd)
        if kept is None:
            self._last += 1
            number = self._last
            self._connection.execute(_INSERT, (number, *cells))
            self.added += 1
        else:
            number = kept[0]
            old = next(put_back([kept[1:]]))
            if old == line:
                self.unchanged += 1
                return
            (before,) = self._maker.count([parse_record(old)]).rows
            self._connection.execute(_TAKE_TERMS, (number, *before[-3:]))
            self._connection.execute(_UPDATE, (*cells, number))
            self._replaced.add(number)
            self.replaced += 1
        self._connection.execute(_ADD_TERMS, (number, *row[-3:]))
