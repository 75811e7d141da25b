"""N-grams of the words between two punctuation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import eq


def ngrams(runs: Iterable[Sequence[str]], order: int, glue: str) -> list[str]:
    """Return the n-grams of each run of words, never across two runs; one n-gram does not overlap itself.

    That is how `grep -o` finds a string, and how `words.phrases` finds words in a row.

    >>> ngrams([["粤港澳", "大湾区"], ["经济", "运行", "平稳"]], 2, " ")
    ['粤港澳 大湾区', '经济 运行', '运行 平稳']
    >>> ngrams([["一", "一", "一", "二"]], 2, " ")
    ['一 一', '一 二']
    """
    if order == 1:
        return [word for run in runs for word in run]
    found: list[str] = []
    for run in runs:
        grams = [glue.join(gram) for gram in zip(*(run[i:] for i in range(order)), strict=False)]
        found += _apart(grams, order) if _repeats(run, order) else grams
    return found


def _repeats(run: Sequence[str], order: int) -> bool:
    """Tell whether a word comes again so soon that an n-gram might overlap itself."""
    return any(any(map(eq, run, run[step:])) for step in range(1, order))


def _apart(grams: Sequence[str], order: int) -> Iterator[str]:
    """Yield the n-grams that do not overlap one like them, from left to right."""
    free: dict[str, int] = {}
    for place, gram in enumerate(grams):
        if place >= free.get(gram, 0):
            free[gram] = place + order
            yield gram
