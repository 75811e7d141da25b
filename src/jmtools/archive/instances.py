"""The places of one word in the index of an archive, read at once: no row is made for each record."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jmtools.archive.columns import Numbers
from jmtools.archive.schema import WEIGHTS

if TYPE_CHECKING:
    import numpy.typing as npt

_PLAIN = re.compile(r"[\u4e00-\u9fa5]+")  # neither parted nor folded by the index
_VIEW = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab(main, articles_fts, instance)"
# One text of numbers for all places: SQLite writes it, and numpy reads it, in a third of the time that rows take.
_PLACES = """SELECT json_group_array(4 * doc + CASE col WHEN 'headline' THEN 0 WHEN 'text' THEN 1 ELSE 2 END)
FROM temp.places WHERE term = ?"""


def is_one_term(word: str) -> bool:
    """Tell whether the index has a word as one term, as it is written."""
    return _PLAIN.fullmatch(word) is not None


class Instances(NamedTuple):
    """The records that have a word.

    Attributes:
        docs: Their numbers, ascending.
        weights: How often each has it, with the weights of the columns of the index.
        printed: How often it is a word of headline or text, and not a part of a longer one.
    """

    docs: Numbers
    weights: npt.NDArray[np.float64]
    printed: Numbers


def instances_of(connection: sqlite3.Connection, word: str) -> Instances:
    """Return the records that have a word, which must be one term of the index as it is."""
    connection.execute("PRAGMA query_only = OFF")
    connection.execute(_VIEW)
    (text,) = connection.execute(_PLACES, [word]).fetchone()
    codes = np.fromstring(text[1:-1], np.int64, sep=",") if len(text) > 2 else np.zeros(0, np.int64)
    docs, at, counts = np.unique(codes >> 2, return_inverse=True, return_counts=True)
    column = codes & 3
    weights: npt.NDArray[np.float64] = np.bincount(at, np.array(WEIGHTS)[column], minlength=len(docs)).astype(float)
    return Instances(docs, weights, counts - np.bincount(at, column == 2, minlength=len(docs)).astype(np.int64))
