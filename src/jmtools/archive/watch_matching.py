"""Which rules a record matches, and where: all strings of all rules are looked for in one pass over the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from jmtools.archive.token_tests import TokenTests
from jmtools.archive.watch_rules import WatchRule, leaves
from jmtools.fields.patterns import Literals
from jmtools.fields.query import And, Near, Not, Or, Query, Term, Token, positive_terms
from jmtools.io.json_types import Record
from jmtools.words.phrases import edges_of, words_in_text
from jmtools.words.reader import WordReader
from jmtools.words.segment import given_tokens, record_text

Span = tuple[int, int]
_SENTENCE_END = re.compile("[\n。！？；]")
_MOST_SENTENCES = 1_000  # whose words are remembered


class WatchPlace(NamedTuple):
    """Where something that a rule names stands."""

    string: str
    field: str
    char_start: int
    char_end: int


class RuleMatcher:
    """Finds the rules that records match."""

    def __init__(self, rules: Sequence[WatchRule], words: WordReader) -> None:
        """Get ready.

        Args:
            rules: Any number; none of them matches a text that has nothing of what it names.
            words: Segments texts: a word of a rule never ends in the middle of two words of the text.
        """
        self._rules = rules
        self._words = words
        terms = [list(_terms(rule.query)) for rule in rules]
        strings = list(dict.fromkeys(term.text for of_rule in terms for term in of_rule))
        self._literals = Literals(strings) if strings else None
        self._number = {string: index for index, string in enumerate(strings)}
        self._rules_of: list[list[int]] = [[] for _ in strings]
        for index, rule in enumerate(rules):
            for string in dict.fromkeys(term.text for term in positive_terms(rule.query)):
                self._rules_of[self._number[string]].append(index)
        tokens = [leaf for rule in rules for leaf in leaves(rule.query) if isinstance(leaf, Token)]
        self._tests = TokenTests(tokens, option="RULES") if tokens else None
        self._by_token = [n for n, rule in enumerate(rules) if any(isinstance(p, Token) for p in leaves(rule.query))]

    def find(self, data: Record) -> list[tuple[int, list[WatchPlace]]]:
        """Return the rules that a record matches, by their number, each with its places in the order of the text."""
        text = record_text(data) if isinstance(data.get("text"), str) else "".join(given_tokens(data) or ())
        hits: dict[int, list[Span]] = {}
        for number, start, end in self._literals.all(text) if self._literals is not None else ():
            hits.setdefault(number, []).append((start, end))
        if not hits and not self._by_token:
            return []
        candidates = sorted({*self._by_token, *(rule for number in hits for rule in self._rules_of[number])})
        if not candidates:
            return []
        record = _Record(data, text, hits, self._number, self._words, self._tests)
        return [(n, record.places(query)) for n in candidates if record.matches(query := self._rules[n].query)]


class _Record:
    """One record, and what the rules name in it."""

    def __init__(
        self,
        data: Record,
        text: str,
        hits: Mapping[int, list[Span]],
        number: Mapping[str, int],
        words: WordReader,
        tests: TokenTests | None,
    ) -> None:
        self._data, self._text, self._hits, self._number = data, text, hits, number
        self._words, self._tests = words, tests
        headline = data.get("headline")
        self._border = len(headline) + 1 if isinstance(headline, str) and headline and text.startswith(headline) else 0
        self._found: dict[Term | Token, list[Span]] = {}
        self._are_given = data.get("tokens") is not None
        self._sentences: dict[int, tuple[int, Sequence[int]]] = {}

    def matches(self, query: Query) -> bool:
        """Tell whether the record matches a query."""
        if isinstance(query, Not):
            return not self.matches(query.part)
        if isinstance(query, And):
            return all(map(self.matches, query.parts))
        if isinstance(query, Or):
            return any(map(self.matches, query.parts))
        return self._are_near(query) if isinstance(query, Near) else bool(self._spans(query))

    def places(self, query: Query) -> list[WatchPlace]:
        """Return where that stands which the query looks for."""
        spans = {span for term in positive_terms(query) for span in self._spans(term)}
        spans |= {span for leaf in leaves(query) if isinstance(leaf, Token) for span in self._spans(leaf)}
        return [self._place(*span) for span in sorted(spans)]

    def _place(self, start: int, end: int) -> WatchPlace:
        inside = start < self._border
        shift = 0 if inside else self._border
        return WatchPlace(self._text[start:end], "headline" if inside else "text", start - shift, end - shift)

    def _spans(self, leaf: Term | Token) -> list[Span]:
        found = self._found.get(leaf)
        if found is None:
            found = self._found[leaf] = self._of_token(leaf) if isinstance(leaf, Token) else self._of_term(leaf)
        return found

    def _of_term(self, term: Term) -> list[Span]:
        """Return where a term stands: a string anywhere, a word not across the end of another word."""
        spans = self._hits.get(self._number[term.text], [])
        if spans and not term.exact and any(map(str.isalnum, term.text)):
            spans = [span for span in spans if self._is_word(*span)]
        kept: list[Span] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _is_word(self, start: int, end: int) -> bool:
        """Tell whether words in a row stand here, or a part of one word; only the sentence is segmented for it."""
        if self._are_given:
            edges, shift = self._cut[1], 0
        else:
            edges, shift = self._sentence_at(start, end)
        start, end = start - shift, end - shift
        first, after = bisect_left(edges, start), bisect_left(edges, end)
        return bisect_right(edges, start) == after or (edges[first] == start and edges[after] == end)

    def _sentence_at(self, start: int, end: int) -> tuple[Sequence[int], int]:
        """Return the edges of the words around a place, counted from the second value on."""
        borders = self._borders
        low, high = borders[bisect_right(borders, start) - 1], borders[bisect_left(borders, end)]
        found = self._sentences.get(low)
        if found is None or found[0] != high:
            if len(self._sentences) > _MOST_SENTENCES:
                self._sentences.clear()
            found = self._sentences[low] = high, edges_of(self._words.cut(self._text[low:high]))
        return found[1], low

    @cached_property
    def _borders(self) -> list[int]:
        """Where sentences end: no word reaches across, so that each may be segmented alone."""
        return [0, *(match.end() for match in _SENTENCE_END.finditer(self._text)), len(self._text)]

    def _of_token(self, token: Token) -> list[Span]:
        words, edges = self._cut
        assert self._tests is not None  # noqa: S101 - there is a condition, so there are tests
        return [(edges[n], edges[n + 1]) for n in self._tests.find(token, words, self._tags)]

    def _are_near(self, near: Near) -> bool:
        """Tell whether all terms stand in one field, with so few words between the first of them and the last."""
        spans = [[(start, end) for start, end in self._spans(term)] for term in dict.fromkeys(near.terms)]
        if not all(spans):
            return False
        for begin, end in (span for of_term in spans for span in of_term):
            following = [next((s for s in of_term if s[0] >= begin), None) for of_term in spans]
            if None not in following:
                last = max(span[0] for span in following if span is not None)
                same = (begin < self._border) is (last < self._border)
                if same and self._words_between(end, last) <= near.within:
                    return True
        return False

    def _words_between(self, end: int, start: int) -> int:
        edges, before = self._cut[1], self._count
        return max(0, before[bisect_right(edges, start) - 1] - before[bisect_left(edges, end)])

    @cached_property
    def _cut(self) -> tuple[Sequence[str], Sequence[int]]:
        """The words of the record, and their edges."""
        tokens = given_tokens(self._data)
        if tokens is None:
            words = self._words.cut(self._text)
            return words, edges_of(words)
        return words_in_text(self._data, tokens)[1:]

    @cached_property
    def _count(self) -> list[int]:
        """How many words, marks aside, stand before each place."""
        return list(accumulate((any(map(str.isalnum, word)) for word in self._cut[0]), initial=0))

    @cached_property
    def _tags(self) -> Sequence[str]:
        assert self._tests is not None  # noqa: S101 - see `_of_token`
        return self._tests.tags(self._cut[0])


def _terms(query: Query) -> list[Term]:
    """Return every term of a query, wanted or not."""
    found: list[Term] = []
    for leaf in leaves(query):
        found += leaf.terms if isinstance(leaf, Near) else [leaf] if isinstance(leaf, Term) else []
    return found
