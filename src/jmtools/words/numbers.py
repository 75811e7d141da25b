"""The words of texts as numbers, straight from the segmenter core: no string is made of a word that was met before."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.words.core import NONE, Core, Cutter, joined, surrogate_error
from jmtools.words.core_library import Whole
from jmtools.words.pieces import text_pieces
from jmtools.words.protected import MARK, character_kinds, masked
from jmtools.words.shadow import character_forms
from jmtools.words.text_records import TextRecords

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Numbers: TypeAlias = "npt.NDArray[np.uint32]"
Encode = Callable[[Sequence[str]], Ints]
LONGEST_TEXT = 262_144  # characters; longer texts are segmented piece by piece
_REMEMBERED = 300_000  # words that no dictionary has


class CoreNumbers:
    """Gives the words of texts the numbers that the segmenter core gives them.

    Attributes:
        cutter: Knows the words behind the numbers.
        cleared: How often the numbers of words that no dictionary has were forgotten.
    """

    def __init__(self, core: Core, cut: Callable[[str], list[str]], *, forgets: bool = True) -> None:
        """Take the core, and what segments the few texts that the core cannot.

        Args:
            core: The core.
            cut: Segments texts.
            forgets: Whether words that no dictionary has are forgotten when they have become many.
        """
        self._core, self._cut, self._forgets = core, cut, forgets
        self.cutter = Cutter(core)
        self.cleared = 0

    @cached_property
    def _whole(self) -> Whole:
        return Whole(character_kinds(), character_forms())

    def of(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the number of each word of each text, end to end, and how many words each text has.

        Raises:
            RecordError: If a text has lone surrogates.
        """
        encoded = [_encode(text) if len(text) <= LONGEST_TEXT else b"" for text in texts]
        longest = max(map(len, encoded), default=0)
        most = sum(len(text) for text in texts if len(text) <= LONGEST_TEXT)
        return self._of(*joined(encoded), longest, most, texts.__getitem__)

    def of_records(self, records: TextRecords) -> tuple[Numbers, Numbers]:
        """Return what `of` does for what records say."""
        size = records.ends[-1] if len(records) else 0
        return self._of(records.text, records.ends, records.longest, size, records.said)

    def _of(
        self, data: bytes | bytearray, ends: array[int], longest: int, most: int, text_of: Callable[[int], str]
    ) -> tuple[Numbers, Numbers]:
        if self._forgets and self.cutter.others > _REMEMBERED:
            self.cutter.forget()
            self.cleared += 1
        found, sizes = self.cutter.numbers_of_plain(data, ends, self._whole, longest=longest, most=most)
        numbers, counts = np.frombuffer(found, np.uint32), np.frombuffer(sizes, np.uint32)
        left = np.flatnonzero((counts == NONE) | (counts == 0)).tolist()
        odd = {place: text for place in left if (text := text_of(place))}
        return (numbers, counts) if not odd else _inserted(numbers, counts, self._odd_texts(odd))

    def of_words(self, words: Sequence[str]) -> Numbers:
        """Return the number of each word, however it came about."""
        return np.frombuffer(self.cutter.numbers_of_words(words), np.uint32)

    def _odd_texts(self, texts: Mapping[int, str]) -> dict[int, Numbers]:
        """Return the numbers of texts that are long, or have more than plain characters and numbers."""
        out: dict[int, Numbers] = {}
        plain: list[bytes] = []
        tokens: list[str] = []
        left: list[int] = []
        for place, text in texts.items():
            if len(text) > LONGEST_TEXT:
                out[place] = self._of_long_text(text)
                continue
            found = masked(text)
            if found is None:
                out[place] = self.of_words(self._cut(text))
                continue
            plain.append(found[0].encode())
            tokens += found[1]
            left.append(place)
        words, sizes = self.cutter.numbers_of_texts(plain, most=sum(map(len, plain)))
        numbers = self._with_tokens(np.frombuffer(words, np.uint32), tokens)
        ends = np.cumsum(sizes).tolist()
        return out | {place: numbers[start:end] for place, (start, end) in zip(left, pairwise([0, *ends]), strict=True)}

    def _of_long_text(self, text: str) -> Numbers:
        """Return the numbers of a text piece by piece: its words as strings take thirty times its room."""
        found = masked(text)
        if found is None:
            return self.of_words(self._cut(text))
        plain, tokens = found
        pieces = [self.cutter.numbers_of_texts([_encode(piece)], most=len(piece))[0] for piece in text_pieces(plain)]
        return self._with_tokens(np.concatenate([np.frombuffer(piece, np.uint32) for piece in pieces]), tokens)

    def _with_tokens(self, numbers: Numbers, tokens: Sequence[str]) -> Numbers:
        """Put the numbers of protected tokens where their marks stand."""
        if tokens:
            *others, mark = self.cutter.numbers_of_words([*tokens, MARK])
            numbers[np.flatnonzero(numbers == mark)] = others
        return numbers


class WordNumbers:
    """Gives the words of texts the numbers that another vocabulary gives to strings.

    The same words get the same numbers as `encode` gives them; it is asked once for each word.
    """

    def __init__(self, core: Core, cut: Callable[[str], list[str]]) -> None:
        """Take the core, and what segments the few texts that the core cannot."""
        self._numbers = CoreNumbers(core, cut)
        self._words = core.words
        self._known: Ints | None = None
        self._cleared = 0

    def forget(self) -> None:
        """Forget every number; to be called whenever `encode` has."""
        self._known = None

    def of(self, texts: Sequence[str], encode: Encode) -> tuple[Ints, Ints]:
        """Return the number of each word of each text, end to end, and how many words each text has.

        Raises:
            RecordError: If a text has lone surrogates.
        """
        numbers, counts = self._numbers.of(texts)
        given = self._known if self._known is not None else np.full(self._words + (1 << 12), -1, np.int64)
        if self._cleared != self._numbers.cleared:
            self._cleared = self._numbers.cleared
            given[self._words :] = -1
        most = int(numbers.max(initial=0))
        if most >= len(given):
            given = np.append(given, np.full(most, -1, np.int64))
        known = given[numbers]
        if int(known.min(initial=0)) < 0:
            new = _distinct(numbers[known < 0])
            given[new] = encode(self._numbers.cutter.names(new.tolist()))
            known = given[numbers]
        self._known = given
        return known, counts.astype(np.int64)


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise surrogate_error(text) from error


def _distinct(numbers: Numbers) -> Numbers:
    """Return different numbers, smallest first; sorting is faster than numpy's own hashing of so few."""
    ordered = np.sort(numbers)
    distinct: Numbers = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return distinct


def _inserted(numbers: Numbers, counts: Numbers, others: Mapping[int, Numbers]) -> tuple[Numbers, Numbers]:
    """Return numbers with those of other texts in their places, which have none yet."""
    sizes = np.where(counts == NONE, np.uint32(0), counts)
    ends = np.cumsum(sizes, dtype=np.int64)
    pieces: list[Numbers] = []
    done = 0
    for place in sorted(others):
        pieces += [numbers[done : ends[place]], others[place]]
        done, sizes[place] = ends[place], len(others[place])
    return np.concatenate([*pieces, numbers[done:]]), sizes
