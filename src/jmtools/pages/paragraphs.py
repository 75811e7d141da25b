"""What is text and what is not: captions, notes, the parts of a broken paragraph."""

from bisect import bisect_right
from collections.abc import Sequence

from jmtools.pages.continuity import Continuity, edges
from jmtools.pages.cue_sets import FURNISHED, KINDED, PRINTED, SIGNED
from jmtools.pages.groups import Group
from jmtools.pages.lines import Line, level_gaps
from jmtools.pages.pictures import picture_groups
from jmtools.pages.setting import LineSetting
from jmtools.pages.shapes import CANDIDATE
from jmtools.pages.styles import style_of
from jmtools.pages.surroundings import Surroundings

_SHORT = 30  # characters
_BROKEN = (0.0001, 0.03, 0.1)  # shares of long lines that stop inside a sentence
_CUT = 0.03  # share of long lines that a column break cuts, above which a page is a printed one
_REACH = 5  # lines below a broken one among which it goes on: an advertisement may stand between
_SIGNS = 2  # of print
_WHOLE = ("b0", "b1")  # so few that no column break has to be the cause


class Paragraphs:
    """The lines of a page as text: how the page is printed, where its pictures are, which line goes on with which.

    Attributes:
        bare: Whether the page is text as a database, a paper's own site or another paper has it, unlike the printed
            pages that were learned from. Those have a square before a byline, bylines of their own line beside blank
            lines, words cut by column breaks, or two of these: a jump in, a jump out, a public-service advertisement,
            its sponsor, and squares where sentences are broken.
    """

    def __init__(self, lines: Sequence[Line], around: Surroundings, *, wide: bool, whole: bool) -> None:
        self._around = around
        self._half_commas = sum(line.text.count(",") for line in lines)
        self._wide = wide
        self._complete = [shape.end in ("end_full", "end_exclaim") for shape in around.shapes]
        self._broken = self._break_habit()
        self._continuity = Continuity(around, self._complete)
        self.bare = not self._is_printed()
        self._asked = whole or self.bare
        if self._asked:
            around.level()
        self._kind = self._print_habit()
        self._setting = LineSetting(lines, around, self._complete, self._continuity)
        self._pictures: list[Group] = (
            picture_groups(around.texts, around.shapes, self._complete, self._kind) if self._asked else []
        )

    def _is_printed(self) -> bool:
        """Say whether one strong sign or two others tell a printed page."""
        shapes = self._around.shapes
        if any("byline" in shape for shape in shapes) and any(level_gaps(self._around.line_gaps)[1:]):
            return True
        squared = [shape for shape in shapes if "square" in shape]
        if any(not SIGNED.isdisjoint(shape) for shape in squared):
            return True
        signs = len({cue for shape in shapes for cue in PRINTED.intersection(shape)})
        return signs + (bool(squared) and self._broken not in _WHOLE) >= _SIGNS or self._is_cut()

    def _is_cut(self) -> bool:
        """Say whether column breaks cut words or phrases: lines that stop without a mark and go on further down.

        A long line without a comma is no sign: old papers print text without marks.
        """
        shapes, texts = self._around.shapes, self._around.texts
        opened = [i for i in self._around.long if shapes[i].end in ("end_open", "end_latin")]
        opened = [i for i in opened if style_of(texts[i], 0).inner]
        return sum(map(self._goes_on, opened)) > _CUT * len(self._around.long)

    def _goes_on(self, i: int) -> bool:
        text = self._around.texts
        if i + 1 < len(text) and text[i][-1].isascii() and text[i + 1][0].isascii() and text[i + 1][0].isalpha():
            return True
        below = range(i + 1, min(i + 1 + _REACH, len(text)))
        return edges()[1].get(text[i][-1]) == "0" or any(
            self._continuity.join(i, j) in ("strong", "word") for j in below
        )

    def kinds(self, i: int) -> Group:
        """Return how the page is printed, combined with the traits of the line that differ between papers."""
        if not self._asked:
            return ()
        shape, size = self._around.shapes[i], len(self._around.texts[i])
        length = "s" if size < _SHORT else "m" if size <= CANDIDATE else "L"
        found = [f"{self._broken}&{shape.end}{length}", f"{self._kind}&{shape.end}{length}"]
        kinded = [cue for cue in shape.cues if cue in KINDED]
        found += [f"{self._kind}&{cue}" for cue in kinded]
        if self._wide:
            found += [f"wide&{cue}" for cue in kinded]
        return tuple(found)

    def pictures(self, i: int) -> Group:
        """Return how a line stands to the pictures around it."""
        return self._pictures[i] if self._asked else ()

    def joins(self, i: int) -> Group:
        """Return how well a line goes on with the ones above it, and the ones around it with each other."""
        return self._continuity.group(i)

    def setting(self, i: int) -> Group:
        """Return how a line is set: its indent, its place at the head of the page, its missing full stop."""
        return self._setting.group(i)

    def _break_habit(self) -> str:
        """Return how often the page breaks a sentence."""
        around = self._around
        opened = sum(1 for i in around.long if not self._complete[i] and around.shapes[i].end != "end_colon")
        return f"b{bisect_right(_BROKEN, opened / (len(around.long) or 1))}"

    def _print_habit(self) -> str:
        """Return whether the page breaks sentences, and how it sets commas, blank lines and credits."""
        around = self._around
        half = self._half_commas
        full = sum(text.count("，") + text.count(",") for text in around.texts) - half
        comma = "-" if half + full < 3 else "h" if half > 9 * full else "f" if full > 9 * half else "m"
        spaced = sum(1 for gap in around.line_gaps[1:] if gap) / (len(around.line_gaps[1:]) or 1)
        blank = "0" if not spaced else "1" if spaced == 1.0 else "t" if spaced < 0.4 else "l"
        plain = all(FURNISHED.isdisjoint(shape) for shape in around.shapes)
        return f"k{min(int(self._broken[1]), 1)}{comma}{blank}{'' if plain else '+'}"
