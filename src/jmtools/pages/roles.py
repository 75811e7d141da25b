"""The roles that a line of a page can play, and which may follow which."""

ROLES: dict[str, str] = {
    "H": "headline: first line, begins an article",
    "h": "headline: further line",
    "B": "byline",
    "P": "whole paragraph",
    "O": "paragraph, left open by a column break or a box",
    "M": "paragraph, middle part",
    "E": "paragraph, last part",
    "C": "caption",
    "c": "caption inside a broken paragraph",
    "S": "subhead",
    "s": "subhead inside a broken paragraph",
    "N": "note outside the text: author's note, wire credit, edition mark",
    "n": "note inside a broken paragraph",
    "J": "jump in, begins a continuation without a headline",
    "j": "jump in under a headline",
    "X": "jump out",
    "u": "advertisement inside a broken paragraph",
    "A": "advertisement: first line",
    "a": "advertisement: further line",
    "T": "notice: first line",
    "D": "table, weather box or index: first line",
    "d": "table, weather box or index: further line",
    "F": "folio, masthead or imprint: first line",
    "f": "folio, masthead or imprint: further line",
}

ROLE_INDEX: dict[str, int] = {role: i for i, role in enumerate(ROLES)}

STARTS = frozenset("HJATDF")
"""Roles that begin a record."""

INNER = frozenset(ROLES) - STARTS
"""Roles that go on with one."""

OPEN = frozenset("OMcsnu")
"""Roles after which a paragraph is still open."""

INSIDE = frozenset("MEcsnu")
"""Roles that need an open paragraph before them."""

_NEEDS = {"h": frozenset("HhT"), "a": frozenset("Aa"), "d": frozenset("Dd"), "f": frozenset("Ff"), "j": frozenset("Hh")}


def may_follow(role: str, before: str | None) -> bool:
    """Say whether a role may stand after another, or first on a page where `before` is None.

    >>> may_follow("E", "O"), may_follow("H", "O"), may_follow("h", "P"), may_follow("P", None)
    (True, False, False, True)
    """
    if before is None:
        return role not in INSIDE and role not in _NEEDS
    if (before in OPEN) != (role in INSIDE):
        return False
    return before in _NEEDS.get(role, before)
