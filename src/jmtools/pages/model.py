"""A linear chain over the roles of lines: scores, and the exact decoding of all lines of a page at once."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add

from jmtools.pages.chain import Chain, ChainWeights
from jmtools.pages.compiled import load_functions
from jmtools.pages.compiled_chain import CompiledChain, CompiledScorer
from jmtools.pages.compiled_view import CompiledView
from jmtools.pages.cue_sets import names_of
from jmtools.pages.groups import Group, GroupsOfLines
from jmtools.pages.roles import ROLE_INDEX, ROLES, STARTS
from jmtools.pages.scores import LineScorer, Weights, mean_of, near_best

Values = dict[str, float]

_NAMES = tuple(ROLES)
_BITS = {role: 1 << i for role, i in ROLE_INDEX.items()}
_JUMP_CUES = {"J": "jump_in", "j": "jump_in", "X": "jump_out"}
_JUMPS = [(_BITS[role], cue) for role, cue in _JUMP_CUES.items()]
_ANY_JUMP = sum(bit for bit, _ in _JUMPS)
_SIGNS = tuple({"H": 1, "S": -1}.get(role, 0) for role in ROLES)
START_INDEXES = frozenset(ROLE_INDEX[role] for role in STARTS)
_SIZE = len(_NAMES)
_ZERO = array("d", bytes(8 * _SIZE))


class RoleModel:
    """A linear-chain conditional random field over the roles of lines.

    The weights are the logarithms of factors: one for each pair of feature and role, one for each pair of roles in a
    row. Only sequences that `roles.may_follow` allows have a probability.
    """

    def __init__(self, features: Weights, transitions: Weights) -> None:
        self._features, self._transitions = features, transitions
        self._weights = ChainWeights(transitions)

    @cached_property
    def _scorer(self) -> LineScorer | CompiledScorer:
        functions = load_functions()
        return LineScorer(self._features) if functions is None else CompiledScorer(functions, self._features)

    @cached_property
    def _chain(self) -> Chain | CompiledChain:
        functions = load_functions()
        return Chain(self._weights) if functions is None else CompiledChain(functions, self._weights)

    def mean_with(self, features: Weights, transitions: Weights, share: float, kept: str = "") -> RoleModel:
        """Return a chain with the mean of its weights and of others.

        Args:
            features: Other weights of features.
            transitions: Other weights of roles for the role that follows.
            share: What the others count, of 1.
            kept: Roles that differ from one another as in this chain: the others say what they all have in common.
        """
        found = _mean(self._features, features, share)
        for name, row in found.items() if kept else ():
            own = self._features.get(name, {})
            level = sum([row.get(role, 0.0) - own.get(role, 0.0) for role in kept]) / len(kept)
            row |= {role: round(own.get(role, 0.0) + level, 3) for role in kept}
        return RoleModel(found, _mean(self._transitions, transitions, share))

    def weight(self, feature: str, role: str) -> float:
        """Return the weight of one feature for one role."""
        return self._features.get(feature, {}).get(role, 0.0)

    def decode(
        self,
        lines: GroupsOfLines,
        fixed: Mapping[int, frozenset[str]] | None = None,
        values: Sequence[Values] | None = None,
        leanings: Mapping[str, float] | None = None,
        more: Sequence[Group] = (),
    ) -> Decoded:
        """Find the most probable sequence of roles and the probability of each role of each line.

        Args:
            lines: Feature groups of each line.
            fixed: The only roles that some lines, by index, may have.
            values: Features of each line that count as often as their value says.
            leanings: How much a feature speaks for a headline and against a subhead, beside its weights.
            more: Further features of each line, if there are any.
        """
        if not lines:
            return Decoded([], [], [])
        fixed = fixed or {}
        scores, allowed = self._added(*self._scorer.scores(lines), more)
        if values is not None or leanings:
            for i, groups in enumerate(lines):
                if len(fixed.get(i, ROLES)) > 1:
                    row = scores[i * _SIZE : (i + 1) * _SIZE]
                    row = self._adjusted(row, groups, values[i] if values is not None else {}, leanings or {})
                    scores[i * _SIZE : (i + 1) * _SIZE] = row
                    allowed[i] = near_best(row)
        return self._find(scores, allowed, [groups[0] for groups in lines], fixed, lines)

    def decode_numbers(
        self,
        view: CompiledView,
        groups: GroupsOfLines,
        fixed: Mapping[int, frozenset[str]] | None = None,
        more: Sequence[Group] = (),
    ) -> Decoded:
        """Do the same with the features of a page by number, of which `groups` has the names."""
        scorer = self._scorer
        if isinstance(scorer, LineScorer):
            return self.decode(groups, fixed, more=more)
        return self._find(
            *self._added(*scorer.page_scores(view), more), list(map(names_of, view.cues)), fixed or {}, groups
        )

    def _added(
        self, scores: array[float], allowed: array[int], more: Sequence[Group]
    ) -> tuple[array[float], array[int]]:
        """Add the weights of further features of each line to its scores."""
        if not more:
            return scores, allowed
        further, _ = self._scorer.scores([(group,) for group in more])
        total = array("d", map(add, scores, further))
        rows = (total[at : at + _SIZE] for at in range(0, len(total), _SIZE))
        return total, array("I", map(near_best, rows))

    def _find(
        self,
        scores: array[float],
        allowed: array[int],
        shapes: Sequence[Group],
        fixed: Mapping[int, frozenset[str]],
        groups: GroupsOfLines,
    ) -> Decoded:
        """Decode lines with a score for each role, and the roles that these leave."""
        for i, bits in enumerate(allowed):
            if bits & _ANY_JUMP:
                allowed[i] = _without_jumps(bits, shapes[i])
        allowed[0] &= self._weights.first
        for i, only in fixed.items():
            allowed[i] = sum([_BITS[role] for role in only])
            if len(only) == 1:
                scores[i * _SIZE : (i + 1) * _SIZE] = _ZERO
        path, margins = self._chain.decode(scores, allowed)
        return Decoded([_NAMES[j] for j in path], margins, groups)

    def _adjusted(
        self, row: array[float], groups: Sequence[Group], values: Values, leanings: Mapping[str, float]
    ) -> array[float]:
        """Add to the scores of a line what features that have a value, and the paper's own pages, say of it."""
        for name, value in values.items():
            for role, weight in self._features.get(name, {}).items():
                row[ROLE_INDEX[role]] += value * weight
        # Headlines gain, and subheads lose, what the paper's own pages say.
        half = sum([leanings.get(name, 0.0) for group in groups for name in group]) / 2 if leanings else 0.0
        return array("d", [score + half * sign for score, sign in zip(row, _SIGNS, strict=True)]) if half else row


def _without_jumps(bits: int, shape: Group) -> int:
    """Return the roles of a line without those of jumps of which it shows no sign."""
    for bit, cue in _JUMPS:
        if bits & bit and cue not in shape:
            bits ^= bit
    return bits


def start_chance(margin: Mapping[int, float]) -> float:
    """Return the probability that a record begins at a line, by the probabilities of its roles."""
    if len(margin) > 1:
        return sum([value for j, value in margin.items() if j in START_INDEXES])
    return next((value for j, value in margin.items() if j in START_INDEXES), 0)


def _mean(own: Weights, other: Weights, share: float) -> dict[str, dict[str, float]]:
    """Return the mean of weights, in thousandths."""
    found = mean_of((own, other), (1 - share, share))
    return {name: {role: round(weight, 3) for role, weight in row.items()} for name, row in found.items()}


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
    groups: GroupsOfLines
    bare: bool = False
    restored: float = 0.0
    wide: bool = False

    def starts(self) -> set[int]:
        """Return the lines at which a record begins."""
        return {i for i, role in enumerate(self.roles) if role in STARTS}

    def start_probability(self, i: int) -> float:
        """Return the probability that a record begins at a line."""
        return start_chance(self.margins[i])
