"""Scores of lines: for each role the sum of the weights of a line's features.

Weights are whole thousandths, as the model file has them, so that sums are the same in any order. `native/scores.c`
does the same for a whole page at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from jmtools.pages.groups import Group, GroupsOfLines
from jmtools.pages.roles import ROLE_INDEX, ROLES

Weights = Mapping[str, Mapping[str, float]]

UNIT = 1000  # parts of a weight
BEAM = 11.0  # a role that scores this much below the best of its line, before its neighbours, is not pursued
_MOST = 1e5  # weight that a feature may have
_CACHED_GROUPS = 3_000


class LineScorer:
    """Adds up the weights of a group of features once, and looks the sum up afterwards."""

    def __init__(self, features: Weights) -> None:
        self._features = features
        self._rows: dict[str, Sequence[int]] = {}
        self._sums: dict[Group, Sequence[int]] = {}  # tuples: the garbage collector need not look into them
        self._zero = (0,) * len(ROLES)

    def scores(self, lines: GroupsOfLines) -> tuple[array[float], array[int]]:
        """Return one score a role, line after line, and for each line the roles that its own score leaves, as bits."""
        scores, likely = array("d"), array("I")
        for groups in lines:
            row = [total / UNIT for total in self._sum(groups)]
            scores.extend(row)
            likely.append(near_best(row))
        return scores, likely

    def _sum(self, groups: Sequence[Group]) -> Sequence[int]:
        sums = self._sums
        parts = []
        for group in groups:
            total = sums.get(group)
            if total is None:
                rows = [self._row(name) for name in group if name in self._features]
                total = tuple(map(sum, zip(*rows, strict=True))) if rows else self._zero
                if len(sums) > _CACHED_GROUPS:
                    sums.clear()
                sums[group] = total
            if total is not self._zero:
                parts.append(total)
        return tuple(map(sum, zip(*parts, strict=True))) if parts else self._zero

    def _row(self, name: str) -> Sequence[int]:
        row = self._rows.get(name)
        if row is None:
            found = [0] * len(ROLES)
            for role, weight in self._features[name].items():
                found[ROLE_INDEX[role]] = round(weight * UNIT)
            row = self._rows[name] = tuple(found)
        return row


def mean_of(tables: Sequence[Weights], shares: Sequence[float]) -> dict[str, dict[str, float]]:
    """Return the mean of several tables of weights; `shares` says what each counts, of 1."""
    means: dict[str, dict[str, float]] = {}
    for table, share in zip(tables, shares, strict=True):
        for name, row in table.items():
            total = means.setdefault(name, {})
            for role, weight in row.items():
                total[role] = total.get(role, 0.0) + share * weight
    return means


def check_weights(table: Weights) -> None:
    """Look at weights that are not the product's own.

    Raises:
        ValueError, TypeError, AttributeError: If they are no weights of roles.
    """
    for name, row in table.items():
        for role, weight in row.items():
            if role not in ROLES or not abs(weight) < _MOST:
                raise ValueError(f"{name!r}: {role!r} has the weight {weight}")


def near_best(row: Sequence[float]) -> int:
    """Return the roles that score little less than the best, as bits."""
    least = max(row) - BEAM
    bits, bit = 0, 1
    for score in row:
        if score >= least:
            bits |= bit
        bit <<= 1
    return bits
