"""A linear chain over the roles of lines: scores, and the exact decoding of all lines of a page at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.pages.roles import OPEN, ROLES, STARTS, may_follow
from jmtools.pages.surroundings import Group

Values = dict[str, float]

_BEAM = 11.0  # a role that scores this much below the best of its line, before its neighbours, is not pursued
_CACHED_GROUPS = 50_000
_JUMP_CUES = {"J": "jump_in", "j": "jump_in", "X": "jump_out"}


class RoleModel:
    """A linear-chain conditional random field over the roles of lines.

    The weights are the logarithms of factors: one for each pair of feature and role, one for each pair of roles in a
    row. Only sequences that `roles.may_follow` allows have a probability.
    """

    def __init__(self, features: dict[str, dict[str, float]], transitions: dict[str, dict[str, float]]) -> None:
        self.roles = list(ROLES)
        self._rows = {name: [weights.get(role, 0.0) for role in self.roles] for name, weights in features.items()}
        self._sums: dict[Group, list[float]] = {}
        self._zero = [0.0] * len(self.roles)
        self._index = {role: i for i, role in enumerate(self.roles)}
        size = range(len(self.roles))
        self._before: list[list[int]] = [[i for i in size if may_follow(self.roles[j], self.roles[i])] for j in size]
        self._weight = [[transitions.get(a, {}).get(b, 0.0) for b in self.roles] for a in self.roles]
        self._factor = [[math.exp(weight) for weight in row] for row in self._weight]
        self._first = frozenset(j for j in size if may_follow(self.roles[j], None))
        self._open = frozenset(self._index[role] for role in OPEN)

    def scores(self, groups: Sequence[Group]) -> list[float]:
        """Return the sum of the weights of a line's features, for each role."""
        sums = self._sums
        parts = []
        for group in groups:
            total = sums.get(group)
            if total is None:
                rows = [self._rows[name] for name in group if name in self._rows]
                total = [sum(column) for column in zip(*rows, strict=True)] if rows else self._zero
                if len(sums) > _CACHED_GROUPS:
                    sums.clear()
                sums[group] = total
            parts.append(total)
        return [sum(column) for column in zip(*parts, strict=True)]

    def weight(self, feature: str, role: str) -> float:
        """Return the weight of one feature for one role."""
        row = self._rows.get(feature)
        return row[self._index[role]] if row else 0.0

    def decode(
        self,
        lines: Sequence[Sequence[Group]],
        fixed: dict[int, frozenset[str]] | None = None,
        values: Sequence[Values] | None = None,
    ) -> Decoded:
        """Find the most probable sequence of roles and the probability of each role of each line.

        Args:
            lines: Feature groups of each line.
            fixed: The only roles that some lines, by index, may have.
            values: Features of each line that count as often as their value says.
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
            scores.append(row)
            allowed.append(self._allowed(i, groups, row) if only is None else sorted(self._index[r] for r in only))
        self._connect(allowed)
        path = self._best_path(scores, allowed)
        margins = self._marginals(scores, allowed)
        return Decoded([self.roles[j] for j in path], margins, lines)

    def _lean(self, scores: list[float], values: Values) -> list[float]:
        """Add the weights of features that have a value to the scores of a line."""
        for name, value in values.items():
            row = self._rows.get(name)
            if row is not None:
                scores = [score + value * weight for score, weight in zip(scores, row, strict=True)]
        return scores

    def _allowed(self, i: int, groups: Sequence[Group], scores: Sequence[float]) -> list[int]:
        names = groups[0]
        best = max(scores)
        chosen = []
        for j, role in enumerate(self.roles):
            cue = _JUMP_CUES.get(role)
            if scores[j] >= best - _BEAM and (cue is None or cue in names) and (i or j in self._first):
                chosen.append(j)
        return chosen

    def _connect(self, allowed: list[list[int]]) -> None:
        """Give back a role to a line where the allowed ones cannot follow, or be followed by, those of a neighbour."""
        fallback = [self._index[role] for role in ("P", "H", "E", "M", "O")]
        reachable: set[int] | None = None
        for chosen in allowed:
            now = self._reachable(chosen, reachable)
            if not now:
                chosen += [j for j in fallback if j not in chosen]
                now = self._reachable(chosen, reachable)
            reachable = now

    def _reachable(self, chosen: list[int], before: set[int] | None) -> set[int]:
        if before is None:
            return {j for j in chosen if j in self._first}
        return {j for j in chosen if any(b in before for b in self._before[j])}

    def _best_path(self, scores: Sequence[Sequence[float]], allowed: Sequence[Sequence[int]]) -> list[int]:
        best = {j: scores[0][j] for j in allowed[0] if j in self._first}
        pointers: list[dict[int, int]] = []
        for i in range(1, len(scores)):
            row, current, pointer = scores[i], {}, {}
            for j in allowed[i]:
                top, back = -math.inf, -1
                for b in self._before[j]:
                    if b in best:
                        value = best[b] + self._weight[b][j]
                        if value > top:
                            top, back = value, b
                if back >= 0:
                    current[j], pointer[j] = top + row[j], back
            best = current
            pointers.append(pointer)
        closed = {j: value for j, value in best.items() if j not in self._open} or best
        path = [max(closed, key=lambda j: (closed[j], -j))]
        for pointer in reversed(pointers):
            path.append(pointer[path[-1]])
        path.reverse()
        return path

    def _marginals(self, scores: Sequence[Sequence[float]], allowed: Sequence[Sequence[int]]) -> list[dict[int, float]]:
        """Return the probability of each role of each line (forward-backward, scaled line by line)."""
        local = []
        for row, chosen in zip(scores, allowed, strict=True):
            top = max(row[j] for j in chosen)
            local.append({j: math.exp(row[j] - top) for j in chosen})
        forward = [_scaled({j: value for j, value in local[0].items() if j in self._first})]
        for now in local[1:]:
            last, current = forward[-1], {}
            for j, value in now.items():
                total = sum([last[b] * self._factor[b][j] for b in self._before[j] if b in last])
                if total:
                    current[j] = total * value
            forward.append(_scaled(current))
        backward = dict.fromkeys(forward[-1], 1.0)
        margins = [_scaled(dict(forward[-1]))]
        for i in range(len(local) - 2, -1, -1):
            onward = {j: local[i + 1][j] * value for j, value in backward.items()}
            current = dict.fromkeys(forward[i], 0.0)
            for j, value in onward.items():
                for b in self._before[j]:
                    if b in current:
                        current[b] += self._factor[b][j] * value
            backward = _scaled(current)
            margins.append(_scaled({j: forward[i][j] * value for j, value in backward.items()}))
        margins.reverse()
        return margins


@dataclass(slots=True)
class Decoded:
    """The roles of a page, with what is needed to say how sure they are.

    Attributes:
        roles: One role a line.
        margins: For each line the probability of each role, by role index.
        groups: The feature groups of each line, as they were decoded.
        bare: Whether the weights for text of databases and sites were used.
    """

    roles: list[str]
    margins: list[dict[int, float]]
    groups: Sequence[Sequence[Group]]
    bare: bool = False

    def start_probability(self, i: int) -> float:
        """Return the probability that a record begins at a line."""
        return sum(value for j, value in self.margins[i].items() if _NAMES[j] in STARTS)


_NAMES = tuple(ROLES)


def _scaled(values: dict[int, float]) -> dict[int, float]:
    total = sum(values.values())
    return {j: value / total for j, value in values.items()} if total else values
