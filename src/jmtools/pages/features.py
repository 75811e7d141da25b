"""Describe each line of a page by features: its own look, the lines around it, and what it shares with them.

A feature is a short string; its weights are learned. Features come in groups (tuples) that repeat from line to line, so
that the decoder can add up the weights of a group once and look the sum up afterwards. The compiled core makes the same
features as numbers; their names are then made only for what asks for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import ne
from typing import NamedTuple

from jmtools.pages.compiled_view import CompiledView
from jmtools.pages.compiled_words import CompiledWords
from jmtools.pages.forms import Build, Forms, has_wide_digits
from jmtools.pages.groups import Group, Groups, GroupsOfLines, LazyGroups
from jmtools.pages.lines import Line
from jmtools.pages.lost_stops import lost_groups
from jmtools.pages.paragraphs import Paragraphs
from jmtools.pages.reading import read_page
from jmtools.pages.shapes import brief_of, words_of_lines
from jmtools.pages.stops import restore_stops
from jmtools.pages.surroundings import Surroundings


@dataclass(slots=True)
class PageView:
    """A page as the first pass sees it.

    Attributes:
        groups: The feature groups of every line.
        around: The page's lines and words, for the second pass.
        bare: Whether it is text as a database or a paper's own site keeps it.
        wide: Whether its digits are of full width.
        restored: Share of its lines that got back a full stop which was lost.
        build: How it is built, where features tell that.
        numbers: The features of its lines by number, where the compiled core runs.
        lost: More features of every line, where full stops were lost.
    """

    groups: GroupsOfLines
    around: Surroundings
    bare: bool
    wide: bool
    restored: float
    build: Build | None
    numbers: CompiledView | None = None
    lost: Sequence[Group] = ()

    def with_lost(self) -> list[Groups]:
        """Return the feature groups of every line with those of lost full stops."""
        return [(*groups, more) for groups, more in zip(self.groups, self.lost, strict=True)]


def view_page(
    lines: Sequence[Line],
    *,
    printed: Sequence[str] | None = None,
    whole: bool = False,
    doubt: bool = False,
    paper: Build | None = None,
) -> PageView:
    """Return the features of every line of a page.

    Args:
        lines: The lines.
        printed: The same as `reading.read_page` reads them; None reads them.
        paper: How other pages of the paper are built.
        whole: Add to printed pages the features that only the weights for databases and web sites use.
        doubt: Add features for how like text every line is, where full stops were lost.
    """
    if printed is None:
        printed = read_page(lines)
    texts, breaks = restore_stops(printed)
    view = _view(lines, printed, texts, whole=whole, paper=paper)
    if breaks is None or not doubt:
        return view
    return replace(view, lost=lost_groups(printed, texts, breaks))


def _view(
    lines: Sequence[Line], printed: Sequence[str], texts: Sequence[str], *, whole: bool, paper: Build | None
) -> PageView:
    """Return the features of lines, some of which got back a full stop."""
    around = Surroundings(lines, texts, words_of_lines(texts))
    wide = has_wide_digits([line.text for line in lines])
    restored = sum(map(ne, printed, texts)) / (len(texts) or 1)
    if isinstance(around.words, CompiledWords) and lines and not whole:
        numbers = CompiledView(around.words, lines, around, wide=wide, paper=paper)
        around.complete = numbers.complete
        if numbers.bare:
            around.level()
        groups = LazyGroups(lambda: _describe(lines, around, wide=wide, whole=False, paper=paper)[0])
        return PageView(groups, around, numbers.bare, wide, restored, numbers.build, numbers)
    described, bare, build = _describe(lines, around, wide=wide, whole=whole, paper=paper)
    return PageView(described, around, bare, wide, restored, build)


def _describe(
    lines: Sequence[Line], around: Surroundings, *, wide: bool, whole: bool, paper: Build | None
) -> tuple[list[Groups], bool, Build | None]:
    """Return the features of lines by name, whether they are text as databases keep it, and how the page is built."""
    shapes = around.shapes
    paragraphs = Paragraphs(lines, around, wide=wide, whole=whole)
    forms = Forms(around, paper) if whole or paragraphs.bare else None
    sides = [_EDGE, _EDGE, *[_seen_from_around(brief_of(shape)) for shape in shapes], _EDGE, _EDGE]
    groups: list[Groups] = [
        (
            tuple(shape),
            above.from_next,
            below.from_last,
            far_above.from_second_next,
            far_below.from_second_last,
            around.gaps(i),
            around.lists(i),
            around.pictures(i),
            paragraphs.joins(i),
            paragraphs.kinds(i),
            paragraphs.pictures(i),
            paragraphs.setting(i),
            around.links(i),
            forms.group(i) if forms else (),
        )
        for i, (shape, far_above, above, below, far_below) in enumerate(
            zip(shapes, sides, sides[1:], sides[3:], sides[4:], strict=False)
        )
    ]
    return groups, paragraphs.bare, forms.build if forms else None


class _Sides(NamedTuple):
    """The features that a line gives to its neighbours, named by where it stands."""

    from_next: Group
    from_last: Group
    from_second_next: Group
    from_second_last: Group


@lru_cache(2048)
def _seen_from_around(brief: Group) -> _Sides:
    return _Sides(*(tuple([prefix + name for name in brief]) for prefix in ("-1:", "+1:", "-2:", "+2:")))


_EDGE = _seen_from_around(("edge",))
