"""How short lines are set: the subheads of one article look alike."""

from typing import NamedTuple


class Style(NamedTuple):
    """What the subheads of one article have in common: length, blank lines above, opening, inner mark, a space."""

    size: int
    gap: int
    opening: str
    inner: str
    spaced: bool


def style_of(text: str, gap: int) -> Style:
    """Return the style of a short line."""
    mark = text[0] if not "一" <= text[0] <= "龥" else text[0] if text[0] in "一二三四五六七八九十第" else ""
    inner = "：" if "：" in text[1:-1] or ":" in text[1:-1] else "，" if "，" in text or "," in text else ""
    opening = "#" if mark and mark in "一二三四五六七八九十0123456789" else mark
    return Style(len(text), gap, opening, inner, " " in text)


def alike(one: Style, other: Style) -> int:
    """Return 0 to 4: how much two short lines look alike."""
    if one.opening != other.opening:
        return 0
    near = abs(one.size - other.size) <= 1
    return near + (one.gap == other.gap) + (one.inner == other.inner) + bool(one.opening or one.inner)
