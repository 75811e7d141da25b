"""Texts → the terms by which the index finds them: their words, and the strings inside of longer ones."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from jmtools.counts.term_counter import is_word
from jmtools.words.core import Core
from jmtools.words.numbers import CoreNumbers, Ints, Numbers

_INNER = range(2, 5)  # characters of the strings inside a longer word by which it is found too
_SLICE = 1 << 18  # words whose numbers may be objects at the same time
_JOINT = "\ue001"  # stands in a word for what would part it: a term that nobody types
_SIMPLE = re.compile(r"[\u4e00-\u9fa5]+|[\x00-\x7f]+")
_HAN = re.compile(r"[\u4e00-\u9fa5]")
_PARTS = re.compile(r"[^\u4e00-\u9fa5A-Za-z0-9０-９]")


class TextTerms(NamedTuple):
    """The terms of one record, each column joined by blanks.

    Attributes:
        words: How many words headline and text have, punctuation aside.
        headline: The words of the headline.
        text: The words of the text.
        inside: Strings inside of longer words.
        is_whole: Whether the words are those of headline and text as one text.
    """

    words: int
    headline: str
    text: str
    inside: str
    is_whole: bool


class WordTerms(NamedTuple):
    """What the index holds of one word; both are empty for punctuation."""

    term: str
    inside: str


def term_of(word: str) -> str:
    """Return a word as one term of the index, and as it is asked for.

    >>> term_of("医保"), term_of("5G-A"), term_of("阿卜·杜拉").replace(_JOINT, "|")
    ('医保', '5G-A', '阿卜|杜拉')
    """
    return word if _SIMPLE.fullmatch(word) or not _HAN.search(word) else _PARTS.sub(_JOINT, word)


@functools.lru_cache(maxsize=1 << 17)
def terms_of(word: str) -> WordTerms:
    """Return what the index holds of a word.

    >>> terms_of("医保"), terms_of("粤港澳"), terms_of("，")
    (WordTerms(term='医保', inside=''), WordTerms(term='粤港澳', inside='粤港 港澳'), WordTerms(term='', inside=''))
    """
    if not is_word(word):
        return WordTerms("", "")
    term = term_of(word)
    if word.isascii():
        return WordTerms(term, "")
    inside = [word[at : at + size] for size in _INNER if size < len(word) for at in range(len(word) - size + 1)]
    return WordTerms(term, " ".join([*inside, *(_parts(word) if term != word else [])]))


def _parts(word: str) -> list[str]:
    """Return what stands between the marks in a word.

    >>> _parts("阿卜·杜拉")
    ['阿卜', '杜拉']
    """
    return "".join(char if char.isalnum() else " " for char in word).split()


class StringTerms:
    """Makes the terms of texts from their words as strings."""

    def __init__(self, cut: Callable[[str], list[str]]) -> None:
        self._cut = cut

    def of(self, texts: Sequence[tuple[str, str]]) -> list[TextTerms]:
        """Return the terms of headlines and texts."""
        return [self._of(headline, text) for headline, text in texts]

    def _of(self, headline: str, text: str) -> TextTerms:
        if not headline:
            return joined([], self._cut(text))
        words = self._cut(f"{headline}\n{text}")
        size = 0
        for number, word in enumerate(words):
            if size == len(headline) and word == "\n":
                return joined(words[:number], words[number + 1 :])
            size += len(word)
        return joined(self._cut(headline), self._cut(text), is_whole=False)


class NumberTerms:
    """Makes the same terms from the numbers that the segmenter core gives to words: no string is made of a word."""

    def __init__(self, core: Core, cut: Callable[[str], list[str]]) -> None:
        self._numbers = CoreNumbers(core, cut)
        self._strings = StringTerms(cut)
        self._words = core.words
        self._cleared = 0
        self._terms: list[str] = []
        self._inside: list[str] = []
        self._size = np.zeros(0, np.int32)  # characters; 0 where a word was not met yet
        self._kind = np.zeros(0, np.int8)  # 0 punctuation, 1 a word, 2 one with strings inside
        self._make_room(self._words)
        self._newline = int(self._numbers.of_words(["\n"])[0])

    def of(self, texts: Sequence[tuple[str, str]]) -> list[TextTerms]:
        """Return the terms of headlines and texts."""
        whole = [f"{headline}\n{text}" if headline else text for headline, text in texts]
        numbers, counts = self._numbers.of(whole)
        self._meet(numbers)
        ends = np.cumsum(counts, dtype=np.int64)
        begins = ends - counts
        if len(numbers) > _SLICE:
            parts = zip(texts, begins.tolist(), ends.tolist(), strict=True)
            return [self._of_long(pair, numbers[begin:end]) for pair, begin, end in parts]
        borders = self._borders(numbers, begins, ends, [len(headline) for headline, _ in texts])
        places = zip(texts, begins.tolist(), borders.tolist(), ends.tolist(), strict=True)
        kinds = self._kind[numbers]
        terms = [*map(self._terms.__getitem__, numbers[kinds > 0].tolist())]
        longer = numbers[kinds == 2].tolist()
        before, longer_before = (np.concatenate([[0], np.cumsum(kinds > least)]).tolist() for least in (0, 1))
        found = []
        for pair, begin, border, end in places:
            if border < 0:
                found += self._strings.of([pair])
                continue
            inside = dict.fromkeys(longer[longer_before[begin] : longer_before[end]])
            start, middle, stop = before[begin], before[border], before[end]
            columns = " ".join(terms[start:middle]), " ".join(terms[middle:stop])
            found.append(TextTerms(stop - start, *columns, " ".join(map(self._inside.__getitem__, inside)), True))
        return found

    def _borders(self, numbers: Numbers, begins: Ints, ends: Ints, headlines: Sequence[int]) -> Ints:
        """Return where the text of each record begins among the words; -1 where no word ends with its headline."""
        sizes = np.array(headlines, np.int64)
        edges = np.concatenate([[0], np.cumsum(self._size[numbers], dtype=np.int64)])
        at = np.searchsorted(edges, edges[begins] + sizes)
        newline = np.append(numbers, 0)[np.minimum(at, len(numbers))] == self._newline
        fits = (edges[at] == edges[begins] + sizes) & (at < ends) & newline
        borders: Ints = np.where(sizes == 0, begins, np.where(fits, at, -1))
        return borders

    def _of_long(self, pair: tuple[str, str], numbers: Numbers) -> TextTerms:
        """Return the terms of a record of any length: millions of numbers are never objects at the same time."""
        size = len(pair[0])
        head = numbers[: size + 1]  # holds the headline, whatever its words
        (border,) = self._borders(head, np.zeros(1, np.int64), np.array([len(head)]), [size]).tolist()
        if border < 0:
            return self._strings.of([pair])[0]
        parts = [part[self._kind[part] > 0] for part in (numbers[:border], numbers[border:])]
        columns = [" ".join([" ".join(map(self._terms.__getitem__, few)) for few in _slices(part)]) for part in parts]
        inside = dict.fromkeys(chain.from_iterable(_slices(numbers[self._kind[numbers] == 2])))
        strings = " ".join(map(self._inside.__getitem__, inside))
        return TextTerms(sum(map(len, parts)), columns[0], columns[1], strings, True)

    def _meet(self, numbers: Numbers) -> None:
        """Learn the words that were not met before."""
        if self._cleared != self._numbers.cleared:
            self._cleared = self._numbers.cleared
            self._size[self._words :] = 0
        most = int(numbers.max(initial=0))
        if most >= len(self._terms):
            self._make_room(most + 1)
        new = np.unique(numbers[self._size[numbers] == 0]).tolist()
        for number, word in zip(new, self._numbers.cutter.names(new) if new else (), strict=True):
            found = terms_of(word)
            self._terms[number], self._inside[number] = found
            self._size[number] = len(word)
            self._kind[number] = (found.term != "") + (found.inside != "")

    def _make_room(self, size: int) -> None:
        more = size + (1 << 14) - len(self._terms)
        self._terms += [""] * more
        self._inside += [""] * more
        self._size = np.append(self._size, np.zeros(more, np.int32))
        self._kind = np.append(self._kind, np.zeros(more, np.int8))


def _slices(numbers: Numbers) -> Iterator[list[int]]:
    """Yield numbers as lists of a limited length: millions of numbers as objects take more room than the text."""
    for start in range(0, len(numbers), _SLICE):
        yield numbers[start : start + _SLICE].tolist()


def joined(headline: Sequence[str], text: Sequence[str], *, is_whole: bool = True) -> TextTerms:
    """Return the terms of a record whose words are known."""
    columns = [[found for found in map(terms_of, part) if found[0]] for part in (headline, text)]
    inside = dict.fromkeys([strings for column in columns for _, strings in column if strings])
    terms = [" ".join([term for term, _ in column]) for column in columns]
    return TextTerms(sum(map(len, columns)), terms[0], terms[1], " ".join(inside), is_whole)
