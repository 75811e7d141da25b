"""Where terms stand: the first places of each, for a row of a table to lead back to the articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jmtools.batches.feature import CountFeature
from jmtools.fields.grouping import Grouping
from jmtools.fields.patterns import Literals
from jmtools.fields.where import parse_where
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.io.records import encode_record
from jmtools.words.lexicon import fold_case
from jmtools.words.phrases import Phrases, edges_of, words_in_text
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens, record_text

Key = tuple[str, bytes]  # a term, and its group as a line
Places = dict[Key, list[Fields]]


@dataclass(frozen=True)
class ExampleOptions:
    """Which places are looked for.

    Attributes:
        segment: How text is segmented.
        whole_words: Whether terms are words, or words in a row; else they are strings.
        top: Places of each term and group.
        group_by: Fields of the groups.
        where: Condition on records, or None.
    """

    segment: SegmentOptions
    whole_words: bool
    top: int
    group_by: tuple[str, ...] = ()
    where: str | None = None


class ExampleFinder(ReadsWords, CountFeature[Places, Places]):
    """Finds the first places of terms, in the order of the input."""

    def __init__(self, options: ExampleOptions, terms: Sequence[str]) -> None:
        self._top = options.top
        self._grouping = Grouping(options.group_by)
        self._where = parse_where(options.where)
        self._terms = terms
        self._folds = options.segment.fold_case
        keys = [fold_case(term) for term in terms] if self._folds else terms
        self.words = WordReader(options.segment) if options.whole_words else None
        self._phrases = Phrases(keys, self.words.cut) if terms and self.words is not None else None
        self._literals = Literals(keys) if terms and self.words is None else None

    def count(self, batch: Sequence[Record]) -> Places:
        """Return the places of a batch."""
        found: Places = {}
        for data in batch:
            if self._where is not None and not self._where.matches(data):
                continue
            groups = [group_line(self._grouping.label(group)) for group in self._grouping.of(data)]
            for term, place in self._places(data):
                for group in groups:
                    of_term = found.setdefault((term, group), [])
                    if len(of_term) < self._top:
                        of_term.append(place)
        return found

    def merge(self, total: Places, part: Places) -> Places:
        """Add the places of later records."""
        for key, places in part.items():
            before = total.setdefault(key, [])
            before += places[: self._top - len(before)]
        return total

    def _places(self, data: Record) -> Iterator[tuple[str, Fields]]:
        text, spans = self._spans(data)
        headline = data.get("headline")
        border = len(headline) + 1 if isinstance(headline, str) and headline and text.startswith(headline) else 0
        for index, start, end in spans:
            inside = start < border
            shift = 0 if inside else border
            place = {"id": data.get("id"), "field": "headline" if inside else "text"}
            yield self._terms[index], place | {"char_start": start - shift, "char_end": end - shift}

    def _spans(self, data: Record) -> tuple[str, Sequence[tuple[int, int, int]]]:
        """Return the text of a record, and (index of the term, start, end) of each place, in their order."""
        if self._phrases is None or self.words is None:
            text = record_text(data)
            found = self._literals.find(fold_case(text) if self._folds else text) if self._literals is not None else ()
            return text, sorted(found, key=lambda span: span[1:])
        text, words, edges = self._words_of(data, self.words)
        places = self._phrases.find(fold_case(text) if self._folds else text, words, edges)
        spans = [(n, edges[first], edges[after]) for n, first, after in places]
        return text, sorted(spans, key=lambda span: span[1:])

    def _words_of(self, data: Record, words: WordReader) -> tuple[str, Sequence[str], Sequence[int]]:
        given = given_tokens(data)
        if given is not None:
            return words_in_text(data, given)
        text = record_text(data)
        cut = words.cut(text)
        return text, cut, edges_of(cut)


def group_line(label: JsonValue) -> bytes:
    """Return what is the same for the same group."""
    return encode_record({"group": label})
