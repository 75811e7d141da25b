"""What is counted: words, characters, or given strings wherever they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from jmtools.errors import OptionError
from jmtools.words.lexicon import Lexicon, load_lexicon
from jmtools.words.segment import Segmenter, load_segmenter, record_text, record_tokens, segmentation_of

UNITS = ("word", "char", "string")


class Units(Protocol):
    """Gives the units of a record, in their order in the text."""

    @property
    def fingerprint(self) -> str:
        """Return how records are taken apart: equal for equal ways."""

    def of(self, data: Mapping[str, Any]) -> list[str]:
        """Return the units of a record."""

    def cut_of(self, data: Mapping[str, Any]) -> str:
        """Return how this record is taken apart; records that differ must not be counted together."""


def load_units(unit: str = "word", *, segmenter: str = "rjieba", user_dicts: Sequence[Path] = ()) -> Units:
    """Return what takes records apart.

    Args:
        unit: `word`: the record's tokens, or what the segmenter makes of it. `char`: every character of headline and
            text but white space. `string`: every place where an entry of `user_dicts` stands in headline or text,
            one inside another too; no segmentation is asked, so none can be wrong.
        segmenter: For words, one of `jmtools.words.segment.SEGMENTERS`.
        user_dicts: For words, dictionaries of words that stay whole; for strings, the strings.

    Raises:
        OptionError: If there is no such unit, or `string` has no strings.
    """
    if unit == "char":
        return _Characters()
    if unit == "string":
        lexicon = load_lexicon(user_dicts)
        if not lexicon:
            raise OptionError("--unit string counts the entries of --user-dict FILE; give it at least one")
        return _Strings(lexicon)
    if unit != "word":
        raise OptionError(f"no unit called {unit!r}; there are {', '.join(UNITS)}")
    return _Words(load_segmenter(segmenter, user_dicts=user_dicts))


class _Words:
    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self.fingerprint = segmenter.fingerprint

    def of(self, data: Mapping[str, Any]) -> list[str]:
        return record_tokens(data, self._segmenter)

    def cut_of(self, data: Mapping[str, Any]) -> str:
        return segmentation_of(data) or self.fingerprint


class _Characters:
    fingerprint = "char"

    def of(self, data: Mapping[str, Any]) -> list[str]:
        return [char for char in record_text(data) if not char.isspace()]

    def cut_of(self, data: Mapping[str, Any]) -> str:  # noqa: ARG002
        return self.fingerprint


class _Strings:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.fingerprint = "string:" + hashlib.sha256(lexicon.fingerprint.encode()).hexdigest()[:12]

    def of(self, data: Mapping[str, Any]) -> list[str]:
        return [entry.word for entry, _, _ in self._lexicon.occurrences(record_text(data))]

    def cut_of(self, data: Mapping[str, Any]) -> str:  # noqa: ARG002
        return self.fingerprint
