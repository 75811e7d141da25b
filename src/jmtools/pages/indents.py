"""Pages whose subheads are indented as their paragraphs are: a short line that is not begins an item."""

from collections.abc import Sequence

from jmtools.pages.lines import Line
from jmtools.pages.roles import STARTS
from jmtools.pages.shapes import complete

_INDENT = 2  # blanks
_LONG, _SHORT = 40, 30  # characters
_HABIT = 0.9  # of the long lines
_BRACKETS = frozenset("（(【〔▶◀")


def roles_by_indents(lines: Sequence[Line]) -> dict[int, frozenset[str]]:
    """Return the roles of short lines without an indent below one with an indent, by index.

    Of 1,086 such lines on labelled pages 1,084 began an item, the others were greetings of letters.
    """
    if not any(line.indent >= _INDENT for line in lines) or any(line.gap for line in lines[1:]):
        return {}  # blank lines say more, and columns break paragraphs into short lines there
    long = [line.indent >= _INDENT for line in lines if len(line.text) >= _LONG]
    if sum(long) < _HABIT * len(long) or not long:
        return {}
    if not any(line.indent >= _INDENT and _is_short(line.text) for line in lines):
        return {}
    return {
        i: STARTS
        for i, line in enumerate(lines)
        if i
        and line.indent < _INDENT <= lines[i - 1].indent
        and _is_short(line.text)
        and line.text[0] not in _BRACKETS
        and line.text[-1] not in "：:"
    }


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not complete(text)
