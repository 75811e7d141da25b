"""Answers of an archive: the records that fit a query, the best first, each with the place that says why."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jmtools.archive.narrowing import conditions, phrase
from jmtools.archive.rows import put_back
from jmtools.archive.schema import RECORD, broken, open_for_reading
from jmtools.archive.token_tests import TokenTests
from jmtools.errors import OptionError
from jmtools.fields.query import And, Near, Not, Or, Query, Term, Token, positive_terms
from jmtools.fields.where import Where
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.records import parse_record, round6, splice
from jmtools.words.reader import WordReader

SORTS = ("score", "date", "added")
_SNIPPET = 30  # characters on each side
_ARTICLE = f"SELECT {RECORD}, id FROM articles WHERE n = ?"  # noqa: S608
_RANKED = "SELECT rowid, rank FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rank, rowid"


@dataclass(frozen=True)
class SearchOptions:
    """What is shown.

    Attributes:
        top: Most records; None for all.
        sort: One of `SORTS`.
        where: A condition on the records besides.
        after: `id` of the record behind which the answer goes on.
    """

    top: int | None = 20
    sort: str = "score"
    where: Where | None = None
    after: str | None = None


def search(path: str, query: Query, words: WordReader, options: SearchOptions) -> Iterator[bytes]:
    """Yield the lines of the records that fit, with `score`, `field`, `char_start`, `char_end` and `snippet`.

    Raises:
        OptionError: If a condition on tokens does not stand beside the rest.
        FileError: If the archive cannot be read.
    """
    connection = open_for_reading(path)
    try:
        yield from _answers(connection, query, words, options)
    except sqlite3.Error as error:
        raise broken(path, error) from None
    finally:
        connection.close()


def _answers(
    connection: sqlite3.Connection, query: Query, words: WordReader, options: SearchOptions
) -> Iterator[bytes]:
    tokens, rest = _apart(query)
    matches = _matcher(tokens, words) if tokens else None
    left, begun = options.top, options.after is None
    for number, score in _numbers(connection, _Ask(words.cut), rest, options):
        if left == 0:
            return
        row = connection.execute(_ARTICLE, (number,)).fetchone()
        if not begun:
            begun = row[3] == options.after
            continue
        line = next(put_back([row[:3]]))
        data = parse_record(line)
        if options.where is not None and not options.where.matches(data):
            continue
        if matches is None or matches(data):
            yield splice(line, data, _found(data, query, -float(score)))
            left = None if left is None else left - 1
    if not begun:
        raise OptionError(f"--after {options.after}: no record of the answer has this id")


def _numbers(
    connection: sqlite3.Connection, ask: _Ask, query: Query | None, options: SearchOptions
) -> Iterator[tuple[int, float]]:
    """Yield the number and score of the records that may fit, in their order."""
    narrowed, more = conditions(connection, where=options.where.expression if options.where else None, needs=None)
    whole = None if query is None else ask.match(query)
    order = {"score": "score, n", "date": "day IS NULL, day, page, n", "added": "n"}[options.sort]
    if whole is not None and options.sort == "score" and not narrowed:
        yield from connection.execute(_RANKED, [whole])
        return
    if whole is not None:
        found = "(SELECT rowid AS r, rank AS score FROM articles_fts WHERE articles_fts MATCH ?) JOIN articles ON n = r"
        sql = f"SELECT n, score FROM {found} WHERE {narrowed or '1'} ORDER BY {order}"  # noqa: S608
        yield from connection.execute(sql, [whole, *more])
        return
    condition, values = ask.sql(query) if query is not None else ("1", [])
    where, values = (f"{condition} AND {narrowed}", [*values, *more]) if narrowed else (condition, values)
    ranking = ask.any_word(query) if query is not None else None
    if ranking is None:
        yield from connection.execute(f"SELECT n, 0 AS score FROM articles WHERE {where} ORDER BY {order}", values)  # noqa: S608
    elif options.sort == "score":
        # Most answers have a word of the query: the texts of the others are read only where these are too few.
        one = f"SELECT 1 FROM articles WHERE n = ? AND {where}"  # noqa: S608
        for number, score in connection.execute(_RANKED, [ranking]):
            if connection.execute(one, [number, *values]).fetchone() is not None:
                yield number, score
        rest = "n NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
        sql = f"SELECT n, 0 FROM articles WHERE {rest} AND {where} ORDER BY n"  # noqa: S608
        yield from connection.execute(sql, [ranking, *values])
    else:
        ranked = "(SELECT rowid AS r, rank AS score FROM articles_fts WHERE articles_fts MATCH ?) ON r = n"
        sql = f"SELECT n, coalesce(score, 0) AS score FROM articles LEFT JOIN {ranked} WHERE {where} ORDER BY {order}"  # noqa: S608
        yield from connection.execute(sql, [ranking, *values])


def _apart(query: Query) -> tuple[list[tuple[Token, bool]], Query | None]:
    """Return the conditions on tokens, and what is left of the query."""
    parts = query.parts if isinstance(query, And) else (query,)
    tokens: list[tuple[Token, bool]] = []
    rest: list[Query] = []
    for part in parts:
        if isinstance(part, Token):
            tokens.append((part, True))
        elif isinstance(part, Not) and isinstance(part.part, Token):
            tokens.append((part.part, False))
        else:
            rest.append(part)
    if any(_has_token(part) for part in rest):
        raise OptionError('QUERY: a condition on words, such as [pos="nr"], stands beside the rest, joined by AND')
    return tokens, None if not rest else rest[0] if len(rest) == 1 else And(tuple(rest))


def _has_token(query: Query) -> bool:
    if isinstance(query, Not):
        return _has_token(query.part)
    return isinstance(query, Token) or (isinstance(query, And | Or) and any(map(_has_token, query.parts)))


class _Ask:
    """Turns a query into conditions on rows."""

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


def _matcher(tokens: list[tuple[Token, bool]], words: WordReader) -> Callable[[Record], bool]:
    tests = TokenTests([token for token, _ in tokens])

    def matches(data: JsonValue) -> bool:
        cut = words.tokens(data)
        tags = tests.tags(cut)
        return all((next(tests.find(token, cut, tags), None) is not None) is wanted for token, wanted in tokens)

    return matches


def _found(data: JsonValue, query: Query, score: float) -> Fields:
    """Return the new fields of a record: the first place of a term, in the text before the headline."""
    fields: Fields = {"score": round6(score)}
    strings = [term.text for term in positive_terms(query)]
    for name in ("text", "headline"):
        value = data.get(name)
        places = [(value.find(s), s) for s in strings if s in value] if isinstance(value, str) else []
        if places:
            start, string = min(places)
            low = max(0, start - _SNIPPET)
            snippet = value[low : start + len(string) + _SNIPPET].replace("\n", " ")
            return fields | {"snippet": snippet, "field": name, "char_start": start, "char_end": start + len(string)}
    text = str(data.get("text") or "")
    return fields | {
        "snippet": text[: 2 * _SNIPPET].replace("\n", " "),
        "field": "text",
        "char_start": None,
        "char_end": None,
    }
