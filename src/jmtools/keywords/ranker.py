"""Documents given as arrays → their keywords, by any method: scored, filtered by lists, chosen, explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from typing import overload

import numpy as np

from jmtools.counts.idf_tables import Idf
from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.keywords.candidates import Texts
from jmtools.keywords.choice import FIRST, choose
from jmtools.keywords.context import Context
from jmtools.keywords.method import Method, Ranked, RankedTerm
from jmtools.keywords.options import FOLDING, MAX_WORDS, KeywordOptions, term_key
from jmtools.keywords.printed import with_commonest_forms
from jmtools.keywords.reasons import field_places, sentence_numbers
from jmtools.keywords.shortfall import LikelyKept
from jmtools.keywords.trees import chance_of
from jmtools.keywords.vocabulary import Ints, WordIds

_BY_FACTORS = ("default", "tfidf")


class Ranker:
    """Chooses the keywords of documents.

    Attributes:
        options: What is wanted.
        likely: Lets only terms through that a reader keeps likely enough; None where all may pass.
    """

    def __init__(self, options: KeywordOptions, table: Idf) -> None:
        """Load the method and what it needs.

        Raises:
            OptionError: If options contradict each other.
        """
        self.options = options
        self._context = Context(options, table)
        self._method = load_method(self._context)
        self._wanted = None if options.terms is None else {term_key(term): term for term in reversed(options.terms)}
        self._unwanted = frozenset(map(term_key, options.exclude))
        self.likely = LikelyKept(options.min_chance) if options.min_chance else None

    @property
    def vocabulary(self) -> WordIds:
        """Return the words that are known."""
        return self._context.vocabulary

    def use(self, table: Idf) -> None:
        """Take another table for the words that are known already."""
        self._context.use(table)

    def fields(self, texts: Texts, tokens: Sequence[str] | None = None) -> Iterator[Fields]:
        """Yield the new fields of each document; `tokens` are their words, where they are at hand."""
        by = self._context.origin
        for keywords, words in zip(self._lists(texts, tokens), (np.diff(texts.starts) - 1).tolist(), strict=True):
            yield {"keywords": keywords, "keywords_by": by if words < MAX_WORDS else {**by, "words": MAX_WORDS}}

    def rows(self, texts: Texts, tokens: Sequence[str] | None = None) -> Iterator[list[RankedTerm]]:
        """Yield the chosen terms of each document, as rows."""
        words = self._words(texts, tokens)
        for _, rows in self._chosen(self._method.rank(texts, words), texts, words):
            yield rows

    def _lists(self, texts: Texts, tokens: Sequence[str] | None) -> Iterator[list[Fields]]:
        words_of = self._words(texts, tokens)
        ranked = self._method.rank(texts, words_of)
        chosen = list(self._chosen(ranked, texts, words_of))
        single = list({row.term for _, rows in chosen for row in rows if row.words == 1})
        counts = dict(zip(single, self._context.table.counts_of(single), strict=True))
        for doc, rows in chosen:
            records: list[Fields] = [
                {"term": term, "score": -order, "tf": tf, "df": counts[term] if words == 1 else None}
                for order, term, tf, _, words, *_ in rows
            ]
            if self.likely is not None:
                for record, row in zip(records, rows, strict=True):
                    record["chance"] = chance_of(row.trust)
            if self.options.explain:
                for record, row in zip(records, rows, strict=True):
                    record["factors"] = {name: round6(value) for name, value in _factors(ranked, row).items()}
                    record["places"] = field_places(texts, doc, ranked.places(doc, row))
            yield records

    def _words(self, texts: Texts, tokens: Sequence[str] | None) -> Sequence[str]:
        return _Words(self.vocabulary.words, texts.ids) if tokens is None else tokens

    def _chosen(self, ranked: Ranked, texts: Texts, tokens: Sequence[str]) -> Iterator[tuple[int, list[RankedTerm]]]:
        options = self.options
        sentences = sentence_numbers(texts, self.vocabulary) if options.diversity else None
        for doc, found in enumerate(ranked.lists()):
            rows: Iterable[RankedTerm] = found
            if self._wanted is not None or self._unwanted:
                rows = self._wanted_of(found)
            if self.likely is not None:
                rows = self.likely.only(rows)
            where = None if sentences is None else partial(_sentences_of, sentences, ranked, doc)
            nested = options.nested or ("all" if self._method.nested or self._wanted is not None else "apart")
            # The other methods' scores tell less: their first keywords are often inside one another.
            alone = options.method not in _BY_FACTORS
            chosen = choose(
                rows,
                options.top,
                diversity=options.diversity,
                sentences=where,
                nested=nested,
                text=None if alone else partial(_text_of, texts, tokens, doc),
                first=0 if alone else FIRST,
                twins=self.likely is None or options.nested is not None,
            )
            if self.likely is not None:
                self.likely.count(len(chosen), options.top)
            if self._wanted is None and options.method in FOLDING:
                chosen = with_commonest_forms(chosen, partial(_words_of, texts, tokens, doc))
            yield doc, chosen

    def _wanted_of(self, rows: Iterable[RankedTerm]) -> Iterator[RankedTerm]:
        """Yield the rows that the lists of terms allow, as the list prints them."""
        for row in rows:
            key = term_key(row.term)
            if key in self._unwanted:
                continue
            if self._wanted is None:
                yield row
            elif key in self._wanted:
                yield row._replace(term=self._wanted[key])


class _Words(Sequence[str]):
    """The words behind ids, each looked up when it is needed: most never are."""

    def __init__(self, names: Sequence[str], ids: Ints) -> None:
        numbers: list[int] = ids.tolist()
        self._names, self._ids = names, numbers

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice[int | None, int | None, int | None]) -> list[str]: ...
    def __getitem__(self, place: int | slice[int | None, int | None, int | None]) -> str | list[str]:
        if isinstance(place, slice):
            return [self._names[number] for number in self._ids[place]]
        return self._names[self._ids[place]]


def _factors(ranked: Ranked, row: RankedTerm) -> dict[str, float]:
    """Return the parts of a term's score, with what the choice took away: for a twin, say."""
    found = ranked.factors(row)
    return found if row.weight == 1 else found | {"choice": row.weight}


def _words_of(texts: Texts, tokens: Sequence[str], doc: int) -> Sequence[str]:
    return tokens[texts.starts[doc] : texts.starts[doc + 1] - 1]


def _text_of(texts: Texts, tokens: Sequence[str], doc: int) -> str:
    return "".join(_words_of(texts, tokens, doc))


def _sentences_of(sentences: Ints, ranked: Ranked, doc: int, row: RankedTerm) -> Set[int]:
    return frozenset(sentences[[at for at, _ in ranked.places(doc, row)]].tolist())


def load_method(context: Context) -> Method:
    """Return the method that the options name."""
    name = context.options.method
    if name == "tfidf":
        from jmtools.keywords.words import Tfidf

        return Tfidf(context)
    if name in ("textrank", "positionrank"):
        from jmtools.keywords.graphs import PositionRank, TextRank

        return TextRank(context) if name == "textrank" else PositionRank(context)
    if name == "yake":
        from jmtools.keywords.yake import Yake

        return Yake(context)
    from jmtools.keywords.terms import Terms

    return Terms(context)
