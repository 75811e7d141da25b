"""Scores of lines and the chain of roles in the compiled core."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain

from jmtools.pages.chain import ChainWeights, Margin
from jmtools.pages.compiled import address_of
from jmtools.pages.compiled_view import CompiledView
from jmtools.pages.feature_families import family_bases, feature_name
from jmtools.pages.groups import GroupsOfLines
from jmtools.pages.roles import ROLE_INDEX, ROLES
from jmtools.pages.scores import BEAM, UNIT, Weights
from jmtools.words.core_library import check

_ROLES = len(ROLES)
_MISSING = 1024  # features whose weights are looked up at once
_NONE, _FIRST = 1, 2  # in a table of rows: no weights; the row of the first feature
_REMEMBERED = 50_000  # features without weights, sets of roles


class CompiledScorer:
    """What `scores.LineScorer` does, for a whole page at once."""

    def __init__(self, library: ctypes.CDLL, features: Weights) -> None:
        self._library = library
        values = array("d", chain.from_iterable([row.values() for row in features.values()]))
        roles = bytes(map(ROLE_INDEX.__getitem__, chain.from_iterable(features.values())))
        ends = array("I", accumulate(map(len, features.values())))
        self._weights = array("i", bytes(4 * _ROLES * (len(features) + 1)))  # the last row: of features without weights
        check(
            library.jm_rows(
                *(address_of(values), roles, len(values), address_of(ends), len(features)),
                *(_ROLES, UNIT, address_of(self._weights)),
            )
        )
        self._known = {name: i for i, name in enumerate(features)}
        self._numbers = _Numbers(self._known)

    def scores(self, lines: GroupsOfLines) -> tuple[array[float], array[int]]:
        """Return one score a role, line after line, and for each line the roles that its own score leaves, as bits."""
        names = chain.from_iterable(chain.from_iterable(lines))
        feature = array("I", map(self._numbers.__getitem__, names))
        ends = array("I", accumulate([sum(map(len, groups)) for groups in lines]))
        scores, likely = array("d", bytes(8 * _ROLES * len(lines))), array("I", bytes(4 * len(lines)))
        check(
            self._library.jm_score(
                *(address_of(self._weights), len(self._weights) // _ROLES, _ROLES),
                *(address_of(feature), len(feature), address_of(ends), len(ends)),
                *(UNIT, BEAM, address_of(scores), address_of(likely)),
            )
        )
        return scores, likely

    def page_scores(self, view: CompiledView) -> tuple[array[float], array[int]]:
        """Do the same with the features of a page by number."""
        scores, likely = array("d", bytes(8 * _ROLES * len(view))), array("I", bytes(4 * len(view)))
        missing = array("I", bytes(4 * _MISSING))
        while True:
            found = check(
                self._library.jm_view_score(
                    *(view.handle, address_of(self._weights), len(self._weights) // _ROLES, _ROLES),
                    *(address_of(self._rows), UNIT, BEAM, address_of(scores), address_of(likely)),
                    *(address_of(missing), _MISSING),
                )
            )
            if not found:
                return scores, likely
            for number in missing[:found]:
                row = self._known.get(feature_name(number))
                self._rows[number] = _NONE if row is None else row + _FIRST

    @cached_property
    def _rows(self) -> array[int]:
        """For the number of each feature where its weights are, once they are looked up."""
        return array("I", bytes(4 * family_bases()[-1]))


class _Numbers(dict[str, int]):
    """The number of each feature; all that have no weight share the last one."""

    def __init__(self, known: dict[str, int]) -> None:
        super().__init__(known)
        self._known = known

    def __missing__(self, name: str) -> int:
        if len(self) > len(self._known) + _REMEMBERED:
            self.clear()
            self.update(self._known)
        self[name] = number = len(self._known)
        return number


class _ChainTable(ctypes.Structure):
    """`jm_chain` of `native/pages.h`."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("weight", "factor", "after")),
        *((name, ctypes.c_uint32) for name in ("roles", "first", "open", "fallback")),
    )


class CompiledChain:
    """What `chain.Chain` does."""

    def __init__(self, library: ctypes.CDLL, weights: ChainWeights) -> None:
        self._library = library
        self._weight = array("d", chain.from_iterable(weights.weight))
        self._factor = array("d", chain.from_iterable(weights.factor))
        self._after = array("I", weights.after)
        numbers = address_of(self._weight), address_of(self._factor), address_of(self._after)
        self._table = _ChainTable(*numbers, _ROLES, weights.first, weights.open, weights.fallback)
        self._roles = _RolesOf()

    def decode(self, scores: array[float], allowed: array[int]) -> tuple[Sequence[int], list[Margin]]:
        """Return the most probable sequence of roles, and for each line the probability of its roles, by index.

        Args:
            scores: One score a role, line after line.
            allowed: The roles that each line may have, as bits; a line where none of them can follow those above gets
                some more.
        """
        lines = len(allowed)
        most = sum(map(int.bit_count, allowed)) + lines * self._table.fallback.bit_count()
        path, choices, chances = bytearray(lines), array("I", bytes(4 * lines)), array("d", bytes(8 * most))
        total = check(
            self._library.jm_find_roles(
                *(ctypes.byref(self._table), address_of(scores), address_of(allowed), lines),
                *(address_of(path), address_of(choices), address_of(chances), most),
            )
        )
        values = chances[:total].tolist()
        margins: list[Margin] = []
        at = 0
        known = self._roles
        for bits in choices:
            roles = known[bits]
            count = len(roles)
            margins.append({roles[0]: values[at]} if count == 1 else dict(zip(roles, values[at : at + count])))  # noqa: B905
            at += count
        return path, margins


class _RolesOf(dict[int, tuple[int, ...]]):
    """The indexes of a set of roles, ascending, by its bits."""

    def __missing__(self, bits: int) -> tuple[int, ...]:
        if len(self) > _REMEMBERED:
            self.clear()
        self[bits] = roles = tuple(j for j in range(_ROLES) if bits >> j & 1)
        return roles
