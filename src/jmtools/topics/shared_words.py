"""The distinct words of a batch as places in one list, so that words met before are neither copied nor looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from jmtools.topics.vectors import Ints

_SOME = 1 << 14  # words for which there is room at first


class SharedWords:
    """Some words of a list that grows: in one process nobody copies it, another process gets a list of its own.

    Attributes:
        all_words: The list.
        places: Of these words in it, shape (words,).
    """

    def __init__(self, all_words: list[str], places: Ints) -> None:
        self.all_words, self.places = all_words, places

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.places)

    def __iter__(self) -> Iterator[str]:
        """Yield the words."""
        return iter(self.listed())

    def listed(self) -> list[str]:
        """Return the words as a list."""
        words = self.all_words
        return [words[place] for place in self.places.tolist()]

    def __reduce__(self) -> tuple[type[list[str]], tuple[list[str]]]:
        """Send a list."""
        return list, (self.listed(),)


class WordPlaces:
    """The number that a vocabulary gives to each word of a batch; words that were shared before are not looked up."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._known: Ints | None = None

    def of(self, words: Sequence[str] | SharedWords, encode: Callable[[Sequence[str]], Ints]) -> Ints:
        """Return the number of each word.

        Args:
            words: Of a batch.
            encode: Gives words their numbers, new ones to new words.
        """
        if not isinstance(words, SharedWords):
            return encode(words)
        known = self._known
        if known is None or words.all_words is not self._words:
            self._words, known = words.all_words, np.full(_SOME, -1, np.int64)
        if len(self._words) > len(known):
            known = np.append(known, np.full(len(self._words), -1, np.int64))
        new = words.places[known[words.places] < 0]
        if len(new):
            known[new] = encode(SharedWords(self._words, new).listed())
        self._known = known
        return known[words.places]
