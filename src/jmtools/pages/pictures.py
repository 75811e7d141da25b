"""Which lines belong to a picture: such an item has captions only, most of which look like paragraphs."""

from collections.abc import Sequence

from jmtools.pages.cue_sets import CREDITS, PICTURES
from jmtools.pages.groups import Group

_REACH = 6  # lines
_SHORT = 30  # characters: a shorter line without end punctuation and without a credit may head an item
_CREDIT_LINE = 26  # characters
_HEADED = ("图片报道", "图片新闻", "图片")


def picture_groups(
    texts: Sequence[str], shapes: Sequence[Sequence[str]], complete: Sequence[bool], kind: str
) -> list[Group]:
    """Return for each line of a page how it stands to the credits of pictures around it.

    Args:
        texts: The lines.
        shapes: What each looks like by itself.
        complete: Whether each ends a sentence.
        kind: How the page is printed; papers differ in what they print with a picture.
    """
    credited = [not CREDITS.isdisjoint(shape) for shape in shapes]
    worded = [not PICTURES.isdisjoint(shape) for shape in shapes]
    if not any(credited) and not any(worded):
        return [()] * len(texts)
    heads = [
        len(text) < _SHORT and not whole and not credit and "picture_word" not in shape
        for text, shape, whole, credit in zip(texts, shapes, complete, credited, strict=True)
    ]
    groups: list[Group] = []
    start = 0
    while start < len(texts):
        if heads[start]:
            groups.append(("headlike", "pictured") if worded[start] else ("headlike",))
            start += 1
            continue
        end = start
        while end < len(texts) and not heads[end]:
            end += 1
        tag = _tag(texts, shapes, start)
        groups += _run(credited, worded, start, end, f"{_credit(texts, credited, start, end)}{tag}", kind)
        start = end
    return groups


def _tag(texts: Sequence[str], shapes: Sequence[Sequence[str]], start: int) -> str:
    """Say whether the line above an item calls it a picture, or its first line does."""
    if "picture_word" in shapes[start]:
        return "w"
    if start and ("picture_head" in shapes[start - 1] or texts[start - 1] in _HEADED):
        return "t"
    return "-"


def _credit(texts: Sequence[str], credited: Sequence[bool], start: int, end: int) -> str:
    """Say where an item has its credits: a line of their own at its end, bare or in brackets, elsewhere, several."""
    number = sum(credited[start:end])
    if number > 1 and sum(credited[i] and len(texts[i]) > _CREDIT_LINE for i in range(start, end)) > 1:
        return "m"
    if credited[end - 1]:
        if len(texts[end - 1]) > _CREDIT_LINE:
            return "t"
        return "b" if texts[end - 1][0] in "（(" else "o"
    return "e" if number else "-"


def _run(credited: Sequence[bool], worded: Sequence[bool], start: int, end: int, item: str, kind: str) -> list[Group]:
    size = min(end - start, 5)
    groups: list[Group] = []
    below = [0] * (end - start + 1)
    for i in range(end - 1, start - 1, -1):
        below[i - start] = 1 if credited[i] else below[i - start + 1] + 1 if below[i - start + 1] else 0
    above = 0
    for i in range(start, end):
        own = "C" if credited[i] else "w" if worded[i] else "-"
        place = "1" if i == start else "9" if i == end - 1 else "5"
        down = below[i - start] if below[i - start] <= _REACH else 0
        groups.append(
            (
                f"item{item}{size}",
                f"item{item}{size}&{place}{own}",
                f"{kind}&{item}{size}",
                f"{kind}&{item}&{own}{down}",
                f"item_credit_below{down}",
                f"item_credit_below{down}&{min(i - start, _REACH)}",
                f"item_picture_above{above}",
                f"item_pic{down}{above}{own}",
            )
        )
        above = 1 if worded[i] else above + 1 if 0 < above < _REACH else 0
    return groups
