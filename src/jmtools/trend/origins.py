"""Own articles, wire articles and reprints among the records in which a term stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jmtools.counts.tally import Tally
from jmtools.counts.term_counter import CountOptions, TermCounter
from jmtools.io.json_types import Fields, Record
from jmtools.words.segment import record_text

ORIGINS = ("own", "wire", "reprint")  # `origin` of `split`
Tallies = dict[str, Tally]


class OriginCounter:
    """Counts the records of each origin that have a term; only those in which its characters stand are segmented."""

    def __init__(self, options: CountOptions) -> None:
        """Take how terms are counted; its `strings` are the terms."""
        self._counter = TermCounter(options)
        whole = options.unit == "string"
        self._pieces = tuple(dict.fromkeys(term if whole else "".join(term.split()) for term in options.strings))

    def count(self, batch: Sequence[Record]) -> Tallies:
        """Return the counts of a batch, by origin."""
        by_origin: dict[str, list[Record]] = {}
        for data in batch:
            origin = data.get("origin")
            if isinstance(origin, str) and origin in ORIGINS and self._may_have_a_term(data):
                by_origin.setdefault(origin, []).append(data)
        return {origin: self._counter.count(records) for origin, records in by_origin.items()}

    def merge(self, total: Tallies, part: Tallies) -> None:
        """Add the counts of later records."""
        for origin, tally in part.items():
            if origin in total:
                self._counter.merge(total[origin], tally)
            else:
                total[origin] = tally

    def _may_have_a_term(self, data: Record) -> bool:
        text = record_text(data) if data.get("tokens") is None else ""
        return not text or any(piece in text for piece in self._pieces)


def origin_fields(docfreq: int, found: Mapping[str, int]) -> Fields:
    """Return how many of the records that have a term are of each origin; null where none of them tells.

    >>> origin_fields(3, {"own": 2})
    {'own': 2, 'wire': 0, 'reprint': 0}
    >>> origin_fields(3, {})
    {'own': None, 'wire': None, 'reprint': None}
    """
    tells = not docfreq or any(found.get(origin) for origin in ORIGINS)
    return {origin: found.get(origin, 0) if tells else None for origin in ORIGINS}


def origins_of(rows: Iterable[Record]) -> Fields:
    """Return the sums of rows; null where none of them tells."""
    values = {origin: [row[origin] for row in rows if row[origin] is not None] for origin in ORIGINS}
    return {origin: sum(found) if found else None for origin, found in values.items()}
