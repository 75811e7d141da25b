"""The interface of a method: it scores the terms of each document, and tells where a term stands and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from jmtools.keywords.candidates import Texts


class RankedTerm(NamedTuple):
    """A term of a document; rows sort best first, and by term among equals.

    Attributes:
        order: Minus its score, rounded.
        term: The term as first printed.
        tf: How often it stands in the document.
        number: Its number where the method keeps it.
        words: How many words it has.
        weight: What its score was multiplied by in the choice, for a chosen term inside or around it, say.
        part: Whether others should come first: it only stands inside one longer term (公开赛 of 东湖公开赛), is a paper
            or a verb by itself.
        trust: What its score is multiplied by until the first keywords are chosen.
    """

    order: float
    term: str
    tf: int
    number: int
    words: int
    weight: float = 1.0
    part: bool = False
    trust: float = 1.0


class Ranked(Protocol):
    """A batch of documents whose terms have scores."""

    def lists(self) -> Iterator[Iterable[RankedTerm]]:
        """Yield the terms of each document, best first; rows may be made lazily."""

    def places(self, doc: int, row: RankedTerm) -> list[tuple[int, int]]:
        """Return first token and number of tokens of each place of a term, in reading order."""

    def factors(self, row: RankedTerm) -> dict[str, float]:
        """Return the parts of a term's score."""


class Method(Protocol):
    """A way to give terms scores.

    Attributes:
        nested: Whether terms inside one another may stand in one list.
    """

    nested: bool

    def rank(self, texts: Texts, tokens: Sequence[str]) -> Ranked:
        """Give the terms of each document their scores; `tokens` are the words of all documents, end to end."""
