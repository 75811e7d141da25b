"""Sums over the issues of an archive, from its index alone: how many records and words each page of a day has."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jmtools.archive.rows import ODD_TOTALS, ODD_WORDS
from jmtools.archive.schema import broken, open_for_reading
from jmtools.fields.news import TypeRule
from jmtools.words.reader import WordReader

_SUMS = """
SELECT day, coalesce(newspaper, ''), page, type, count(*), sum(words) FROM articles
WHERE day IS NOT NULL GROUP BY day, newspaper, page, type"""

_PLACES = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab(main, articles_fts, instance)"
_TERM = "SELECT doc, count(*) FROM temp.places WHERE term = ? AND col <> 'inside' GROUP BY doc"
# Read from the index of issues alone: looking records up by their numbers reads through their texts.
_FACTS = "SELECT n, day, type, origin FROM articles INDEXED BY by_issue WHERE day IS NOT NULL"
_COUNTABLE = re.compile(r"[\u4e00-\u9fa5]+")  # neither parted nor folded by the index

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


class TermTotals(NamedTuple):
    """How often a term stands in the records of a day and origin, and in how many of them."""

    term: str
    day: str
    origin: str | None
    freq: int
    docs: int


def term_totals(
    paths: Sequence[str], terms: Sequence[str], *, words: WordReader, types: TypeRule | None
) -> list[TermTotals] | None:
    """Return the counts of terms in archives, from the index alone, or None where only the records can tell.

    Args:
        paths: The archives; their words are those of `words`.
        terms: The terms.
        words: How text is segmented.
        types: Which records count; None for all.

    Raises:
        FileError: If an archive cannot be read.
    """
    if not all(_COUNTABLE.fullmatch(term) and words.cut(term) == [term] for term in terms):
        return None
    found: list[TermTotals] = []
    for path in paths:
        connection = open_for_reading(path)
        try:
            if connection.execute(_HAS_ODD, [ODD_WORDS | ODD_TOTALS]).fetchone() is not None:
                return None
            connection.execute("PRAGMA query_only = OFF")
            connection.execute(_PLACES)
            freqs = [(term, dict(connection.execute(_TERM, [term]).fetchall())) for term in terms]
            found += _by_day(connection.execute(_FACTS), freqs, types)
        except sqlite3.Error as error:
            raise broken(path, error) from None
        finally:
            connection.close()
    return found


def _by_day(
    facts: Iterable[tuple[int, str, str | None, str | None]],
    freqs: Sequence[tuple[str, Mapping[int, int]]],
    types: TypeRule | None,
) -> Iterator[TermTotals]:
    """Yield the sums of each term by day and origin, of the records of the types that count."""
    sums: dict[tuple[str, str, str | None], list[int]] = {}
    for number, day, kind, origin in facts:
        for term, freq_of in freqs:
            if number in freq_of and (types is None or types.takes({"type": kind})):
                counts = sums.setdefault((term, day, origin), [0, 0])
                counts[0] += freq_of[number]
                counts[1] += 1
    for (term, day, origin), (freq, docs) in sums.items():
        yield TermTotals(term, day, origin, freq, docs)
