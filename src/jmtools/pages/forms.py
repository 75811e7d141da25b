"""How a page is built: how many lines of text stand below its short lines, and how a short line fits into that.

Where nearly every short line has one long paragraph below it, every one of them opens an article; where runs of text
are long and short lines single, most are subheads. Papers differ in it, so a feature says what the page does.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from operator import add

from jmtools.pages.cue_sets import WIRES
from jmtools.pages.groups import Group
from jmtools.pages.origin_signs import OriginSigns
from jmtools.pages.surroundings import Surroundings

_SHARES = (0.001, 0.25, 0.5, 0.75, 0.95)
_LENGTHS = (35, 60, 100, 160, 300, 700)
_CHARS = (60, 150, 300, 500, 800, 1400)
_RELATIVE = (0.3, 0.6, 0.9, 1.3, 2.0)
_LONG = 30  # characters
_LINES = (1, 2, 3, 5, 8, 12)
_WIDE, _NARROW = "０１２３４５６７８９", "0123456789"
_FEW_WIDE = 6
_PAPER = 200  # texts of other pages that count at most beside those of the page itself


@dataclass(frozen=True, slots=True)
class Build:
    """How pages are built, counted.

    Attributes:
        texts: Runs of text below a short line.
        texts_of_one_paragraph: Those of them that are one line.
        texts_with_wire: Those that begin with a dateline or wire.
        headings: Runs of short lines.
        headings_of_several_lines: Those of them that are several lines.
    """

    texts: int = 0
    texts_of_one_paragraph: int = 0
    texts_with_wire: int = 0
    headings: int = 0
    headings_of_several_lines: int = 0

    def plus(self, other: "Build") -> "Build":
        """Return the counts of this and of other pages."""
        return Build(*map(add, astuple(self), astuple(other)))

    def scaled(self, texts: int) -> "Build":
        """Return counts with the same shares that are of so many texts at most."""
        if self.texts <= texts:
            return self
        return Build(*(round(count * texts / self.texts) for count in astuple(self)))


class Forms:
    """The runs of short lines and of text of a page.

    Attributes:
        build: How the page is built.
    """

    def __init__(self, around: Surroundings, paper: Build | None = None) -> None:
        """Look at a page.

        Args:
            around: Its lines.
            paper: How other pages of the paper are built.
        """
        self._around, self._short = around, around.brief
        short = around.brief
        size = len(short)
        self._run_of: list[int] = []
        self._runs: list[tuple[int, int]] = []
        for i in range(size):
            if not i or short[i] != short[i - 1]:
                self._runs.append((i, i + 1))
            else:
                self._runs[-1] = self._runs[-1][0], i + 1
            self._run_of.append(len(self._runs) - 1)
        lengths = [len(text) for text in around.texts]
        self._chars = [sum(lengths[start:end]) for start, end in self._runs]
        text_runs = [n for n, (start, _) in enumerate(self._runs) if not short[start] and n]
        below = [self._runs[n] for n in text_runs]
        text = sorted(length for length, brief in zip(lengths, short, strict=True) if not brief)
        self._typical = sorted(self._chars[n] for n in text_runs)[len(text_runs) // 2] if text_runs else 0
        self._median = bisect_right(_LENGTHS, text[len(text) // 2]) if text else 0
        heads = [end - start > 1 for start, end in self._runs if short[start]]
        self.build = Build(
            len(below),
            sum(end - start == 1 for start, end in below),
            sum(self._opens(start) for start, _ in below),
            len(heads),
            sum(heads),
        )
        build = self.build.plus(paper.scaled(_PAPER)) if paper is not None else self.build
        self._unit = _share_of(build.texts_of_one_paragraph, build.texts)
        self._wired = _share_of(build.texts_with_wire, build.texts)
        self._multi = _share_of(build.headings_of_several_lines, build.headings)
        ends = [around.shapes[i].end for i in range(size) if not short[i]]
        self._cut = _share([end == "end_open" for end in ends])
        self._parted = _share([end in ("end_comma", "end_colon") for end in ends])
        self._tails = Counter(_tail(around.texts[i]) for i in range(size) if short[i])
        self._fronts = Counter(around.texts[i][:2] for i in range(size) if short[i])
        opens = [not short[start] and self._opens(start) for start, _ in self._runs]
        self._origins = OriginSigns(around, self._runs, opens)

    def _opens(self, i: int) -> bool:
        return not WIRES.isdisjoint(self._around.shapes[i])

    def group(self, i: int) -> Group:
        """Return how a line fits into the way in which its page is built."""
        return self._of_short(i) if self._short[i] else self._of_text(i)

    def _of_text(self, i: int) -> Group:
        end = self._around.shapes[i].end
        length = "s" if len(self._around.texts[i]) < _LONG else "L"
        return (
            f"cut{self._cut}&{end}{length}",
            f"parted{self._parted}&{end}{length}",
            f"text{self._median}&{end}{length}",
        )

    def _of_short(self, i: int) -> Group:
        n = self._run_of[i]
        start, end = self._runs[n]
        place = "1" if end - start == 1 else "f" if i == start else "l" if i == end - 1 else "m"
        lines, chars, relative, opens = self._run(n + 1)
        lines_up, chars_up, relative_up, _ = self._run(n - 1)
        number = min(end - start, 4)
        text = self._around.texts[i]
        tail, front = self._tails[_tail(text)], self._fronts[text[:2]]
        return (
            f"echo{min(tail, 4)}&{'b' if text[-1] in '）)】' else ''}",
            f"echo{min(tail, 4)}&{place}&{'b' if text[-1] in '）)】' else ''}",
            f"front{min(front, 4)}",
            f"front{min(front, 4)}&{place}",
            f"place{place}",
            f"place{place}{number}",
            f"unit{self._unit}&{place}",
            f"unit{self._unit}&{place}&{self._median}",
            f"unit{self._unit}&{lines}",
            f"unit{self._unit}&{lines}&{lines_up}",
            f"lines{lines}&{place}",
            f"lines_up{lines_up}&{place}",
            f"chars{chars}&{place}",
            f"chars_up{chars_up}&{place}",
            f"chars{chars}&{chars_up}",
            f"to_typical{relative}&{place}",
            f"to_typical{relative}&{relative_up}",
            f"wired{self._wired}&{opens:d}&{place}",
            f"wired{self._wired}&{opens:d}&{self._unit}",
            f"opens{opens:d}&{place}",
            f"multi{self._multi}&{place}",
            f"multi{self._multi}&{self._unit}&{place}",
            *self._origins.group(i, n),
        )

    def _run(self, n: int) -> tuple[int, int, int, bool]:
        if not 0 <= n < len(self._runs):
            return -1, -1, -1, False
        start, end = self._runs[n]
        chars = self._chars[n]
        return (
            bisect_right(_LINES, end - start),
            bisect_right(_CHARS, chars),
            bisect_right(_RELATIVE, chars / (self._typical or 1)),
            self._opens(start),
        )


def has_wide_digits(texts: Sequence[str]) -> bool:
    """Say whether a page is set with digits of full width, as databases of the nineties keep it.

    >>> has_wide_digits(["１９９８年１月１日電"]), has_wide_digits(["1998年"])
    (True, False)
    """
    page = "".join(texts)
    wide = sum(map(page.count, _WIDE))
    return wide >= _FEW_WIDE and wide > sum(map(page.count, _NARROW))


def _share(values: Sequence[bool]) -> int:
    return _share_of(sum(values), len(values))


def _share_of(count: int, total: int) -> int:
    return bisect_right(_SHARES, count / total) if total else 0


def _tail(text: str) -> str:
    """Return what a short line may share with others of a series: its last two characters, or its tag in brackets."""
    if text[-1] in "）)】":
        at = max(text.rfind("（"), text.rfind("("), text.rfind("【"))
        return text[at : at + 5] if at >= 0 else text[-2:]
    return text[-2:]
