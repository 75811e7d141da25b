"""Keywords from the segmenter core's own numbers: no word becomes a string but those of the best terms.

Takes the options that most runs have; `keywords.ranker` does the same for all, with arrays.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise

import numpy as np

from jmtools.counts.idf_tables import Idf
from jmtools.io.json_types import Fields, Record
from jmtools.io.records import round6
from jmtools.keywords.choice import choose, looked_at
from jmtools.keywords.context import Context
from jmtools.keywords.facts import WordFacts
from jmtools.keywords.formula import Formula
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.native_ranking import NativeFormula, NativeRanker, NumberedRecords, Rows
from jmtools.keywords.options import MAX_WORDS, KeywordOptions
from jmtools.keywords.terms import Columns, ranked_terms
from jmtools.words.core import Core, load_core
from jmtools.words.numbers import CoreNumbers, Numbers
from jmtools.words.segment import record_text


class KeywordsByNumber(ABC):
    """Gives records their keywords."""

    def __init__(self, options: KeywordOptions, table: Idf, core: Core, cut: Callable[[str], list[str]]) -> None:
        """Load what is known of words; `cut` segments the few texts that the core cannot."""
        self.options, self._context = options, Context(options, table)
        self.numbers = CoreNumbers(core, cut)
        self.facts = WordFacts(core, self.numbers, self._context)
        self.ranker = NativeRanker(core)

    def fields(self, batch: Sequence[Record]) -> list[Fields]:
        """Return the new fields of each record.

        Raises:
            RecordError: If a record has no usable text.
        """
        ids, counts = self.numbers.of([record_text(data) for data in batch])
        by = self._context.origin
        origins = [by if words < MAX_WORDS else {**by, "words": MAX_WORDS} for words in counts.tolist()]
        if int(counts.max(initial=0)) > MAX_WORDS:
            ids, counts = _beginnings(ids, counts)
        self.facts.learn(ids)
        headlines = [len(headline) + 1 if (headline := data.get("headline")) else 0 for data in batch]
        chosen = list(self.chosen(NumberedRecords(ids, counts, np.array(headlines, np.uint32))))
        single = list({row.term for one in chosen for row in one if row.words == 1})
        df = dict(zip(single, self._context.table.counts_of(single), strict=True))
        lists = [
            [
                {"term": term, "score": -order, "tf": tf, "df": df[term] if words == 1 else None}
                for order, term, tf, _, words, _ in one
            ]
            for one in chosen
        ]
        return [{"keywords": one, "keywords_by": origin} for one, origin in zip(lists, origins, strict=True)]

    @abstractmethod
    def chosen(self, records: NumberedRecords) -> Iterator[list[RankedTerm]]:
        """Yield the keywords of each record."""


class TermsByNumber(KeywordsByNumber):
    """The method `default`."""

    def __init__(self, options: KeywordOptions, table: Idf, core: Core, cut: Callable[[str], list[str]]) -> None:
        super().__init__(options, table, core, cut)
        form = options.tf or "log"
        self._formula = NativeFormula(self.numbers, Formula(options.without_factors, tf=form), form=form)

    def chosen(self, records: NumberedRecords) -> Iterator[list[RankedTerm]]:
        """Yield the keywords of each record."""
        options = self.options
        rows, found = self.ranker.candidates(self._formula, self.facts, records, looked_at(options.top))
        text, edges = self._spelled(rows, records, found)
        numbers = range(len(rows))
        columns = Columns(numbers, *(rows[name].tolist() for name in ("score", "words", "tf", "doubtful")))

        def term_of(place: int) -> str:
            return text[edges[place] : edges[place + 1]].strip()

        bounds = pairwise(accumulate(found.tolist(), initial=0))
        for (start, end), whole in zip(bounds, pairwise(accumulate(records.counts.tolist(), initial=0)), strict=True):
            ranked = ranked_terms(columns, numbers[start:end], term_of)
            printed = partial(self._text, records, *whole)
            yield choose(ranked, options.top, nested=options.nested or "apart", text=printed)

    def _text(self, records: NumberedRecords, start: int, end: int) -> str:
        return self.facts.spelled(records.ids[start:end])[0]

    def _spelled(self, rows: Rows, records: NumberedRecords, found: Numbers) -> tuple[str, list[int]]:
        """Return the terms of all rows end to end, and at which character each begins and the last one ends."""
        starts = np.cumsum(records.counts, dtype=np.int64) - records.counts
        begins = np.repeat(starts, found) + rows["first"]
        words = rows["words"].astype(np.int64)
        ends = np.cumsum(words)
        places = np.repeat(begins - (ends - words), words) + np.arange(int(words.sum()))
        text, stops = self.facts.spelled(records.ids[places])
        return text, [0, *np.frombuffer(stops, np.uint32)[ends - 1].tolist()]


class WordsByNumber(KeywordsByNumber):
    """The method `tfidf`."""

    def chosen(self, records: NumberedRecords) -> Iterator[list[RankedTerm]]:
        """Yield the keywords of each record."""
        options = self.options
        rows, found = self.ranker.words(options.tf, self.facts, records, options.top)
        text, stops = self.facts.spelled(rows["number"])
        names = [text[start:end] for start, end in pairwise([0, *stops])]
        listed = [
            RankedTerm(-round6(score), name, tf, number, 1)
            for name, (score, number, tf) in zip(names, rows.tolist(), strict=True)
        ]
        for start, end in pairwise(accumulate(found.tolist(), initial=0)):
            yield choose(sorted(listed[start:end]), options.top, nested=options.nested or "all")


def _beginnings(ids: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Return the words of records without those past `MAX_WORDS`."""
    ends = np.cumsum(counts, dtype=np.int64)
    kept = np.minimum(counts, MAX_WORDS)
    places = zip((ends - counts).tolist(), kept.tolist(), strict=True)
    return np.concatenate([ids[start : start + size] for start, size in places]), kept


def by_number(options: KeywordOptions, table: Idf, cut: Callable[[str], list[str]]) -> KeywordsByNumber | None:
    """Return what gives records their keywords by number, or None where the options need strings or no core is."""
    core, segment = load_core(), options.segment
    if core is None or segment.segmenter != "rjieba" or not segment.is_plain:
        return None
    if options.explain or options.diversity or options.pos or options.min_docfreq > 1 or options.top <= 0:
        return None
    kind = {"default": TermsByNumber, "tfidf": WordsByNumber}.get(options.method)
    if kind is None or options.terms is not None or options.exclude:
        return None
    return kind(options, table, core, cut)
