"""The units that are counted: words, characters, or given strings wherever they occur."""

from __future__ import annotations

import hashlib
from typing import Protocol

from jmtools.errors import OptionError
from jmtools.io.json_types import Record
from jmtools.words.lexicon import Lexicon, load_lexicon
from jmtools.words.reader import SegmentOptions, WordReader
from jmtools.words.segment import record_text

_AS_IS = SegmentOptions()
UNITS = ("word", "char", "string")


class Units(Protocol):
    """Gives the units of a record, in their order in the text."""

    @property
    def words(self) -> WordReader | None:
        """Return what segments text, or None where units are not words."""

    @property
    def fingerprint(self) -> str:
        """Return a hash of how records are divided into units: equal if they are divided alike."""

    def of(self, data: Record) -> list[str]:
        """Return the units of a record."""

    def cut(self, text: str) -> list[str]:
        """Return the units of a text."""


def load_units(unit: str = "word", segment: SegmentOptions = _AS_IS) -> Units:
    """Return what divides records into units.

    Args:
        unit: `word`: the record's tokens, or what the segmenter makes of it. `char`: every character of headline and
            text but white space. `string`: every place where an entry of `user_dicts` stands in headline or text,
            one inside another too; no segmentation is involved, so none can be wrong.
        segment: For words, how text is segmented; for strings, its user dictionaries are the strings.

    Raises:
        OptionError: If there is no such unit, or `string` has no strings.
    """
    if unit == "char":
        return _Characters()
    if unit == "string":
        lexicon = load_lexicon(segment.dictionary_paths)
        if not lexicon:
            raise OptionError("--unit string counts the entries of --user-dict FILE; give it at least one")
        return _Strings(lexicon)
    if unit != "word":
        raise OptionError(f"no unit called {unit!r}; there are {', '.join(UNITS)}")
    return _WordUnits(segment)


class _WordUnits:
    def __init__(self, segment: SegmentOptions) -> None:
        self.words: WordReader | None = WordReader(segment)
        self.fingerprint = self.words.fingerprint
        self.of = self.words.tokens
        self.cut = self.words.cut


class _Characters:
    words: WordReader | None = None
    fingerprint = "char"

    def of(self, data: Record) -> list[str]:
        return self.cut(record_text(data))

    def cut(self, text: str) -> list[str]:
        return [char for char in text if not char.isspace()]


class _Strings:
    words: WordReader | None = None

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.fingerprint = "string:" + hashlib.sha256(lexicon.fingerprint.encode()).hexdigest()[:12]

    def of(self, data: Record) -> list[str]:
        return self.cut(record_text(data))

    def cut(self, text: str) -> list[str]:
        return [entry.word for entry, _, _ in self._lexicon.occurrences(text)]
