"""Where terms stand: in which sentence, and at which characters of which field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jmtools.io.json_types import Fields
from jmtools.keywords.candidates import Texts
from jmtools.keywords.vocabulary import Ints, WordIds

_ENDS = "。！？；!?;\n"


def sentence_numbers(texts: Texts, vocabulary: WordIds) -> Ints:
    """Return the sentence of each token, numbered through all documents."""
    ends = [number for number in (vocabulary.get(mark) for mark in _ENDS) if number is not None]
    numbers: Ints = np.cumsum(np.isin(texts.ids, ends))
    return numbers


def field_places(texts: Texts, doc: int, places: Sequence[tuple[int, int]]) -> list[Fields]:
    """Return places in characters: `field` (`headline` or `text`), `char_start`, `char_end` (exclusive) in that field.

    Args:
        texts: The documents.
        doc: Whose places these are.
        places: First token and number of tokens of each.
    """
    origin = int(texts.offsets[texts.starts[doc]])
    body = int(texts.offsets[texts.body[doc]]) - origin
    out: list[Fields] = []
    for token, length in places:
        start = int(texts.offsets[token]) - origin
        end = int(texts.offsets[token + length]) - origin
        field, before = ("headline", 0) if start < body else ("text", body)
        out.append({"field": field, "char_start": start - before, "char_end": end - before})
    return out
