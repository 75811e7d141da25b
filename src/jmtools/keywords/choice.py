"""From scores to a list: the best of each document, none inside another that says as much."""

from __future__ import annotations

from collections.abc import Iterator

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
    terms: list[str], scores: list[float], tf: list[int], top: int, *, diversity: float = 0.0, nested: bool = False
) -> list[int]:
    """Return the places of the chosen terms in a list sorted by score.

    A term inside a chosen longer one is left out unless it occurs clearly more often, or `nested` allows it. With
    `diversity`, each next term is the one with the highest (1 − diversity) × score / best score − diversity × likeness
    to what is chosen (maximal marginal relevance; Carbonell and Goldstein 1998), likeness being the Dice coefficient
    of the characters.
    """
    chosen: list[int] = []
    folded = [term.casefold() for term in terms]
    left = list(range(len(terms)))
    while left and len(chosen) < top:
        pick = _most_different(left, chosen, folded, scores, diversity) if diversity > 0 else left[0]
        left.remove(pick)
        if nested or not _is_nested(pick, chosen, folded, tf):
            chosen.append(pick)
    return chosen


def _most_different(left: list[int], chosen: list[int], terms: list[str], scores: list[float], diversity: float) -> int:
    highest = scores[0] or 1.0

    def value(index: int) -> tuple[float, int]:
        likeness = max((_likeness(terms[index], terms[other]) for other in chosen), default=0.0)
        return (1 - diversity) * scores[index] / highest - diversity * likeness, -index

    return max(left, key=value)


def _is_nested(index: int, chosen: list[int], terms: list[str], tf: list[int]) -> bool:
    term, often = terms[index], tf[index]
    return any(
        term == terms[other] or (term in terms[other] and often - tf[other] < _STANDS_ALONE * often) for other in chosen
    )


def _likeness(left: str, right: str) -> float:
    shared = len(set(left) & set(right))
    return 2 * shared / (len(set(left)) + len(set(right)))
