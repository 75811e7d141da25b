"""How one paper prints the first lines of its articles: learned from decided borders, added to the weights.

The weights know many papers. Where one of them has a wire line below every headline, or sets its subheads in another
way, traits of a short line say more on its pages than elsewhere. They are learned from what a person decided.
"""

import math
from collections import Counter
from typing import Final

from jmtools.pages.model import Decoded
from jmtools.pages.roles import ROLES

_TRAITS: Final = tuple(
    "gap indent opens len place echo last= lines to_typical spaces commas start_ end_ lead alike".split()  # noqa: SIM905
    + "+1:byline +1:names +1:dateline".split()  # noqa: SIM905
)
_NAMES = tuple(ROLES)
_HEAD, _SUBHEAD = _NAMES.index("H"), _NAMES.index("S")
_CANDIDATE = 0.3  # a line that is less likely a headline or subhead is ignored
_LEAST, _MOST = 4, 0.97  # times that a trait must be seen, and share of all candidates that it may have
_RIDGE, _ROUNDS = 10.0, 60  # how much leanings are held back, and how often they are refined
_SMALL = 0.05  # nats
_CERTAIN = 1e-3

Row = tuple[float, bool, list[str]]


class Leanings:
    """The traits of the headlines and subheads of one paper, page by page."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def add(self, guessed: Decoded, decided: Decoded) -> None:
        """Look at a page that was split, and at the same page with what a person decided."""
        for i, groups in enumerate(guessed.groups):
            margin = guessed.margins[i]
            head, subhead = margin.get(_HEAD, 0.0), margin.get(_SUBHEAD, 0.0)
            if head + subhead < _CANDIDATE or decided.roles[i] not in "HS":
                continue
            odds = math.log(max(head, _CERTAIN) / max(subhead, _CERTAIN))
            traits = sorted({name for group in groups for name in group if name.startswith(_TRAITS)})
            self._rows.append((odds, decided.roles[i] == "H", traits))

    def table(self) -> dict[str, float]:
        """Return for each trait how much it speaks for a headline and against a subhead, in nats.

        A logistic regression on top of the odds that the weights give, held back by a ridge.
        """
        seen = Counter(trait for _, _, traits in self._rows for trait in traits)
        found = {trait: 0.0 for trait, times in sorted(seen.items()) if _LEAST <= times <= _MOST * len(self._rows)}
        rows = [(odds, head, [trait for trait in traits if trait in found]) for odds, head, traits in self._rows]
        for _ in range(_ROUNDS):
            _refine(found, rows)
        return {trait: round(leaning, 2) for trait, leaning in found.items() if abs(leaning) >= _SMALL}


def _refine(found: dict[str, float], rows: list[Row]) -> None:
    """Move all leanings one step towards what makes the decisions most probable."""
    slopes, curves = dict.fromkeys(found, 0.0), dict.fromkeys(found, 0.0)
    for odds, head, traits in rows:
        chance = 1 / (1 + math.exp(-odds - sum([found[trait] for trait in traits])))
        for trait in traits:
            slopes[trait] += head - chance
            curves[trait] += chance * (1 - chance) * len(traits)
    for trait in found:
        found[trait] += (slopes[trait] - _RIDGE * found[trait]) / (curves[trait] + _RIDGE)
