"""Decoding a chain of roles: the best allowed sequence, and the probability of each role of each line.

Exact sums over all sequences, so the cost of a line is the number of its roles times that of the line above. Rows of
weights are therefore cut down to the roles that are left, by functions that are kept, before anything is added up.
`native/chain.c` does the same, and makes every sum in the same order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, itemgetter, mul

from jmtools.pages.roles import OPEN, ROLES, may_follow

_KEPT = 2_000  # sets of roles
_FALLBACK = "PHEMO"  # can follow any role of their item, and be followed by any

_CERTAIN = (1.0,)
_ALL_FIRST = (0,) * len(ROLES)

Row = Sequence[float]
Bits = MutableSequence[int]
Margin = dict[int, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The roles that a line can have.

    Attributes:
        bits: They as bits.
        roles: Their indexes, ascending.
        after: The roles that can follow one of them, as bits.
        pick: Takes their entries out of a row that has one for each role.
    """

    bits: int
    roles: tuple[int, ...]
    after: int
    pick: Callable[[Row], Sequence[float]]


class ChainWeights:
    """The weights of one role after another.

    Attributes:
        weight: Logarithms of factors: a row for each role, in it an entry for the one after, minus infinity for never.
        factor: The factors themselves.
        after: For each role those that can follow, as bits.
        first: The roles that the first line of a page can have, as bits.
        open: The roles after which something is still open, as bits.
        fallback: Roles that a line may have too where none of its own can follow, as bits.
    """

    def __init__(self, transitions: Mapping[str, Mapping[str, float]]) -> None:
        roles = tuple(ROLES)
        self.weight = [
            [transitions.get(a, {}).get(b, 0.0) if may_follow(b, a) else -math.inf for b in roles] for a in roles
        ]
        self.factor = [[math.exp(value) for value in row] for row in self.weight]
        self.after = [sum(1 << j for j, b in enumerate(roles) if may_follow(b, a)) for a in roles]
        self.first = sum(1 << j for j, role in enumerate(roles) if may_follow(role, None))
        self.open = sum(1 << j for j, role in enumerate(roles) if role in OPEN)
        self.fallback = sum(1 << roles.index(role) for role in _FALLBACK)


class Chain:
    """Decodes with the weights of one role after another."""

    def __init__(self, weights: ChainWeights) -> None:
        self._onward = weights.factor  # [role][the one after]
        self._back = [list(column) for column in zip(*weights.factor, strict=True)]  # [role][the one before]
        self._weight_back = [list(column) for column in zip(*weights.weight, strict=True)]
        self._after, self._first, self._open, self._fallback = (
            weights.after,
            weights.first,
            weights.open,
            weights.fallback,
        )
        self._choices: dict[int, Choice] = {}

    def decode(self, scores: Row, allowed: Bits) -> tuple[Sequence[int], list[Margin]]:
        """Return the most probable sequence of roles, and for each line the probability of its roles, by index.

        Args:
            scores: One score a role, line after line.
            allowed: The roles that each line may have, as bits; a line where none of them can follow those above gets
                some more.
        """
        choices = self._connect(allowed)
        picked: list[Sequence[float]] = []
        local: list[Sequence[float]] = []
        roles = len(ROLES)
        for i, (bits, choice) in enumerate(zip(allowed, choices, strict=True)):
            row = scores[i * roles : (i + 1) * roles]
            values = choice.pick(row)
            picked.append(values)
            if bits & (bits - 1) == 0:
                local.append(_CERTAIN)
                continue
            top = max(values if bits == choice.bits else self._choice(bits).pick(row))
            local.append([math.exp(value - top) for value in values])
        return self._best_path(picked, choices), self._marginals(local, choices)

    def _connect(self, allowed: Bits) -> list[Choice]:
        """Return the roles of each line that can follow those above; where there are none, allow others too."""
        choices = []
        known = self._choices
        after = self._first
        for i, bits in enumerate(allowed):
            if not bits & after:
                allowed[i] = bits = bits | self._fallback
            bits &= after
            choice = known.get(bits) or self._choice(bits)
            choices.append(choice)
            after = choice.after
        return choices

    def _choice(self, bits: int) -> Choice:
        choice = self._choices.get(bits)
        if choice is None:
            if len(self._choices) >= _KEPT:
                self._choices.clear()
            roles = tuple(j for j in range(len(self._after)) if bits >> j & 1)
            after = 0
            for j in roles:
                after |= self._after[j]
            pick = itemgetter(*roles) if len(roles) > 1 else itemgetter(slice(roles[0], roles[0] + 1))
            choice = self._choices[bits] = Choice(bits, roles, after, pick)
        return choice

    def _best_path(self, scores: Sequence[Sequence[float]], choices: Sequence[Choice]) -> list[int]:
        best = scores[0]
        pointers: list[Sequence[int]] = []  # for each role of a line the place of the best one above it
        above = choices[0]
        weights = self._weight_back
        for values, now in zip(scores[1:], choices[1:], strict=True):
            totals = []
            if len(above.roles) == 1:
                start, b = best[0], above.roles[0]
                totals = [start + weights[j][b] + value for j, value in zip(now.roles, values, strict=True)]
                pointers.append(_ALL_FIRST)
            else:
                pick, pointer = above.pick, []
                for j, value in zip(now.roles, values, strict=True):
                    reached = list(map(add, best, pick(weights[j])))
                    top = max(reached)
                    totals.append(top + value)
                    pointer.append(reached.index(top))
                pointers.append(pointer)
            best, above = totals, now
        places = list(range(len(best)))
        closed = [place for place in places if not self._open >> above.roles[place] & 1] or places
        place = max(closed, key=lambda place: (best[place], -place))
        path = [above.roles[place]]
        for back, choice in zip(reversed(pointers), reversed(choices[:-1]), strict=True):
            place = back[place]
            path.append(choice.roles[place])
        path.reverse()
        return path

    def _marginals(self, local: Sequence[Sequence[float]], choices: Sequence[Choice]) -> list[Margin]:
        """Return the probability of each role of each line (forward-backward, scaled line by line)."""
        forward = [_scaled(local[0])]
        above = choices[0]
        for values, now in zip(local[1:], choices[1:], strict=True):
            last = forward[-1]
            if len(now.roles) == 1:
                forward.append(_CERTAIN)
            elif len(above.roles) == 1:
                forward.append(_scaled(list(map(mul, now.pick(self._onward[above.roles[0]]), values))))
            else:
                totals = [_total(map(mul, last, above.pick(self._back[j]))) for j in now.roles]
                forward.append(_scaled(list(map(mul, totals, values))))
            above = now
        backward: Sequence[float] = [1.0] * len(above.roles)
        margins = [dict(zip(above.roles, _scaled(forward[-1]), strict=True))]
        for i in range(len(local) - 2, -1, -1):
            now, below = choices[i], choices[i + 1]
            if len(now.roles) == 1:
                backward = _CERTAIN
                margins.append({now.roles[0]: 1.0})
                continue
            onward = list(map(mul, local[i + 1], backward))
            if len(below.roles) == 1:
                value = onward[0]
                backward = _scaled([factor * value for factor in now.pick(self._back[below.roles[0]])])
            else:
                backward = _scaled([_total(map(mul, onward, below.pick(self._onward[b]))) for b in now.roles])
            margins.append(dict(zip(now.roles, _scaled(list(map(mul, forward[i], backward))), strict=True)))
        margins.reverse()
        return margins


def _scaled(values: Sequence[float]) -> Sequence[float]:
    total = _total(values)
    return [value / total for value in values] if total else values


def _total(values: Iterable[float]) -> float:
    """Return a sum that was made one by one: the built-in function adds up more exactly from Python 3.12 on."""
    return reduce(add, values, 0.0)
