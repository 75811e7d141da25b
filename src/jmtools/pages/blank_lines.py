"""Blank lines that stand at random places, as some OCR and conversion programs leave them: they say nothing.

A paper sets a blank line above every paragraph, above every article, or nowhere. Where some paragraphs have one and
others have none, and where one stands inside a sentence that was wrapped, it is no sign of anything.
"""

from collections.abc import Sequence
from dataclasses import replace

from jmtools.pages.lines import Line, level_gaps
from jmtools.pages.shapes import complete

_TEXT = 30  # characters
_FEWEST_PAIRS, _FEWEST = 5, 2  # lines of text below another, and those with a blank line between
# Share of lines of text below another that have a blank line above them: of 210 real and written pages as they are 1
# lies between, of simulated ones 3 in 100; of pages with blank lines below three lines in ten, 97 in 100.
_LEAST, _MOST = 0.12, 0.5
_ODD = 20  # of so many lines one may have fewer blank lines above it
_FAR_MORE = 1.5  # times as often above short lines as above text
_FULL = 0.8  # of the length of a long line of the page: a line that is as long is text, or was wrapped
_LONG = 4  # lines of the page of which one is as long
_WRAPPED_PAIRS, _INSIDE, _OPEN = 12, 0.08, 0.4  # pairs, share of blank lines inside sentences, share of open lines


def drop_random_blanks(lines: list[Line]) -> list[Line]:
    """Return the lines of a page without blank lines above them that stand at random places.

    Where every paragraph has one, those with two are looked at.

    >>> text = "春耕进展顺利，各县备足种子化肥，供电部门架设线路，农机站检修。"
    >>> [line.gap for line in drop_random_blanks([Line(text, n, n, 0, 0, int(n % 3 == 1)) for n in range(9)])]
    [0, 0, 0, 0, 0, 0, 0, 0, 0]
    """
    pairs = _pairs(lines)
    between = sorted(gap for above, line, gap in pairs if min(len(above.text), len(line.text)) >= _TEXT)
    if len(between) < _FEWEST_PAIRS:
        return lines
    usual = between[len(between) // _ODD]
    more = sum(gap > usual for gap in between)
    if more < _FEWEST or not _LEAST * len(between) <= more <= _MOST * len(between):
        return lines
    above_short = [gap > usual for _, line, gap in pairs if gap >= usual and len(line.text) < _TEXT]
    if usual and sum(above_short) * len(between) > _FAR_MORE * more * len(above_short):
        return lines  # two blank lines stand above headlines
    return _with_blanks(lines, usual)


def drop_blanks_inside(lines: list[Line]) -> list[Line]:
    """Return the lines of a page without blank lines above them, if it was wrapped and these stand inside sentences."""
    if not any(line.gap for line in lines[1:]):
        return lines
    sizes = sorted(len(line.text) for line in lines)
    full = _FULL * sizes[-1 - len(sizes) // _LONG]
    long = [(above, gap) for above, line, gap in _pairs(lines) if min(len(above.text), len(line.text)) >= full]
    inside = [gap > 0 for above, gap in long if not complete(above.text)]
    if len(inside) < max(_WRAPPED_PAIRS, _OPEN * len(long)) or sum(inside) < max(_FEWEST, _INSIDE * len(inside)):
        return lines
    return _with_blanks(lines, 0)


def _pairs(lines: Sequence[Line]) -> list[tuple[Line, Line, int]]:
    gaps = level_gaps([line.gap for line in lines])
    return list(zip(lines, lines[1:], gaps[1:], strict=False))


def _with_blanks(lines: Sequence[Line], most: int) -> list[Line]:
    """Return lines with no more blank lines above each than so many, those above every line aside."""
    gaps = level_gaps([line.gap for line in lines])
    return [replace(line, gap=min(gap, most)) for line, gap in zip(lines, gaps, strict=True)]
