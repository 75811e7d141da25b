"""Adding records to an archive: what is there stays, what has changed is replaced, what is new comes behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from jmtools.archive.rows import ArchiveRow, RowMaker, key_of, put_back, take_out
from jmtools.archive.schema import FACETS, broken, close_after_writing, open_for_writing
from jmtools.io.records import parse_record

_COLUMNS = (*FACETS, "headline", "text", "words", "line", "text_at", "day", "key", "odd")
_INSERT = f"INSERT INTO articles (n, {', '.join(_COLUMNS)}) VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"  # noqa: S608
_UPDATE = f"UPDATE articles SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE n = ?"  # noqa: S608
_ADD_TERMS = "INSERT INTO articles_fts (rowid, headline, text) VALUES (?, ?, ?)"
_TAKE_TERMS = "INSERT INTO articles_fts (articles_fts, rowid, headline, text) VALUES ('delete', ?, ?, ?)"
_KEPT = "SELECT n, line, text, text_at, headline FROM articles WHERE key = ?"


class ArchiveWriter:
    """Adds records in one transaction: what was added is there when it ends well and `keep` is true, else nothing."""

    def __init__(self, path: str, *, maker: RowMaker) -> None:
        """Open the archive, or make it.

        Args:
            path: Its file.
            maker: Makes the rows; it makes those of replaced records again, for them to be taken out of the index.
        """
        self._path = path
        self._maker = maker
        self._connection = open_for_writing(path, segmentation=maker.segmentation)
        (self._last,) = self._connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()
        self.keep = True
        self.added = self.replaced = self.unchanged = 0

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            close_after_writing(self._connection, commit=kind is None and self.keep)
        except sqlite3.Error as error:
            raise broken(self._path, error) from None

    def add(self, lines: Sequence[bytes], rows: Sequence[ArchiveRow]) -> None:
        """Add records.

        Raises:
            FileError: If the disk is full, or the archive damaged.
        """
        try:
            for line, row in zip(lines, rows, strict=True):
                self._add(line.strip(), row)
        except sqlite3.Error as error:
            raise broken(self._path, error) from None

    def size(self) -> int:
        """Return how many records the archive holds now."""
        (size,) = self._connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(size)

    def _add(self, line: bytes, row: ArchiveRow) -> None:
        key = key_of(row, line)
        kept = self._connection.execute(_KEPT, (key,)).fetchone()
        hollow, at = take_out(line, row.text)
        cells = (*row[:9], row.words, hollow, at, row.day, key, row.odd)
        if kept is None:
            self._last += 1
            number = self._last
            self._connection.execute(_INSERT, (number, *cells))
            self.added += 1
        else:
            number = kept[0]
            old = next(put_back([(kept[1], kept[2], kept[3])]))
            if old == line:
                self.unchanged += 1
                return
            (before,) = self._maker.count([parse_record(old)])
            self._connection.execute(_TAKE_TERMS, (number, before.headline_terms, before.text_terms))
            self._connection.execute(_UPDATE, (*cells, number))
            self.replaced += 1
        self._connection.execute(_ADD_TERMS, (number, row.headline_terms, row.text_terms))
