"""Describe each line of a page by features: what it looks like, what stands around it, what it has in common with both.

A feature is a short string; its weights are learned. Features come in groups (tuples) that repeat from line to line, so
that the decoder can add up the weights of a group once and look the sum up afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jmtools.pages.lines import Line
from jmtools.pages.paragraphs import Paragraphs
from jmtools.pages.shapes import brief_of, shape_of
from jmtools.pages.surroundings import Group, Surroundings


@dataclass(slots=True)
class PageView:
    """A page as the first pass sees it.

    Attributes:
        groups: The feature groups of every line.
        around: The page's lines and words, for the second pass.
        bare: Whether it is text as a database or a paper's own site keeps it.
    """

    groups: list[tuple[Group, ...]]
    around: Surroundings
    bare: bool


def view_page(lines: Sequence[Line], *, whole: bool = False) -> PageView:
    """Return the features of every line of a page.

    Args:
        lines: The lines.
        whole: Tell also of printed pages what only the weights for text of databases and sites ask.
    """
    shapes = [shape_of(line.text) for line in lines]
    briefs = [brief_of(shape) for shape in shapes]
    around = Surroundings(lines, shapes)
    paragraphs = Paragraphs(around, whole=whole)
    prefixed: dict[tuple[str, Group], Group] = {}

    def beside(index: int, prefix: str) -> Group:
        brief = briefs[index] if 0 <= index < len(briefs) else ("edge",)
        key = (prefix, brief)
        if key not in prefixed:
            prefixed[key] = tuple(prefix + name for name in brief)
        return prefixed[key]

    groups: list[tuple[tuple[str, ...], ...]] = [
        (
            tuple(shape),
            beside(i - 1, "-1:"),
            beside(i + 1, "+1:"),
            beside(i - 2, "-2:"),
            beside(i + 2, "+2:"),
            around.gaps(i),
            around.lists(i),
            around.pictures(i),
            paragraphs.joins(i),
            paragraphs.kinds(i),
            paragraphs.pictures(i),
            around.links(i),
        )
        for i, shape in enumerate(shapes)
    ]
    return PageView(groups, around, paragraphs.bare)
