"""Reading an archive: its records as batches of lines, as if they came from a file of JSON Lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from jmtools.archive.narrowing import Needs, conditions
from jmtools.archive.rows import put_back
from jmtools.archive.schema import RECORD, broken, open_for_reading
from jmtools.io.files import MAX_EXPAND
from jmtools.io.kinds import is_archive
from jmtools.io.lines import BATCH_BYTES, MAX_LINE, LineBatch, read_batches

_ROWS = 256


def read_any(
    paths: Sequence[str],
    *,
    max_line: int = MAX_LINE,
    max_expand: int = MAX_EXPAND,
    batch_bytes: int = BATCH_BYTES,
    pauses: bool = True,
    where: str | None = None,
    needs: Needs | None = None,
) -> Iterator[LineBatch | None]:
    """Yield the lines of files and archives in batches, see `io.lines.read_batches`.

    Args:
        paths: JSON Lines, archives, or `-`; none means standard input.
        max_line: Bytes that a line may have.
        max_expand: How many times its size a compressed input may become.
        batch_bytes: About how large a batch is.
        pauses: Whether an input that has nothing more just now ends a batch.
        where: Condition that the lines are tested by afterwards: an archive leaves out what cannot meet it.
        needs: What a record must hold to matter: an archive leaves out what does not.
    """
    for path in paths or ("-",):
        if path != "-" and is_archive(path):
            yield from _batches(path, batch_bytes, where, needs)
        else:
            yield from read_batches(
                [path], max_line=max_line, max_expand=max_expand, batch_bytes=batch_bytes, pauses=pauses
            )


def read_lines(connection: sqlite3.Connection, condition: str = "", values: Sequence[object] = ()) -> Iterator[bytes]:
    """Yield the records that meet an SQL condition, in the order in which they were added."""
    where = f"WHERE {condition}" if condition else ""
    cursor = connection.execute(f"SELECT {RECORD} FROM articles {where} ORDER BY n", tuple(values))  # noqa: S608
    while rows := cursor.fetchmany(_ROWS):
        yield from put_back(rows)


def _batches(path: str, batch_bytes: int, where: str | None, needs: Needs | None) -> Iterator[LineBatch]:
    connection = open_for_reading(path)
    try:
        condition, values = conditions(connection, where=where, needs=needs)
        lines: list[bytes] = []
        size, number, byte = 0, 1, 0
        for line in read_lines(connection, condition, values):
            lines.append(line)
            size += len(line) + 1
            if size >= batch_bytes:
                yield LineBatch(path, lines, number, byte)
                number, byte = number + len(lines), byte + size
                lines, size = [], 0
        if lines:
            yield LineBatch(path, lines, number, byte)
    except sqlite3.Error as error:
        raise broken(path, error) from None
    finally:
        connection.close()
