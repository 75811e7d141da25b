"""Search queries: `医保 AND (基金 OR "定点药店") NOT 公告`, `医保 NEAR/5 基金`; nothing is evaluated as code.

query = both {"OR" both}
both  = one {["AND"] one | "NOT" one}
one   = "NOT" one | "(" query ")" | leaf {"NEAR/" N leaf}
leaf  = WORD | "STRING" | [FIELD="VALUE" {& FIELD="VALUE"}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jmtools.errors import OptionError

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"[^"]*"|“[^”]*”|「[^」]*」)|(?P<condition>\[[^\]]*\])|(?P<sign>[()（）])"""
    r"""|(?P<near>NEAR/\d{1,4}(?=[\s("“]|$))|(?P<word>[^\s()（）"“「\[]+)|(?P<end>\Z))"""
)
_TEST = re.compile(r'\s*(?P<field>word|pos)\s*(?P<sign>!?=)\s*"(?P<value>[^"]*)"\s*')
_DEEPEST = 50
_SIGNS = {"（": "(", "）": ")"}


@dataclass(frozen=True)
class Term:
    """A word, or with `exact` a string wherever it stands."""

    text: str
    exact: bool = False


@dataclass(frozen=True)
class Near:
    """Terms of which neighbours stand at most so far apart."""

    terms: tuple[Term, ...]
    within: int


class Test(NamedTuple):
    """What a token must be: `field` is `word` or `pos`; the value is a pattern that the whole must fit."""

    field: str
    value: str
    wanted: bool


@dataclass(frozen=True)
class Token:
    """A word of the text that passes all tests."""

    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Not:
    """What must not be there."""

    part: Query


@dataclass(frozen=True)
class And:
    """All of them."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Or:
    """One of them."""

    parts: tuple[Query, ...]


Query = Term | Near | Token | Not | And | Or


def parse_query(text: str, *, option: str = "QUERY") -> Query:
    """Read a query.

    Raises:
        OptionError: If it is none; the message points at the place.

    >>> parse_query("医保 NOT 公告")
    And(parts=(Term(text='医保', exact=False), Not(part=Term(text='公告', exact=False))))
    """
    return _Parser(text, option).parse()


def positive_terms(query: Query) -> Iterator[Term]:
    """Yield the terms that may be there, in their order."""
    if isinstance(query, Term):
        yield query
    elif isinstance(query, Near):
        yield from query.terms
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from positive_terms(part)


class _Parser:
    def __init__(self, text: str, option: str) -> None:
        self._text, self._option = text, option
        self._tokens: list[tuple[str, str, int]] = []
        place = 0
        while not self._tokens or self._tokens[-1][0] != "end":
            match = _TOKEN.match(text, place)
            if match is None or match.lastgroup is None:
                raise self._at(
                    place + len(text[place:]) - len(text[place:].lstrip()), "a quotation or condition that ends"
                )
            kind, found = match.lastgroup, match[match.lastgroup]
            self._tokens.append((kind, _SIGNS.get(found, found), match.start(kind)))
            place = match.end()
        self._next = self._depth = 0

    def parse(self) -> Query:
        if self._tokens[0][0] == "end":
            raise OptionError(f"{self._option}: there is nothing to look for")
        found = self._query()
        if self._tokens[self._next][0] != "end":
            raise self._error("AND, OR, NOT or the end")
        return found

    def _query(self) -> Query:
        parts = [self._both()]
        while self._take("OR"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self) -> Query:
        parts = [self._one()]
        while True:
            kind, text, _ = self._tokens[self._next]
            if (
                self._take("AND")
                or (text == "NOT" and kind == "word")
                or kind in ("string", "condition")
                or (kind, text) == ("sign", "(")
                or (kind == "word" and text != "OR")
            ):
                parts.append(self._one())
            else:
                return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"at most {_DEEPEST} levels")
        try:
            if self._take("NOT"):
                return Not(self._one())
            if self._take("("):
                inner = self._query()
                if not self._take(")"):
                    raise self._error("')'")
                return inner
            return self._leaf()
        finally:
            self._depth -= 1

    def _leaf(self) -> Query:
        kind, text, _ = self._tokens[self._next]
        if kind == "condition":
            tests = self._tests(text)
            self._next += 1
            return Token(tests)
        terms = [self._term()]
        within = 0
        while self._tokens[self._next][0] == "near":
            within = max(within, int(self._tokens[self._next][1].partition("/")[2]))
            self._next += 1
            terms.append(self._term())
        return terms[0] if len(terms) == 1 else Near(tuple(terms), within)

    def _term(self) -> Term:
        kind, text, _ = self._tokens[self._next]
        if kind == "string" and text[1:-1].strip():
            self._next += 1
            return Term(text[1:-1], exact=True)
        if kind == "word" and text not in ("AND", "OR", "NOT"):
            self._next += 1
            return Term(text)
        raise self._error('a word or a "string"')

    def _tests(self, text: str) -> tuple[Test, ...]:
        found = []
        for part in text[1:-1].split("&"):
            match = _TEST.fullmatch(part)
            if match is None:
                raise self._error('a condition such as [pos="nr"] or [word="医.*" & pos!="v"]')
            found.append(Test(match["field"], match["value"], match["sign"] == "="))
        return tuple(found)

    def _take(self, text: str) -> bool:
        kind, found, _ = self._tokens[self._next]
        if kind in ("word", "sign") and found == text:
            self._next += 1
            return True
        return False

    def _error(self, wanted: str) -> OptionError:
        return self._at(self._tokens[self._next][2], wanted)

    def _at(self, place: int, wanted: str) -> OptionError:
        return OptionError(
            f"{self._option}: character {place + 1}: expected {wanted}: {self._text[:place]}▶{self._text[place:]}"
        )
