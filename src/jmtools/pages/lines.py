"""Cut a page into its non-blank lines, and undo hard wrapping, without losing track of a single character."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import compress

_MIN_WRAPPED = 8  # lines: fewer say nothing about a fixed width
_WRAP_SHARE = 0.5  # of the lines longer than a third of the width must be full for a page to count as hard-wrapped
_WIDEST_WRAP = 64  # columns of a printed page are narrower; longer "full" lines are paragraphs of equal length
_NARROWEST_WRAP = 6
_NARROW = re.compile("[\0-\u2e7f]").findall
_NO_LINE_START = "。，、；：？！”’）》〉】」』…—,.;:?!)]%℃"
_NO_LINE_END = "“‘（《〈【「『([￥$"


@dataclass(slots=True)
class Line:
    """One line of a page after unwrapping.

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


def page_lines(page: str, *, unwrap: bool = True) -> list[Line]:
    r"""Return the non-blank lines of a page, hard-wrapped ones joined again.

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
    if unwrap:
        width = wrap_width(lines)
        if width:
            return _unwrapped(lines, width)
    return lines


def _indent(raw: str) -> int:
    before = len(raw) - len(raw.lstrip())
    if not before:
        return 0
    wide = raw.count("\u3000", 0, before)
    return wide + (before - wide) // 2


def wrap_width(lines: list[Line]) -> int:
    """Return the fixed width in columns at which a page was wrapped, or 0 where it was not.

    A page counts as wrapped when one width up to 64 characters is the widest but for hanging punctuation, and most
    of the lines that are followed directly by another reach it.
    """
    if len(lines) < _MIN_WRAPPED:
        return 0
    inner = [after.gap == 0 for after in lines[1:]]
    number = sum(inner)
    if number < _MIN_WRAPPED or number < 0.4 * len(lines):
        return 0
    for measure in (len, _columns):
        sizes = [measure(line.text) for line in lines]
        widths = Counter(compress(sizes, inner))
        widest = max(sizes)
        for width in range(widest, max(widest - 3, 0), -1):
            if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP * (1 if measure is len else 2):
                continue
            full = sum([widths[width + beside] for beside in (-1, 0, 1)])
            if full >= _WRAP_SHARE * number and full >= _MIN_WRAPPED:
                return width if measure is len else -width
    return 0


def _unwrapped(lines: list[Line], width: int) -> list[Line]:
    measure = len if width > 0 else _columns
    width = abs(width)
    joined: list[Line] = []
    parts: list[str] = []
    before = 0  # measure of the raw line above
    for line in lines:
        size = measure(line.text)
        if joined and line.gap == 0 and _runs_on(parts[-1], before, line.text, width, measure is len):
            last = joined[-1]
            parts.append(line.text)
            last.last, last.end = line.last, line.end
        else:
            if joined:
                joined[-1].text = "".join(parts)
            joined.append(line)
            parts = [line.text]
        before = size
    joined[-1].text = "".join(parts)
    return joined


def _runs_on(above: str, above_size: int, below: str, width: int, exact: bool) -> bool:
    """Say whether the line above was full, so that the line below is the rest of it."""
    if above_size >= width:
        return True
    if above_size == width - 1:
        # A terminal leaves one column free before a wide character; a typesetter moves punctuation as a whole.
        return not exact or above[-1] in _NO_LINE_START or below[0] in _NO_LINE_START or above[-1] in _NO_LINE_END
    return False


def _columns(text: str) -> int:
    """Return the width on a terminal: two columns for a character of a Chinese font, one for the others."""
    return 2 * len(text) - len(_NARROW(text))
