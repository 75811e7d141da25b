"""Which rows of an archive a command can skip: the index finds a superset of the rows that matter."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jmtools.archive.instances import is_one_term
from jmtools.archive.terms import term_of
from jmtools.words.reader import WordReader

if TYPE_CHECKING:
    import numpy.typing as npt

_SIMPLE = re.compile(
    r"""\s*date\s*(?P<sign>>=|<=|==?|<|>)\s*(?P<date>[12]\d{3}(?:-\d\d(?:-\d\d)?)?)\s*"""
    r"""|\s*(?P<field>newspaper|type)\s*==?\s*(?:"(?P<double>[^"\\]*)"|'(?P<single>[^'\\]*)')\s*"""
)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_LONGEST_ROW = 7  # characters: it can be parted in 64 ways
_FACTS = "SELECT n FROM articles WHERE {}"  # their index has all of them
_WORDS = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
_ODD = "SELECT n FROM articles WHERE odd"  # the index does not speak for these
_BEHIND = "~"  # sorts behind every date that begins alike


@dataclass(frozen=True)
class Needs:
    """What a record must hold to matter to a command.

    Attributes:
        strings: One of them, in its headline or text; none where any record matters.
        segmentation: How text is segmented, where each string must be a word or a row of words; None for anywhere.
        single: Strings that no segmentation divides: they are words of the index.
        where: A condition that the command itself tests records by.
    """

    strings: tuple[str, ...] = ()
    segmentation: str | None = None
    single: frozenset[str] = frozenset()
    where: str | None = None


def needs_of_words(queries: Sequence[str], words: WordReader) -> Needs:
    """Return what a record must hold for one of the queries, each a word or words in a row, to stand in it."""
    strings = tuple("".join(query.split()) for query in queries)
    single = frozenset(query for query in queries if words.cut(query) == [query])
    return Needs(strings, words.fingerprint, single)


def conditions(
    connection: sqlite3.Connection, *, where: str | None, needs: Needs | None
) -> tuple[str, tuple[str, ...]]:
    """Return an SQL condition that holds for every row that matters, and its values; empty for all rows.

    What an index answers stands in one list of numbers: SQLite reads the rows in their order, and no other row.
    """
    facts = _of_where(where or "") + _of_where((needs and needs.where) or "")
    lists = [_FACTS.format(" AND ".join(sql for sql, _ in facts))] if facts else []
    values = [value for _, found in facts for value in found]
    if needs is None or not needs.strings or not _may_narrow(connection, needs):
        return (f"n IN ({lists[0]})" if lists else ""), tuple(values)
    asked = [_query_of(string, needs) for string in needs.strings]
    words = [match for match in asked if match is not None]
    has_word = " UNION ".join([*[_WORDS] * len(words), _ODD])
    texts = [string for string, match in zip(needs.strings, asked, strict=True) if match is None]
    if not texts:
        return f"n IN ({' INTERSECT '.join([has_word, *lists])})", (*words, *values)
    ways = [*["instr(text, ?) > 0 OR instr(headline, ?) > 0"] * len(texts), f"n IN ({has_word})"]
    condition = " AND ".join([*(f"n IN ({numbers})" for numbers in lists), f"({' OR '.join(ways)})"])
    return condition, (*values, *(string for string in texts for _ in range(2)), *words)


def _query_of(string: str, needs: Needs) -> str | None:
    """Return what finds a string as a word or words in a row, or None where only the texts can tell."""
    if needs.segmentation is None:
        return None
    if string in needs.single and string.isalnum():
        return f"{{headline text}} : {phrase([string])}"
    if is_one_term(string) and len(string) <= _LONGEST_ROW:
        return f"{{headline text}} : ({' OR '.join(phrase(words) for words in _rows_of(string))})"
    return None


def _rows_of(string: str) -> Iterator[list[str]]:
    """Yield every way of parting a string into words."""
    yield [string]
    for size in range(1, len(string)):
        yield from ([string[:size], *rest] for rest in _rows_of(string[size:]))


def narrowed_places(connection: sqlite3.Connection, where: str) -> npt.NDArray[np.bool_] | None:
    """Return which places, by their number, may have records that meet a condition; None for all."""
    parts = _of_where(where)
    if not parts:
        return None
    (places,) = connection.execute("SELECT count(*) FROM archive_places").fetchone()
    sql = " AND ".join(condition for condition, _ in parts)
    values = [value for _, found in parts for value in found]
    found = np.zeros(places, bool)
    for (number,) in connection.execute(f"SELECT number FROM archive_places WHERE {sql}", values):  # noqa: S608
        found[number - 1] = True
    return found


def phrase(words: list[str]) -> str:
    """Return words in a row, as the index is asked for them."""
    doubled = " ".join(map(term_of, words)).replace('"', '""')
    return f'"{doubled}"'


def _may_narrow(connection: sqlite3.Connection, needs: Needs) -> bool:
    """Tell whether the words of the index are those of the command, and its strings stand in one field."""
    if any("\n" in string or "\0" in string for string in needs.strings):
        return False
    (kept,) = connection.execute("SELECT value FROM archive_about WHERE name = 'segmentation'").fetchone()
    return needs.segmentation in (None, kept)


def _of_where(expression: str) -> list[tuple[str, list[str]]]:
    """Return what the simple parts of a condition joined by `and` say; the rest is left to the condition itself."""
    if re.search(r"\b(or|not)\b|[()`]", expression, re.IGNORECASE) or "\\" in expression:
        return []
    found = []
    for part in _AND.split(expression):
        match = _SIMPLE.fullmatch(part)
        if match is None:
            continue
        if match["field"]:
            quoted = match["double"] if match["double"] is not None else match["single"]
            found.append((f"{match['field']} = ?", [quoted]))
        else:
            found.append(_of_date(match["sign"], match["date"]))
    return found


def _of_date(sign: str, date: str) -> tuple[str, list[str]]:
    if sign in ("=", "=="):
        return "day >= ? AND day < ?", [date, date + _BEHIND]
    if sign in ("<=", ">"):
        return f"day {'<' if sign == '<=' else '>'} ?", [date + _BEHIND]
    return f"day {sign} ?", [date]
