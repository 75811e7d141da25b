"""Cut a page into its non-blank lines, without losing track of a single character."""

from collections.abc import Sequence
from dataclasses import dataclass

_MIN_SPACED = 4  # lines below the first: fewer show no habit
_ODD = 20  # of so many lines one may have fewer blank lines above it


@dataclass(slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: The text without the white space around it; never empty.
        first: 1-based number of the first raw line.
        last: 1-based number of the last raw line (larger than `first` only after unwrapping).
        start: Offset of the first raw character of the first raw line.
        end: Offset after the last raw character of the last raw line, without the line break.
        gap: Blank lines above.
        indent: Blanks before the text, two of half width counting as one.
    """

    text: str
    first: int
    last: int
    start: int
    end: int
    gap: int
    indent: int = 0


def page_lines(page: str) -> list[Line]:
    r"""Return the non-blank lines of a page.

    Lines end at LF, as in every editor; a page without a single LF that has CR is an old Macintosh text.

    >>> [(line.text, line.first, line.gap) for line in page_lines("甲乙丙\n\n 丁\r\n")]
    [('甲乙丙', 1, 0), ('丁', 3, 1)]
    """
    newline = "\r" if "\n" not in page and "\r" in page else "\n"
    lines: list[Line] = []
    offset = gap = 0
    for number, raw in enumerate(page.split(newline), 1):
        text = raw.strip()
        if text:
            lines.append(Line(text, number, number, offset, offset + len(raw), gap, _indent(raw)))
            gap = 0
        else:
            gap += 1
        offset += len(raw) + 1
    return lines


def level_gaps(gaps: Sequence[int]) -> list[int]:
    """Return the blank lines above each line of a page without those that stand above every line: they say nothing.

    >>> level_gaps([0, 1, 1, 2, 1]), level_gaps([0, 0, 0, 2, 0])
    ([0, 0, 0, 1, 0], [0, 0, 0, 2, 0])
    """
    inner = sorted(gaps[1:])
    least = inner[len(inner) // _ODD] if len(inner) >= _MIN_SPACED else 0
    return [*gaps[:1], *[max(gap - least, 0) for gap in gaps[1:]]]


def _indent(raw: str) -> int:
    before = len(raw) - len(raw.lstrip())
    if not before:
        return 0
    wide = raw.count("\u3000", 0, before)
    return wide + (before - wide) // 2
