"""Characters on a page → the lines that they stand in, horizontal and vertical."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# All in units of the size of print.
SAME_LINE = 0.5  # centres this near stand on one line
_GAP = 0.9  # a wider gap ends a line: gutters between columns are wider, letter-spacing narrower
_TYPED_SPACE = 2.5  # the same where the file itself has a space
_WORD_GAP, _TYPED_GAP = 0.15, 0.1  # from here on a gap between letters, or a space of the file, is written
_SPACED_OUT = 3.0  # but single characters of a spread headline stand this far apart
_SCATTERED = 3  # characters of a line in the mean: fewer, and the file may hold them in no order
_FEW = 20  # characters of a page whose order tells nothing
UNKNOWN = "\ufffd"  # stands for a character that nothing names


@dataclass(slots=True)
class _Box:
    """A text, the box in which it stands, y growing downwards, and its size of print."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float


@dataclass(slots=True)
class Char(_Box):
    """A character and its box."""

    after_space: bool = False


@dataclass(slots=True)
class TextRun(_Box):
    """Characters that follow each other in one line, from left to right or from top to bottom."""

    vertical: bool = False
    count: int = 1

    def add(self, char: Char) -> None:
        """Append a character."""
        gap = (char.x0 - self.x1) / self.size
        words = gap > _WORD_GAP and char.text < "\u2e80" and self.text[-1] < "\u2e80"
        typed = char.after_space and gap > _TYPED_GAP
        self.text += (" " if (words or typed) and not self.vertical else "") + char.text
        if char.x0 < self.x0:
            self.x0 = char.x0
        if char.y0 < self.y0:
            self.y0 = char.y0
        if char.x1 > self.x1:
            self.x1 = char.x1
        if char.y1 > self.y1:
            self.y1 = char.y1
        self.count += 1


def line_runs(chars: Sequence[Char]) -> list[TextRun]:
    """Return the lines that characters stand in.

    Those of a line follow each other in most files. Where they do not, as under a scan or where a program has written
    one font after the other, they are put in order by their places, of the orders the one with the fewest lines.
    """
    runs = _runs(chars)
    if len(chars) > _FEW and len(chars) < _SCATTERED * len(runs):
        orders = (_in_lines(chars, _across, _along), _in_lines(chars, _along, _across))
        runs = min((runs, *map(_runs, orders)), key=len)
    return _spread_joined(runs)


def _in_lines(chars: Sequence[Char], over: Callable[[Char], float], inside: Callable[[Char], float]) -> list[Char]:
    """Return characters line by line: those whose middles are near in one direction, by their places in the other."""
    ordered: list[Char] = []
    for line in _lines(sorted(chars, key=over), over):
        ordered += sorted(line, key=inside)
    return ordered


def _lines(chars: Sequence[Char], over: Callable[[Char], float]) -> Iterator[list[Char]]:
    line: list[Char] = []
    for char in chars:
        if line and over(char) - over(line[-1]) > SAME_LINE / 2 * char.size:
            yield line
            line = []
        line.append(char)
    yield line


def _across(char: Char) -> float:
    return (char.y0 + char.y1) / 2


def _along(char: Char) -> float:
    return (char.x0 + char.x1) / 2


def _runs(chars: Sequence[Char]) -> list[TextRun]:
    runs: list[TextRun] = []
    members: list[Char] = []

    def begin(char: Char) -> None:
        runs.append(TextRun(char.text, char.x0, char.y0, char.x1, char.y1, char.size))
        members[:] = [char]

    for char in chars:
        if runs:
            run, last = runs[-1], members[-1]
            if not run.vertical and _beside(last, char):
                run.add(char)
                members.append(char)
                continue
            if (run.vertical or run.count == 1) and _below(last, char):
                run.vertical = True
                run.add(char)
                members.append(char)
                continue
            if run.vertical and run.count == 2:  # two characters below each other are the ends of two lines
                first, second = members
                runs.pop()
                begin(first)
                begin(second)
                if _beside(second, char):
                    runs[-1].add(char)
                    members.append(char)
                    continue
        begin(char)
    return runs


def _beside(last: Char, char: Char) -> bool:
    size = max(char.size, last.size)
    if not -0.5 * size < char.x0 - last.x1 < (_TYPED_SPACE if char.after_space else _GAP) * size:
        return False
    level = abs((last.y0 + last.y1) - (char.y0 + char.y1)) / 2 < SAME_LINE * size
    return level and similar(last.size, char.size, 1.6)


def _below(last: Char, char: Char) -> bool:
    size = max(last.size, char.size)
    upright = abs((last.x0 + last.x1) - (char.x0 + char.x1)) / 2 < 0.3 * size
    return upright and -0.5 * size < char.y0 - last.y1 < 0.6 * size and similar(last.size, char.size, 1.1)


def _spread_joined(runs: list[TextRun]) -> list[TextRun]:
    """Join the single characters of a headline that is set wide."""
    joined: list[TextRun] = []
    for run in runs:
        if joined and not run.vertical and not joined[-1].vertical:
            last = joined[-1]
            level = abs((last.y0 + last.y1) - (run.y0 + run.y1)) / 2 < 0.3 * run.size
            gap = run.x0 - last.x1
            single = run.count == 1 and last.count * 2 - 1 == len(last.text)
            if single and level and 0 < gap < _SPACED_OUT * run.size and similar(last.size, run.size, 1.1):
                last.text += " " + run.text
                last.x1, last.count = run.x1, last.count + 1
                continue
        joined.append(run)
    return joined


def similar(a: float, b: float, ratio: float) -> bool:
    """Tell whether two sizes differ by no more than a factor."""
    return a <= ratio * b and b <= ratio * a
