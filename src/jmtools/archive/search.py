"""Answers of an archive: the records that fit a query, the best first, each with the place that says why."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jmtools.archive.ranking import is_indexed, ranked
from jmtools.archive.rows import put_back
from jmtools.archive.schema import RECORD, broken, open_for_reading
from jmtools.archive.token_tests import TokenTests
from jmtools.errors import OptionError
from jmtools.fields.query import And, Not, Or, Query, Token, parse_query, positive_terms
from jmtools.fields.where import Where
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.records import parse_record, round6, splice
from jmtools.words.reader import WordReader
from jmtools.words.shadow import simplified, traditional_forms

SORTS = ("score", "date", "added")
_MOST_FORMS = 16  # ways to write a query in Traditional characters that are tried
_SNIPPET = 30  # characters on each side
_ARTICLE = f"SELECT {RECORD} FROM articles WHERE n = ?"  # noqa: S608


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


def in_other_script(path: str, query: str, words: WordReader, where: Where | None) -> str | None:
    """Return the query in the other script in which records of the archive fit it, or None.

    Args:
        path: The archive.
        query: What found nothing.
        words: How its texts are segmented.
        where: The condition on its records.
    """
    tokens, rest = _apart(parse_query(query))
    quick = not tokens and rest is not None and is_indexed(rest, words.cut)
    most = _MOST_FORMS if quick else 1  # others read every text: once more, and no oftener
    shadow = simplified(query)
    written = [shadow] if shadow != query else traditional_forms(query)[: -most - 1 : -1]
    for other in written:
        if other != query and any(search(path, parse_query(other), words, SearchOptions(top=1, where=where))):
            return other
    return None


def _answers(
    connection: sqlite3.Connection, query: Query, words: WordReader, options: SearchOptions
) -> Iterator[bytes]:
    tokens, rest = _apart(query)
    matches = _matcher(tokens, words) if tokens else None
    left, begun = options.top, options.after is None
    last = -1 if options.after is None else _number_of(connection, options.after)
    for number, score in ranked(connection, rest, cut=words.cut, sort=options.sort, where=options.where):
        if left == 0:
            return
        if not begun:
            begun = number == last
            continue
        row = connection.execute(_ARTICLE, (number,)).fetchone()
        line = next(put_back([row]))
        data = parse_record(line)
        if options.where is not None and not options.where.matches(data):
            continue
        if matches is None or matches(data):
            yield splice(line, data, _found(data, query, score))
            left = None if left is None else left - 1
    if not begun:
        raise OptionError(f"--after {options.after}: no record of the answer has this id")


def _number_of(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT n FROM articles WHERE key = ?", [f"id:{name}"]).fetchone()
    return -1 if row is None else int(row[0])


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
