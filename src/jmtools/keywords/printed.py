"""Terms that a record prints in several forms, such as OPENAI and OpenAI: the commonest is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from jmtools.keywords.method import RankedTerm

_MOST_FORMS = 8  # the first of them are counted


def with_commonest_forms(rows: Sequence[RankedTerm], words_of: Callable[[], Sequence[str]]) -> list[RankedTerm]:
    """Return chosen terms in the form in which the record prints them most often, of equal ones the first.

    Args:
        rows: The terms.
        words_of: Gives the words of the record, where they are needed.
    """
    if not any(row.tf > 1 and row.term.lower() != row.term.upper() for row in rows):
        return list(rows)
    words = words_of()
    folded = [word.lower() for word in words]
    return [row._replace(term=commonest_form(row, words, folded)) for row in rows]


def commonest_form(row: RankedTerm, words: Sequence[str], folded: Sequence[str]) -> str:
    """Return how a term is printed most often.

    >>> words = ["OPENAI", "，", "OpenAI", "的", "OpenAI"]
    >>> commonest_form(RankedTerm(-1, "OPENAI", 3, 0, 1), words, [word.lower() for word in words])
    'OpenAI'
    """
    sought, size = row.term.lower(), row.words
    if row.tf < 2 or sought == row.term.upper():
        return row.term
    forms: Counter[str] = Counter()
    for place, word in enumerate(folded):
        if sought.startswith(word) and word and "".join(folded[place : place + size]) == sought:
            form = "".join(words[place : place + size])
            if form in forms or len(forms) < _MOST_FORMS:
                forms[form] += 1
    return max(forms, key=lambda form: forms[form]) if forms else row.term
