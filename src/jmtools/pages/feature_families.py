"""Features of lines by number: families of features, and the words of which their names are made.

A family is a row of words, some of which are chosen from a list; its numbers count through all choices, the last one
fastest. `native/lines.h` has the same families in the same order, and the files that include it put the numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate
from math import prod

from jmtools.pages.cue_sets import CUE_NAMES

_CUES = 128  # of the table, and of what follows them


class _Characters:
    """The characters of two bytes."""

    def __len__(self) -> int:
        return 0x10000

    def __getitem__(self, number: int) -> str:
        return chr(number)


_Choice = list[str] | tuple[str, ...] | _Characters
_Part = str | _Choice


def _numbers(first: int, last: int) -> _Choice:
    return [str(number) for number in range(first, last + 1)]


def _kinds() -> _Choice:
    broken, commas, blanks, furnished = "01", "-hfm", "01tl", ("", "+")
    return [f"k{a}{b}{c}{d}" for a in broken for b in commas for c in blanks for d in furnished]


_NAMES = (*CUE_NAMES, *("",) * (_CUES - len(CUE_NAMES)))
_ENDS = [
    f"end_{end}"
    for end in (*("full", "exclaim", "comma", "colon", "dash", "bracket", "quote", "title", "latin", "sign", "open"),)
]
_STARTS = ("han", "quote", "bracket", "digit", "latin", "never", "sign")
_ABOVE, _AFTER = ("first", "<", ">", "="), ("last", "<", ">", "=")
_OPENINGS = ("#", "一", "：", "—", "■", "●", "◆", "▲", "□", "other")
_EDGES = ("-", "0", "1", "2", "3", "4")  # how often a character begins a sentence, or ends a clause
_STATES = (*"co",)  # complete or open
_JOINS = ("strong", "word", "page", "-", "no")
_ONWARD = (*_JOINS, "$")
_FAR = [str(number) for number in range(-8, 9)]
_KINDS = _kinds()
_SIZES, _SHORT_LONG, _LONGER = (*"smL",), (*"sL",), (*"mlL",)
_ITEMS = ([*"mtboe-"], [*"wt-"])  # where a picture's credits are, and what names it
_OWN, _ENDS_OF_ITEM = (*"Cw-",), (*"195",)
_INDENTS, _INDENTS_ABOVE, _INDENTS_BELOW = (*"0=<>",), (*"0=<>^",), (*"0=<>$",)
_STOPS = [*[f"{share}{broken}" for share in range(5) for broken in range(4)], "0"]
_LINKS = _numbers(-4, 4)
_PLACES = (*"1flm",)
_FROM_OUTSIDE, _RELATIVE = _numbers(-1, 6), _numbers(-1, 5)
_BIT, _THREE, _FOUR, _FIVE, _SIX, _SEVEN = (_numbers(0, last) for last in (1, 2, 3, 4, 5, 6))
_TWO, _DISTANCES, _COUNTS = (_numbers(1, last) for last in (2, 4, 5))
_FIRSTS = (*"012+",)


def _beside(name: str, prefix: str) -> dict[str, tuple[_Part, ...]]:
    return {
        f"{name}_size": (f"{prefix}size", _SIX),
        f"{name}_end": (prefix, _ENDS),
        f"{name}_end_size": (prefix, _ENDS, "&", _SIX),
        f"{name}_cue": (prefix, _NAMES),
        f"{name}_edge": (f"{prefix}edge",),
    }


FAMILIES: dict[str, tuple[_Part, ...]] = {
    "any": ("any",),
    "length": ("len", _numbers(0, 13)),
    "end": (_ENDS,),
    "start": ("start_", _STARTS),
    "cue": (_NAMES,),
    "spaces": ("spaces", _FOUR),
    "commas": ("commas", _FOUR),
    "digits": ("digits",),
    "last": ("last=", _Characters()),
    "one": ("one",),
    "unbalanced": ("unbalanced",),
    **_beside("above", "-1:"),
    **_beside("below", "+1:"),
    **_beside("second_above", "-2:"),
    **_beside("second_below", "+2:"),
    "gap_relation": ("gap", _ABOVE),
    "gap_after": ("gap_after", _AFTER),
    "gap": ("gap", _FIVE),
    "gap_relations": ("gap", _ABOVE, _AFTER),
    "gap_spaced": (("even", "tight", "loose"), _ABOVE, _AFTER),
    "place_on_page": ("at", _FIRSTS),
    "list": ("list", _BIT, _BIT),
    "list_opening": ("list", _BIT, _BIT, _BIT, "&", _OPENINGS),
    "list_size": ("list", _BIT, "&", _FIVE, _STATES),
    "no_picture": ("no_picture",),
    "credit_below": ("credit_below", _SEVEN),
    "picture_above": ("picture_above", _SEVEN),
    "credit_below_text": ("credit_below", _SEVEN, "&", _SEVEN),
    "picture": ("pic", _SEVEN, _SEVEN, _SEVEN),
    "begins": ("begins", _EDGES),
    "ends_clause": ("ends", _EDGES),
    "ends_clause_length": ("ends", _EDGES, _SHORT_LONG),
    "join": ("join=", _JOINS, _STATES),
    "begins_after": ("begins", _EDGES, _STATES),
    "join_second": ("join2=", _JOINS, _STATES),
    "resumes": ("resumes", _FAR, _STATES),
    "over": ("over=", _JOINS, _STATES),
    "passed": ("passed", _FAR, _STATES),
    "long_above": ("above=", _STATES, _DISTANCES),
    "long_above_join": ("above_join=", _JOINS, _STATES),
    "said_again": ("said_again", _FOUR, "&", _SIZES, _STATES),
    "next": ("next=", _JOINS, _EDGES),
    "broken_end": ("b", _FOUR, "&", _ENDS, _SIZES),
    "kind_end": (_KINDS, "&", _ENDS, _SIZES),
    "kind_cue": (_KINDS, "&", _NAMES),
    "wide_cue": ("wide&", _NAMES),
    "headlike": ("headlike",),
    "pictured": ("pictured",),
    "item": ("item", *_ITEMS, _COUNTS),
    "item_place": ("item", *_ITEMS, _COUNTS, "&", _ENDS_OF_ITEM, _OWN),
    "item_kind": (_KINDS, "&", *_ITEMS, _COUNTS),
    "item_kind_credit": (_KINDS, "&", *_ITEMS, "&", _OWN, _SEVEN),
    "item_credit_below": ("item_credit_below", _SEVEN),
    "item_credit_place": ("item_credit_below", _SEVEN, "&", _SEVEN),
    "item_picture_above": ("item_picture_above", _SEVEN),
    "item_picture": ("item_pic", _SEVEN, _SEVEN, _OWN),
    "indent": ("indent", _INDENTS),
    "indent_above": ("indent", _INDENTS_ABOVE, _INDENTS),
    "indent_below": ("indent", _INDENTS, _INDENTS_BELOW),
    "indent_around": ("indent", _INDENTS_ABOVE, _INDENTS, _INDENTS_BELOW),
    "indent_length": ("indent", _INDENTS, "&", _SIZES, _STATES),
    "indent_above_length": ("indent", _INDENTS_ABOVE, _INDENTS, "&", _SIZES, _STATES),
    "below_head": ("below_head", _TWO),
    "page_head": ("page_head",),
    "page_head_cue": ("page_head&", _NAMES),
    "stops": ("stops", _STOPS, "&", _LONGER),
    "stops_on": ("stops", _STOPS, "&", _LONGER, _ONWARD),
    "open_on": ("open", _LONGER, _ONWARD, _STATES),
    "long_line": ("long_line",),
    "share_below": ("below", _numbers(0, 8)),
    "share_above": ("above", _numbers(0, 8)),
    "link": ("link", _LINKS),
    "cohesion": ("cohesion", _numbers(0, 7)),
    "relative": ("relative", _SEVEN),
    "link_cohesion": ("link", _LINKS, "&", _FOUR),
    "end_link": (_ENDS, "&link", _numbers(-2, 2)),
    "run_before": ("run_before", _SEVEN),
    "run_after": ("run_after", _SEVEN),
    "lead": ("lead", _FIVE, ("", "d", "o")),
    "lead_dated": ("lead", ("", "d", "o"), "&", _FOUR),
    "lead_same": ("lead_same", _BIT, _THREE),
    "again": ("again",),
    "again_below": ("once_more_below",),
    **{name: (name, _FIVE) for name in ("alike_above", "alike_below", "alike")},
    "cut": ("cut", _SIX, "&", _ENDS, _SHORT_LONG),
    "parted": ("parted", _SIX, "&", _ENDS, _SHORT_LONG),
    "text_median": ("text", _SEVEN, "&", _ENDS, _SHORT_LONG),
    "echo": ("echo", _FIVE, "&", ("", "b")),
    "echo_place": ("echo", _FIVE, "&", _PLACES, "&", ("", "b")),
    "front": ("front", _FIVE),
    "front_place": ("front", _FIVE, "&", _PLACES),
    "place": ("place", _PLACES),
    "place_number": ("place", _PLACES, _DISTANCES),
    "unit_place": ("unit", _SIX, "&", _PLACES),
    "unit_median": ("unit", _SIX, "&", _PLACES, "&", _SEVEN),
    "unit_lines": ("unit", _SIX, "&", _FROM_OUTSIDE),
    "unit_lines_up": ("unit", _SIX, "&", _FROM_OUTSIDE, "&", _FROM_OUTSIDE),
    **{f"{name}_place": (name, _FROM_OUTSIDE, "&", _PLACES) for name in ("lines", "lines_up", "chars", "chars_up")},
    "chars": ("chars", _FROM_OUTSIDE, "&", _FROM_OUTSIDE),
    "to_typical": ("to_typical", _RELATIVE, "&", _PLACES),
    "to_typical_up": ("to_typical", _RELATIVE, "&", _RELATIVE),
    "wired": ("wired", _SIX, "&", _BIT, "&", _PLACES),
    "wired_unit": ("wired", _SIX, "&", _BIT, "&", _SIX),
    "opens_place": ("opens", _BIT, "&", _PLACES),
    "multi": ("multi", _SIX, "&", _PLACES),
    "multi_unit": ("multi", _SIX, "&", _SIX, "&", _PLACES),
    "signed": ("signed", _SIX, "&", _BIT),
    "signed_place": ("signed", _SIX, "&", _BIT, "&", _PLACES),
    "ended": ("ended", _SIX, "&", _BIT),
    "ended_place": ("ended", _SIX, "&", _BIT, "&", _PLACES),
    "signs": ("signs", _BIT, _BIT, "&", _SIX, _SIX),
    "to_known": ("to_known", _FROM_OUTSIDE, "&", _PLACES),
    "to_known_signs": ("to_known", _FROM_OUTSIDE, "&", _BIT, _BIT),
    "picture_head_place": ("picture_head&", _PLACES),
}
_PARTS = (*FAMILIES.values(),)


@cache
def family_bases() -> list[int]:
    """Return where the numbers of each family begin, and where they all end."""
    sizes = (prod(len(part) for part in parts if not isinstance(part, str)) for parts in FAMILIES.values())
    return [0, *accumulate(sizes)]


def feature_name(number: int) -> str:
    """Return the name of a feature.

    >>> feature_name(0), feature_name(family_bases()[[*FAMILIES].index("gap_relations")] + 5)
    ('any', 'gap<<')
    """
    bases = family_bases()
    family = bisect_right(bases, number) - 1
    rest = number - bases[family]
    words = []
    for part in reversed(_PARTS[family]):
        if isinstance(part, str):
            words.append(part)
        else:
            rest, choice = divmod(rest, len(part))
            words.append(part[choice])
    return "".join(reversed(words))
