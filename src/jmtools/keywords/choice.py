"""From scores to a list: the best terms of each document, none inside another that says as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any

import numpy as np

from jmtools.keywords.method import RankedTerm
from jmtools.keywords.vocabulary import Floats, Ints

_STANDS_ALONE = 0.35  # share of its places that a term needs outside of a longer chosen one
_LOOK = 2  # candidates looked at for each keyword
_MORE = 16


def best(doc: Ints, scores: Floats, docs: int, top: int) -> tuple[Ints, Ints]:
    """Return the indices of the highest scores of each document, best first, a few times `top` of them.

    Returns:
        Where each document's begin and the end of the last one's, shape (docs + 1,); the indices.
    """
    order = np.argsort(-scores, kind="stable")
    # Sixteen bits are sorted by counting, in a fifth of the time.
    order = order[np.argsort(doc[order].astype(np.int16 if docs < 1 << 15 else np.int64), kind="stable")]
    bounds = np.searchsorted(doc[order], np.arange(docs + 1))
    look = _LOOK * top + _MORE
    kept = np.arange(len(order)) - bounds[doc[order]] < look
    return np.concatenate([[0], np.cumsum(np.minimum(np.diff(bounds), look))]), order[kept]


def choose(
    rows: Iterable[RankedTerm],
    top: int,
    *,
    diversity: float = 0.0,
    sentences: Callable[[RankedTerm], Set[int]] | None = None,
    nested: bool = False,
) -> list[RankedTerm]:
    """Return the chosen rows; they come in the order of their scores, and no more of them are made than are needed.

    A term inside a chosen longer one is left out unless it occurs clearly more often, or `nested` allows it. With
    `diversity`, each next term is the one with the highest (1 − diversity) × score / best score − diversity × likeness
    to what is chosen (maximal marginal relevance; Carbonell and Goldstein 1998). Likeness is the mean of two Dice
    coefficients: of the characters, and of the `sentences` in which the two stand.
    """
    if top <= 0:
        return []
    if diversity > 0:
        return _diverse(list(rows), top, diversity, sentences, nested=nested)
    chosen: list[RankedTerm] = []
    others: list[tuple[str, int]] = []
    for row in rows:
        if not nested:
            term = row.term.casefold()
            if _is_nested(term, row.tf, others):
                continue
            others.append((term, row.tf))
        chosen.append(row)
        if len(chosen) == top:
            break
    return chosen


def _diverse(
    rows: list[RankedTerm],
    top: int,
    diversity: float,
    sentences: Callable[[RankedTerm], Set[int]] | None,
    *,
    nested: bool,
) -> list[RankedTerm]:
    chosen: list[int] = []
    others: list[tuple[str, int]] = []
    folded = [row.term.casefold() for row in rows]
    scores = [-row.order for row in rows]
    where = None if sentences is None else [sentences(row) for row in rows]
    left = list(range(len(rows)))
    likeness = [0.0] * len(rows)  # to the most similar of the chosen
    while left and len(chosen) < top:
        pick = _most_different(left, likeness, scores, diversity)
        left.remove(pick)
        if nested or not _is_nested(folded[pick], rows[pick].tf, others):
            chosen.append(pick)
            others.append((folded[pick], rows[pick].tf))
            for other in left:
                likeness[other] = max(likeness[other], _likeness(pick, other, folded, where))
    return [rows[place] for place in chosen]


def _most_different(left: list[int], likeness: list[float], scores: list[float], diversity: float) -> int:
    highest = scores[0] or 1.0
    return max(left, key=lambda i: ((1 - diversity) * scores[i] / highest - diversity * likeness[i], -i))


def _is_nested(term: str, often: int, others: list[tuple[str, int]]) -> bool:
    for other, times in others:
        if term in other and (len(term) == len(other) or often - times < _STANDS_ALONE * often):
            return True
    return False


def _likeness(left: int, right: int, terms: list[str], sentences: Sequence[Set[int]] | None) -> float:
    characters = _dice(set(terms[left]), set(terms[right]))
    return characters if sentences is None else (characters + _dice(sentences[left], sentences[right])) / 2


def _dice(left: Set[Any], right: Set[Any]) -> float:
    return 2 * len(left & right) / ((len(left) + len(right)) or 1)
