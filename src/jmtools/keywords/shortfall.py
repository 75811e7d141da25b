"""What a smallest chance costs: how many records have fewer keywords by it than were asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.trees import chance_of


class LikelyKept:
    """Lets the terms of a record through that a reader keeps likely enough."""

    def __init__(self, least: float) -> None:
        """Take the smallest chance."""
        self._least = least
        self._dropped = False
        self._counted: Counter[str] = Counter()

    def only(self, rows: Iterable[RankedTerm]) -> Iterator[RankedTerm]:
        """Yield the likely ones of a record's terms."""
        for row in rows:
            if chance_of(row.trust) >= self._least:
                yield row
            else:
                self._dropped = True

    def count(self, chosen: int, top: int) -> None:
        """Count a record whose terms went through, and so many of them were chosen."""
        self._counted["records"] += 1
        if self._dropped and chosen < top:
            self._counted["fewer"] += 1
            self._counted["none"] += not chosen
        self._dropped = False

    def take(self) -> Counter[str]:
        """Return how many `records` came since the last call, how many of them have `fewer`, and `none`; begin anew."""
        counted, self._counted = self._counted, Counter()
        return counted


def shortfall_notes(counts: Mapping[str, int], options: KeywordOptions) -> Iterator[str]:
    """Yield what the user must know of records that have fewer keywords than were asked for."""
    if counts.get("fewer"):
        yield (
            f"{counts['fewer']} of {counts['records']} records have fewer than {options.top} keywords, "
            f"{counts['none']} of them none: no other term has a chance of {options.min_chance:g} (--min-chance)"
        )
