"""Keywords from the segmenter core's own numbers: no word becomes a string but those of the best terms.

Takes the options that most runs have; `keywords.ranker` does the same for all, with arrays.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, pairwise

import numpy as np

from jmtools.counts.idf_tables import Idf
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.records import as_written, decode_value, encode_value, round6
from jmtools.keywords.choice import choose, looked_at
from jmtools.keywords.context import Context
from jmtools.keywords.facts import WordFacts
from jmtools.keywords.formula import Formula
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.native_choice import Ends, NativeChoice
from jmtools.keywords.native_ranking import NativeFormula, NativeRanker, NumberedRecords, Rows
from jmtools.keywords.options import MAX_WORDS, KeywordOptions
from jmtools.keywords.printed import with_commonest_forms
from jmtools.keywords.terms import Columns, ranked_terms
from jmtools.words.core import NONE, Core, load_core
from jmtools.words.numbers import CoreNumbers, Numbers
from jmtools.words.segment import record_text
from jmtools.words.text_records import ByteList, LineReader, TextRecords


class KeywordsByNumber(ABC):
    """Gives records their keywords."""

    sifts: bool  # whether terms are candidates of which not all are fit to be keywords
    usual: str  # one of `choice.NESTED`

    def __init__(self, options: KeywordOptions, table: Idf, core: Core, numbers: CoreNumbers) -> None:
        """Load what is known of words."""
        self.options, self._context = options, Context(options, table)
        self.core, self.numbers = core, numbers
        self.facts = WordFacts(core, self.numbers, self._context)
        self.ranker = NativeRanker(core)
        nested = self.nested = options.nested or self.usual
        self._choice = None
        if nested != "none":
            self._choice = NativeChoice(core, self.numbers, top=options.top, nested=nested, sifts=self.sifts)

    def fields(self, batch: Sequence[Record]) -> list[Fields]:
        """Return the new fields of each record.

        Raises:
            RecordError: If a record has no usable text.
        """
        return self._fields(batch, decode_value)

    def written_fields(self, batch: Sequence[Record]) -> list[Fields]:
        """Return what `fields` returns, to be written and not read.

        Raises:
            RecordError: If a record has no usable text.
        """
        return self._fields(batch, as_written)

    def _fields(self, batch: Sequence[Record], value_of: Callable[[bytes], JsonValue]) -> list[Fields]:
        return self.fields_of(numbered_records(self.numbers, batch), value_of)

    def fields_of(self, records: NumberedRecords, value_of: Callable[[bytes], JsonValue] = as_written) -> list[Fields]:
        """Return the new fields of records; `value_of` makes of JSON what stands in them."""
        by = self._context.origin
        long = {**by, "words": MAX_WORDS}
        data, stops = self.values(records)
        return [
            {"keywords": value_of(data[start:stop]), "keywords_by": by if words < MAX_WORDS else long}
            for (start, stop), words in zip(pairwise([0, *stops.tolist()]), records.counts.tolist(), strict=True)
        ]

    def lines_of(self, batch: TextRecords, reader: LineReader) -> bytes:
        """Return the lines of records with their new fields."""
        records = numbered_records(self.numbers, batch)
        values, ends = self.values(records)
        cut_off = (records.counts >= MAX_WORDS).astype(np.uint32)
        return reader.splice(batch, b',"keywords":', (values, ends.ctypes.data), self._tails, cut_off.ctypes.data)

    @cached_property
    def _tails(self) -> ByteList:
        """What follows the keywords of records all of whose words were looked at, and of others."""
        both = self._context.origin, {**self._context.origin, "words": MAX_WORDS}
        return ByteList([b',"keywords_by":' + encode_value(by) + b"}\n" for by in both])

    def values(self, records: NumberedRecords) -> tuple[bytes, Ends]:
        """Return the keywords of each record as a JSON array, end to end, and where each ends."""
        self.facts.learn(records.ids)
        if self._choice is None:
            return _joined(map(encode_value, self._by_strings(records)))
        rows, found = self._choice.choose(records, *self.ranked(records))
        data, stops = self._choice.written(records, rows, found, self.facts)
        odd = np.flatnonzero(found == NONE)
        if not len(odd):
            return data, stops
        lists = [data[start:stop] for start, stop in pairwise([0, *stops.tolist()])]
        for place, one in zip(odd.tolist(), self._by_strings(records.only(odd)), strict=True):
            lists[place] = encode_value(one)
        return _joined(lists)

    def _by_strings(self, records: NumberedRecords) -> list[list[Fields]]:
        chosen = list(self.chosen(records))
        single = list({row.term for one in chosen for row in one if row.words == 1})
        df = dict(zip(single, self._context.table.counts_of(single), strict=True))
        return [
            [
                {"term": term, "score": -order, "tf": tf, "df": df[term] if words == 1 else None}
                for order, term, tf, _, words, *_ in one
            ]
            for one in chosen
        ]

    def _text(self, records: NumberedRecords, start: int, end: int) -> str:
        return self.facts.spelled(records.ids[start:end])[0]

    @abstractmethod
    def ranked(self, records: NumberedRecords) -> tuple[Rows, Numbers]:
        """Return the best terms of each record, as rows end to end, and how many each record has."""

    @abstractmethod
    def chosen(self, records: NumberedRecords) -> Iterator[list[RankedTerm]]:
        """Yield the keywords of each record, with strings."""


class TermsByNumber(KeywordsByNumber):
    """The method `default`."""

    sifts, usual = True, "apart"

    def __init__(self, options: KeywordOptions, table: Idf, core: Core, numbers: CoreNumbers) -> None:
        super().__init__(options, table, core, numbers)
        form = options.tf or "log"
        self._formula = NativeFormula(self.numbers, Formula(options.without_factors, tf=form), form=form)

    def ranked(self, records: NumberedRecords) -> tuple[Rows, Numbers]:
        """Return the best candidates of each record."""
        return self.ranker.candidates(self._formula, self.facts, records, looked_at(self.options.top))

    def chosen(self, records: NumberedRecords) -> Iterator[list[RankedTerm]]:
        """Yield the keywords of each record, with strings."""
        rows, found = self.ranked(records)
        text, edges = self._spelled(rows, records, found)
        numbers = range(len(rows))
        columns = Columns(numbers, *(rows[name].tolist() for name in ("score", "words", "tf", "doubts", "trust")))

        def term_of(place: int) -> str:
            return text[edges[place] : edges[place + 1]].strip()

        bounds = pairwise(accumulate(found.tolist(), initial=0))
        for (start, end), whole in zip(bounds, pairwise(accumulate(records.counts.tolist(), initial=0)), strict=True):
            ranked = ranked_terms(columns, numbers[start:end], term_of)
            printed = partial(self._text, records, *whole)
            chosen = choose(ranked, self.options.top, nested=self.nested, text=printed)
            yield with_commonest_forms(chosen, partial(self._words, records, *whole))

    def _words(self, records: NumberedRecords, start: int, end: int) -> list[str]:
        text, stops = self.facts.spelled(records.ids[start:end])
        return [text[begin:stop] for begin, stop in pairwise([0, *stops])]

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

    sifts, usual = False, "all"

    def ranked(self, records: NumberedRecords) -> tuple[Rows, Numbers]:
        """Return the best words of each record."""
        return self.ranker.words(self.options.tf, self.facts, records, self.options.top)

    def chosen(self, records: NumberedRecords) -> Iterator[list[RankedTerm]]:
        """Yield the keywords of each record, with strings."""
        rows, found = self.ranked(records)
        starts = np.cumsum(records.counts, dtype=np.int64) - records.counts
        text, stops = self.facts.spelled(records.ids[np.repeat(starts, found) + rows["first"]])
        names = [text[start:end] for start, end in pairwise([0, *stops])]
        columns = zip(names, rows["score"].tolist(), rows["tf"].tolist(), strict=True)
        listed = [RankedTerm(-round6(score), name, tf, 0, 1) for name, score, tf in columns]
        bounds = pairwise(accumulate(found.tolist(), initial=0))
        for (start, end), whole in zip(bounds, pairwise(accumulate(records.counts.tolist(), initial=0)), strict=True):
            printed = partial(self._text, records, *whole)
            yield choose(sorted(listed[start:end]), self.options.top, nested=self.nested, text=printed)


def _joined(values: Iterable[bytes]) -> tuple[bytes, Ends]:
    """Return values end to end, and where each ends."""
    found = list(values)
    return b"".join(found), np.cumsum([0, *map(len, found)], dtype=np.uint64)[1:]


def numbered_records(numbers: CoreNumbers, batch: Sequence[Record]) -> NumberedRecords:
    """Return the words of records by number, those past `MAX_WORDS` left out.

    Raises:
        RecordError: If a record has no usable text.
    """
    if isinstance(batch, TextRecords):
        (ids, counts), headlines = numbers.of_records(batch), np.frombuffer(batch.headlines, np.uint32)
    else:
        ids, counts = numbers.of([record_text(data) for data in batch])
        sizes = [len(headline) + 1 if (headline := data.get("headline")) else 0 for data in batch]
        headlines = np.array(sizes, np.uint32)
    if int(counts.max(initial=0)) > MAX_WORDS:
        ends = np.cumsum(counts, dtype=np.int64)
        kept = np.minimum(counts, MAX_WORDS)
        places = zip((ends - counts).tolist(), kept.tolist(), strict=True)
        ids, counts = np.concatenate([ids[start : start + size] for start, size in places]), kept
    return NumberedRecords(ids, counts, headlines)


def core_for(options: KeywordOptions) -> Core | None:
    """Return the core where it gives keywords with these options, or None where they need strings or no core is."""
    segment = options.segment
    if segment.segmenter != "rjieba" or not segment.is_plain:
        return None
    if options.explain or options.diversity or options.pos or options.min_docfreq > 1 or options.top <= 0:
        return None
    if options.method not in _KINDS or options.terms is not None or options.exclude or options.min_chance:
        return None
    return load_core()


def load_by_number(options: KeywordOptions, table: Idf, core: Core, numbers: CoreNumbers) -> KeywordsByNumber:
    """Return what gives records their keywords by number."""
    return _KINDS[options.method](options, table, core, numbers)


def by_number(options: KeywordOptions, table: Idf, cut: Callable[[str], list[str]]) -> KeywordsByNumber | None:
    """Return what gives records their keywords by number, or None where that is not possible.

    Args:
        options: What is wanted.
        table: Idf of words.
        cut: Segments the few texts that the core cannot.
    """
    core = core_for(options)
    return None if core is None else load_by_number(options, table, core, CoreNumbers(core, cut))


_KINDS: Mapping[str, type[KeywordsByNumber]] = {"default": TermsByNumber, "tfidf": WordsByNumber}
