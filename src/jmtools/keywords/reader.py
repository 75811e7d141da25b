"""Records → words laid out end to end, as keywords are ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jmtools.keywords.options import MAX_WORDS, KeywordOptions, Record
from jmtools.keywords.vocabulary import Ints
from jmtools.words.reader import ReadsWords, WordReader
from jmtools.words.segment import given_tokens, record_text


class KeywordReader(ReadsWords):
    """Gives the words of batches."""

    words: WordReader

    def __init__(self, options: KeywordOptions) -> None:
        self.words = WordReader(options.segment)

    def read(self, batch: Sequence[Record]) -> tuple[list[str], Ints, Ints]:
        """Return the words of all records, a line break after each record; their numbers; characters of headlines."""
        flat: list[str] = []
        lengths, headlines = [], []
        cut = self.words.cut
        for data in batch:
            words = given_tokens(data)
            headline = data.get("headline") or ""
            if words is None:
                words = cut(record_text(data))
            elif not headline or not "".join(words[: len(headline) + 1]).startswith(headline):
                headline = ""  # words were left out: where it ends is unknown
            words = words if len(words) <= MAX_WORDS else words[:MAX_WORDS]
            flat += words
            flat.append("\n")
            lengths.append(len(words) + 1)
            headlines.append(len(headline) + 1 if headline else 0)
        return flat, np.array(lengths, np.int64), np.array(headlines, np.int64)
