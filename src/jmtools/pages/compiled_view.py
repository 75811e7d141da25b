"""The features of a page by number, found by the compiled core: what `features.view_page` does with names."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import cache
from itertools import accumulate

from jmtools.io.installed import read_data
from jmtools.pages.compiled import address_of
from jmtools.pages.compiled_words import CompiledWords
from jmtools.pages.continuity import edges
from jmtools.pages.cue_sets import (
    CREDIT_LINES,
    CREDITS,
    FURNISHED,
    FURNITURE,
    KINDED,
    NEIGHBOURLY,
    NOTES,
    PICTURES,
    PRINTED,
    SIGNED,
    TAILS,
    WIRES,
    bits_of,
)
from jmtools.pages.cues import CUE_ORDER
from jmtools.pages.feature_families import family_bases, feature_name
from jmtools.pages.forms import Build
from jmtools.pages.lines import Line
from jmtools.pages.surroundings import Surroundings
from jmtools.words.core_library import check

_WORDS = 0x10000  # characters of which tables tell something
_COUNTS = 5  # of `Build`
_WIDTH = 16  # bytes of the cues of a line

# In the order of `enum cue_set` of native/lines.h.
_SETS = (
    *(CREDITS, PICTURES, frozenset(["picture_word"]), frozenset(["picture_head"])),
    *(NEIGHBOURLY, KINDED, PRINTED, FURNISHED, frozenset(["byline"])),
    *(SIGNED, frozenset(["square"]), FURNITURE, frozenset(["dateline"]), frozenset(["opening"])),
    *(WIRES, CREDIT_LINES, TAILS, NOTES),
)


class _Page(ctypes.Structure):
    """`jm_page` of `native/pages.h`."""

    _fields_ = (
        *(("text", ctypes.c_char_p), ("size", ctypes.c_uint64), ("ends", ctypes.c_void_p), ("lines", ctypes.c_uint64)),
        *((name, ctypes.c_void_p) for name in ("gap", "indent")),
        *((name, ctypes.c_char_p) for name in ("digit", "cue", "sets")),
        ("cues", ctypes.c_uint64),
        *((name, ctypes.c_char_p) for name in ("begins", "closes", "joins")),
        *(("joins_size", ctypes.c_uint64), ("join_row", ctypes.c_void_p), ("base", ctypes.c_void_p)),
        *(("families", ctypes.c_uint64), ("pairs", ctypes.c_void_p), ("half_commas", ctypes.c_uint64)),
        *(("paper", ctypes.c_uint32 * _COUNTS), ("wide", ctypes.c_uint32)),
    )


class CompiledView:
    """The features of a page.

    Attributes:
        cues: What each line shows by its words, see `cue_sets`.
        complete: Whether each line ends a sentence.
        bare: Whether it is text as a database or a paper's own site keeps it.
        build: How it is built, where features tell that.
    """

    def __init__(
        self,
        words: CompiledWords,
        lines: Sequence[Line],
        around: Surroundings,
        *,
        wide: bool,
        paper: Build | None,
    ) -> None:
        self.library, self.cues, self._view = words.library, around.cues, ctypes.c_void_p()
        texts, tables = around.texts, _tables(words.library)
        ends, gaps = array("I", accumulate(map(len, texts))), array("I", around.line_gaps)
        indents = array("I", [line.indent for line in lines])
        digits = bytes([text[0].isdigit() for text in texts])
        cues = b"".join([cues.to_bytes(_WIDTH, "little") for cues in around.cues])
        page = _Page(
            *(words.data, len(words.data) // 4, address_of(ends), len(ends), address_of(gaps), address_of(indents)),
            *(digits, cues, tables.sets),
            *(len(CUE_ORDER), tables.begins, tables.closes, tables.joins, len(tables.joins) // 4),
            *(address_of(tables.rows), address_of(tables.bases), len(tables.bases) - 1, words.pairs),
            sum([line.text.count(",") for line in lines]),
            (ctypes.c_uint32 * _COUNTS)(*(astuple(paper) if paper is not None else ())),
            wide,
        )
        self._lines = len(lines)
        check(self.library.jm_view_new(ctypes.byref(page), ctypes.byref(self._view)))
        bare, build, whole = array("I", [0]), array("I", bytes(4 * _COUNTS)), bytearray(len(lines))
        facts = address_of(bare), address_of(build), address_of(whole)
        self._features: int = self.library.jm_view_facts(self._view, *facts)
        self.complete = list(map(bool, whole))
        self.bare = bool(bare[0])
        self.build = Build(*build) if self.bare else None

    def __del__(self) -> None:
        """Give the memory back."""
        self.library.jm_view_free(self._view)

    @property
    def handle(self) -> ctypes.c_void_p:
        """What functions of the core take."""
        return self._view

    def __len__(self) -> int:
        """Return the number of lines."""
        return self._lines

    def names(self) -> list[list[str]]:
        """Return the names of the features of each line."""
        numbers, ends = array("I", bytes(4 * self._features)), array("I", bytes(4 * self._lines))
        check(self.library.jm_view_numbers(self._view, address_of(numbers), address_of(ends)))
        return [[*map(feature_name, numbers[a:b])] for a, b in zip([0, *ends], ends, strict=False)]


class _Tables:
    """What the core has to know of cues, characters and features."""

    def __init__(self, library: ctypes.CDLL) -> None:
        begins, ends = edges()
        self.begins, self.closes = _levels(begins), _levels(ends)
        self.sets = b"".join(bits_of(cues).to_bytes(_WIDTH, "little") for cues in _SETS)
        self.joins = read_data("junctions.txt").encode("utf-32-le")
        self.rows = array("I", bytes(4 * _WORDS))
        check(library.jm_join_rows(self.joins, len(self.joins) // 4, address_of(self.rows)))
        self.bases = array("I", family_bases())


def _levels(known: Mapping[str, str]) -> bytes:
    """Return for each character how often it stands somewhere, from 1 on, or 0."""
    table = bytearray(_WORDS)
    for char, level in known.items():
        table[ord(char)] = int(level) + 1
    return bytes(table)


@cache
def _tables(library: ctypes.CDLL) -> _Tables:
    return _Tables(library)
