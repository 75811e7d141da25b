"""The rules of a watch list: a name and a query a line, and whether a rule can match anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from jmtools.errors import OptionError
from jmtools.fields.query import And, Near, Not, Or, Query, Term, Token, parse_query, positive_terms

# A colon between two digits belongs to the query: 9:45.
_NAMED = re.compile(r'(?P<name>[^:："“「()（）\[\]]+)(?:(?<!\d):|:(?!\d)|：)(?P<query>.*)')
_MOST_WAYS = 4_096  # past as many ways to match, a rule is taken to match in one of them
Leaf = Term | Near | Token
Way = tuple[frozenset[Leaf], frozenset[Leaf]]  # what must be there, and what must not


@dataclass(frozen=True)
class WatchRule:
    """A rule of a watch list.

    Attributes:
        name: What stands before the colon; the query itself where nothing does.
        query: What is looked for.
        line: Line of the file.
    """

    name: str
    query: Query
    line: int


def read_rules(text: str, *, path: str) -> list[WatchRule]:
    """Return the rules of a file: `NAME: QUERY` or `QUERY` a line; empty lines and those that begin with # are none.

    Raises:
        OptionError: If a line is no rule, two rules have one name, or there is no rule.

    >>> [rule.name for rule in read_rules("医保: 医保 OR 医疗保障\\n# 水\\n防汛\\n", path="rules.txt")]
    ['医保', '防汛']
    """
    rules: list[WatchRule] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip().removeprefix("\ufeff")
        if not line or line.startswith("#"):
            continue
        rule = _rule(line, number, f"{path}: line {number}")
        if rule.name in lines:
            raise OptionError(f"{path}: line {number}: the rule {rule.name} stands in line {lines[rule.name]} already")
        lines[rule.name] = number
        rules.append(rule)
    if not rules:
        raise OptionError(f"{path}: holds no rule; a rule is NAME: QUERY, one a line")
    return rules


def can_match(query: Query) -> bool:
    """Tell whether any text at all can match a query.

    >>> can_match(parse_query("医保 NOT 公告")), can_match(parse_query('医保局 NOT "医保"'))
    (True, False)
    """
    try:
        return any(_is_possible(way) for way in _ways(query, True))
    except _TooManyError:
        return True


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield every part of a query that is looked for in a text, wanted or not."""
    if isinstance(query, Not):
        yield from leaves(query.part)
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from leaves(part)
    else:
        yield query


def holds_of_nothing(query: Query) -> bool:
    """Tell whether a text without anything that a query names would match it."""
    if isinstance(query, Not):
        return not holds_of_nothing(query.part)
    if isinstance(query, And):
        return all(map(holds_of_nothing, query.parts))
    return isinstance(query, Or) and any(map(holds_of_nothing, query.parts))


class _TooManyError(Exception):
    """A query has too many ways to match."""


def _rule(line: str, number: int, where: str) -> WatchRule:
    match = _NAMED.fullmatch(line)
    name, text = (match["name"].strip(), match["query"].strip()) if match else ("", line)
    if match is not None and not text:
        raise OptionError(f"{where}: the rule {name} has no query")
    query = parse_query(text, option=where)
    if holds_of_nothing(query):
        raise OptionError(f"{where}: the rule says only what must not be there; name something that must")
    return WatchRule(name or text, query, number)


def _ways(query: Query, wanted: bool) -> list[Way]:
    """Return every way in which a query can be met, or not be met."""
    if isinstance(query, Not):
        return _ways(query.part, not wanted)
    if not isinstance(query, And | Or):
        alone: frozenset[Leaf] = frozenset([query])
        return [(alone, frozenset()) if wanted else (frozenset(), alone)]
    parts = [_ways(part, wanted) for part in query.parts]
    if isinstance(query, And) is not wanted:
        found = [way for ways in parts for way in ways]
    else:
        found = [(frozenset(), frozenset())]
        for ways in parts:
            if len(found) * len(ways) > _MOST_WAYS:
                raise _TooManyError
            found = [(one[0] | other[0], one[1] | other[1]) for one, other in product(found, ways)]
    if len(found) > _MOST_WAYS:
        raise _TooManyError
    return found


def _is_possible(way: Way) -> bool:
    wanted, unwanted = way
    if any(isinstance(leaf, Token) and _contradicts_itself(leaf) for leaf in wanted):
        return False
    return not any(_brings(leaf, other) for leaf in wanted for other in unwanted)


def _brings(leaf: Leaf, other: Leaf) -> bool:
    """Tell whether a text that has one leaf has the other for certain."""
    if leaf == other:
        return True
    if isinstance(other, Term) and not isinstance(leaf, Token):
        terms = positive_terms(leaf)
        return any(term == other or (other.exact and other.text in term.text) for term in terms)
    if isinstance(leaf, Near) and isinstance(other, Near):
        return set(leaf.terms) == set(other.terms) and leaf.within <= other.within
    return False


def _contradicts_itself(token: Token) -> bool:
    return any(test._replace(wanted=not test.wanted) in token.tests for test in token.tests)
