"""A linear chain over the roles of lines: scores, and the exact decoding of all lines of a page at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jmtools.pages.chain import Chain
from jmtools.pages.roles import ROLES, STARTS
from jmtools.pages.surroundings import Group

Values = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]
Scores = tuple[float, ...]

_BEAM = 11.0  # a role that scores this much below the best of its line, before its neighbours, is not pursued
_CACHED_GROUPS = 3_000
_NAMES = tuple(ROLES)
_INDEX = {role: i for i, role in enumerate(_NAMES)}
_BITS = {role: 1 << i for i, role in enumerate(_NAMES)}
_JUMP_CUES = {"J": "jump_in", "j": "jump_in", "X": "jump_out"}
_JUMPS = [(_BITS[role], cue) for role, cue in _JUMP_CUES.items()]
_ANY_JUMP = sum(bit for bit, _ in _JUMPS)
_SIGNS = tuple({"H": 1, "S": -1}.get(role, 0) for role in ROLES)
_STARTS = frozenset(_INDEX[role] for role in STARTS)


class RoleModel:
    """A linear-chain conditional random field over the roles of lines.

    The weights are the logarithms of factors: one for each pair of feature and role, one for each pair of roles in a
    row. Only sequences that `roles.may_follow` allows have a probability.
    """

    def __init__(self, features: Weights, transitions: Weights) -> None:
        self._rows = {name: _row(weights) for name, weights in features.items()}
        self._sums: dict[Group, Scores] = {}  # tuples: the garbage collector need not look into them
        self._zero = (0.0,) * len(_NAMES)
        self._chain = Chain(transitions)

    def scores(self, groups: Sequence[Group]) -> Scores:
        """Return the sum of the weights of a line's features, for each role."""
        sums = self._sums
        parts = []
        for group in groups:
            total = sums.get(group)
            if total is None:
                rows = [row for row in map(self._rows.get, group) if row is not None]
                total = tuple(map(sum, zip(*rows, strict=True))) if rows else self._zero
                if len(sums) > _CACHED_GROUPS:
                    sums.clear()
                sums[group] = total
            if total is not self._zero:
                parts.append(total)
        return tuple(map(sum, zip(*parts, strict=True))) if parts else self._zero

    def weight(self, feature: str, role: str) -> float:
        """Return the weight of one feature for one role."""
        row = self._rows.get(feature)
        return row[_INDEX[role]] if row else 0.0

    def decode(
        self,
        lines: Sequence[Sequence[Group]],
        fixed: dict[int, frozenset[str]] | None = None,
        values: Sequence[Values] | None = None,
        leanings: Mapping[str, float] | None = None,
    ) -> Decoded:
        """Find the most probable sequence of roles and the probability of each role of each line.

        Args:
            lines: Feature groups of each line.
            fixed: The only roles that some lines, by index, may have.
            values: Features of each line that count as often as their value says.
            leanings: How much a feature speaks for a headline and against a subhead, beside its weights.
        """
        if not lines:
            return Decoded([], [], [])
        scores, allowed = [], []
        for i, groups in enumerate(lines):
            only = fixed.get(i) if fixed else None
            row = self._zero
            if only is None or len(only) > 1:
                row = self.scores(groups)
                if values is not None:
                    row = self._lean(row, values[i])
                if leanings:
                    row = _inclined(row, groups, leanings)
            scores.append(row)
            allowed.append(_likely(groups, row) if only is None else sum([_BITS[role] for role in only]))
            if i == 0 and only is None:
                allowed[0] &= self._chain.first
        path, margins = self._chain.decode(scores, allowed)
        return Decoded([_NAMES[j] for j in path], margins, lines)

    def _lean(self, scores: Scores, values: Values) -> Scores:
        """Add the weights of features that have a value to the scores of a line."""
        for name, value in values.items():
            row = self._rows.get(name)
            if row is not None:
                scores = tuple([score + value * weight for score, weight in zip(scores, row, strict=True)])
        return scores


def _row(weights: Mapping[str, float]) -> Scores:
    row = [0.0] * len(_NAMES)
    for role, weight in weights.items():
        row[_INDEX[role]] = weight
    return tuple(row)


def _inclined(row: Scores, groups: Sequence[Group], leanings: Mapping[str, float]) -> Scores:
    """Add to the scores of a headline, and take from that of a subhead, what the paper's own pages say of the line."""
    half = sum([leanings.get(name, 0.0) for group in groups for name in group]) / 2
    return tuple([score + half * sign for score, sign in zip(row, _SIGNS, strict=True)]) if half else row


def _likely(groups: Sequence[Group], scores: Sequence[float]) -> int:
    """Return the roles that a line may have by its own looks, as bits."""
    least = max(scores) - _BEAM
    bits, bit = 0, 1
    for score in scores:
        if score >= least:
            bits |= bit
        bit <<= 1
    if bits & _ANY_JUMP:
        for bit, cue in _JUMPS:
            if bits & bit and cue not in groups[0]:
                bits ^= bit
    return bits


@dataclass(slots=True)
class Decoded:
    """The roles of a page, with what is needed to say how sure they are.

    Attributes:
        roles: One role a line.
        margins: For each line the probability of each role, by role index.
        groups: The feature groups of each line, as they were decoded.
        bare: Whether the weights for text of databases and sites were used.
        restored: Share of the page's lines that got back a full stop which was lost.
        wide: Whether its digits are of full width.
    """

    roles: list[str]
    margins: list[dict[int, float]]
    groups: Sequence[Sequence[Group]]
    bare: bool = False
    restored: float = 0.0
    wide: bool = False

    def start_probability(self, i: int) -> float:
        """Return the probability that a record begins at a line."""
        return sum([value for j, value in self.margins[i].items() if j in _STARTS])
