"""Columns for the fields that an archive has none for: they read the record itself, and take no room."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from jmtools.archive.schema import FACETS

_SHOWN = frozenset((*FACETS, "headline", "text")) - {"author"}  # fields of records that have a column of that name
_NAME = re.compile(r'[^"\\\x00-\x1f\x7f]+')  # what the JSON paths of SQLite can name
_MOST = 200
_READS = re.compile(r"""json_extract\(line, '\$\."((?:[^'"]|'')+)"'\)""")


def add_field_columns(connection: sqlite3.Connection, fields: Iterable[str]) -> None:
    """Add a column for each field that has none yet, up to a limit; a name that is taken gets a number behind it.

    Args:
        connection: A connection that writes.
        fields: Names of fields, in the order of the columns.
    """
    taken = {str(row[1]).casefold() for row in connection.execute("PRAGMA table_xinfo(articles)")}
    (schema,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'articles'").fetchone()
    known = {name.replace("''", "'") for name in _READS.findall(schema)}
    for field in fields:
        if len(known) >= _MOST:
            return
        if field in _SHOWN or field in known or not _NAME.fullmatch(field):
            continue
        known.add(field)
        name = _unused(field, taken)
        taken.add(name.casefold())
        path = f'$."{field}"'.replace("'", "''")
        connection.execute(
            f"""ALTER TABLE articles ADD COLUMN "{name}" GENERATED ALWAYS AS (json_extract(line, '{path}')) VIRTUAL"""
        )


def _unused(field: str, taken: set[str]) -> str:
    name, number = field, 2
    while name.casefold() in taken or name.casefold() == "articles_fts":
        name, number = f"{field}_{number}", number + 1
    return name
