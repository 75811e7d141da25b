"""What lines show by their words, as bits of a number, and what of it means something together."""

from collections.abc import Iterable

from jmtools.pages.cues import CUE_ORDER

BYLINES = ("byline", "names")
"""Lines that are nothing but names of authors."""

OUTSIDES = (
    *("glued_names", "quoted_line", "wire_line", "editions_line", "placed_name"),
    *("editors_sign", "dash_name", "marks_line"),
)
"""What a short line is by its outside, see `traits`."""

CUE_NAMES = (*CUE_ORDER, *BYLINES, *OUTSIDES)
"""Cues, and what else a line shows by its words, in the order in which its features have them: one bit each."""

_BITS = {name: 1 << i for i, name in enumerate(CUE_NAMES)}
_KNOWN: dict[int, tuple[str, ...]] = {}
_KEPT = 5_000


def bits_of(names: Iterable[str]) -> int:
    """Return some cues as bits.

    >>> names_of(bits_of(["byline", "square", "no cue"]))
    ('square', 'byline')
    """
    return sum(_BITS.get(name, 0) for name in set(names))


def names_of(bits: int) -> tuple[str, ...]:
    """Return the names of cues."""
    names = _KNOWN.get(bits)
    if names is None:
        if len(_KNOWN) >= _KEPT:
            _KNOWN.clear()
        names = _KNOWN[bits] = tuple([name for i, name in enumerate(CUE_NAMES) if bits >> i & 1])
    return names


CREDITS = frozenset(["photo_credit", "caption_tail", "photo_tail"])
"""Of pictures."""

PICTURES = frozenset(["picture_word", "picture_head", "caption_head"])
"""Words that name a picture."""

NEIGHBOURLY = frozenset(
    name
    for names in (
        "dateline dateline_role speaker question jump_in jump_out editions caption_head caption_tail photo_credit",
        "picture_word picture_head psa sponsor notice editors folio_page folio_date imprint author_note credit_wire",
        "paren_line editor_says box_word list_cn list_digit chapter law byline names dash_tail opening slogan phone",
        "digits7 shop credit_tail names_tail photo_tail caption_in wire_bracket wire_day page_credit section_name",
        "folio_old paper_any classified name_colon quoted_line wire_line editions_line placed_name glued_names",
        "editors_sign dash_name marks_line",
    )
    for name in names.split()
)
"""What a line gives to its neighbours."""

KINDED = frozenset(
    (
        *("author_note", "credit_wire", "paren_line", "photo_credit", "caption_head", "photo_tail", "editors"),
        *("editors_in", "byline", "names", "quoted_line", "wire_line", "editions_line", "placed_name", "editors_sign"),
    )
)
"""Traits that differ between papers."""

PRINTED = frozenset("jump_in jump_out psa sponsor".split())  # noqa: SIM905
"""Signs of a printed page."""

FURNISHED = PRINTED | {"byline"}
"""The same, and bylines of their own line."""

SIGNED = frozenset(BYLINES)
"""Names of authors."""

FURNITURE = frozenset(
    "paper_name paper_any folio_date folio_old folio_page weekday section_name editors page_credit imprint".split()  # noqa: SIM905
)
"""What stands at the head of a page."""

WIRES = frozenset(["dateline", "dateline_role", "dateline_paper", "wire_bracket", "wire_day"])
"""How a report opens that comes from somewhere."""

CREDIT_LINES = frozenset("byline names glued_names".split())  # noqa: SIM905
"""Who wrote an item, on a line of its own."""

TAILS = frozenset("credit_tail names_tail photo_tail".split())  # noqa: SIM905
"""Who wrote an item, at the end of its text."""

NOTES = frozenset("names byline credit_wire author_note placed_name wire_line photo_credit editions_line".split())  # noqa: SIM905
"""What stands in brackets below an item."""
