"""Sums over the issues of an archive, from its index alone: how many records and words each page of a day has."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from jmtools.archive.rows import ODD_TOTALS
from jmtools.archive.schema import broken, open_for_reading
from jmtools.fields.news import TypeRule

_SUMS = """
SELECT day, coalesce(newspaper, ''), page, type, count(*), sum(words) FROM articles
WHERE day IS NOT NULL GROUP BY day, newspaper, page, type"""

_HAS_ODD = "SELECT 1 FROM articles WHERE odd AND odd & ? LIMIT 1"


class PageTotals(NamedTuple):
    """What one page of an issue, or what of an issue has no page, has."""

    day: str
    newspaper: str
    page: str | None
    docs: int
    words: int


def page_totals(paths: Sequence[str], *, segmentation: str, types: TypeRule | None) -> list[PageTotals] | None:
    """Return the sums of archives, or None where only the records themselves can tell.

    Args:
        paths: The archives.
        segmentation: How the words are to be cut.
        types: Which records count; None for all.

    Raises:
        FileError: If an archive cannot be read.
    """
    found: list[PageTotals] = []
    for path in paths:
        connection = open_for_reading(path)
        try:
            (kept,) = connection.execute("SELECT value FROM archive_about WHERE name = 'segmentation'").fetchone()
            odd = connection.execute(_HAS_ODD, [ODD_TOTALS]).fetchone()
            if kept != segmentation or odd is not None:
                return None
            rows = connection.execute(_SUMS).fetchall()
        except sqlite3.Error as error:
            raise broken(path, error) from None
        finally:
            connection.close()
        found += [
            PageTotals(day, paper, page, docs, words)
            for day, paper, page, kind, docs, words in rows
            if types is None or types.takes({"type": kind})
        ]
    return found
