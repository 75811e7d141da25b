"""The two sides of a comparison: counts of a tally, or of term records that `freq` wrote."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jmtools.counts.forms import FORMS
from jmtools.counts.tally import Counts, Tally
from jmtools.counts.term_counter import is_word
from jmtools.errors import RecordError
from jmtools.io.json_types import Record
from jmtools.io.records import encode_record
from jmtools.words.lexicon import fold_case

ANY = 0  # length of n-grams of a side that does not tell it


@dataclass
class Side:
    """Counts of one side.

    Attributes:
        terms: Term → its frequency, the records that have it, and how many words it has.
        sizes: Words of a term → occurrences of all such terms: what a rate is a share of.
        docs: Records.
    """

    terms: dict[str, tuple[int, int, int]]
    sizes: dict[int, int]
    docs: int

    def size(self, order: int) -> int:
        """Return how often all terms of so many words occur together."""
        return self.sizes.get(order, self.sizes.get(ANY, 0))

    def folded(self, forms: Mapping[str, str]) -> Side:
        """Return the same with terms that differ in case only as one, in the form that `forms` has for it.

        The records of forms that were counted apart are added up, since nothing tells which records have both.
        """
        terms: dict[str, tuple[int, int, int]] = {}
        for term, (freq, docfreq, order) in self.terms.items():
            key = fold_case(term)
            name = forms.get(key, key)
            before = terms.get(name, (0, 0, order))
            docs = before[1] + docfreq
            terms[name] = before[0] + freq, min(docs, self.docs) if self.docs else docs, order
        return Side(terms, self.sizes, self.docs)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not any(self.sizes.values())


def side_of(tally: Tally, marks: frozenset[str] = frozenset()) -> Side:
    """Return what was counted, as one side of a comparison; `marks` are terms that are compared though no words."""
    side = Side({}, {}, 0)
    for (_, order), counts in tally.counts.items():
        if order == FORMS:
            continue
        names = tally.vocabularies[order].terms()
        numbers, freq, docfreq = counts.total()
        rows = list(zip(numbers.tolist(), freq.tolist(), docfreq.tolist(), strict=True))
        marked = [row for row in rows if names[row[0]] in marks] if marks else ()
        found = {names[n]: (f, d, order) for n, f, d in rows if is_word(names[n])}
        side.terms |= found | {names[n]: (f, d, order) for n, f, d in marked}
        side.sizes[order] = counts.words or _sum(found, counts) + counts.occurrences_dropped
        side.docs = max(side.docs, counts.docs)
    return side


def _sum(found: Mapping[str, tuple[int, int, int]], counts: Counts) -> int:
    return sum(freq for freq, _, _ in found.values()) if counts.docs else 0


def side_of_records(records: Sequence[Record]) -> Side:
    """Return term records (those of `freq`) as one side of a comparison.

    Raises:
        RecordError: If a record is not one of `freq`.
    """
    side = Side({}, {}, 0)
    sizes: dict[int, dict[bytes, int]] = {}
    docs: dict[bytes, int] = {}
    for number, data in enumerate(records, 1):
        term, freq, docfreq, order = data.get("term"), data.get("freq"), data.get("docfreq", 0), data.get("ngram", ANY)
        if type(term) is not str or type(freq) is not int or type(docfreq) is not int or type(order) is not int:
            raise RecordError(f"--reference: record {number} is not a term record with `term`, `freq` and `docfreq`")
        before = side.terms.get(term, (0, 0, order))
        side.terms[term] = (before[0] + freq, before[1] + docfreq, order)
        group = encode_record({"group": data.get("group")})
        if type(data.get("n_tokens")) is int:
            sizes.setdefault(order, {})[group] = data["n_tokens"]
        if type(data.get("docs")) is int:
            docs[group] = data["docs"]
    side.sizes = {order: sum(groups.values()) for order, groups in sizes.items()} or _guessed(records, side)
    side.docs = sum(docs.values()) or _whole(_rates(records, "docfreq_pct", "docfreq"), 100, 0)
    return side


def _guessed(records: Sequence[Record], side: Side) -> dict[int, int]:
    """Return the size of records that do not tell it, from their rates: at least what they list."""
    listed = sum(freq for freq, _, _ in side.terms.values())
    return {ANY: max(_whole(_rates(records, "ipm", "freq"), 1e6, listed), listed)}


def _rates(records: Sequence[Record], name: str, counted: str) -> list[tuple[int, float]]:
    found = []
    for data in records:
        rate, count = data.get(name), data.get(counted, 0)
        if isinstance(rate, int | float) and rate > 0 and count > 0:
            found.append((count, float(rate)))
    return found


def _whole(rates: Sequence[tuple[int, float]], scale: float, guess: int) -> int:
    """Return the whole of which counts have these rates, which are rounded to six digits; the guess if it may be that.

    >>> _whole([(3, 30.9278), (1, 10.3093)], 1e6, 0), _whole([(1, 50.0)], 100, 0)
    (97000, 2)
    """
    low, high = 0.0, float("inf")
    for count, rate in rates:
        half = 0.5 * 10.0 ** (math.floor(math.log10(rate)) - 5)
        low, high = max(low, count * scale / (rate + half)), min(high, count * scale / (rate - half))
    if not rates or low <= guess <= high:
        return guess
    return round((low + high) / 2) if low <= high else round(low)
