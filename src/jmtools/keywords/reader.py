"""Records → words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from jmtools.keywords.options import MAX_WORDS, KeywordOptions, Record
from jmtools.keywords.vocabulary import Ints
from jmtools.words.segment import given_tokens, load_segmenter, record_text, segmentation_of


class WordReader:
    """Gives the words of records."""

    def __init__(self, options: KeywordOptions) -> None:
        dicts = [Path(path) for path in options.segment.user_dicts]
        self._segmenter = load_segmenter(options.segment.segmenter, user_dicts=dicts)
        if options.segment.allow_mixed:
            self.cut_of = None  # type: ignore[method-assign,assignment]

    @property
    def fingerprint(self) -> str:
        """Return how records are cut."""
        return self._segmenter.fingerprint

    def cut_of(self, data: Record) -> str:
        """Return how a record is or will be cut."""
        return segmentation_of(data) or self._segmenter.fingerprint

    def read(self, batch: Sequence[Record]) -> tuple[list[str], Ints, Ints]:
        """Return the words of all records, a line break after each record; their numbers; characters of headlines."""
        flat: list[str] = []
        lengths, headlines = [], []
        cut = self._segmenter.cut
        for data in batch:
            words = given_tokens(data)
            headline = data.get("headline") or ""
            if words is None:
                words = cut(record_text(data))
            elif not headline or not "".join(words[: len(headline) + 1]).startswith(headline):
                headline = ""  # words were left out: nobody can tell where it ends
            words = words if len(words) <= MAX_WORDS else words[:MAX_WORDS]
            flat += words
            flat.append("\n")
            lengths.append(len(words) + 1)
            headlines.append(len(headline) + 1 if headline else 0)
        return flat, np.array(lengths, np.int64), np.array(headlines, np.int64)
