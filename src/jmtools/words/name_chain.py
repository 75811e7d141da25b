"""Names of people, places and organisations by a chain of labels, one a character, with weights that were learned.

A conditional random field (Lafferty, McCallum and Pereira 2001): the best sequence of labels is found, and what begins
and ends in it is a name. `training/train_names.py` learns the weights; sums are of whole numbers, and so the same in
`native/names.c` and here.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from base64 import b64decode
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from jmtools.io.installed import read_data
from jmtools.words.core_library import chosen_library
from jmtools.words.name_features import Words, character_classes, features
from jmtools.words.native_names import NativeNames

LABELS = ("O", *(place + kind for kind in "PLO" for place in "SBIE"))  # outside; alone, first, inside, last
KINDS = "PLO"  # people, places, organisations
SCALE = 16  # weights are sixteenths
_NEVER = -(1 << 30)
Span = tuple[int, int, str]  # start, end, one of `KINDS`


class NameChain:
    """The weights, and the way to the best labels."""

    def __init__(self, weights: str) -> None:
        """Take the weights, as JSON."""
        table = json.loads(weights)
        self.fingerprint = hashlib.sha256(weights.encode()).hexdigest()[:12]
        self.keys, self.sizes, self.labels, self.weights = (
            b64decode(table[name]) for name in ("keys", "sizes", "labels", "weights")
        )
        given = {char: int(rank) for rank, chars in table["given"].items() for char in chars}
        self.classes = character_classes(given)
        moves = table["moves"]
        self.moves = [[moves.get(f"{a} {b}", 0) if _may_follow(a, b) else _NEVER for b in LABELS] for a in LABELS]
        self._native = self._load_native()
        self._rows: dict[int, list[tuple[int, int]]] = {}

    def find(self, text: str, words: Words) -> list[Span]:
        """Return the names of a text in Simplified characters."""
        if self._native is not None:
            return spans_of(self._native.labels(text, words))
        return spans_of(self._best(self._scores(text, words)))

    def _load_native(self) -> NativeNames | None:
        library = chosen_library()
        if library is None:
            return None
        tables = {"classes": self.classes, "keys": self.keys, "sizes": self.sizes}
        tables |= {"labels": self.labels, "weights": self.weights}
        borders = bytes(map(_begins, LABELS)), bytes(map(_ends, LABELS))
        moves = array("i", (move for row in self.moves for move in row))
        return NativeNames(library, tables, moves, borders)

    def _scores(self, text: str, words: Words) -> list[list[int]]:
        rows = self._weights_by_key()
        scores = []
        for keys in features(text, words, self.classes):
            score = [0] * len(LABELS)
            for key in keys:
                for label, weight in rows.get(key, ()):
                    score[label] += weight
            scores.append(score)
        return scores

    def _weights_by_key(self) -> dict[int, list[tuple[int, int]]]:
        if not self._rows:
            pairs = list(zip(self.labels, array("b", self.weights), strict=True))
            ends = accumulate(self.sizes, initial=0)
            keys = array("I", self.keys)
            self._rows = {key: pairs[start:end] for key, (start, end) in zip(keys, pairwise(ends), strict=True)}
        return self._rows

    def _best(self, scores: Sequence[Sequence[int]]) -> list[int]:
        """Return the labels with the highest sum of scores and moves; of equal ones the first label."""
        if not scores:
            return []
        columns = list(zip(*self.moves, strict=True))
        best = [score if _begins(label) else _NEVER for label, score in zip(LABELS, scores[0], strict=True)]
        back: list[list[int]] = []
        for score in scores[1:]:
            came, following = [], []
            for own, column in zip(score, columns, strict=True):
                ways = [before + move for before, move in zip(best, column, strict=True)]
                top = max(ways)
                came.append(ways.index(top))
                following.append(max(top, _NEVER) + own)
            best = following
            back.append(came)
        ends = [value if _ends(label) else _NEVER * 2 for label, value in zip(LABELS, best, strict=True)]
        path = [ends.index(max(ends))]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]


def spans_of(labels: Sequence[int]) -> list[Span]:
    """Return the names that labels make.

    >>> spans_of([0, 2, 3, 4, 0, 5])
    [(1, 4, 'P'), (5, 6, 'L')]
    """
    found: list[Span] = []
    start = 0
    for place, number in enumerate(labels):
        label = LABELS[number]
        if label[0] in "SB" and number:
            start = place
        if label[0] in "SE" and number:
            found.append((start, place + 1, label[1]))
    return found


@cache
def name_chain() -> NameChain:
    """Return the chain with the shipped weights."""
    return NameChain(read_data("names.json"))


def _begins(label: str) -> bool:
    return label == "O" or label[0] in "SB"


def _ends(label: str) -> bool:
    return label == "O" or label[0] in "SE"


def _may_follow(before: str, label: str) -> bool:
    if _ends(before):
        return _begins(label)
    return label != "O" and label[0] in "IE" and label[1] == before[1]
