"""Ranking in the segmenter core: its calls, and the formula as `native/rank.c` takes it."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.idf_tables import TF_FORMS
from jmtools.keywords.facts import WordFacts
from jmtools.keywords.features import LOOSE_ALONE, PIECE_TAGS, VERBAL_TAG
from jmtools.keywords.formula import Formula
from jmtools.keywords.tags import PERSON
from jmtools.words.core import Core
from jmtools.words.core_library import check
from jmtools.words.numbers import CoreNumbers, Ints, Numbers

if TYPE_CHECKING:
    import numpy.typing as npt

# The factors and the choices among kinds in the order in which `native/jmcore.h` numbers them.
FACTORS = (
    *("tf", "once", "twice", "idf", "cohesion", "cohesion to commonest", "figures", "joiners", "function words"),
    *("free run", "free word", "free left", "free right", "headline", "headline run", "words in headline"),
    *("all words in headline", "near the beginning", "at the beginning", "beginning without headline"),
    *("titled", "quoted", "only quoted", "glued", "clause"),
    *("tf, in headline", "idf, in headline", "near the beginning, in headline"),
    *("free left, in headline", "free right, in headline", "titled, in headline"),
)
CHOICES = (
    *("words", "characters", "part of speech", "part of speech at the beginning", "part of speech at the end"),
    *("words, in headline", "part of speech, in headline", "part of speech at the end, in headline"),
)
MARKS = ("《", "》", "“", "”", "「", "」", "【", "】")
_TABLE = 33
_FOREST = np.dtype(
    [
        *((name, np.uint64) for name in ("leaf", "feature", "threshold", "kept")),
        *((name, np.float64) for name in ("unit", "constant")),
        ("rest", np.int32),
        ("trees", np.uint32),
    ],
    align=True,
)
_FORMULA = np.dtype(
    [
        ("constant", np.float64),
        ("weight", np.float64, len(FACTORS)),
        ("table", np.float64, (len(CHOICES), _TABLE)),
        ("factor", np.uint32, len(FACTORS)),
        ("choice", np.uint32, len(CHOICES)),
        ("mark", np.uint32, len(MARKS)),
        ("line_break", np.uint32),
        ("piece", np.uint32, len(PIECE_TAGS)),
        ("verbal", np.uint32),
        ("person", np.uint32),
        ("form", np.uint32),
        ("loose", np.uint32),
        ("trees", _FOREST),
        ("firsts", _FOREST),
    ],
    align=True,
)
ROW = np.dtype(
    [
        *((name, np.float64) for name in ("score", "trust")),
        *((name, np.uint32) for name in ("first", "words", "tf", "doubts")),
    ]
)
_FORMS = (*TF_FORMS, None)  # as `native/jmcore.h` numbers them; None: tf / number of counted words
Rows: TypeAlias = "npt.NDArray[np.void]"


class NativeRanker:
    """The memory in which the segmenter core ranks; of one thread."""

    def __init__(self, core: Core) -> None:
        """Ask for it."""
        self._library = core.library
        self._ranker = self._library.jm_ranker_new()
        if not self._ranker:
            raise MemoryError
        weakref.finalize(self, self._library.jm_ranker_free, self._ranker)

    def candidates(
        self, formula: NativeFormula, facts: WordFacts, records: NumberedRecords, look: int
    ) -> tuple[Rows, Numbers]:
        """Return the best candidates of records, best first, up to `look` of each.

        Returns:
            Rows of type `ROW`, end to end, and how many each record has.
        """
        facts.learn(formula.line_break)
        rows, found = np.empty(len(records.counts) * look, ROW), np.zeros(len(records.counts), np.uint32)
        ids, counts = records.ids, records.counts
        known = formula.address, facts.facts.ctypes.data, facts.idf.ctypes.data, len(facts.idf)
        words = ids.ctypes.data, len(ids), counts.ctypes.data, records.headlines.ctypes.data, len(counts)
        room = rows.ctypes.data, len(rows), found.ctypes.data
        return rows[: check(self._library.jm_rank(self._ranker, *known, *words, look, *room))], found

    def words(self, form: str | None, facts: WordFacts, records: NumberedRecords, top: int) -> tuple[Rows, Numbers]:
        """Return the `top` best words of records by tf × idf, and those that tie with the last of them.

        Args:
            form: One of `counts.idf_tables.TF_FORMS`; None for tf / number of counted words.
            facts: What is known of the words.
            records: Their words.
            top: How many.

        Returns:
            Rows of type `ROW`, end to end, and how many each record has.
        """
        ids, counts = records.ids, records.counts
        rows, found = np.empty(len(ids), ROW), np.zeros(len(counts), np.uint32)
        known = facts.facts.ctypes.data, facts.idf.ctypes.data, len(facts.idf)
        words = ids.ctypes.data, len(ids), counts.ctypes.data, len(counts)
        room = rows.ctypes.data, len(rows), found.ctypes.data
        result = self._library.jm_top_words(self._ranker, *known, *words, top, _FORMS.index(form), *room)
        return rows[: check(result)], found


@dataclass(frozen=True)
class NumberedRecords:
    """The words of records by number.

    Attributes:
        ids: Of all records, end to end.
        counts: How many words each record has.
        headlines: How many characters at the beginning of each are its headline.
    """

    ids: Numbers
    counts: Numbers
    headlines: Numbers

    def only(self, places: Ints) -> NumberedRecords:
        """Return some of the records."""
        ends = np.cumsum(self.counts, dtype=np.int64)[places].tolist()
        counts = self.counts[places]
        pieces = [self.ids[end - size : end] for end, size in zip(ends, counts.tolist(), strict=True)]
        return NumberedRecords(np.concatenate(pieces), counts, self.headlines[places])


class NativeFormula:
    """The formula as the segmenter core takes it."""

    def __init__(self, numbers: CoreNumbers, formula: Formula, *, form: str) -> None:
        """Take the weights of a formula and the form of the frequency (`counts.idf_tables.TF_FORMS`)."""
        self._numbers = numbers
        self._formula = np.zeros(1, _FORMULA)
        self._cleared = -1
        one = self._formula[0]
        one["constant"] = formula.constant
        names = [*formula.numbers, *(name for name in FACTORS if name not in formula.numbers)]
        one["factor"] = [FACTORS.index(name) for name in names]
        one["weight"] = [formula.numbers.get(name, 0.0) for name in names]
        tables = [*formula.tables, *(name for name in CHOICES if name not in formula.tables)]
        one["choice"] = [CHOICES.index(name) for name in tables]
        for name, table in formula.tables.items():
            one["table"][CHOICES.index(name)][: len(table)] = table
        one["piece"], one["verbal"], one["person"] = PIECE_TAGS, VERBAL_TAG, PERSON
        one["form"], one["loose"] = TF_FORMS.index(form), sum(1 << tag for tag in LOOSE_ALONE)
        self._trees = formula.trees, formula.firsts  # they must live as long as their places are known
        for place, trees in zip(("trees", "firsts"), self._trees, strict=True):
            if trees is not None:
                forest = one[place]
                forest["unit"], forest["constant"], forest["rest"] = trees.unit, trees.constant, trees.rest
                forest["trees"] = len(trees.leaf)
                for name in ("leaf", "feature", "threshold", "kept"):
                    forest[name] = getattr(trees, name).ctypes.data

    @property
    def line_break(self) -> Numbers:
        """Return the number of the word that parts records, as an array; and see that all marks have theirs."""
        if self._cleared != self._numbers.cleared:
            self._cleared = self._numbers.cleared
            *marks, line_break = self._numbers.of_words([*MARKS, "\n"]).tolist()
            self._formula[0]["mark"], self._formula[0]["line_break"] = marks, line_break
        return self._formula["line_break"]

    @property
    def address(self) -> int:
        """Return where it lies."""
        return self._formula.ctypes.data
