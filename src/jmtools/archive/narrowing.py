"""Which rows of an archive a command can skip: the index finds a superset of the rows that matter."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.archive.terms import term_of
from jmtools.words.reader import WordReader

_SIMPLE = re.compile(
    r"""\s*date\s*(?P<sign>>=|<=|==?|<|>)\s*(?P<date>[12]\d{3}(?:-\d\d(?:-\d\d)?)?)\s*"""
    r"""|\s*(?P<field>newspaper|type)\s*==?\s*(?:"(?P<double>[^"\\]*)"|'(?P<single>[^'\\]*)')\s*"""
)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_BEHIND = "~"  # sorts behind every date that begins alike


@dataclass(frozen=True)
class Needs:
    """Strings of which a record must hold one, in its headline or text, to matter to a command.

    Attributes:
        strings: Any of them.
        segmentation: How text is segmented, where each string must be a word or a row of words; None for anywhere.
        single: Strings that no segmentation divides: they are words of the index.
    """

    strings: tuple[str, ...]
    segmentation: str | None = None
    single: frozenset[str] = frozenset()


def needs_of_words(queries: Sequence[str], words: WordReader) -> Needs:
    """Return what a record must hold for one of the queries, each a word or words in a row, to stand in it."""
    strings = tuple("".join(query.split()) for query in queries)
    single = frozenset(query for query in queries if words.cut(query) == [query])
    return Needs(strings, words.fingerprint, single)


def conditions(
    connection: sqlite3.Connection, *, where: str | None, needs: Needs | None
) -> tuple[str, tuple[str, ...]]:
    """Return an SQL condition that holds for every row that matters, and its values; empty for all rows."""
    parts: list[str] = []
    values: list[str] = []
    for sql, found in _of_where(where or ""):
        parts.append(sql)
        values += found
    if needs is not None and needs.strings and _may_narrow(connection, needs):
        ways = []
        for string in needs.strings:
            if needs.segmentation is not None and string in needs.single and string.isalnum():
                ways.append("n IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)")
                values.append(f"{{headline text}} : {phrase([string])}")
            else:
                ways.append("instr(text, ?) > 0 OR instr(headline, ?) > 0")
                values += [string, string]
        ways.append("n IN (SELECT n FROM articles WHERE odd)")  # the index does not speak for these
        parts.append(" OR ".join(ways))
    return " AND ".join(f"({part})" for part in parts), tuple(values)


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
