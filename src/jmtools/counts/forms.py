"""Printed forms of terms that are counted without regard to case: `OpenAI` of openai, OpenAI and OPENAI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from jmtools.counts.tally import Tally
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.words.lexicon import fold_case

_FIGURE = LazyPattern("[0-9０-９]")
FORMS = 0  # where a tally counts forms as printed, instead of a length of n-grams


def cased(terms: Sequence[str]) -> list[str]:
    """Return the terms that are printed in several forms: those with letters in upper or lower case, or figures.

    >>> cased(["医保", "AI", "5G", "２０２４"])
    ['AI', '5G', '２０２４']
    """
    return [term for term in terms if term.upper() != term or term.lower() != term or _FIGURE.search(term)]


def take_forms(tally: Tally) -> Counter[str]:
    """Return how often each printed form was counted; the tally forgets them."""
    seen: Counter[str] = Counter()
    for key in [key for key in tally.counts if key[1] == FORMS]:
        numbers, freq, _ = tally.counts.pop(key).total()
        names = tally.vocabularies[FORMS].terms()
        for number, count in zip(numbers.tolist(), freq.tolist(), strict=True):
            seen[names[number]] += count
    return seen


def commonest_forms(seen: Mapping[str, int]) -> dict[str, str]:
    """Return the commonest printed form of each folded term, of equal ones the first.

    >>> commonest_forms({"OpenAI": 2, "OPENAI": 1, "iPhone": 1})
    {'openai': 'OpenAI', 'iphone': 'iPhone'}
    """
    best: dict[str, str] = {}
    for form, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(fold_case(form), form)
    return best
