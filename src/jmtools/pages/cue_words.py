"""What `split --explain` calls the features of its weights."""

import re
from functools import cache

from jmtools.io.installed import read_data

_SIDES = {"-1:": "above: ", "+1:": "below: ", "-2:": "two above: ", "+2:": "two below: "}


@cache
def in_words(feature: str) -> str:
    """Return the words for a feature, which several may share; a feature that is not in the table keeps its name.

    >>> in_words("end_full"), in_words("+1:byline"), in_words("-2:end_open&3")
    ('it ends a sentence', 'below: a byline or names', 'two above: how it ends, with its length or its words')
    """
    side = _SIDES.get(feature[:3], "")
    name = feature[3:] if side else feature
    return side + next((words for pattern, words in _table() if pattern.fullmatch(name)), name)


@cache
def _table() -> list[tuple[re.Pattern[str], str]]:
    rows = (row.split("\t") for row in read_data("cue_words.tsv").splitlines() if row and not row.startswith("#"))
    return [(re.compile(pattern), words) for pattern, words in rows]
