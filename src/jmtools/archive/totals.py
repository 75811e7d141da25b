"""Sums over the issues of an archive, from its index alone: how many records and words each page of a day has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from jmtools.archive.columns import IssuePage, Numbers, places_of, read_column, read_places, ready
from jmtools.archive.instances import instances_of, is_one_term
from jmtools.archive.phrase_counts import rows_in_texts
from jmtools.archive.rows import ODD_TOTALS, ODD_WORDS
from jmtools.archive.schema import broken, open_for_reading
from jmtools.fields.news import TypeRule
from jmtools.words.phrases import is_row
from jmtools.words.reader import WordReader

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
            found += _page_sums(connection, types)
        except sqlite3.Error as error:
            raise broken(path, error) from None
        finally:
            connection.close()
    return found


def _page_sums(connection: sqlite3.Connection, types: TypeRule | None) -> Iterator[PageTotals]:
    ready(connection)
    places, place = read_places(connection), read_column(connection, "place")
    docs = np.bincount(place, minlength=len(places)).tolist()
    words = np.bincount(place, read_column(connection, "words"), minlength=len(places)).tolist()
    taken = _taken(places, types)
    for (day, paper, page, kind, _), docs_here, words_here in zip(places, docs, words, strict=True):
        if day is not None and docs_here and kind in taken:
            yield PageTotals(day, paper or "", page, docs_here, int(words_here))


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
    """Return the counts of terms in archives, or None where only the records can tell.

    Those of single words come from the index alone; for words in a row, the texts that may have them are segmented.

    Args:
        paths: The archives; their words are those of `words`.
        terms: The terms.
        words: How text is segmented.
        types: Which records count; None for all.

    Raises:
        FileError: If an archive cannot be read.
    """
    single = {term for term in terms if is_one_term(term) and words.cut(term) == [term]}
    rows = [term for term in terms if term not in single]
    if not all(is_one_term("".join(term.split())) and is_row(term, words.cut) for term in rows):
        return None
    found: list[TermTotals] = []
    for path in paths:
        connection = open_for_reading(path)
        try:
            if connection.execute(_HAS_ODD, [ODD_WORDS | ODD_TOTALS]).fetchone() is not None:
                return None
            counts = {term: (met.docs, met.printed) for term in single for met in [instances_of(connection, term)]}
            found += _term_sums(connection, counts | rows_in_texts(connection, rows, words), types)
        except sqlite3.Error as error:
            raise broken(path, error) from None
        finally:
            connection.close()
    return found


def _term_sums(
    connection: sqlite3.Connection, counts: Mapping[str, tuple[Numbers, Numbers]], types: TypeRule | None
) -> Iterator[TermTotals]:
    """Yield the sums of each term by day and origin, of the records of the types that count."""
    ready(connection)
    place = read_column(connection, "place")
    for term, (docs, freqs_here) in counts.items():
        has = freqs_here > 0
        at = place[docs[has] - 1]
        n_docs = np.bincount(at)
        freqs = np.bincount(at, freqs_here[has])
        places = places_of(connection, np.flatnonzero(n_docs).tolist())
        taken = _taken(places.values(), types)
        for number, (day, _, _, kind, origin) in sorted(places.items()):
            if day is not None and kind in taken:
                yield TermTotals(term, day, origin, int(freqs[number]), int(n_docs[number]))


def _taken(places: Iterable[IssuePage], types: TypeRule | None) -> set[str | None]:
    """Return the types, of those that are there, whose records count."""
    kinds = {place[3] for place in places}
    return kinds if types is None else {kind for kind in kinds if types.takes({"type": kind})}
