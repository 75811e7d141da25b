"""How often words in a row stand in the records of an archive: only the texts that may have them are segmented."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

import numpy as np

from jmtools.archive.columns import Numbers
from jmtools.archive.narrowing import conditions, needs_of_words
from jmtools.words.phrases import Phrases, edges_of
from jmtools.words.reader import WordReader
from jmtools.words.segment import record_text


def rows_in_texts(
    connection: sqlite3.Connection, rows: Sequence[str], words: WordReader
) -> dict[str, tuple[Numbers, Numbers]]:
    """Return for each phrase the numbers of the records that have it, and how often.

    Args:
        connection: An archive in which the words of every record are those of its headline and text.
        rows: Words with blanks between, or such as the segmenter parts.
        words: How text is segmented.
    """
    if not rows:
        return {}
    phrases = Phrases(rows, words.cut)
    strings = ["".join(row.split()) for row in rows]
    counts: list[dict[int, int]] = [{} for _ in rows]
    condition, values = conditions(connection, where=None, needs=needs_of_words(rows, words))
    sql = f"SELECT n, headline, text FROM articles WHERE {condition or '1'} ORDER BY n"  # noqa: S608
    for number, headline, text in connection.execute(sql, values):
        whole = record_text({"headline": headline, "text": text})
        if any(string in whole for string in strings):
            tokens = words.cut(whole)
            found = Counter(index for index, _, _ in phrases.find(whole, tokens, edges_of(tokens)))
            for index, freq in found.items():
                counts[index][number] = freq
    return {
        row: (np.array([*found], np.int64), np.array([*found.values()], np.int64))
        for row, found in zip(rows, counts, strict=True)
    }
