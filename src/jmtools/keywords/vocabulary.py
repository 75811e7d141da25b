"""Words as numbers: an id for each distinct word, and arrays by id of what is known about the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.keywords.descriptions import Hashes, classes_and_roles, hash_words
from jmtools.keywords.habits import WIDTH, Habits, habits_of
from jmtools.keywords.options import term_key
from jmtools.keywords.tags import ALONE, END, INSIDE, LISTED, START, UNLISTED
from jmtools.words.dictionary import UNKNOWN_TAG
from jmtools.words.protected import kind_of

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float64]"
Bools: TypeAlias = "npt.NDArray[np.bool_]"
MEMO_LIMIT = 160_000  # distinct words that are remembered between batches, about 32 MB


@dataclass(frozen=True)
class Described:
    """What is known of some words, one after the other: see `WordIds`; without roles some arrays are empty."""

    chars: Ints
    hashes: Hashes
    role: Ints
    tag: Ints
    idf: Floats
    plain: Bools
    habits: Habits


class WordDescriber:
    """Tells what is known of words, of many at once."""

    def __init__(
        self,
        *,
        tags_of: Callable[[Sequence[str]], list[str]] | None,
        idfs_of: Callable[[Sequence[str]], Floats],
        stopwords: frozenset[str],
        listed: frozenset[str] = frozenset(),
    ) -> None:
        """Take what is asked; without `tags_of` there are no roles, tags and hashes.

        Args:
            tags_of: Parts of speech of words.
            idfs_of: Their idf.
            stopwords: Words that are no keyword.
            listed: Keys of terms that are, whatever their form.
        """
        self._tags_of, self._idfs_of, self._stopwords, self._listed = tags_of, idfs_of, stopwords, listed
        self.has_roles = tags_of is not None

    def of(self, words: Sequence[str]) -> Described:
        """Return what is known of words, none of them empty."""
        count, stop = len(words), self._stopwords
        stopped = np.fromiter((word in stop for word in words), np.bool_, count)
        chars = np.fromiter(map(len, words), np.int64, count)
        plain = (chars > 1) & ~stopped & np.fromiter(map(_may_be_keyword, words), np.bool_, count)
        listed = np.zeros(count, np.bool_)
        if self._listed:
            listed = np.fromiter((term_key(word) in self._listed for word in words), np.bool_, count)
        idf = self._idfs_of(words)
        if self._tags_of is None or not count:
            nothing = np.zeros(0, np.int64)
            unasked = np.zeros((0, WIDTH), np.uint8)
            return Described(chars, np.zeros(0, np.uint64), nothing, nothing, idf, plain | listed, unasked)
        tags = self._tags_of(words)
        known = np.fromiter((tag != UNKNOWN_TAG for tag in tags), np.bool_, count)
        classes, roles = classes_and_roles(words, tags, stop=stopped, known=known)
        role = roles | np.where(known, 0, UNLISTED) | listed * (START | END | INSIDE | ALONE | LISTED)
        return Described(chars, hash_words(words, chars), role, classes, idf, plain | listed, habits_of(words))


def _may_be_keyword(word: str) -> bool:
    """Tell whether a word is no sign, number, date, time, address or the like."""
    return word[:1].isalnum() and (word.isalpha() or not kind_of(word))


class WordIds(dict[str, int]):
    """Ids of words in their order of appearance: `vocabulary[word]` gives a new word the next number.

    Attributes:
        words: The word of each id.
        chars: Its length.
        hashes: Σ code·base^place of its lower-case characters, from which any stretch of text has its hash.
        role: What the word may do in a term: bits of `jmtools.keywords.tags` and `jmtools.keywords.credits`.
        tag: Index into `jmtools.keywords.tags.TAG_CLASSES`.
        idf: Its idf.
        plain: Whether it is a word of two characters or more and not in the stop list.
        habits: What is known of it from other texts: a row of `jmtools.keywords.habits`.
    """

    def __init__(self, describer: WordDescriber) -> None:
        """Begin without words."""
        super().__init__()
        self._describer = describer
        self.has_roles = describer.has_roles
        self.words: list[str] = []
        self._uses: Ints = np.zeros(0, np.int64)
        self.chars: Ints = np.zeros(0, np.int64)
        self.hashes: Hashes = np.zeros(0, np.uint64)
        self.role: Ints = np.zeros(0, np.int64)
        self.tag: Ints = np.zeros(0, np.int64)
        self.idf: Floats = np.zeros(0)
        self.plain: Bools = np.zeros(0, np.bool_)
        self.habits: Habits = np.zeros((0, WIDTH), np.uint8)

    def __missing__(self, word: str) -> int:
        """Number a new word."""
        number = self[word] = len(self.words)
        self.words.append(word)
        return number

    def ids(self, tokens: Sequence[str]) -> Ints:
        """Return the id of each token; what is known of new words is looked up, all at once."""
        found = self.number(tokens)
        self.describe(found)
        return found

    def number(self, tokens: Sequence[str]) -> Ints:
        """Return the id of each token; nothing is known of new words before `describe`."""
        numbers = itemgetter(*tokens)(self) if len(tokens) > 1 else [self[word] for word in tokens]
        return np.fromiter(numbers, np.int64, len(tokens))

    def describe(self, found: Ints) -> None:
        """Look up what is known of new words, all at once, and note that these ids were used."""
        if len(self.words) > len(self.chars):
            self._describe(self.words[len(self.chars) :])
        self._uses += np.bincount(found, minlength=len(self._uses))

    def trim(self) -> bool:
        """Forget the rarer half of the words when they have become many; tell whether ids mean nothing any more."""
        if len(self.words) <= MEMO_LIMIT:
            return False
        kept = np.sort(np.argsort(-self._uses, kind="stable")[: MEMO_LIMIT // 2])
        self.words = [self.words[number] for number in kept.tolist()]
        self.clear()
        self.update(zip(self.words, range(len(self.words)), strict=True))
        self._uses = self._uses[kept] >> 1  # older counts weigh less
        self.chars, self.idf, self.plain = self.chars[kept], self.idf[kept], self.plain[kept]
        if self.has_roles:
            self.hashes, self.role, self.tag = self.hashes[kept], self.role[kept], self.tag[kept]
            self.habits = self.habits[kept]
        return True

    def _describe(self, new: list[str]) -> None:
        found = self._describer.of(new)
        self._uses = np.append(self._uses, np.zeros(len(new), np.int64))
        self.idf, self.plain = np.append(self.idf, found.idf), np.append(self.plain, found.plain)
        self.chars = np.append(self.chars, found.chars)
        if self.has_roles:
            self.tag, self.role = np.append(self.tag, found.tag), np.append(self.role, found.role)
            self.hashes = np.append(self.hashes, found.hashes)
            self.habits = np.append(self.habits, found.habits, axis=0)
