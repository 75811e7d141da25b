"""Keyword in context: every place of a word, string or pattern, with what stands on both sides."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from jmtools.batches.feature import ExpandFeature, ReportFeature
from jmtools.errors import OptionError
from jmtools.fields.patterns import Literals, Pattern
from jmtools.fields.where import parse_where
from jmtools.io.json_types import Fields, JsonValue, Record
from jmtools.words.lexicon import fold_case
from jmtools.words.phrases import Phrases, edges_of, phrase_strings, words_in_text
from jmtools.words.reader import ReadsWords, SegmentOptions, WordReader
from jmtools.words.segment import given_tokens, record_text

Finder = Callable[[str, Sequence[str] | None, Sequence[int]], list[tuple[int, int]]]
UNITS = ("word", "string", "regex")
_SHOWN = ("id", "date", "page", "headline")
_SORT_WORDS = 3
SORTS = ("node", "date", "page", *(f"{side}{n}" for side in "LR" for n in range(1, _SORT_WORDS + 1)))


@dataclass(frozen=True)
class KwicOptions:
    """What is looked for, and what is shown of it.

    Attributes:
        queries: What to look for; several are looked for side by side.
        segment: How text is segmented.
        unit: `word`: whole words, several with a space between, see `words.phrases`; `string`: wherever the string
            stands; `regex`: RE2.
        near: Shown only where all of these stand within `near_window` too; empty for no condition.
        near_window: See `near`.
        window: Size of the context on each side.
        window_unit: What `window` and `near_window` count: `char` or `word`.
        where: Condition on records, or None.
        sort: Sort keys, see `SORTS`; empty for the order of the input.
        fold_case: Whether queries match in upper and lower case.
    """

    queries: tuple[str, ...]
    segment: SegmentOptions = field(default_factory=SegmentOptions)
    unit: str = "word"
    near: tuple[str, ...] = ()
    near_window: int = 20
    window: int = 20
    window_unit: str = "char"
    where: str | None = None
    sort: tuple[str, ...] = ()
    fold_case: bool = False


class _Places:
    """Places in a text, to see whether one is near."""

    def __init__(self, places: Sequence[tuple[int, int]]) -> None:
        self._starts = sorted(start for start, _ in places)
        self._ends = sorted(end for _, end in places)

    def any_near(self, start: int, end: int, within: int) -> bool:
        """Tell whether one of them begins or ends so near a place, beside it."""
        behind, before = bisect_left(self._starts, end), bisect_right(self._ends, start)
        return (behind < len(self._starts) and self._starts[behind] - end <= within) or (
            before > 0 and start - self._ends[before - 1] <= within
        )


class Concordancer(ReadsWords, ExpandFeature):
    """Finds the places of the queries in records."""

    def __init__(self, options: KwicOptions) -> None:
        """Compile the queries.

        Raises:
            OptionError: If a query is empty or no pattern, or a sort key is unknown.
        """
        self.options = options
        if not options.queries or not all(query.strip() for query in options.queries):
            raise OptionError("QUERY: there is nothing to look for")
        unknown = [key for key in options.sort if key not in SORTS]
        if unknown:
            raise OptionError(f"--sort: no key called {unknown[0]!r}; there are {', '.join(SORTS)}")
        self._reader = WordReader(options.segment)
        self._where = parse_where(options.where)
        # Words of a query stand in the text without a gap: where the string does not stand, nothing is segmented.
        phrases = options.queries if options.unit == "word" else ()
        self._strings = [string for query in phrases for string in phrase_strings(query)]
        if options.fold_case:
            self._strings = [fold_case(string) for string in self._strings]
        self._find = self._finder(options.queries, "QUERY")
        self._near = [self._finder((query,), "--near") for query in options.near]
        self._cuts = (
            options.unit == "word" or options.window_unit == "word" or any(key[0] in "LR" for key in options.sort)
        )
        self.words = self._reader if self._cuts else None

    def expand(self, batch: Sequence[Record]) -> Iterator[Fields]:
        """Yield a record for each place, in the order of the text."""
        for data in batch:
            if self._where is None or self._where.matches(data):
                yield from self._places(data)

    def _places(self, data: Record) -> Iterator[Fields]:
        if self._strings and given_tokens(data) is None:
            whole = fold_case(record_text(data)) if self.options.fold_case else record_text(data)
            if not any(string in whole for string in self._strings):
                return
        text, tokens, edges = self._words_of(data)
        headline = data.get("headline")
        border = len(headline) + 1 if isinstance(headline, str) and headline and text.startswith(headline) else 0
        found = self._find(text, tokens, edges)
        near = [_Places(self._counted(edges, find(text, tokens, edges))) for find in self._near if found]
        within = self.options.near_window
        for place, (start, end) in zip(self._counted(edges, found), found, strict=True):
            if all(others.any_near(*place, within) for others in near):
                yield self._record(data, text, edges, border, start, end)

    def _finder(self, queries: Sequence[str], option: str) -> Finder:
        """Return what finds the queries: (text, tokens, edges) → spans in order, none twice."""
        if self.options.unit == "regex":
            before = "(?i)" if self.options.fold_case else ""
            patterns = [Pattern(before + query, option=option) for query in queries]
            return lambda text, _tokens, _edges: sorted({span for pattern in patterns for span in pattern.spans(text)})
        if not self.options.fold_case:
            return self._exact_finder(queries)
        exact = self._exact_finder([fold_case(query) for query in queries])
        return lambda text, tokens, edges: exact(fold_case(text), tokens and [fold_case(t) for t in tokens], edges)

    def _exact_finder(self, queries: Sequence[str]) -> Finder:
        if self.options.unit == "string":
            literals = Literals(queries)
            return lambda text, _tokens, _edges: sorted({(start, end) for _, start, end in literals.find(text)})
        phrases = Phrases(queries, self._reader.cut)
        return lambda text, tokens, edges: sorted(
            {(edges[first], edges[after]) for _, first, after in phrases.find(text, tokens or (), edges)}
        )

    def _words_of(self, data: Record) -> tuple[str, Sequence[str] | None, Sequence[int]]:
        """Return the text of a record, its words and their edges; a gap between given tokens is a nameless word."""
        tokens = given_tokens(data)
        if tokens is None:
            text = record_text(data)
            tokens = self._reader.cut(text) if self._cuts else None
            return text, tokens, edges_of(tokens or ())
        return words_in_text(data, tokens)

    def _counted(self, edges: Sequence[int], places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return places in what the window counts; words of which a place covers a part are its own."""
        if self.options.window_unit == "char" or not self._near:
            return list(places)
        return [(bisect_right(edges, start) - 1, bisect_left(edges, end)) for start, end in places]

    def _record(self, data: Record, text: str, edges: Sequence[int], border: int, start: int, end: int) -> Fields:
        inside = start < border
        low, high = (0, border - 1) if inside else (border, len(text))
        left, right = self._window(edges, start, end)
        record = {name: data.get(name) for name in _SHOWN if name in data}
        record["left"] = text[max(left, low) : start].replace("\n", " ")
        record["node"] = text[start:end]
        record["right"] = text[end : max(end, min(right, high))].replace("\n", " ")
        shift = 0 if inside else border
        record |= {
            "field": "headline" if inside else "text",
            "char_start": start - shift,
            "char_end": end - shift,
        }
        if self.options.sort:
            record["_key"] = self._key(data, text, edges, start, end)
        return record

    def _window(self, edges: Sequence[int], start: int, end: int) -> tuple[int, int]:
        size = self.options.window
        if self.options.window_unit == "char":
            return start - size, end + size
        first = bisect_right(edges, start) - 1
        last = bisect_left(edges, end)
        return edges[max(first - size, 0)], edges[min(last + size, len(edges) - 1)]

    def _key(self, data: Record, text: str, edges: Sequence[int], start: int, end: int) -> list[str]:
        key = []
        for name in self.options.sort:
            if name == "node":
                key.append(text[start:end])
            elif name in ("date", "page"):
                key.append(str(data.get(name) or ""))
            else:
                step = int(name[1:])
                place = bisect_right(edges, start) - 1 - step if name[0] == "L" else bisect_left(edges, end) + step - 1
                inside = 0 <= place < len(edges) - 1
                key.append(text[edges[place] : edges[place + 1]] if inside else "")
        return key


Hits = list[tuple[JsonValue, Fields]]  # sort key and record of each place


class SortedConcordance(Concordancer, ReportFeature[Hits, Hits]):
    """A concordance that is sorted or sampled: a report, which holds its hits."""

    def __init__(
        self, options: KwicOptions, *, sample: int | None = None, seed: int = 0, top: int | None = None
    ) -> None:
        super().__init__(options)
        self._sample, self._seed, self._top = sample, seed, top

    def count(self, batch: Sequence[Record]) -> Hits:
        """Return the places of a batch with what they are sorted by."""
        return [(record.pop("_key", None), record) for record in self.expand(batch)]

    def merge(self, total: Hits, part: Hits) -> Hits:
        """Add the places of later records."""
        total += part
        return total

    def records(self, total: Hits) -> Iterator[Fields]:
        """Yield the places that are shown, in their order."""
        rows = list(enumerate(total))
        if self._sample is not None and self._sample < len(rows):
            rows.sort(key=lambda row: (self._draw(row[1][1], row[0]), row[0]))
            rows = sorted(rows[: self._sample])
        if self.options.sort:
            rows.sort(key=lambda row: (row[1][0], row[0]))
        for _, (_, record) in rows[: self._top]:
            yield record

    def _draw(self, record: Record, place: int) -> bytes:
        """Return what decides who is drawn: the same for the same hit, wherever it stands in the input."""
        name = f"{self._seed} {record.get('id')} {record['field']} {record['char_start']} {record['left']}"
        known = record.get("id") is not None
        return hashlib.blake2b(
            (name if known else f"{name} {place}").encode("utf-8", "replace"), digest_size=8
        ).digest()
