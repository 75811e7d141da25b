"""From scores to a list: the best of each document, none inside another that says as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

import numpy as np

from jmtools.keywords.vocabulary import Floats, Ints

_STANDS_ALONE = 0.35  # share of its places that a term needs outside of a longer chosen one
_LOOK = 2  # candidates looked at for each keyword
_MORE = 16


def best(doc: Ints, scores: Floats, docs: int, top: int) -> Iterator[Ints]:
    """Yield for each document the indices of its highest scores, best first, a few times `top` of them."""
    order = np.lexsort((np.arange(len(scores)), -scores, doc))
    bounds = np.searchsorted(doc[order], np.arange(docs + 1))
    look = _LOOK * top + _MORE
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        yield order[start : min(end, start + look)]


def choose(
    terms: list[str],
    scores: list[float],
    tf: list[int],
    top: int,
    *,
    diversity: float = 0.0,
    sentences: Sequence[Set[int]] | None = None,
    nested: bool = False,
) -> list[int]:
    """Return the places of the chosen terms in a list sorted by score.

    A term inside a chosen longer one is left out unless it occurs clearly more often, or `nested` allows it. With
    `diversity`, each next term is the one with the highest (1 − diversity) × score / best score − diversity × likeness
    to what is chosen (maximal marginal relevance; Carbonell and Goldstein 1998). Likeness is the mean of two Dice
    coefficients: of the characters, and of the `sentences` in which the two stand.
    """
    chosen: list[int] = []
    folded = [term.casefold() for term in terms]
    left = list(range(len(terms)))
    likeness = [0.0] * len(terms)  # to the most similar of the chosen
    while left and len(chosen) < top:
        pick = _most_different(left, likeness, scores, diversity) if diversity > 0 else left[0]
        left.remove(pick)
        if nested or not _is_nested(pick, chosen, folded, tf):
            chosen.append(pick)
            if diversity > 0:
                for other in left:
                    found = _likeness(pick, other, folded, sentences)
                    likeness[other] = max(likeness[other], found)
    return chosen


def _most_different(left: list[int], likeness: list[float], scores: list[float], diversity: float) -> int:
    highest = scores[0] or 1.0
    return max(left, key=lambda i: ((1 - diversity) * scores[i] / highest - diversity * likeness[i], -i))


def _is_nested(index: int, chosen: list[int], terms: list[str], tf: list[int]) -> bool:
    term, often = terms[index], tf[index]
    return any(
        term == terms[other] or (term in terms[other] and often - tf[other] < _STANDS_ALONE * often) for other in chosen
    )


def _likeness(left: int, right: int, terms: list[str], sentences: Sequence[Set[int]] | None) -> float:
    characters = _dice(set(terms[left]), set(terms[right]))
    return characters if sentences is None else (characters + _dice(sentences[left], sentences[right])) / 2


def _dice(left: Set[Any], right: Set[Any]) -> float:
    return 2 * len(left & right) / ((len(left) + len(right)) or 1)
