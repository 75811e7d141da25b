"""The words of texts as numbers, straight from the segmenter core: no string is made of a word that was met before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from jmtools.words.core import Core, Cutter, surrogate_error
from jmtools.words.protected import MARK, masked

Ints = npt.NDArray[np.int64]
LONGEST_TEXT = 262_144  # characters; longer texts are segmented piece by piece, as strings
_REMEMBERED = 300_000  # words that no dictionary has


class WordNumbers:
    """Gives the words of texts the numbers that another vocabulary gives to strings.

    The same words get the same numbers as `encode` gives them; it is asked once for each word.
    """

    def __init__(self, core: Core) -> None:
        self._cutter = Cutter(core)
        self._words = core.words
        self._mark = self._cutter.number(MARK)
        self._known = np.full(core.words + (1 << 12), -1, np.int64)

    def forget(self) -> None:
        """Forget every number; to be called whenever `encode` has."""
        self._known.fill(-1)

    def trim(self) -> None:
        """Forget the words that no dictionary has when they have become many."""
        if self._cutter.others > _REMEMBERED:
            self._cutter.forget()
            self._known[self._words :] = -1
            self._mark = self._cutter.number(MARK)

    def of(self, text: str, encode: Callable[[Sequence[str]], Ints]) -> Ints | None:
        """Return the number of each word of a text; None for a text that must be segmented as strings.

        Raises:
            RecordError: If it has lone surrogates.
        """
        if len(text) > LONGEST_TEXT:
            return None
        found = masked(text)
        if found is None:
            return None
        plain, tokens = found
        try:
            numbers = np.frombuffer(self._cutter.numbers(plain), np.uint32)
        except UnicodeEncodeError as error:
            raise surrogate_error(text) from error
        if tokens:
            numbers[np.flatnonzero(numbers == self._mark)] = [self._cutter.number(token) for token in tokens]
        most = int(numbers.max(initial=0))
        if most >= len(self._known):
            self._known = np.append(self._known, np.full(most, -1, np.int64))
        known = self._known[numbers]
        if (known < 0).any():
            new = np.unique(numbers[known < 0])
            self._known[new] = encode(self._cutter.names(new.tolist()))
            known = self._known[numbers]
        return known
