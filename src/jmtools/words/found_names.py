"""Names of people, places and organisations in the words of a text, and words cut so that these stay whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import accumulate, pairwise

from jmtools.words.name_chain import Span, name_chain
from jmtools.words.name_features import words_of
from jmtools.words.name_forms import BODY, PERSON, PLACE
from jmtools.words.shadow import simplified

_LEAST = {PERSON: 3, PLACE: 3, BODY: 4}  # characters of a name that is one wherever the text has it


def find_spans(tokens: Sequence[str]) -> list[Span]:
    """Return the names of a text given as words: by what stands around them, or as they were found elsewhere in it.

    >>> [(start, end, kind) for start, end, kind in find_spans(["记者", "周", "建华", "报道"])]
    [(2, 5, 'P')]
    """
    text = "".join(tokens)
    spans = [span for span in name_chain().find(simplified(text), words_of(tokens)) if _is_one_word(text, span)]
    return sorted([*spans, *_repeated(text, spans)])


def whole_names(
    tokens: Sequence[str], kinds: Collection[str], cut: Callable[[str], list[str]], *, is_fixed: Callable[[str], bool]
) -> tuple[list[str], dict[int, str]]:
    """Return words of which each name of some kinds is one, and which of them are names, as `names_among` gives them.

    Args:
        tokens: The words of a text.
        kinds: Of names that become one word.
        cut: Cuts what is left of a word when a name took the rest.
        is_fixed: Whether a word must stay as it is: no name has a part of it.
    """
    spans = find_spans(tokens)
    words = cut_at_names(tokens, [span for span in spans if span[2] in kinds], cut, is_fixed=is_fixed)
    return words, names_among(words, spans)


def names_in(tokens: Sequence[str]) -> dict[int, str]:
    """Return which words of a text are names, as `names_among` gives them."""
    return names_among(tokens, find_spans(tokens))


def names_among(tokens: Sequence[str], spans: Collection[Span]) -> dict[int, str]:
    """Return which words are such names, by their place among the words; those that are part of one have no kind.

    >>> names_among(["记者", "周建华", "在", "清溪", "镇"], [(2, 5, "P"), (6, 9, "L")])
    {1: 'P', 3: '', 4: ''}
    """
    kinds = {(start, end): kind for start, end, kind in spans}
    inside = {place for start, end, _ in spans for place in range(start, end)}
    places = enumerate(pairwise(accumulate(map(len, tokens), initial=0)))
    return {number: kinds.get(place, "") for number, place in places if place in kinds or place[0] in inside}


def cut_at_names(
    tokens: Sequence[str], spans: Sequence[Span], cut: Callable[[str], list[str]], *, is_fixed: Callable[[str], bool]
) -> list[str]:
    """Return words of which each name is one.

    Args:
        tokens: The words of the text.
        spans: The names, from left to right, none over another.
        cut: Cuts what is left of a word when a name took the rest.
        is_fixed: Whether a word must stay as it is: no name has a part of it.

    >>> cut_at_names(["周", "建华说"], [(0, 3, "P")], list, is_fixed=lambda word: False)
    ['周建华', '说']
    """
    rest = list(reversed(tokens))
    words: list[str] = []
    at = 0
    for start, end, _ in spans:
        while rest and at + len(rest[-1]) <= start:
            at += len(rest[-1])
            words.append(rest.pop())
        inside, stop = [], at
        while rest and stop < end:
            stop += len(rest[-1])
            inside.append(rest.pop())
        if not inside or start < at or ((len(inside) > 1 or stop - at > end - start) and any(map(is_fixed, inside))):
            rest += reversed(inside)
            continue
        whole = "".join(inside)
        words += cut(whole[: start - at]) if start > at else []
        words.append(whole[start - at : end - at])
        rest += reversed(cut(whole[end - at :]) if stop > end else [])
        at = end
    return [*words, *reversed(rest)]


def _is_one_word(text: str, span: Span) -> bool:
    start, end, _ = span
    return not any(map(str.isspace, text[start:end]))


def _repeated(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return where names of several characters stand again and were not found."""
    found: list[Span] = []
    taken = bytearray(len(text))
    for start, end, _ in spans:
        taken[start:end] = b"\1" * (end - start)
    for name, kind in sorted(
        {(text[start:end], kind) for start, end, kind in spans}, key=lambda one: (-len(one[0]), one)
    ):
        if len(name) < _LEAST[kind]:
            continue
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(name)
                found.append((start, end, kind))
            start = text.find(name, end)
    return found
