"""How one paper prints the first lines of its articles: learned from its own pages, added to the weights.

The weights know many papers. Where one of them has a wire line below every headline, two pieces of every headline or an
indent above its paragraphs, a short line that has it too is more likely a headline on its pages than elsewhere, and one
that lacks it is more likely a subhead.
"""

import math
from collections import defaultdict
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
_LEAST, _MOST = 4.0, 0.97  # times that a trait must be seen, and share of all candidates that it may have
_DOUBT = 4.0  # usual lines that are added to the counts, so that few pages change little
_SMALL, _LARGE = 0.15, 2.0  # nats
_TRUST = 0.5  # share of a learned leaning that is used: traits overlap, and the program itself split the pages


class Leanings:
    """The traits of the headlines and subheads of one paper, page by page."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = defaultdict(float)
        self._heads: dict[str, float] = defaultdict(float)
        self._all = self._all_heads = 0.0

    def add(self, decoded: Decoded) -> None:
        """Look at a page that was split."""
        for groups, margin in zip(decoded.groups, decoded.margins, strict=True):
            head = margin.get(_HEAD, 0.0)
            either = head + margin.get(_SUBHEAD, 0.0)
            if either < _CANDIDATE:
                continue
            self._all += either
            self._all_heads += head
            for trait in {name for group in groups for name in group if name.startswith(_TRAITS)}:
                self._seen[trait] += either
                self._heads[trait] += head

    def table(self) -> dict[str, float]:
        """Return for each trait how much it speaks for a headline and against a subhead, in nats."""
        if not 0.0 < self._all_heads < self._all:
            return {}
        usual = self._all_heads / self._all
        found = {}
        for trait, seen in sorted(self._seen.items()):
            if not _LEAST <= seen <= _MOST * self._all:
                continue
            heads = self._heads[trait] + _DOUBT * usual
            leaning = math.log(heads / (seen + _DOUBT - heads)) - math.log(usual / (1 - usual))
            if abs(leaning) >= _SMALL:
                found[trait] = round(_TRUST * max(-_LARGE, min(_LARGE, leaning)), 2)
        return found
