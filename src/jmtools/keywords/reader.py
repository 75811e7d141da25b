"""Records → words laid out end to end, as keywords are ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from jmtools.counts.tally import Vocabulary
from jmtools.io.json_types import Record
from jmtools.keywords.options import MAX_WORDS, KeywordOptions, term_key
from jmtools.words.core import load_core
from jmtools.words.numbers import Ints, WordNumbers
from jmtools.words.reader import ReadsWords, WordReader
from jmtools.words.segment import given_tokens, record_text

Read: TypeAlias = "tuple[Ints, Ints, Ints]"


class KeywordReader(ReadsWords):
    """Gives the words of batches."""

    words: WordReader

    def __init__(self, options: KeywordOptions) -> None:
        self.words = WordReader(options.segment)
        segment, core = options.segment, load_core()
        plain = core is not None and segment.segmenter == "rjieba" and segment.is_plain
        self._word_numbers = WordNumbers(core, self.words.cut) if core is not None and plain else None
        self._printed = {term_key(term): term for term in reversed(options.terms or ())}

    def numbers(self, batch: Sequence[Record], encode: Callable[[Sequence[str]], Ints]) -> Read | None:
        """Return what `read` returns, with a number from `encode` for each word; None if the batch needs strings.

        Raises:
            RecordError: If the record has no usable text.
        """
        if self._word_numbers is None or not batch or any(data.get("tokens") is not None for data in batch):
            return None
        line_break = encode(["\n"])
        numbers, counts = self._word_numbers.of([record_text(data) for data in batch], encode)
        ends = np.cumsum(counts)
        headlines = [len(headline) + 1 if (headline := data.get("headline")) else 0 for data in batch]
        if int(counts.max()) > MAX_WORDS:
            kept = np.minimum(counts, MAX_WORDS)
            places = zip((ends - counts).tolist(), kept.tolist(), strict=True)
            numbers = np.concatenate([numbers[start : start + size] for start, size in places])
            counts, ends = kept, np.cumsum(kept)
        return np.insert(numbers, ends, line_break[0]), counts + 1, np.array(headlines, np.int64)

    def encoded(self, batch: Sequence[Record], known: Vocabulary) -> Read:
        """Return what `read` returns, with the number that a vocabulary gives each word."""
        numbered = self.numbers(batch, known.encode)
        if numbered is not None:
            return numbered
        flat, lengths, headlines = self.read(batch)
        return known.encode(flat), lengths, headlines

    def forget(self) -> None:
        """Forget the numbers that `encode` gave."""
        if self._word_numbers is not None:
            self._word_numbers.forget()

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
            flat += self._as_listed(words) if self._printed else words
            flat.append("\n")
            lengths.append(len(words) + 1)
            headlines.append(len(headline) + 1 if headline else 0)
        return flat, np.array(lengths, np.int64), np.array(headlines, np.int64)

    def _as_listed(self, words: Sequence[str]) -> list[str]:
        """Return words, those of the user's list in its letters."""
        printed = self._printed
        return [printed.get(term_key(word), word) for word in words]
