"""What the headlines of one page have in common, and how far a line resembles them.

A page is edited by one hand: where every article has a byline below its headline, a short line without one is hardly a
headline; where headlines are set off by two blank lines, one that is set off by one is a subhead.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from jmtools.pages.cue_sets import bits_of
from jmtools.pages.groups import Group
from jmtools.pages.surroundings import Surroundings

_SHARES = (0.001, 0.25, 0.6, 0.9)
_RATIOS = (0.4, 0.6, 0.8, 1.0, 1.25, 1.6)
_TRAITS = ("own_line", "lead", "tail", "parts", "first_word")
_BYLINES = bits_of(["byline", "names", "square"])
_LEADS = bits_of(["dateline", "dateline_role", "dateline_paper"])
_TAILS = bits_of(["credit_tail", "names_tail", "credit_wire", "author_note", "names"])
_NEAR = 4  # lines below a headline among which its byline, or the beginning of its text, stands


class Habits:
    """The traits of the headlines and subheads that the first pass found on a page."""

    def __init__(self, around: Surroundings, roles: Sequence[str], gaps: Sequence[int]) -> None:
        self._around, self._roles, self._page_gaps = around, roles, gaps
        self._heads = [i for i, role in enumerate(roles) if role == "H"]
        self._known: dict[int, tuple[bool, ...]] = {}
        self._counts = [sum(column) for column in zip(*(self._traits(i) for i in self._heads), strict=True)]
        self._gaps = {role: Counter(gaps[i] for i, own in enumerate(roles) if own == role) for role in "HS"}
        self._lengths = sorted(len(around.texts[i]) for i in self._heads)

    def compare(self, i: int) -> Group:
        """Return how far a line is like the page's other headlines."""
        mine = self._roles[i] == "H"
        others = len(self._heads) - mine
        if not others:
            return ("lonely",)
        traits = self._traits(i)
        found = []
        for name, has, count in zip(_TRAITS, traits, self._counts, strict=True):
            share = (count - (mine and has)) / others
            found.append(f"{name}{has:d}{bisect_right(_SHARES, share)}")
        fits = [self._gap_fit(i, role) for role in "HS"]
        median = self._lengths[len(self._lengths) // 2]
        return (
            *found,
            f"gap_like{fits[0]}",
            f"gap_like{fits[0]}{fits[1]}",
            f"to_median{bisect_right(_RATIOS, len(self._around.texts[i]) / median)}",
            f"shortest{len(self._around.texts[i]) < self._lengths[0]:d}",
        )

    def _gap_fit(self, i: int, role: str) -> str:
        counts, gap = self._gaps[role], self._page_gaps[i]
        mine = self._roles[i] == role
        total = sum(counts.values()) - mine
        return str(bisect_right(_SHARES, (counts[gap] - mine) / total)) if total else "-"

    def _traits(self, i: int) -> tuple[bool, ...]:
        known = self._known.get(i)
        if known is None:
            known = self._known[i] = self._look(i)
        return known

    def _look(self, i: int) -> tuple[bool, ...]:
        texts, cues, roles = self._around.texts, self._around.cues, self._roles
        below = range(i + 1, min(i + 1 + _NEAR, len(texts)))
        lead = next((j for j in below if len(texts[j]) > 30), None)
        byline = any(cues[j] & _BYLINES for j in below if lead is None or j < lead)
        dated = lead is not None and cues[lead] & _LEADS != 0
        tail = i > 0 and cues[i - 1] & _TAILS != 0
        parts = " " in texts[i] or "　" in texts[i] or (i + 1 < len(roles) and roles[i + 1] == "h")
        return byline, dated, tail, parts, lead is not None and texts[lead][:2] == texts[i][:2]
