"""How good words are as keywords, graded without any text: from 0, no term at all, to 5, always a good keyword.

Readers (language models) graded 28,000 words of newspapers; where two graded a word, the mean counts. The grades of
other words are guessed from words that begin and end alike (training/guess_word_grades.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from jmtools.io.installed import read_data
from jmtools.words.shadow import simplified_words

BEST = 5.0


def grades_of(words: Sequence[str], *, doubt: float = 0.0) -> list[float]:
    """Return the grade of each word; Traditional words have those of Simplified ones.

    Args:
        words: In any script.
        doubt: How much of their distance from the mean grade guesses lose, up to 1.

    >>> grades_of(["但是", "醫保"])
    [0.0, 5.0]
    """
    graded, pieces = graded_words(), _pieces()
    mean = pieces[""]
    return [
        graded[word] if word in graded else mean + (1 - doubt) * (guess_grade(word, pieces) - mean)
        for word in simplified_words(words)
    ]


def guess_grade(word: str, pieces: Mapping[str, float]) -> float:
    """Return what the pieces of a word add up to; the mean grade for words in other scripts.

    Args:
        word: In Simplified characters.
        pieces: What each adds.
    """
    found = pieces[""]
    if not word.isascii():
        for piece in pieces_of(word):
            found += pieces.get(piece, 0.0)
    return min(BEST, max(0.0, found))


def pieces_of(word: str) -> tuple[str, ...]:
    """Return what of a word its grade is guessed from: its length, its last and first characters.

    >>> pieces_of("美术馆")
    ('3#', '馆$', '^美', '术馆$', '^美术')
    """
    return f"{min(len(word), 5)}#", f"{word[-1]}$", f"^{word[0]}", f"{word[-2:]}$", f"^{word[:2]}"


@cache
def graded_words() -> Mapping[str, float]:
    """Return the mean grade of each word that readers graded."""
    rows = (line.split(" ") for line in read_data("word-grades.txt").splitlines() if not line.startswith("#"))
    return {word: int(doubled) / 2 for doubled, *words in rows for word in words}


@cache
def _pieces() -> Mapping[str, float]:
    """Return what each piece of a word adds to its grade, and the mean grade under the empty piece."""
    rows = (line.split(" ") for line in read_data("word-grade-pieces.txt").splitlines()[1:])
    return {piece: int(hundredths) / 100 for piece, hundredths in rows}
