"""What a smallest chance costs: how many records have fewer keywords by it than were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.trees import chance_of


@dataclass
class Shortfall:
    """How many records lost keywords by a smallest chance.

    Attributes:
        records: All of them.
        fewer: Those that have fewer keywords than were asked for, and lost some.
        none: Those of them that have none.
    """

    records: int = 0
    fewer: int = 0
    none: int = 0

    def add(self, other: Shortfall) -> None:
        """Add the counts of other records."""
        self.records += other.records
        self.fewer += other.fewer
        self.none += other.none

    def notes(self, options: KeywordOptions) -> Iterator[str]:
        """Yield what the user must know of the records."""
        if self.fewer:
            yield (
                f"{self.fewer} of {self.records} records have fewer than {options.top} keywords, {self.none} of them "
                f"none: no other term has a chance of {options.min_chance:g} (--min-chance)"
            )


class LikelyKept:
    """Lets the terms of a record through that a reader keeps likely enough."""

    def __init__(self, least: float) -> None:
        """Take the smallest chance."""
        self._least = least
        self._dropped = False
        self._counted = Shortfall()

    def only(self, rows: Iterable[RankedTerm]) -> Iterator[RankedTerm]:
        """Yield the likely ones of a record's terms."""
        for row in rows:
            if chance_of(row.trust) >= self._least:
                yield row
            else:
                self._dropped = True

    def count(self, chosen: int, top: int) -> None:
        """Count a record whose terms went through, and so many of them were chosen."""
        fewer = self._dropped and chosen < top
        self._counted.add(Shortfall(1, int(fewer), int(fewer and not chosen)))
        self._dropped = False

    def take(self) -> Shortfall:
        """Return the counts since the last call, and begin anew."""
        counted, self._counted = self._counted, Shortfall()
        return counted
