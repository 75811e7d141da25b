"""The runs that made an archive: each leaves its record, and the archive that they make again can be compared."""

from __future__ import annotations

import sqlite3
from itertools import zip_longest

from jmtools.archive.schema import RECORD, broken, open_for_reading
from jmtools.io.json_types import Fields
from jmtools.io.records import encode_record, parse_record

_CONTENTS = f"SELECT n, id, day, words, odd, {RECORD} FROM articles ORDER BY n"  # noqa: S608


def add_run(connection: sqlite3.Connection, record: Fields) -> None:
    """Keep the record of a run in the archive that it writes."""
    connection.execute("INSERT INTO archive_runs (record) VALUES (?)", (encode_record(record).decode().strip(),))


def runs_of(path: str) -> list[Fields]:
    """Return the records of the runs that made an archive, the first one first.

    Raises:
        FileError: If it cannot be read.
    """
    connection = open_for_reading(path)
    try:
        rows = connection.execute("SELECT record FROM archive_runs ORDER BY number").fetchall()
    except sqlite3.Error as error:
        raise broken(path, error) from None
    finally:
        connection.close()
    return [parse_record(record.encode()) for (record,) in rows]


def same_records(one: str, other: str) -> bool:
    """Tell whether two archives hold the same records, byte for byte, in the same order.

    Raises:
        FileError: If one cannot be read.
    """
    connections = open_for_reading(one), open_for_reading(other)
    try:
        rows = [connection.execute(_CONTENTS) for connection in connections]
        return all(left == right for left, right in zip_longest(*rows))
    except sqlite3.Error as error:
        raise broken(one, error) from None
    finally:
        for connection in connections:
            connection.close()
