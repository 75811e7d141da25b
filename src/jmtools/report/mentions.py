"""Mentions: where a term stands in headline or text, counted on one base for every figure of the report.

The base is the same everywhere: records whose type is news, headline included. A mention is a place where the term
stands, as a string, letter case aside, places inside each other not counted twice: what the concordance of the page
finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jmtools.fields.patterns import Literals
from jmtools.report.collect import Article
from jmtools.report.periods import Axis
from jmtools.words.sentences import sentence_spans

_SHORT, _LONG = 10, 90  # characters of a sentence that is worth quoting
_MANY = 8  # terms that are found together rather than one by one


class Mentions:
    """Counts the places of terms in the news of a report."""

    def __init__(self, items: Sequence[Article], axis: Axis) -> None:
        self.items = items
        self._texts = [fold(f"{a.headline}\n{a.text}" if a.headline else a.text) for a in items]
        self._periods = [axis.of(a.day) if a.day else "" for a in items]
        self._found: dict[str, dict[int, int]] = {}

    def find(self, terms: Iterable[str]) -> None:
        """Find many terms in one reading of the texts; `of` would read them once for each."""
        keys = {term: fold(term) for term in terms if term not in self._found}
        strings = sorted({*keys.values()} - {""})
        if len(strings) < _MANY:
            return
        literals = Literals(strings)
        found: list[dict[int, int]] = [{} for _ in strings]
        for number, text in enumerate(self._texts):
            for index, count in Counter(index for index, _, _ in literals.find(text)).items():
                found[index][number] = count
        counts = dict(zip(strings, found, strict=True))
        self._found.update((term, counts.get(key, {})) for term, key in keys.items())

    def of(self, term: str) -> dict[int, int]:
        """Return the number of places in each item that mentions the term, by the item's number."""
        if term not in self._found:
            key = fold(term)
            counts = ((number, text.count(key)) for number, text in enumerate(self._texts)) if key else ()
            self._found[term] = {number: count for number, count in counts if count}
        return self._found[term]

    def by_period(self, term: str) -> Counter[str]:
        """Return the number of places in each period."""
        counts: Counter[str] = Counter()
        for number, count in self.of(term).items():
            if self._periods[number]:
                counts[self._periods[number]] += count
        return counts

    def characters(self) -> Counter[str]:
        """Return how many characters of headline and text each period has."""
        sizes: Counter[str] = Counter()
        for period, text in zip(self._periods, self._texts, strict=True):
            if period:
                sizes[period] += len(text)
        return sizes


def fold(text: str) -> str:
    """Return the text in lower case where that has the same length: places must be the same in both."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def quote(article: Article, term: str) -> str:
    """Return a sentence of the article that has the term, cut around it where it is long; empty if it has none."""
    best = ""
    for text in (article.text, article.headline):
        key, low = fold(term), fold(text)
        at = low.find(key)
        while at >= 0:
            found = _sentence_at(text, at, len(term))
            if not best or (len(best) < _SHORT <= len(found)):
                best = found
            if len(best) >= _SHORT:
                return best
            at = low.find(key, at + len(key))
    return best


def _sentence_at(text: str, at: int, length: int) -> str:
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    inside = at - line_start
    start, end = next(((a, b) for a, b in sentence_spans(line) if a <= inside < b), (0, len(line)))
    if end - start > _LONG:
        start = max(start, inside - (_LONG - length) // 2)
        end = min(end, start + _LONG)
        whole = line[start:end].strip()
        return f"…{whole}…"
    return line[start:end].strip()
