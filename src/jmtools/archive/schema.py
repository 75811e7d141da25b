"""The archive file: an SQLite database that other programs can open too, its tables, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
from urllib.parse import quote

from jmtools.errors import FileError, ModelError
from jmtools.io.files import open_source
from jmtools.io.kinds import ARCHIVE_APPLICATION, is_archive

VERSION = 5
_BEFORE = 4  # has no columns as arrays: they are made when it is asked, and kept when it is written
_PAGE_BYTES = 16384  # the usual 4096 take a tenth more room: most rows fill more than half a page
_WAIT_SECONDS = 10.0
_HASH_BYTES = 8 << 20  # of the index that wait in memory before they are merged: 1 MiB takes a quarter longer
RECORD = "CAST(line AS BLOB), text, text_at"  # what `archive.rows.put_back` takes
FACETS = ("id", "date", "page", "newspaper", "type", "author", "topic", "origin")

# `line` is the record as it came, with an empty text at `text_at`; NULL: it is whole. `day` is the date as it sorts,
# `words` counts those of headline and text, `odd`: see `archive.rows`. `inside` names the column of the index that has
# the strings inside of longer words. Columns of other fields read `line`. Terms stand between blanks: the
# tokenizer that knows all of Unicode takes a fifth longer, and parts them no better.
TABLES = """
CREATE TABLE articles (
  n INTEGER PRIMARY KEY, id TEXT, date TEXT, page TEXT, newspaper TEXT, type TEXT, author TEXT, topic TEXT,
  origin TEXT, headline TEXT, text TEXT, words INTEGER, line TEXT, text_at INTEGER, day TEXT, key TEXT UNIQUE,
  odd INTEGER, inside TEXT GENERATED ALWAYS AS (NULL) VIRTUAL);
CREATE INDEX by_issue ON articles (day, newspaper, page, type, words, origin);
CREATE INDEX by_odd ON articles (odd) WHERE odd;
CREATE VIRTUAL TABLE articles_fts USING fts5 (
  headline, text, inside, content="articles", content_rowid="n", tokenize="ascii");
CREATE TABLE archive_about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE archive_runs (number INTEGER PRIMARY KEY, record TEXT);
"""
# What `archive.columns` reads and writes.
COLUMN_TABLES = """
CREATE TABLE archive_places (
  number INTEGER PRIMARY KEY, day TEXT, newspaper TEXT, page TEXT, type TEXT, origin TEXT);
CREATE INDEX archive_places_by_issue ON archive_places (day, newspaper, page);
CREATE TABLE archive_columns (name TEXT, chunk INTEGER, data BLOB, PRIMARY KEY (name, chunk));
"""
WEIGHTS = (5.0, 1.0, 0.5)  # of the three columns of the index in a score


def open_for_reading(path: str) -> sqlite3.Connection:
    """Open an archive; what is read is what was there at the first query.

    Raises:
        FileError: If it cannot be opened.
        ModelError: If it is none, or was written by a version that is too old, or a later one.
    """
    if not is_archive(path):
        open_source(path).close()  # tells what cannot be opened
        raise ModelError(f"{path}: is no archive; `jmtools index NEW.db {path}` makes one of records")
    try:
        connection, version = _begin_reading(path, "mode=rw")  # who may write takes the files of SQLite away again
    except sqlite3.OperationalError:  # in a folder that cannot be written nobody else writes either
        try:
            connection, version = _begin_reading(path, "mode=ro&immutable=1")
        except sqlite3.Error as error:
            raise broken(path, error) from None
    except sqlite3.Error as error:
        raise broken(path, error) from None
    if version not in (VERSION, _BEFORE):
        connection.close()
        raise _other_version(path, version)
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
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # of a new file
        _make(connection, segmentation)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("BEGIN IMMEDIATE")
        _bring_up(path, connection)
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
        _execute_all(connection, TABLES + COLUMN_TABLES)
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', ?)", (f"bm25{WEIGHTS}",))
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
        connection.execute("INSERT INTO archive_about VALUES ('segmentation', ?)", (segmentation,))
        connection.execute(f"PRAGMA application_id = {ARCHIVE_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _bring_up(path: str, connection: sqlite3.Connection) -> None:
    """Make an archive of the version before one of this version; `archive.columns` fills its new tables.

    Raises:
        ModelError: If it is of another version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == _BEFORE:
        _execute_all(connection, COLUMN_TABLES)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    elif version != VERSION:
        connection.close()
        raise _other_version(path, version)


def _other_version(path: str, version: int) -> ModelError:
    return ModelError(
        f"{path}: is an archive of version {version}; this program reads versions {_BEFORE} and {VERSION}: "
        "index its records anew"
    )


def make_column_tables(connection: sqlite3.Connection) -> bool:
    """Make the tables of `archive.columns` for this connection alone, where an archive has none; tell whether."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    made = "SELECT 1 FROM sqlite_temp_schema WHERE name = 'archive_columns'"
    if version == VERSION or connection.execute(made).fetchone() is not None:
        return False
    connection.execute("PRAGMA query_only = OFF")
    _execute_all(
        connection, COLUMN_TABLES.replace("CREATE TABLE ", "CREATE TEMP TABLE ").replace(" INDEX ", " INDEX temp.")
    )
    return True


def _execute_all(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)
