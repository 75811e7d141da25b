"""The archive file: an SQLite database that other programs can open too, its tables, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
from urllib.parse import quote

from jmtools.errors import FileError, ModelError
from jmtools.io.kinds import ARCHIVE_APPLICATION, is_archive

VERSION = 4
_WAIT_SECONDS = 10.0
_HASH_BYTES = 8 << 20  # of the index that wait in memory before they are merged: 1 MiB takes a quarter longer
RECORD = "CAST(line AS BLOB), text, text_at"  # what `archive.rows.put_back` takes
FACETS = ("id", "date", "page", "newspaper", "type", "author", "topic", "origin")

# `line` is the record as it came, with an empty text at `text_at`; NULL: it is whole. `day` is the date as it sorts,
# `words` counts those of headline and text, `odd`: see `archive.rows`. `inside` names the column of the index that has
# the strings inside of longer words. Columns of other fields read `line`.
TABLES = """
CREATE TABLE articles (
  n INTEGER PRIMARY KEY, id TEXT, date TEXT, page TEXT, newspaper TEXT, type TEXT, author TEXT, topic TEXT,
  origin TEXT, headline TEXT, text TEXT, words INTEGER, line TEXT, text_at INTEGER, day TEXT, key TEXT UNIQUE,
  odd INTEGER, inside TEXT GENERATED ALWAYS AS (NULL) VIRTUAL);
CREATE INDEX by_issue ON articles (day, newspaper, page, type, words, origin);
CREATE INDEX by_odd ON articles (odd) WHERE odd;
CREATE VIRTUAL TABLE articles_fts USING fts5 (headline, text, inside, content="articles", content_rowid="n");
CREATE TABLE archive_about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE archive_runs (number INTEGER PRIMARY KEY, record TEXT);
"""


def open_for_reading(path: str) -> sqlite3.Connection:
    """Open an archive; what is read is what was there at the first query.

    Raises:
        FileError: If it cannot be opened.
        ModelError: If it was written by a later version.
    """
    try:
        connection, version = _begin_reading(path, "mode=rw")  # who may write takes the files of SQLite away again
    except sqlite3.OperationalError:  # in a folder that cannot be written nobody else writes either
        try:
            connection, version = _begin_reading(path, "immutable=1")
        except sqlite3.Error as error:
            raise broken(path, error) from None
    except sqlite3.Error as error:
        raise broken(path, error) from None
    if version != VERSION:
        raise ModelError(f"{path}: is an archive of version {version}; this program reads version {VERSION}")
    return connection


def open_for_writing(path: str, *, segmentation: str) -> sqlite3.Connection:
    """Open an archive, or make one, and begin to write: nothing is there for others before the commit.

    Raises:
        FileError: If it cannot be written, or somebody else is writing.
        ModelError: If it is no archive, or its text was segmented otherwise.
    """
    if os.path.exists(path) and os.path.getsize(path) and not is_archive(path):
        raise ModelError(f"{path}: is no archive; name another file, or one that is not there")
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)
        _make(connection, segmentation)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("BEGIN IMMEDIATE")
        about = dict(connection.execute("SELECT name, value FROM archive_about").fetchall())
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise FileError(f"{path}: somebody else is writing to it; try again when that has ended") from None
        raise broken(path, error) from None
    except sqlite3.Error as error:
        raise broken(path, error) from None
    if about["segmentation"] != segmentation:
        connection.close()
        raise ModelError(
            f"{path}: its text was segmented by {about['segmentation']}, these by {segmentation}; "
            "give the same --segmenter and --user-dict, or index everything anew"
        )
    return connection


def close_after_writing(connection: sqlite3.Connection, *, commit: bool) -> None:
    """Commit or forget what was written; closing leaves one file, unless others are reading."""
    try:
        connection.execute("COMMIT" if commit else "ROLLBACK")
    finally:
        connection.close()


def broken(path: str, error: sqlite3.Error) -> FileError:
    """Return the error for an archive that SQLite cannot use."""
    return FileError(f"{path}: {str(error)[:200]}")


def _begin_reading(path: str, how: str) -> tuple[sqlite3.Connection, int]:
    connection = sqlite3.connect(f"file:{quote(os.path.abspath(path))}?{how}", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("BEGIN")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("SELECT 1 FROM archive_about LIMIT 1").fetchone()
    return connection, int(version)


def _make(connection: sqlite3.Connection, segmentation: str) -> None:
    """Make the tables where there are none, all or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None:
        for statement in TABLES.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(5.0, 1.0, 0.5)')")
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
        connection.execute("INSERT INTO archive_about VALUES ('segmentation', ?)", (segmentation,))
        connection.execute(f"PRAGMA application_id = {ARCHIVE_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
