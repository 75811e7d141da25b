"""How words behave in other texts: how common they are, whether they come again, whether readers struck them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.io.installed import read_data
from jmtools.words.shadow import simplified_words

if TYPE_CHECKING:
    import numpy.typing as npt

Habits: TypeAlias = "npt.NDArray[np.uint8]"

# What is known of a word, each from 1 to 63; 0 where nothing is known.
HABITS = ("common", "repeated", "before a word", "after a word", "struck at the end", "struck at the beginning")
WIDTH = 8  # bytes of a word; the last two are not used
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/"  # of the table


def habits_of(words: Sequence[str]) -> Habits:
    """Return what is known of words, shape (words, `WIDTH`); Traditional words have the habits of Simplified ones."""
    table, nothing = _table(), bytes(WIDTH)
    found = b"".join([table.get(word, nothing) for word in simplified_words(words)])
    return np.frombuffer(found, np.uint8).reshape(-1, WIDTH)


@functools.cache
def _table() -> dict[str, bytes]:
    """Return the table that comes with the program: lines of a word and a digit for each habit."""
    values = bytes.maketrans(DIGITS.encode(), bytes(range(len(DIGITS))))
    rows = (line.split(" ") for line in read_data("word-habits.txt").splitlines() if not line.startswith("#"))
    return {word: digits.encode().translate(values).ljust(WIDTH, b"\0") for word, digits in rows}
