"""What the size of print says of a line's role, where a page record tells sizes (`read` writes them)."""

from collections import Counter
from collections.abc import Sequence

from jmtools.pages.lines import Line

_HEADLINE = 1.6  # times the running text: no subhead is printed so large
_DISPLAY = 1.3  # from here on a line is no running text
_LONG = 30  # characters: a line of running text of this length heads nothing

_HEADING_ROLES = frozenset("HhTAaDdFf")
_DISPLAY_ROLES = _HEADING_ROLES | frozenset("Ss")
_RUNNING_ROLES = frozenset("POMEBCcNnAaTDdFf")


def roles_by_size(lines: Sequence[Line], sizes: Sequence[float]) -> dict[int, frozenset[str]]:
    """Return the only roles that some lines, by index, may have.

    Args:
        lines: The non-blank lines of a page.
        sizes: The size of print of each raw line, 0 where it is not known.

    >>> lines = [Line("春茶开采", 1, 1, 0, 4, 0), Line("字" * 40, 2, 2, 5, 45, 0)]
    >>> {i: "".join(sorted(roles)) for i, roles in roles_by_size(lines, [24, 10]).items()}
    {0: 'ADFHTadfh', 1: 'ABCDEFMNOPTacdfn'}
    """
    found = [_size_of(line, sizes) for line in lines]
    running: Counter[float] = Counter()
    for line, size in zip(lines, found, strict=True):
        running[size] += len(line.text) if size else 0
    body = max(running, key=lambda size: (running[size], -size), default=0.0)
    if not body:
        return {}
    only: dict[int, frozenset[str]] = {}
    for index, (line, size) in enumerate(zip(lines, found, strict=True)):
        if size >= _HEADLINE * body:
            only[index] = _HEADING_ROLES
        elif size >= _DISPLAY * body:
            only[index] = _DISPLAY_ROLES
        elif 0 < size < _DISPLAY * body and len(line.text) >= _LONG:
            only[index] = _RUNNING_ROLES
    return only


def _size_of(line: Line, sizes: Sequence[float]) -> float:
    return max(sizes[line.first - 1 : line.last], default=0.0)
