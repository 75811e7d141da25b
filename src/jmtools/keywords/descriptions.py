"""What new words are: class, role, length and hash, for many words at once.

Most words are plain: two or more Simplified characters to which no rule applies but that of their part of speech. What
they may do is looked up; the rules of `keywords.tags` and `keywords.credits` are asked for the others.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.keywords.credits import FOREIGN, credit_bits, is_foreign_piece, ruled_edges
from jmtools.keywords.tags import (
    ENGLISH,
    INSIDE,
    PERSON,
    RULED_BEGINNINGS,
    RULED_ENDINGS,
    TAG_CLASSES,
    UNKNOWN,
    class_of_tag,
    tag_class,
    word_role,
)
from jmtools.words.light_words import RULED_BEGINNINGS as LIGHT_BEGINNINGS
from jmtools.words.light_words import RULED_ENDINGS as LIGHT_ENDINGS
from jmtools.words.light_words import RULED_INSIDE, light_words
from jmtools.words.name_lists import looks_like_name
from jmtools.words.protected import SAME_FIGURES
from jmtools.words.shadow import simplified_words, traditional_characters

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Bools: TypeAlias = "npt.NDArray[np.bool_]"
Hashes: TypeAlias = "npt.NDArray[np.uint64]"

HASH_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_SCATTER = 0xBF58476D1CE4E5B9  # spreads code points over 64 bits
_SHIFT = 31
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_LONG = 3  # characters from which on the length changes nothing
_LONG_FIGURE = 6  # figures from which on their number changes nothing
_LATIN = "Xy"  # stands for every word of Latin letters
_INSIDE, _BEGINS, _ENDS = 1, 2, 4  # what a character may do in a plain word


def classes_and_roles(words: Sequence[str], tags: Sequence[str], *, stop: Bools, known: Bools) -> tuple[Ints, Ints]:
    """Return class and role of each word.

    Args:
        words: None of them empty.
        tags: Their parts of speech.
        stop: Which are in the stop list.
        known: Which a dictionary has.
    """
    count = len(words)
    classes, sizes = (
        np.fromiter(map(class_of_tag, tags), np.int64, count),
        np.fromiter(map(len, words), np.int64, count),
    )
    light = light_words()
    plain = _are_plain(words, sizes) & ~stop & ~np.fromiter((word in light for word in words), np.bool_, count)
    for number in np.flatnonzero(plain & (classes < 0)).tolist():
        classes[number] = PERSON if looks_like_name(words[number]) else UNKNOWN
    roles = _plain_roles()[known.astype(np.int64), np.maximum(classes, 0), np.minimum(sizes, _LONG)]
    for number in np.flatnonzero(~plain).tolist():
        word, tag = words[number], tags[number]
        if not stop[number] and not (word.isalpha() and not word.isascii()):
            classes[number], roles[number] = _class_and_role(_alike(word, tag), tag, bool(known[number]))
            continue
        cls = classes[number] = tag_class(word, tag)
        roles[number] = _role(word, int(cls), stop=bool(stop[number]), known=bool(known[number]))
    pieces = np.fromiter(map(is_foreign_piece, simplified_words(words), classes.tolist()), np.bool_, count)
    roles[pieces & (roles & INSIDE > 0)] |= FOREIGN
    return classes, roles


def _alike(word: str, tag: str) -> str:
    """Return a word that has the same class and role as this one, which is no stop word and has signs or figures."""
    if tag in ("x", "eng") and len(word) > 1 and word.isascii() and word.isalpha() and word.lower() not in ENGLISH:
        return _LATIN
    if word.isdigit() and word.isascii():
        word = word[:_LONG_FIGURE]
    return word.translate(SAME_FIGURES)


@functools.lru_cache(maxsize=1 << 12)
def _class_and_role(word: str, tag: str, known: bool) -> tuple[int, int]:
    """Return class and role of a word that is no stop word."""
    cls = tag_class(word, tag)
    return cls, _role(word, cls, known=known)


def _role(word: str, cls: int, *, stop: bool = False, known: bool) -> int:
    return word_role(word, cls, stop=stop, listed=known) | credit_bits(word, cls)


def _are_plain(words: Sequence[str], sizes: Ints) -> Bools:
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    stops = np.cumsum(sizes)
    starts = stops - sizes
    inside = np.bitwise_and.reduceat(kinds, starts) & _INSIDE > 0
    plain: Bools = inside & (kinds[starts] & _BEGINS > 0) & (kinds[stops - 1] & _ENDS > 0) & (sizes > 1)
    return plain


@functools.cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return what each character of the first plane may do in a plain word."""
    kinds = np.zeros(0x10000, np.uint8)
    kinds[_FIRST_HAN : _LAST_HAN + 1] = _INSIDE | _BEGINS | _ENDS
    kinds[[ord(char) for char in traditional_characters() if ord(char) < len(kinds)]] = 0
    beginnings, endings = ruled_edges()
    beginnings |= RULED_BEGINNINGS | LIGHT_BEGINNINGS
    endings |= RULED_ENDINGS | LIGHT_ENDINGS
    for mask, characters in (
        (_INSIDE | _ENDS, beginnings),
        (_INSIDE | _BEGINS, endings),
        (0, RULED_INSIDE),
    ):
        kinds[[ord(char) for char in characters]] &= mask
    return kinds


@functools.cache
def _plain_roles() -> Ints:
    """Return the role of plain words, shape (known, classes, sizes)."""
    example = "橘" * _LONG
    roles = np.zeros((2, len(TAG_CLASSES), _LONG + 1), np.int64)
    for known, cls, size in product((False, True), range(len(TAG_CLASSES)), range(1, _LONG + 1)):
        roles[int(known), cls, size] = _role(example[:size], cls, known=known)
    return roles


def hash_words(words: Sequence[str], chars: Ints) -> Hashes:
    """Return a hash of each word that does not depend on case, machine or PYTHONHASHSEED, and that concatenates."""
    data = _lower(words).encode("utf-32-le", "surrogatepass")
    codes = (np.frombuffer(data, "<u4").astype(np.uint64) + np.uint64(1)) * _SCATTER
    codes ^= codes >> _SHIFT
    starts = np.cumsum(chars) - chars
    places = np.arange(len(codes)) - np.repeat(starts, chars)
    return np.add.reduceat(codes * powers(HASH_BASE, int(chars.max()))[places], starts)


def _lower(words: Sequence[str]) -> str:
    """Return words end to end in lower case, but for those that would be longer."""
    whole = "".join(words)
    folded = whole.lower()
    if len(folded) == len(whole) and "Σ" not in whole:  # its lower case depends on what stands beside it
        return folded
    return "".join(low if len(low := word.lower()) == len(word) else word for word in words)


def powers(base: int, count: int) -> Hashes:
    """Return base^0 … base^(count-1) modulo 2^64."""
    return np.cumprod(np.concatenate([np.ones(1, np.uint64), np.full(max(count - 1, 0), base, np.uint64)]))
