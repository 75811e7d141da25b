"""The words in the spans of a node: every token of a record is counted once, however many spans it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jmtools.counts.term_counter import is_word
from jmtools.words.sentences import stretch_ends, stretch_of


@dataclass
class SpanCounts:
    """What was counted. Words are counted as tokens; punctuation is none.

    Attributes:
        words: All tokens, by word.
        near: Those that lie in the span of a node.
        left: Those of them that lie on the left of a node.
        right: On the right; one between two nodes is counted in both, and once in `near`.
        docs: Records with such a token.
        nodes: Places of the node.
        records: Records that were counted.
    """

    words: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    docs: Counter[str] = field(default_factory=Counter)
    nodes: int = 0
    records: int = 0

    def add(self, later: SpanCounts) -> None:
        """Add later counts."""
        for mine, theirs in (
            (self.words, later.words),
            (self.near, later.near),
            (self.left, later.left),
            (self.right, later.right),
            (self.docs, later.docs),
        ):
            mine.update(theirs)
        self.nodes += later.nodes
        self.records += later.records

    def add_near(self, tokens: Sequence[str], left: set[int], right: set[int]) -> None:
        """Count the tokens of a record that stand at these places on either side of a node."""
        near = [tokens[place] for place in left | right]
        self.near.update(near)
        self.docs.update(set(near))
        self.left.update(tokens[place] for place in left)
        self.right.update(tokens[place] for place in right)


def places_near(
    text: str,
    tokens: Sequence[str],
    edges: Sequence[int],
    nodes: Iterable[tuple[int, int]],
    *,
    window: tuple[int, int],
    within: str,
) -> tuple[int, set[int], set[int]]:
    """Return how many nodes there are, and the places of the words in the spans on their left and right.

    Args:
        text: What the tokens make up.
        tokens: Words and marks; marks are not counted as words of a span.
        edges: Where each token begins, and where the last ends.
        nodes: First token of each node, and the one after its last.
        window: Words on the left and on the right.
        within: What a span does not leave: `sentence`, `paragraph` or `record`.
    """
    stretches = stretch_of(edges[:-1], stretch_ends(text, within))
    count = 0
    left: set[int] = set()
    right: set[int] = set()
    for first, after in nodes:
        count += 1
        _walk(tokens, stretches, first, -1, window[0], left)
        _walk(tokens, stretches, after - 1, 1, window[1], right)
    return count, left, right


def _walk(tokens: Sequence[str], stretches: Sequence[int], place: int, step: int, most: int, found: set[int]) -> None:
    """Add the places of the words on one side of a token, as far as its stretch goes."""
    stretch = stretches[place]
    seen = 0
    place += step
    while seen < most and 0 <= place < len(tokens) and stretches[place] == stretch:
        if is_word(tokens[place]):
            found.add(place)
            seen += 1
        place += step


def with_node(tokens: Sequence[str], spans: Sequence[tuple[int, int]], node: str) -> list[str]:
    """Return words in which every word that a span touches has given way to the node.

    >>> with_node(["市", "医保局", "开展"], [(2, 4)], "保局")
    ['市', '保局', '开展']
    """
    found: list[str] = []
    end = 0
    waiting = list(spans)
    for token in tokens:
        start, end = end, end + len(token)
        begun = [span for span in waiting if span[0] < end]
        found += [node] * sum(span[0] >= start for span in begun)
        if not begun:
            found.append(token)
        waiting = [span for span in waiting if span[1] > end]
    return found


def only_words(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts of what is a word and no mark."""
    return {word: freq for word, freq in counts.items() if is_word(word)}
