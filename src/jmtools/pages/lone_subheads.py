"""Sentences that were taken for subheads: a question or a call that is a paragraph by itself (“去，还是不去？”)."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from jmtools.pages.model import Decoded
from jmtools.pages.reading import one_form
from jmtools.pages.roles import ROLE_INDEX, STARTS
from jmtools.pages.shapes import complete

_SUBHEAD, _TEXT = ROLE_INDEX["S"], ROLE_INDEX["P"]


def free_lone_sentences(texts: Sequence[str], decoded: Decoded, fixed: Collection[int] = ()) -> Decoded:
    """Return the roles of a page, with text instead of an article's only subhead where that ends a sentence.

    Subheads that are questions come in twos at least: of 2,700 short lines of labelled pages that end a sentence, alone
    in their article, none is a subhead.

    Args:
        texts: The lines of a page.
        decoded: Their roles.
        fixed: Lines whose role was known before.
    """
    lone = [i for i in _lone_subheads(decoded.roles) if i not in fixed and complete(one_form(texts[i]))]
    if not lone:
        return decoded
    roles, margins = [*decoded.roles], [*decoded.margins]
    for i in lone:
        roles[i] = "P"
        margins[i] = {**margins[i], _TEXT: margins[i].get(_TEXT, 0.0) + margins[i].get(_SUBHEAD, 0.0), _SUBHEAD: 0.0}
    return replace(decoded, roles=roles, margins=margins)


def _lone_subheads(roles: Sequence[str]) -> list[int]:
    """Return the subheads, one line each, that are the only ones of their record."""
    found: list[int] = []
    inside: list[int] = []
    for i, role in enumerate([*roles, "H"]):
        if role in STARTS:
            found += inside if len(inside) == 1 and roles[inside[0]] == "S" else []
            inside = []
        elif role in "Ss":
            inside.append(i)
    return found
