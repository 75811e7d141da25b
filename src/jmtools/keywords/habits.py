"""How words behave in other texts: how common they are, whether they come again, what readers think of them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.keywords.digit_table import DigitTable
from jmtools.words.grades import grades_of
from jmtools.words.shadow import simplified_words

if TYPE_CHECKING:
    import numpy.typing as npt

Habits: TypeAlias = "npt.NDArray[np.uint8]"

# What is known of a word, each from 1 to 63; 0 where nothing is known. The table has all but the grade.
HABITS = (
    *("common", "repeated", "before a word", "after a word"),
    *("struck at the end", "struck at the beginning", "grade"),
)
WIDTH = 8  # bytes of a word; the last one is not used
STEPS = 2  # of a grade
GRADE = HABITS.index("grade")


def habits_of(words: Sequence[str]) -> Habits:
    """Return what is known of words, shape (words, `WIDTH`); Traditional words have the habits of Simplified ones."""
    found = b"".join([habits.ljust(WIDTH, b"\0") for habits in _table().of(simplified_words(words))])
    known = np.frombuffer(bytearray(found), np.uint8).reshape(-1, WIDTH)
    for place, (word, grade) in enumerate(zip(words, grades_of(words), strict=True)):
        if word[0].isalnum():
            known[place, GRADE] = as_habit(grade)
    return known


def as_habit(grade: float) -> int:
    """Return a grade as a habit.

    >>> as_habit(0), as_habit(2.5), as_habit(5)
    (1, 6, 11)
    """
    return 1 + round(STEPS * grade)


@functools.cache
def _table() -> DigitTable:
    return DigitTable("word-habits.txt")
