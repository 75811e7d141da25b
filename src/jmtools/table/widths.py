"""Columns of a terminal: where a text is cut, and how wide the columns of a table may be."""

from __future__ import annotations

from collections.abc import Sequence

ELLIPSIS = "…"
LEAST = 6  # columns below which a cell says nothing


def cut_to_width(text: str, width: int) -> str:
    """Cut text to a number of terminal columns, between characters, with an ellipsis where something is missing.

    Example:
        >>> cut_to_width("江海日报社", 7), cut_to_width("江海日报社", 8), cut_to_width("江海", 4)
        ('江海日…', '江海日…', '江海')
    """
    from wcwidth import iter_graphemes, wcswidth

    if wcswidth(text) <= width:
        return text
    room = width - 1
    kept: list[str] = []
    for cluster in iter_graphemes(text):
        room -= max(0, wcswidth(cluster))
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept) + ELLIPSIS


def cut_start_to_width(text: str, width: int) -> str:
    """Cut text to a number of terminal columns at its beginning, as what stands before a word has to be.

    Example:
        >>> cut_start_to_width("江海日报社", 7), cut_start_to_width("江海", 4)
        ('…日报社', '江海')
    """
    from wcwidth import iter_graphemes, wcswidth

    if wcswidth(text) <= width:
        return text
    room = width - 1
    kept: list[str] = []
    for cluster in reversed(list(iter_graphemes(text))):
        room -= max(0, wcswidth(cluster))
        if room < 0:
            break
        kept.append(cluster)
    return ELLIPSIS + "".join(reversed(kept))


def fit_widths(natural: Sequence[int], room: int, least: Sequence[int] | None = None) -> list[int]:
    """Shrink the widest columns until all fit, none below what it needs; those without room get 0.

    Args:
        natural: The widths that the columns would like.
        room: What there is.
        least: The widths below which they say nothing, or something wrong as a cut number does; None for `LEAST`.

    Example:
        >>> fit_widths([4, 30, 50], 60), fit_widths([10, 10, 10], 17), fit_widths([10, 30], 24, [10, 6])
        ([4, 28, 28], [8, 9, 0], [10, 14])
    """
    needed = [min(n, m) for n, m in zip(natural, least or [LEAST] * len(natural), strict=True)]
    shown = len(natural)
    while shown > 1 and sum(needed[:shown]) > room:
        shown -= 1
    widths = list(natural[:shown])
    while (excess := sum(widths) - room) > 0:
        soft = [i for i, w in enumerate(widths) if w > needed[i]]
        if not soft:
            break
        top = max(widths[i] for i in soft)
        tall = [i for i in soft if widths[i] == top]
        floor = max([*(widths[i] for i in soft if widths[i] < top), *(needed[i] for i in tall)])
        step = min(excess, (top - floor) * len(tall))
        for rank, i in enumerate(tall):
            widths[i] -= step // len(tall) + (rank < step % len(tall))
    return widths + [0] * (len(natural) - shown)
