"""From scores to a list: the best terms of each document, none inside another that says as much."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain, islice
from typing import TypeAlias

import numpy as np

from jmtools.io.records import round6
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.vocabulary import Floats, Ints
from jmtools.words.light_words import wide_words

# Terms inside one another in one list: none, those that stand apart from the longer one often enough, or all.
NESTED = ("none", "apart", "all")
_STANDS_ALONE = 0.35  # share of its places that a term needs outside of a longer chosen one
# What the score of a term is multiplied by if a chosen one is inside or around it, for the first keywords and for the
# others: so there are hardly any twins among the first three, and F1 is the same (docs/benchmarks/keywords.md).
FIRST, _TWIN_AMONG_FIRST, _TWIN = 3, 0.02, 0.75
_WIDE = (
    0.15  # and if it is a wide word or part of a longer term, for the first keywords: 中国, 孩子; 公开赛 of 东湖公开赛
)
_OVERLAP = 0.6  # and if the end of one is the beginning of the other where they stand: 过度竞争, 产业过度
_LEAST_OVERLAP = 2  # characters
_LOOK = 2  # candidates looked at for each keyword
_MORE = 16
_EARLY = 16  # of the best, from which the first keywords are chosen
_Turn: TypeAlias = tuple[float, RankedTerm]  # minus the score by which a row has its turn, and the row


def best(doc: Ints, scores: Floats, docs: int, look: int) -> tuple[Ints, Ints]:
    """Return the indices of the highest scores of each document, best first, up to `look` of them.

    Returns:
        Where each document's begin and the end of the last one's, shape (docs + 1,); the indices.
    """
    order = np.argsort(-scores, kind="stable")
    # Sixteen bits are sorted by counting, in a fifth of the time.
    order = order[np.argsort(doc[order].astype(np.int16 if docs < 1 << 15 else np.int64), kind="stable")]
    bounds = np.searchsorted(doc[order], np.arange(docs + 1))
    kept = np.arange(len(order)) - bounds[doc[order]] < look
    return np.concatenate([[0], np.cumsum(np.minimum(np.diff(bounds), look))]), order[kept]


def looked_at(top: int) -> int:
    """Return how many of a record's best candidates are looked at for so many keywords."""
    return _LOOK * top + _MORE


def choose(
    rows: Iterable[RankedTerm],
    top: int,
    *,
    diversity: float = 0.0,
    sentences: Callable[[RankedTerm], Set[int]] | None = None,
    nested: str = "apart",
    text: Callable[[], str] | None = None,
    first: int = FIRST,
    twins: bool = True,
) -> list[RankedTerm]:
    """Return the chosen rows; they come in the order of their scores, and no more of them are made than are needed.

    Args:
        rows: Best first.
        top: How many are chosen.
        diversity: Each next term is the one with the highest (1 − diversity) × score / best score − diversity ×
            likeness to what is chosen (maximal marginal relevance; Carbonell and Goldstein 1998). Likeness is the mean
            of two Dice coefficients: of the characters, and of the `sentences` in which the two stand.
        sentences: Of a row.
        nested: One of `NESTED`: which terms inside one another may stand in one list. With `apart` a term inside or
            around a chosen one has a lower score, and so has one that overlaps with it.
        text: Gives the text, to see whether terms overlap in it.
        first: So many keywords are chosen before twins and wide words have their turn; 0: no score is lowered.
        twins: Whether they have a turn at all, where scores are lowered.
    """
    if top <= 0:
        return []
    if diversity > 0:
        return _diverse(list(rows), top, diversity, sentences, nested=nested)
    chosen = _Chosen(nested)
    if nested == "apart" and first:
        _choose_lowered(rows, top, chosen, text, first, twins=twins)
        return chosen.rows
    for row in rows:
        chosen.offer(row, row.term.casefold())
        if len(chosen.rows) == top:
            break
    return chosen.rows


def _choose_lowered(
    rows: Iterable[RankedTerm],
    top: int,
    chosen: _Chosen,
    text: Callable[[], str] | None,
    first: int,
    *,
    twins: bool,
) -> None:
    """Choose rows, the first ones by how far they are trusted too, the others by their scores alone."""
    left = iter(rows)
    seen = list(islice(left, _EARLY))

    def early() -> Iterator[_Turn]:
        turns = sorted((row.order * row.trust, row) for row in seen)
        yield from turns
        for row in left:
            seen.append(row)
            yield max(row.order, turns[-1][0]), row

    among_first, among_others = (_TWIN_AMONG_FIRST, _TWIN) if twins else (0.0, 0.0)
    _take_turns(early(), min(first, top), chosen, text, (_OVERLAP, among_first, _WIDE))
    taken = {row.term for row in chosen.rows}
    others = chain((row for row in tuple(seen) if row.term not in taken), left)
    _take_turns(((row.order, row) for row in others), top, chosen, text, (_OVERLAP, among_others, 1.0))


def _take_turns(
    turns: Iterator[_Turn],
    top: int,
    chosen: _Chosen,
    text: Callable[[], str] | None,
    weights: tuple[float, float, float],
) -> None:
    """Choose rows; terms that overlap with a chosen one, its twins and wide words wait by a lower score.

    Args:
        turns: Rows and the scores by which they have their turn, best first.
        top: How many rows are chosen in the end.
        chosen: The rows that are chosen already.
        text: Gives the text.
        weights: What the scores of those three kinds are multiplied by; 0: they have no turn, 1: they do not wait.
    """
    wide = wide_words()
    ahead: _Turn | None = None
    waiting: tuple[list[_Turn], ...] = ([], [], [])  # heaps: overlaps, twins, wide words
    overlaps, twins, wides = waiting
    while len(chosen.rows) < top:
        ahead = ahead or next(turns, None)
        keys = [
            ahead[0] if ahead else 0.0,
            *(heap[0][0] * weight if heap else 0.0 for heap, weight in zip(waiting, weights, strict=True)),
        ]
        place = keys.index(min(keys)) - 1
        if ahead and place < 0:
            (key, row), ahead, heap, weight = ahead, None, None, 1.0
        elif keys[place + 1] < 0:
            heap, weight = waiting[place], weights[place]
            key, row = heapq.heappop(heap)
        else:
            return
        term = row.term.casefold()
        if heap is not twins and chosen.has_twin(term):
            heapq.heappush(twins, (key, row))
        elif heap is None and text and chosen.overlaps(row.term, text):
            heapq.heappush(overlaps, (key, row))
        elif heap is None and weights[-1] < 1 and (row.part or term in wide):
            heapq.heappush(wides, (key, row))
        else:
            chosen.offer(_lowered(row, row.order * weight, chosen.rows), term)


def _lowered(row: RankedTerm, order: float, before: Sequence[RankedTerm]) -> RankedTerm:
    """Return a row, its score no higher than those of the rows before it."""
    order = round6(max(order, before[-1].order) if before else order)
    return row if order == row.order else row._replace(order=order, weight=order / row.order)


class _Chosen:
    """The rows that are chosen so far."""

    def __init__(self, nested: str) -> None:
        self.rows: list[RankedTerm] = []
        self._terms: list[str] = []
        self._text = ""  # the terms, a line each: looked through at once
        self._refused: list[tuple[str, int]] = []  # longer terms that a chosen one stands for, and their frequency
        self._nested = nested

    def has_twin(self, term: str) -> bool:
        """Tell whether a chosen term is inside or around a term in lower case."""
        if term in self._text:
            return True
        for other in self._terms:  # noqa: SIM110 - a third of the time of any()
            if other in term:
                return True
        return False

    def overlaps(self, term: str, text: Callable[[], str]) -> bool:
        """Tell whether a term begins or ends, in the text, with the end or beginning of a chosen one."""
        if term[:_LEAST_OVERLAP].casefold() not in self._text and term[-_LEAST_OVERLAP:].casefold() not in self._text:
            return False
        return any(whole in text() for row in self.rows for whole in _overlaid(row.term, term))

    def offer(self, row: RankedTerm, term: str) -> bool:
        """Choose a row unless one like it is chosen; tell whether it was. `term` is its term in lower case."""
        if self._nested != "all":
            if self._is_in_longer(term, row.tf):
                return False
            if self._nested == "none" and not self._replaces(term, row.tf):
                self._refused.append((term, row.tf))
                return False
        self.rows.append(row)
        self._terms.append(term)
        self._text += f"{term}\n"
        return True

    def _is_in_longer(self, term: str, tf: int) -> bool:
        if term in self._text:
            for other, row in zip(self._terms, self.rows, strict=True):
                if term in other and (
                    self._nested == "none" or len(term) == len(other) or tf - row.tf < _STANDS_ALONE * tf
                ):
                    return True
        # 恶性 of 恶性淋巴瘤, for which 淋巴瘤 was chosen
        return any(term in other and tf - times < _STANDS_ALONE * tf for other, times in self._refused)

    def _replaces(self, term: str, tf: int) -> bool:
        """Take out the term inside a longer one that says more; tell whether none is left that says as much."""
        inside = [place for place, other in enumerate(self._terms) if other in term]
        if not inside:
            return True
        place = inside[0]
        often = self.rows[place].tf
        if len(inside) > 1 or often - tf >= _STANDS_ALONE * often:
            return False
        del self.rows[place], self._terms[place]
        self._text = "".join(f"{term}\n" for term in self._terms)
        return True


def _overlaid(one: str, other: str) -> Iterator[str]:
    """Yield what two terms make together where the end of one is the beginning of the other.

    >>> list(_overlaid("过度竞争", "产业过度")), list(_overlaid("医保", "医保基金"))
    (['产业过度竞争'], [])
    """
    for size in range(_LEAST_OVERLAP, min(len(one), len(other))):
        if one.endswith(other[:size]):
            yield one + other[size:]
        if other.endswith(one[:size]):
            yield other + one[size:]


def _diverse(
    rows: list[RankedTerm],
    top: int,
    diversity: float,
    sentences: Callable[[RankedTerm], Set[int]] | None,
    *,
    nested: str,
) -> list[RankedTerm]:
    chosen = _Chosen(nested)
    folded = [row.term.casefold() for row in rows]
    scores = [-row.order for row in rows]
    where = None if sentences is None else [sentences(row) for row in rows]
    left = list(range(len(rows)))
    likeness = [0.0] * len(rows)  # to the most similar of the chosen
    while left and len(chosen.rows) < top:
        pick = _most_different(left, likeness, scores, diversity)
        left.remove(pick)
        if chosen.offer(rows[pick], folded[pick]):
            for other in left:
                likeness[other] = max(likeness[other], _likeness(pick, other, folded, where))
    return chosen.rows


def _most_different(left: list[int], likeness: list[float], scores: list[float], diversity: float) -> int:
    highest = scores[0] or 1.0
    return max(left, key=lambda i: ((1 - diversity) * scores[i] / highest - diversity * likeness[i], -i))


def _likeness(left: int, right: int, terms: list[str], sentences: Sequence[Set[int]] | None) -> float:
    characters = _dice(set(terms[left]), set(terms[right]))
    return characters if sentences is None else (characters + _dice(sentences[left], sentences[right])) / 2


def _dice(left: Set[object], right: Set[object]) -> float:
    return 2 * len(left & right) / ((len(left) + len(right)) or 1)
