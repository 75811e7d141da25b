"""What trees are told of the best candidates of each document: whole numbers, so that no rounding decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.keywords.candidates import Candidates, Texts
from jmtools.keywords.habits import GRADE, HABITS, Habits
from jmtools.keywords.vocabulary import Floats, Ints, WordIds

if TYPE_CHECKING:
    import numpy.typing as npt

Features: TypeAlias = "npt.NDArray[np.int16]"

LOOK = 32  # best candidates of a document of which trees are told
_MOST = 32767
_FINE, _COARSE, _PARTS, _SHARE = 128, 32, 1000, 100  # a feature is a value times this, rounded
# Habits of the word at the end and of that at the beginning; what is not told twice says it of one of them alone.
_HABITS = {"last": HABITS[:5], "first": (*HABITS[:4], HABITS[5])}
# Each feature and its scale, in the order in which `native/trees.c` has them.
FEATURES = {
    "log score": _FINE,
    "behind the best": _FINE,
    "rank": 1,
    "words of the text": 1,
    "candidates": 1,
    "words of the headline": 1,
    "behind a longer": _FINE,
    "behind a shorter": _FINE,
    "longer": 1,
    "shorter": 1,
    "tf of a longer": _SHARE,
    "times": 1,
    "tf": _FINE,
    "mean tf of longer": _SHARE,
    "idf": _FINE,
    "lowest idf": _COARSE,
    "highest idf": _COARSE,
    "first idf": _COARSE,
    "last idf": _COARSE,
    "free left": _FINE,
    "free right": _FINE,
    "first": 1,
    "first of all": _PARTS,
    "first to last": _PARTS,
    "titled": 1,
    "quoted": 1,
    "headline": 1,
    "words in headline": _SHARE,
    "cohesion": _FINE,
    "cohesion to commonest": _FINE,
    "clause": 1,
    "glued": 1,
    "words": 1,
    "characters": 1,
    "part of speech": 1,
    "part of speech at the beginning": 1,
    "part of speech at the end": 1,
    **{f"{habit}, {place}": 1 for place, habits in _HABITS.items() for habit in habits},
    "grade, last": 1,
    "grade, first": 1,
    "lowest grade": 1,
    "mean grade": _SHARE,
}
_KINDS = ("words", "part of speech", "part of speech at the beginning", "part of speech at the end")
_FACTORS = (
    *("tf", "idf", "free left", "free right", "headline", "words in headline", "cohesion", "cohesion to commonest"),
    *("clause", "glued"),
)


@dataclass(frozen=True)
class Measured:
    """All candidates of a batch by what the formula asks of them.

    Attributes:
        logs: Logarithm of the formula's score, shape (candidates,).
        values: Factors that are numbers.
        choices: Factors that are a choice among kinds.
        longer: Mean frequency of the longer runs that contain each candidate.
    """

    logs: Floats
    values: Mapping[str, Floats]
    choices: Mapping[str, Ints]
    longer: Floats


def tree_features(
    texts: Texts, vocabulary: WordIds, found: Candidates, measured: Measured, bounds: Ints, chosen: Ints
) -> Features:
    """Return the features of chosen candidates, shape (chosen, features).

    Args:
        texts: The documents.
        vocabulary: Their words.
        found: Their candidates.
        measured: What the formula measured of all candidates.
        bounds: Where those of each document begin among the chosen, and the end of the last one's.
        chosen: Their numbers, the best of each document first.
    """
    doc, first, words, tf = found.doc[chosen], found.first[chosen], found.words[chosen], found.tf[chosen]
    size = np.maximum(np.diff(texts.starts) - 1, 1)[doc]
    begin = texts.starts[doc]
    logs = measured.logs[chosen]
    place = np.arange(len(chosen))
    last = np.zeros(len(found), np.int64)
    np.maximum.at(last, found.group, found.start)
    made: dict[str, Floats | Ints] = {name: measured.values[name][chosen] for name in _FACTORS}
    made |= {name: measured.choices[name][chosen] for name in _KINDS}
    made |= _idfs(vocabulary.idf[texts.ids], first, words)
    made |= _habits(vocabulary.habits[texts.ids], first, words)
    made |= _grades(vocabulary.habits[texts.ids, GRADE].astype(np.int64), first, words)
    made |= _among_each_other(texts, bounds, first, words, tf, logs)
    top = bounds[doc]
    made |= {
        "log score": logs,
        "behind the best": logs - logs[np.minimum(top, max(len(logs) - 1, 0))],
        "rank": _ranks(np.rint(logs * _FINE), place, top) - top,
        "words of the text": size,
        "candidates": np.bincount(found.doc, minlength=texts.docs)[doc],
        "words of the headline": texts.body[doc] - begin,
        "times": tf,
        "mean tf of longer": measured.longer[chosen] / tf,
        "first": first - begin,
        "first of all": (first - begin) / size,
        "first to last": (last[chosen] - first) / size,
        "titled": found.titled[chosen],
        "quoted": found.quoted[chosen],
        "characters": texts.offsets[first + words] - texts.offsets[first],
    }
    columns = [np.clip(np.rint(made[name] * scale), -_MOST, _MOST) for name, scale in FEATURES.items()]
    return np.stack(columns, axis=1).astype(np.int16)


def _ranks(logs: Floats, place: Ints, top: Ints) -> Ints:
    """Return the place of the first candidate of the same document and rounded log score; the best come first."""
    fresh = np.ones(len(logs), np.bool_)
    fresh[1:] = (logs[1:] != logs[:-1]) | (top[1:] != top[:-1])
    ranks: Ints = np.maximum.accumulate(np.where(fresh, place, 0))
    return ranks


def _idfs(idf: Floats, first: Ints, words: Ints) -> dict[str, Floats]:
    lowest, highest = idf[first], idf[first]
    for shift in range(1, int(words.max(initial=1))):
        rows = np.flatnonzero(words > shift)
        at = idf[first[rows] + shift]
        lowest[rows], highest[rows] = np.minimum(lowest[rows], at), np.maximum(highest[rows], at)
    return {"lowest idf": lowest, "highest idf": highest, "first idf": idf[first], "last idf": idf[first + words - 1]}


def _habits(habits: Habits, first: Ints, words: Ints) -> dict[str, Ints]:
    at = {"last": first + words - 1, "first": first}
    return {
        f"{habit}, {place}": habits[at[place], HABITS.index(habit)].astype(np.int64)
        for place, names in _HABITS.items()
        for habit in names
    }


def _grades(grades: Ints, first: Ints, words: Ints) -> dict[str, Floats | Ints]:
    """Return what is told of the grades of a candidate's words; words without one do not count."""
    lowest, total, count = np.full(len(first), _MOST), np.zeros(len(first), np.int64), np.zeros(len(first), np.int64)
    for shift in range(int(words.max(initial=0))):
        rows = np.flatnonzero(words > shift)
        grade = grades[first[rows] + shift]
        lowest[rows] = np.minimum(lowest[rows], np.where(grade > 0, grade, _MOST))
        total[rows] += grade
        count[rows] += grade > 0
    return {
        "grade, last": grades[first + words - 1],
        "grade, first": grades[first],
        "lowest grade": np.where(count > 0, lowest, 0),
        "mean grade": total / np.maximum(count, 1),
    }


def _among_each_other(
    texts: Texts, bounds: Ints, first: Ints, words: Ints, tf: Ints, logs: Floats
) -> dict[str, Floats]:
    """Return how candidates stand to those that have them as words in a row, and to those that they have."""
    count = len(first)
    longer, shorter, most = np.zeros(count), np.zeros(count), np.zeros(count)
    over, under = np.full(count, -np.inf), np.full(count, -np.inf)  # the best log scores of each
    for inner, outer in _pairs(texts.ids, bounds, first, words):
        longer[inner] += 1
        shorter[outer] += 1
        most[inner] = max(most[inner], tf[outer])
        over[inner], under[outer] = max(over[inner], logs[outer]), max(under[outer], logs[inner])
    return {
        "longer": longer,
        "shorter": shorter,
        "tf of a longer": most / tf,
        "behind a longer": logs - over,
        "behind a shorter": logs - under,
    }


def _pairs(ids: Ints, bounds: Ints, first: Ints, words: Ints) -> Iterator[tuple[int, int]]:
    """Yield each (inner, outer) of one document where the outer candidate has the words of the inner one in a row."""
    for start, end in pairwise(bounds.tolist()):
        terms = [
            ids[at : at + size].tobytes()
            for at, size in zip(first[start:end].tolist(), words[start:end].tolist(), strict=True)
        ]
        place_of = {term: start + place for place, term in enumerate(terms)}
        step = ids.itemsize
        for place, term in enumerate(terms):
            inside = {term[a:b] for a in range(0, len(term), step) for b in range(a + step, len(term) + 1, step)}
            for inner in inside - {term}:
                if inner in place_of:
                    yield place_of[inner], start + place
