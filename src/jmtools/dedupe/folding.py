"""Text as it is compared: letters and digits alone, in one script, one width and one case, with their places."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from jmtools.words.script_forms import simplified_forms

if TYPE_CHECKING:
    import numpy.typing as npt

Codes: TypeAlias = "npt.NDArray[np.uint32]"
Places: TypeAlias = "npt.NDArray[np.int32]"

# What web pages and converters leave in a text: character references and tags.
_RESIDUE = re.compile(r"&#?[A-Za-z0-9]{2,8};|</?[A-Za-z][^<>]{0,200}>")
_PLANES = 0x30000  # characters past the second ideographic plane are no letters


class Folded(NamedTuple):
    """A text as it is compared.

    Attributes:
        codes: Code points of its letters and digits after folding, shape (n,).
        places: Where each stands in the text as printed, shape (n,).
    """

    codes: Codes
    places: Places


def fold(text: str) -> Folded:
    """Return the letters and digits of a text, folded.

    >>> folded = fold("５Ｇ 時代，來了。")
    >>> "".join(map(chr, folded.codes)), folded.places.tolist()
    ('5g时代来了', [0, 1, 3, 4, 6, 7])
    """
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _table()[np.minimum(raw, _PLANES - 1)]
    if "&" in text or "<" in text:
        for match in _RESIDUE.finditer(text):
            codes[match.start() : match.end()] = 0
    places = np.flatnonzero(codes)
    return Folded(codes[places], places.astype(np.int32))


@cache
def _table() -> Codes:
    """Return what each code point is compared as; 0 for what is left out."""
    table = np.zeros(_PLANES, np.uint32)
    for code in range(_PLANES):
        char = chr(code)
        if char.isalnum():
            table[code] = code if 0x3400 <= code < 0xA000 else _plain(char)
    for code, form in simplified_forms().items():
        table[code] = form
    return table


def _plain(char: str) -> int:
    folded = unicodedata.normalize("NFKC", char).lower()
    return ord(folded) if len(folded) == 1 else ord(char)
