"""What a run tells of its keywords at its end: terms of a user's list that no record has, lists that are short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from jmtools.fields.patterns import Literals
from jmtools.keywords.options import KeywordOptions, term_key
from jmtools.keywords.shortfall import shortfall_notes

_SHOWN = 5
_PREFIX = "term "  # of a listed term among the counts of a batch


def listed_among(words: Collection[str], terms: Sequence[str]) -> set[str]:
    """Return the keys of the terms that are among the words of some records."""
    return {term_key(term) for term in terms}.intersection(map(term_key, set(words)))


def counts_of_listed(found: Collection[str]) -> Counter[str]:
    """Return what a batch tells of the listed terms that stood in its records, beside what else it counted."""
    return Counter(_PREFIX + key for key in found)


def closing_notes(total: Counter[str], options: KeywordOptions) -> Iterator[str]:
    """Yield what the user must know of all records."""
    yield from shortfall_notes(total, options)
    if options.terms is not None:
        found = [name.removeprefix(_PREFIX) for name in total if name.startswith(_PREFIX)]
        yield from missing_notes(options.terms, found)


def missing_notes(terms: Sequence[str], found: Collection[str]) -> Iterator[str]:
    """Yield a note that names terms that stand nowhere, by the keys of those that do.

    >>> list(missing_notes(["医保", "“医保”", "汐灯"], {"“医保”"}))
    ['--terms: 1 of 3 terms stands in no record: 汐灯']
    """
    keys = list(map(term_key, terms))
    left = sorted(set(keys).difference(found))  # they may stand inside others
    inside = {left[number] for number, _, _ in Literals(left).find("\n".join(found))} if left else set()
    missing = [term for term, key in zip(terms, keys, strict=True) if key not in found and key not in inside]
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        verb = "stands" if len(missing) == 1 else "stand"
        yield f"--terms: {len(missing)} of {len(terms)} terms {verb} in no record: {', '.join(missing[:_SHOWN])}{more}"
