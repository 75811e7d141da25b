"""Marks behind words of parts of speech that are not wanted: they are counted, but not shown."""

from __future__ import annotations

from collections.abc import Sequence

UNWANTED = "\x1f"


def is_wanted(term: str) -> bool:
    """Tell whether all words of a term are of wanted parts of speech.

    >>> is_wanted("周建华"), is_wanted("文明" + UNWANTED)
    (True, False)
    """
    return UNWANTED not in term


def without_marks(words: Sequence[str]) -> list[str]:
    """Return words as they are printed."""
    return [word.removesuffix(UNWANTED) for word in words]


def marks_again(tokens: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return the words of a text with their marks; what is no word of it is empty.

    >>> marks_again(["医保", "", "基金"], ["医保", "基金"])
    ['医保', '', '基金']
    """
    rest = iter(words)
    return [next(rest) if token else token for token in tokens]
