"""What is text and what is not: captions, notes, the parts of a broken paragraph."""

from bisect import bisect_right
from collections.abc import Sequence

from jmtools.pages.continuity import Continuity
from jmtools.pages.lines import Line
from jmtools.pages.pictures import picture_groups
from jmtools.pages.setting import Setting
from jmtools.pages.shapes import CANDIDATE
from jmtools.pages.surroundings import Group, Surroundings

_SHORT = 30  # characters
_KINDED = frozenset(
    "author_note credit_wire paren_line photo_credit caption_head photo_tail editors editors_in byline names".split()  # noqa: SIM905
)
_FURNISHED = frozenset("byline jump_in jump_out psa sponsor".split())  # noqa: SIM905
_PRINTED = frozenset("jump_in jump_out psa sponsor".split())  # noqa: SIM905
_SIGNED = frozenset(["byline", "names"])
_BROKEN = (0.0001, 0.03, 0.1)  # shares of long lines that stop inside a sentence
_WHOLE = ("b0", "b1")  # so few that no column break has to be the cause


class Paragraphs:
    """The lines of a page as text: how the page is printed, where its pictures are, which line goes on with which.

    Attributes:
        bare: Whether the page is text as a database or a paper's own site keeps it: without jumps, public-service
            advertisements and squares before bylines, without bylines of their own line or without blank lines, and
            without squares at all where sentences are broken.
    """

    def __init__(self, lines: Sequence[Line], around: Surroundings, *, whole: bool) -> None:
        self._around = around
        self._complete = [shape[2] in ("end_full", "end_exclaim") for shape in around.shapes]
        self._broken, self._kind = self._print()
        self.bare = self._is_bare()
        self._continuity = Continuity(around, self._complete)
        self._setting = Setting(lines, around, self._complete, self._continuity)
        self._asked = whole or self.bare
        self._pictures: list[Group] = (
            picture_groups(around.texts, around.shapes, self._complete, self._kind) if self._asked else []
        )

    def _is_bare(self) -> bool:
        shapes = self._around.shapes
        if any(not _PRINTED.isdisjoint(shape) for shape in shapes):
            return False
        if any("byline" in shape for shape in shapes) and any(self._around.line_gaps[1:]):
            return False
        squared = [shape for shape in shapes if "square" in shape]
        if any(not _SIGNED.isdisjoint(shape) for shape in squared):
            return False
        return not squared or self._broken in _WHOLE

    def kinds(self, i: int) -> Group:
        """Return how the page is printed, with what of the line other papers print in another way."""
        if not self._asked:
            return ()
        shape, size = self._around.shapes[i], len(self._around.texts[i])
        length = "s" if size < _SHORT else "m" if size <= CANDIDATE else "L"
        found = [f"{self._broken}&{shape[2]}{length}", f"{self._kind}&{shape[2]}{length}"]
        found += [f"{self._kind}&{cue}" for cue in shape[4:] if cue in _KINDED]
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

    def _print(self) -> tuple[str, str]:
        """Return how often the page breaks a sentence, and how it sets commas, blank lines and credits."""
        around = self._around
        opened = sum(1 for i in around.long if not self._complete[i] and around.shapes[i][2] != "end_colon")
        broken = bisect_right(_BROKEN, opened / (len(around.long) or 1))
        half = sum(text.count(",") for text in around.texts)
        full = sum(text.count("，") for text in around.texts)
        comma = "-" if half + full < 3 else "h" if half > 9 * full else "f" if full > 9 * half else "m"
        spaced = sum(1 for gap in around.line_gaps[1:] if gap) / (len(around.line_gaps[1:]) or 1)
        blank = "0" if not spaced else "1" if spaced == 1.0 else "t" if spaced < 0.4 else "l"
        plain = all(_FURNISHED.isdisjoint(shape) for shape in around.shapes)
        return f"b{broken}", f"k{min(broken, 1)}{comma}{blank}{'' if plain else '+'}"
