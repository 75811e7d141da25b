"""Scores of collocates: options of what is shown, the measures of each pair, and the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jmtools.errors import OptionError
from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.stats import association
from jmtools.stats.pair_measures import (
    CORRECTED,
    DIRECTIONS,
    MEASURES,
    Measure,
    add_corrected,
    choose_measures,
    direction_of,
    strength,
)
from jmtools.words.term_filter import FilterOptions

Table = tuple[int, int, int, int]  # O, R, C, N
USUAL = (
    *("log_dice", "mi", "mi3", "ll", "t", "z", "dice", "min_sensitivity", "chi2"),
    *("log_ratio", "delta_p_to", "delta_p_from"),
)
# By the frequency of the node itself, where `log_dice` and `dice` of the table are by all words in its spans.
SPAN_MEASURES = {"log_dice_span": MEASURES["log_dice"], "dice_span": MEASURES["dice"]}
NODE_MEASURES = {"log_dice": association.node_log_dice, "dice": association.node_dice}
COUNTS = ("freq", "docfreq")


@dataclass(frozen=True)
class ShownOptions:
    """Which collocates are shown, with which scores, in which order.

    Attributes:
        min_freq: Least number of tokens in spans of the node, or of places of a pair.
        filter: Which words are shown.
        direction: `over`: those that occur more often than by chance; `under`; `both`.
        measures: Scores beside the usual ones; `all` for every one.
        sort: A measure, or a count.
        max_p: Largest p, corrected by Benjamini and Hochberg, that is shown.
        top: How many are shown; None for all.
    """

    min_freq: int = 3
    filter: FilterOptions = field(default_factory=FilterOptions)
    direction: str = "both"
    measures: tuple[str, ...] = ()
    sort: str = "log_dice"
    max_p: float = 1.0
    top: int | None = None


class Scorer:
    """Adds scores to rows of counts, and puts them in order."""

    def __init__(self, shown: ShownOptions, known: dict[str, Measure], *, usual: Sequence[str] = USUAL) -> None:
        """Choose the measures.

        Args:
            shown: What is shown.
            known: The measures that there are.
            usual: Those that every row has.

        Raises:
            OptionError: If a measure, a field to sort by, or a direction is unknown.
        """
        if shown.sort not in (*known, *COUNTS):
            raise OptionError(f"--sort: no field called {shown.sort!r}; there are {', '.join((*COUNTS, *known))}")
        if shown.direction not in DIRECTIONS:
            raise OptionError(f"--direction: {shown.direction!r} is none of {', '.join(DIRECTIONS)}")
        self._shown = shown
        self._known = known
        self._names = choose_measures(shown.measures, usual=usual, sort=shown.sort, known=known)

    def rows(self, counted: Iterable[tuple[Fields, Table, int | None]]) -> Iterator[Fields]:
        """Yield the rows that are shown.

        Args:
            counted: Counts of a row, its table, and the frequency of the node where the unit of R is another.
        """
        rows, tables, exact = [], [], []
        for row, table, freq_node in counted:
            rows.append(row | {"expected": association.expected(*table[1:])})
            tables.append((table, freq_node))
            exact.append(association.association_ll(*table))
        add_corrected(rows, exact=exact)
        shown = [
            (row, table, freq_node)
            for row, (table, freq_node) in zip(rows, tables, strict=True)
            if row["p_bh"] <= self._shown.max_p and self._is_wanted(direction_of(*table))
        ]
        keyed = sorted(shown, key=lambda item: self._key(*item))
        for row, table, freq_node in keyed[: self._shown.top]:
            yield self._record(row, table, freq_node)

    def _is_wanted(self, direction: str) -> bool:
        return self._shown.direction in ("both", direction)

    def _key(self, row: Fields, table: Table, freq_node: int | None) -> tuple[float, str]:
        name = self._shown.sort
        if name in COUNTS:
            return -row[name], row["term"]
        value = strength(self._known[name], self._value(name, table, freq_node), direction_of(*table))
        return (value if self._shown.direction == "under" else -value), row["term"]

    def _value(self, name: str, table: Table, freq_node: int | None) -> float | None:
        if freq_node is not None and name in NODE_MEASURES:
            return NODE_MEASURES[name](table[0], freq_node, table[2])
        return self._known[name].formula(*table)

    def _record(self, row: Fields, table: Table, freq_node: int | None) -> Fields:
        corrected = {name: row.pop(name) for name in CORRECTED}
        record = {"node": row.pop("node")} if "node" in row else {}
        record |= {"term": row.pop("term"), "direction": direction_of(*table)}
        record |= row
        record |= {name: self._value(name, table, freq_node) for name in self._names}
        record |= corrected
        return {name: round6(value) if isinstance(value, float) else value for name, value in record.items()}
