"""What tells of the lines of a page that lost full stops how sure it is that they are text and end a sentence."""

from bisect import bisect_right
from collections.abc import Sequence

from jmtools.pages.continuity import edges
from jmtools.pages.groups import Group
from jmtools.pages.jumps import cut_jump_out
from jmtools.pages.line_breaks import LONGEST_HEADLINE, Breaks
from jmtools.pages.shapes import complete

SHORTEST = 6  # characters: shorter lines get no full stop
_NO_END = frozenset("，、：—,:-（(“‘《；;")
_CHANCES = (0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97)
_SIZES = (8, 12, 17, 23, 30, 48)  # characters
_LONG = 4  # class of size from which a line is long
_SHARES = (0.1, 0.2, 0.3, 0.45)  # of a page's lines


def may_end(text: str) -> bool:
    """Say whether a line that ends no sentence could end one if it had a full stop."""
    if text[-1] in _NO_END or complete(text) or edges()[1].get(text[-1]) == "0":
        return False
    return not cut_jump_out(text)[1]


def lost_groups(texts: Sequence[str], restored: Sequence[str], breaks: Breaks) -> list[Group]:
    """Return features of the lines of a page: their own, and how they stand to the ones above and below.

    Args:
        texts: The lines.
        restored: The same, some with a full stop.
        breaks: What is known of their ends.
    """
    states, looks, ends = [], [], []
    for i, text in enumerate(texts):
        if complete(text):
            known, look, end = "F", "", ""
        else:
            can = len(text) >= SHORTEST and may_end(text)
            known = ("R" if restored[i] != text else "U") if can else "N"
            look = _level(breaks.is_text(i)) if len(text) <= LONGEST_HEADLINE else "L"
            end = _level(breaks.ends_here(i)) if can else "-"
        states.append(known)
        looks.append(known + look)
        ends.append(end)
    page = bisect_right(_SHARES, states.count("R") / (len(texts) or 1))
    found: list[Group] = []
    for i, text in enumerate(texts):
        size = bisect_right(_SIZES, len(text))
        state, look = states[i], looks[i]
        above, below = looks[i - 1] if i else "^", looks[i + 1] if i + 1 < len(looks) else "$"
        found.append(
            (
                f"lost_{state}",
                f"lost_{look}",
                f"lost_{look}&{size}",
                f"lost_{state}{ends[i]}&{size > _LONG}",
                f"lost_{look}{ends[i]}",
                f"lost_{above}/{look}",
                f"lost_{look}/{below}",
                f"lost_up{above}",
                f"lost_down{below}",
                f"lost_page{page}&{state}&{size > _LONG}",
            )
        )
    return found


def _level(chance: float) -> str:
    return str(bisect_right(_CHANCES, chance))
