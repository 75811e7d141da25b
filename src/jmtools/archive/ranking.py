"""The numbers of the records that fit a query, in the order of the answer."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jmtools.archive.columns import Numbers, read_column, ready
from jmtools.archive.instances import instances_of, is_one_term
from jmtools.archive.narrowing import narrowed_places, phrase
from jmtools.errors import OptionError
from jmtools.fields.query import And, Near, Not, Or, Query, Term, positive_terms
from jmtools.fields.where import Where

if TYPE_CHECKING:
    import numpy.typing as npt

_MATCH = "SELECT rowid, -rank FROM articles_fts WHERE articles_fts MATCH ?"
_K1, _B, _LEAST_IDF = 1.2, 0.75, 1e-6  # as the index of SQLite has them
_DATES = """SELECT json_group_array(((number - 1) << 32) + rank) FROM (
SELECT number, dense_rank() OVER (ORDER BY day IS NULL, day, page) AS rank FROM archive_places)"""
_BLOCK = 1 << 12


class Found(NamedTuple):
    """Numbers of records, ascending, and their scores."""

    docs: Numbers
    scores: npt.NDArray[np.float64]


def ranked(
    connection: sqlite3.Connection,
    query: Query | None,
    *,
    cut: Callable[[str], list[str]],
    sort: str,
    where: Where | None,
) -> Iterator[tuple[int, float]]:
    """Yield the numbers and scores of the records that may fit.

    Args:
        connection: The archive.
        query: What they fit; None for all records.
        cut: Segments the words of the query.
        sort: One of `SORTS`.
        where: A condition that the records are tested by afterwards; what cannot meet it is left out.
    """
    ready(connection)
    ask = _Ask(cut)
    order = _Order(connection, sort, where)
    match = None if query is None else ask.match(query)
    if query is None:
        (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()
        yield from order.of(Found(np.arange(1, last + 1), np.zeros(last)))
    elif match is not None:
        yield from order.of(_scored(connection, ask, query, match))
    else:
        yield from _with_strings(connection, ask, query, order)


def is_indexed(query: Query, cut: Callable[[str], list[str]]) -> bool:
    """Tell whether the index answers a query alone; otherwise texts are read. `cut` segments the query's words."""
    return _Ask(cut).match(query) is not None


def _with_strings(
    connection: sqlite3.Connection, ask: _Ask, query: Query, order: _Order
) -> Iterator[tuple[int, float]]:
    """Yield the records that hold strings too: texts are read, of those first that have a word of the query."""
    condition, values = ask.sql(query)
    words = ask.any_word(query)
    found = Found(np.zeros(0, np.int64), np.zeros(0)) if words is None else _matched(connection, words)
    one = f"SELECT 1 FROM articles WHERE n = ? AND {condition}"  # noqa: S608
    block = f"SELECT n FROM articles WHERE n BETWEEN ? AND ? AND {condition} ORDER BY n"  # noqa: S608
    by_score = order.sort == "score"
    if by_score:
        for number, score in order.of(found):
            if connection.execute(one, [number, *values]).fetchone() is not None:
                yield number, score
    (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()
    left = np.setdiff1d(order.kept(np.arange(1, last + 1)), found.docs if by_score else [])
    numbers: list[int] = []
    for start in range(0, len(left), _BLOCK):
        part = left[start : start + _BLOCK]
        rows = connection.execute(block, [int(part[0]), int(part[-1]), *values])
        fitting = np.intersect1d(np.array([n for (n,) in rows], np.int64), part).tolist()
        if by_score:
            yield from ((number, 0.0) for number in fitting)
        numbers += fitting
    if not by_score:
        docs = np.array(numbers, np.int64)
        at = np.searchsorted(found.docs, docs)
        has = at < len(found.docs)
        has[has] = found.docs[at[has]] == docs[has]
        scores = np.zeros(len(docs))
        scores[has] = found.scores[at[has]]
        yield from order.of(Found(docs, scores))


def _scored(connection: sqlite3.Connection, ask: _Ask, query: Query, match: str) -> Found:
    """Return the records that fit; those of single words are scored here, for SQLite takes longer for each record."""
    terms = query.parts if isinstance(query, Or) else (query,)
    words = [ask.one_word(term) for term in terms]
    if None in words:
        return _matched(connection, match)
    sizes = read_column(connection, "size")
    mean = int(sizes.sum(dtype=np.int64)) / max(len(sizes), 1)
    scores = np.zeros(len(sizes) + 1)
    fits = np.zeros(len(sizes) + 1, bool)
    for word in words:
        docs, freqs, _ = instances_of(connection, str(word))
        idf = math.log((len(sizes) - len(docs) + 0.5) / (len(docs) + 0.5))
        size = sizes[docs - 1].astype(float)
        part = (freqs * (_K1 + 1.0)) / (freqs + _K1 * (1 - _B + _B * size / mean))
        scores[docs] += (idf if idf > 0 else _LEAST_IDF) * part
        fits[docs] = True
    docs = np.flatnonzero(fits)
    return Found(docs, scores[docs])


def _matched(connection: sqlite3.Connection, match: str) -> Found:
    rows = connection.execute(_MATCH, [match]).fetchall()
    docs = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    return Found(docs, np.fromiter((row[1] for row in rows), np.float64, len(rows)))


class _Order:
    """Leaves out records that cannot meet a condition, and puts the others in order."""

    def __init__(self, connection: sqlite3.Connection, sort: str, where: Where | None) -> None:
        self.sort = sort
        self._connection = connection
        allowed = None if where is None else narrowed_places(connection, where.expression)
        self._place = read_column(connection, "place") if allowed is not None or sort == "date" else None
        self._kept = None if allowed is None or self._place is None else allowed[self._place]

    def kept(self, docs: Numbers) -> Numbers:
        """Return the records that may meet the condition."""
        return docs if self._kept is None else docs[self._kept[docs - 1]]

    def of(self, found: Found) -> Iterator[tuple[int, float]]:
        """Yield the records that are left, in order."""
        docs, scores = found
        if self._kept is not None:
            left = self._kept[docs - 1]
            docs, scores = docs[left], scores[left]
        if self.sort == "score":
            order = np.lexsort((docs, -scores))
            docs, scores = docs[order], scores[order]
        elif self._place is not None and self.sort == "date":
            order = np.lexsort((docs, self._dates()[self._place[docs - 1]]))
            docs, scores = docs[order], scores[order]
        for start in range(0, len(docs), _BLOCK):
            part = slice(start, start + _BLOCK)
            yield from zip(docs[part].tolist(), scores[part].tolist(), strict=True)

    def _dates(self) -> Numbers:
        """Return a number for each place, by which days and their pages are in order; those without a day are last."""
        (text,) = self._connection.execute(_DATES).fetchone()
        codes = np.fromstring(text[1:-1], np.int64, sep=",") if len(text) > 2 else np.zeros(0, np.int64)
        ranks = np.zeros(len(codes), np.int64)
        ranks[codes >> 32] = codes & 0xFFFFFFFF
        return ranks


class _Ask:
    """Turns a query into what the index is asked, and into conditions on rows."""

    def __init__(self, cut: Callable[[str], list[str]]) -> None:
        self._cut = cut

    def sql(self, query: Query) -> tuple[str, list[str | int | float]]:
        """Return the SQL condition of a query, and its values."""
        match = self.match(query)
        if match is not None:
            return "n IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)", [match]
        if isinstance(query, Term):
            return "(instr(text, ?) > 0 OR instr(headline, ?) > 0)", [query.text, query.text]
        if isinstance(query, Not):
            condition, values = self.sql(query.part)
            return f"NOT coalesce({condition}, 0)", values
        if isinstance(query, And | Or):
            found = [self.sql(part) for part in query.parts]
            sign = " AND " if isinstance(query, And) else " OR "
            return f"({sign.join(condition for condition, _ in found)})", [v for _, values in found for v in values]
        raise OptionError("QUERY: beside NEAR stand words, not strings")

    def match(self, query: Query) -> str | None:
        """Return the query as the full-text index takes it, or None where it cannot answer it alone."""
        if isinstance(query, Term):
            words = [word for word in self._cut(query.text) if any(map(str.isalnum, word))]
            return phrase(words) if words and not query.exact else None
        if isinstance(query, Near):
            found = [self.match(term) for term in query.terms]
            return None if None in found else f"NEAR({' '.join(map(str, found))}, {query.within})"
        if isinstance(query, And):
            return self._match_all(query)
        if isinstance(query, Or):
            found = [self.match(part) for part in query.parts]
            return None if None in found else f"({' OR '.join(map(str, found))})"
        return None

    def _match_all(self, query: And) -> str | None:
        wanted = [self.match(part) for part in query.parts if not isinstance(part, Not)]
        unwanted = [self.match(part.part) for part in query.parts if isinstance(part, Not)]
        if not wanted or None in wanted or None in unwanted:
            return None
        found = f"({' AND '.join(map(str, wanted))})"
        return f"({found}{''.join(f' NOT {part}' for part in unwanted)})"

    def any_word(self, query: Query) -> str | None:
        """Return what asks the index for any word of the query: what the score of an answer is made of."""
        found = [self.match(Term(term.text)) for term in positive_terms(query)]
        terms = dict.fromkeys(term for term in found if term is not None)
        return " OR ".join(terms) or None

    def one_word(self, query: Query) -> str | None:
        """Return the word that a query is, where the index has it as one term as it is written."""
        words = self._cut(query.text) if isinstance(query, Term) and not query.exact else []
        return words[0] if len(words) == 1 and is_one_term(words[0]) else None
