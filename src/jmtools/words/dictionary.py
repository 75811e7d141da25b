"""The data files of the jieba package: words with their frequencies, parts of speech and background idf."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

from jmtools.errors import FileError
from jmtools.words.protected import half_width, kind_of
from jmtools.words.shadow import simplified, simplified_words

if TYPE_CHECKING:
    from jmtools.words.word_table import WordTable

UNKNOWN_TAG = "x"
_LATIN_TAG = "eng"
_TAG_OF_KIND = {"number": "m", "date": "t", "time": "t"}  # the tag of a token that is known by its form alone
_TABLE_PAYS = 20_000  # words after which reading the whole dictionary is cheaper than asking the segmenter for each
_MEMO_LIMIT = 30_000  # distinct words whose tags are remembered, about 4 MB


class WordTags(dict[str, str]):
    """Part of speech of a word by look-up, remembered: `tags[word]`, `"x"` for words that the dictionary lacks.

    A first look-up costs two microseconds, and nothing is loaded for it: the dictionary is in the fast segmenter. Of
    many words at once it costs less than one: by the segmenter core, or else by the dictionary's file.
    """

    def __init__(
        self,
        has_word: Callable[[str], bool],
        tag: Callable[[str], list[tuple[str, str]]],
        tags_of: Callable[[Sequence[str]], list[str]] | None = None,
    ) -> None:
        """Take the look-ups of a segmenter; `tags_of` gives `UNKNOWN_TAG` for words that the dictionary lacks."""
        super().__init__()
        self._has_word = has_word
        self._tag = tag
        self._tags_of = tags_of
        self._asked = 0

    def __missing__(self, word: str) -> str:
        """Look a word up and remember it."""
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self._asked += 1
        tag = self[word] = self._look_up(word)
        return tag

    def of(self, words: Sequence[str]) -> list[str]:
        """Return the part of speech of each of many words; none is remembered that the file was asked for."""
        if self._tags_of is not None:
            tags = self._tags_of(simplified_words(words))
            return [
                self._tag_of_other(word) if tag == UNKNOWN_TAG and not is_han(word) else tag
                for word, tag in zip(words, tags, strict=True)
            ]
        self._asked += len(words)
        if self._asked < _TABLE_PAYS:
            return [self[word] for word in words]
        known = _tags()
        numbers = _tag_table().find(simplified_words(words)).tolist()
        return [
            known[number] if number >= 0 else self._look_up(word) for word, number in zip(words, numbers, strict=True)
        ]

    def _tag_of_other(self, word: str) -> str:
        """Return what `_look_up` does for a word that the dictionary lacks; most are figures or Latin letters alone."""
        if word.isascii():
            if word.isdigit():
                return _TAG_OF_KIND["number"]
            if word.isalpha():
                return _LATIN_TAG
        return self._look_up(word)

    def _look_up(self, word: str) -> str:
        if not word.isalpha() and (kind := kind_of(word)):
            return _TAG_OF_KIND.get(kind, UNKNOWN_TAG)
        word = half_width(simplified(word))
        try:
            known = self._has_word(word)
            pairs = self._tag(word) if known or word.isascii() else []
        except UnicodeEncodeError:
            return UNKNOWN_TAG
        if len(pairs) == 1:
            return pairs[0][1]
        # A word that the segmenter would rather cut, such as 一九: only the dictionary itself can say.
        rest = _tag_table().get(word) if known else None
        return UNKNOWN_TAG if rest is None else _tag_of(rest)


class GuessedTags(dict[str, str]):
    """Part of speech of a word that no dictionary has, guessed from its characters, remembered."""

    def __init__(self, tag: Callable[[str], list[tuple[str, str]]]) -> None:
        super().__init__()
        self._tag = tag

    def __missing__(self, word: str) -> str:
        """Guess and remember."""
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        try:
            pairs = self._tag(simplified(word))
        except UnicodeEncodeError:
            pairs = []
        tag = self[word] = pairs[-1][1] if pairs else UNKNOWN_TAG
        return tag


def is_han(word: str) -> bool:
    """Tell whether a word has nothing but common Han characters, judging by its first and last.

    >>> is_han("医保"), is_han("T恤"), is_han("")
    (True, False, False)
    """
    return word[:1] >= "\u4e00" and word[-1:] <= "\u9fff" and word.isalpha()


def dictionary_tags() -> dict[str, str]:
    """Return the part of speech of all 349,000 words of jieba's dictionary (not kept)."""
    fields = dictionary_path().read_text(encoding="utf-8").split()
    return dict(zip(fields[::3], fields[2::3], strict=True))


def dictionary_frequencies() -> dict[str, int]:
    """Return how often each word of jieba's dictionary stood in the corpus that it was made from."""
    fields = dictionary_path().read_text(encoding="utf-8").split()
    return dict(zip(fields[::3], map(int, fields[1::3]), strict=True))


def dictionary_path() -> Path:
    """Return the path of jieba's dictionary: a line a word, with its frequency and part of speech."""
    return _jieba_file("dict.txt")


def background_idf_path() -> Path:
    """Return the path of jieba's background idf table: a line a word, with its idf."""
    return _jieba_file("analyse", "idf.txt")


@functools.cache
def _tag_table() -> WordTable:
    """Return the lines of jieba's dictionary by word: `frequency tag`."""
    from jmtools.words.word_table import read_word_table

    return read_word_table(dictionary_path())


@functools.cache
def _tags() -> list[str]:
    """Return the part of speech in each of the table's `rests`."""
    tags: dict[bytes, str] = {}  # one object a tag, not one a line
    ends = [rest.rpartition(b" ")[2] for rest in _tag_table().rests]
    return [tags.setdefault(end, end.decode()) for end in ends]


def _tag_of(rest: bytes) -> str:
    return rest.rpartition(b" ")[2].decode()


def _jieba_file(*parts: str) -> Path:
    """Return the path of a data file of the jieba package, found without importing it."""
    spec = util.find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise FileError("the package jieba, whose dictionary is needed, is not installed")
    return Path(spec.submodule_search_locations[0], *parts)
