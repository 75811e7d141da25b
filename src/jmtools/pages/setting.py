"""How lines are set: indented or flush, at the head of the page, with or without the marks that end a sentence."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from jmtools.pages.continuity import Continuity
from jmtools.pages.cue_sets import FURNITURE
from jmtools.pages.groups import Group
from jmtools.pages.lines import Line
from jmtools.pages.shapes import CANDIDATE
from jmtools.pages.surroundings import Surroundings

_LONG = 30  # characters
_HEAD = 6  # lines of a page among which its name, date and section stand
_OPEN = (0.05, 0.2, 0.4, 0.7)  # shares of long lines that end no sentence
_BROKEN = (0.2, 0.5, 0.8)  # shares of those after which the next line goes on


class LineSetting:
    """How the lines of a page are set, compared with the habit of the page."""

    def __init__(
        self, lines: Sequence[Line], around: Surroundings, complete: Sequence[bool], joins: Continuity
    ) -> None:
        self._around, self._complete, self._joins = around, complete, joins
        self._indents = self._compare([line.indent for line in lines])
        self._head = self._furniture()
        self._stops = self._stop_habit()

    def group(self, i: int) -> Group:
        """Return how a line is set."""
        return (*self._indented(i), *self._at_head(i), *self._stopped(i))

    def _compare(self, indents: Sequence[int]) -> str:
        """Return for each line how far it is indented, or nothing where indents say nothing.

        `0` is flush, `=` as far as most paragraphs of the page, `<` less and `>` farther.
        """
        long = Counter(indents[i] for i in self._around.long)
        usual = max((indent for indent in long if indent), key=lambda indent: (long[indent], -indent), default=0)
        if not usual or len(set(indents)) == 1:
            return ""
        return "".join(
            "0" if not indent else "=" if indent == usual else "<" if indent < usual else ">" for indent in indents
        )

    def _indented(self, i: int) -> Group:
        marks = self._indents
        if not marks:
            return ()
        own, above, below = marks[i], marks[i - 1] if i else "^", marks[i + 1] if i + 1 < len(marks) else "$"
        size = len(self._around.texts[i])
        length = "s" if size < _LONG else "m" if size <= CANDIDATE else "L"
        return (
            f"indent{own}",
            f"indent{above}{own}",
            f"indent{own}{below}",
            f"indent{above}{own}{below}",
            f"indent{own}&{length}{'c' if self._complete[i] else 'o'}",
            f"indent{above}{own}&{length}{'c' if self._complete[i] else 'o'}",
        )

    def _furniture(self) -> int:
        """Return the number of lines at the head of the page that are its furniture."""
        shapes = self._around.shapes
        for i, shape in enumerate(shapes[:_HEAD]):
            if len(self._around.texts[i]) > CANDIDATE or FURNITURE.isdisjoint(shape):
                return i
        return min(len(shapes), _HEAD)

    def _at_head(self, i: int) -> Group:
        if i > self._head:
            return ()
        if i == self._head:
            return (f"below_head{min(i, 2)}",) if i else ()
        return ("page_head", *[f"page_head&{cue}" for cue in self._around.shapes[i] if cue in FURNITURE])

    def _stop_habit(self) -> str:
        """Return how many of the page's long lines end no sentence, and after how many of these the next goes on."""
        around = self._around
        opened = [i for i in around.long if not self._complete[i] and around.shapes[i].end != "end_colon"]
        if not opened:
            return "0"
        last = len(around.texts) - 1
        on = sum(1 for i in opened if i < last and self._goes_on(i))
        return f"{bisect_right(_OPEN, len(opened) / len(around.long))}{bisect_right(_BROKEN, on / len(opened))}"

    def _goes_on(self, i: int) -> bool:
        return self._joins.join(i, i + 1) in ("strong", "word")

    def _stopped(self, i: int) -> Group:
        text = self._around.texts[i]
        if self._complete[i] or len(text) < _LONG:
            return ()
        length = "m" if len(text) <= CANDIDATE else "l" if len(text) <= 2 * CANDIDATE else "L"
        onward = "$" if i + 1 == len(self._complete) else self._joins.join(i, i + 1)
        state = "c" if i and self._complete[i - 1] else "o"
        return (f"stops{self._stops}&{length}", f"stops{self._stops}&{length}{onward}", f"open{length}{onward}{state}")
