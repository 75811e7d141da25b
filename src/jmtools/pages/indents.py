"""Pages whose subheads are indented as their paragraphs are: a short line that is not begins an item."""

from collections import Counter
from collections.abc import Sequence

from jmtools.pages.lines import Line
from jmtools.pages.roles import INNER, STARTS
from jmtools.pages.shapes import complete, short_and_open

_INDENT = 2  # blanks
_LONG, _SHORT = 15, 30  # characters
_HABIT = 0.9  # of the long lines
_BRACKETS = frozenset("（(【〔▶◀")


def roles_by_indents(lines: Sequence[Line]) -> dict[int, frozenset[str]]:
    """Return the roles of the short lines of such pages, by index: one of them stands between two texts.

    Of 1,086 of them without an indent below a line with one, on labelled pages, 1,084 began an item, the others were
    greetings of letters; of 2,021 with an indent none did.
    """
    if not any(line.indent >= _INDENT for line in lines) or any(line.gap for line in lines[1:]):
        return {}  # blank lines say more, and columns break paragraphs into short lines there
    long = [line.indent >= _INDENT for line in lines if len(line.text) >= _LONG and complete(line.text)]
    if sum(long) < _HABIT * len(long) or not long:
        return {}
    indents = Counter(line.indent for line in lines if len(line.text) >= _LONG and complete(line.text))
    usual = indents.most_common(1)[0][0]
    if not any(_is_subhead(lines, i, usual) for i in range(1, len(lines) - 1)):
        return {}  # a byline or the last line of a list is no sign, nor a headline set in the middle of its column
    heads = {
        i: STARTS
        for i, line in enumerate(lines)
        if i
        and line.indent < _INDENT <= lines[i - 1].indent
        and short_and_open(line.text, _SHORT)
        and line.text[0] not in _BRACKETS
        and line.text[-1] not in "：:"
    }
    inner = [i for i, line in enumerate(lines) if i and line.indent == usual and short_and_open(line.text, _SHORT)]
    return dict.fromkeys(inner, INNER) | heads if heads else {}


def _is_subhead(lines: Sequence[Line], i: int, indent: int) -> bool:
    """Say whether a short line is indented as the texts above and below it are."""
    line, above, below = lines[i], lines[i - 1], lines[i + 1]
    if line.indent != indent or not short_and_open(line.text, _SHORT):
        return False
    return min(above.indent, below.indent) >= _INDENT and complete(above.text) and len(below.text) >= _LONG
