"""Counts of neighbours: how often two words stand side by side, and how often each is the first or the second.

A pair in which both words are the same does not overlap itself, as n-grams do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jmtools.counts.ngrams import ngrams
from jmtools.counts.tally import Ints, Vocabulary
from jmtools.counts.term_counter import CountOptions, TermCounter
from jmtools.io.json_types import Record

FIRST, SECOND, PAIR = 0, 1, 2  # the key of a tally in place of an n-gram length
GLUE = "\x1f"  # stands in no word


class PairCounter(TermCounter):
    """Counts pairs of neighbours, batch by batch."""

    def __init__(self, options: CountOptions) -> None:
        """Take what is counted; n-grams are always pairs."""
        super().__init__(replace(options, ngrams=(2, 2)))
        self._vocabularies = {kind: Vocabulary() for kind in (FIRST, SECOND, PAIR)}

    def _choose(self) -> Callable[[Record], tuple[dict[int, Ints], int]]:
        return self._pair_pieces

    def _pair_pieces(self, data: Record) -> tuple[dict[int, Ints], int]:
        pairs = ngrams(self._runs_of(data), 2, GLUE)
        halves = [pair.split(GLUE) for pair in pairs]
        found = {PAIR: pairs, FIRST: [half[0] for half in halves], SECOND: [half[1] for half in halves]}
        return {kind: self._vocabularies[kind].encode(terms) for kind, terms in found.items()}, 0
