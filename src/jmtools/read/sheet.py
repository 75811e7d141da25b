"""What every reader gives: the text of one page in reading order, and how large each line is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Sheet:
    """One page of a file.

    Attributes:
        lines: Text and size of print (in points, or the unit of the file; 0 where nothing tells) of each line; an
            empty text is a blank line.
        number: 1-based place in its file.
        date: The day, where the file itself says it.
        title: What the file calls itself.
        chars: How many characters the file holds for this page, white space aside; None where nothing can be lost.
        lost: How many of them are not in the lines, or stand there as U+FFFD.
        why: Why they are lost.
        doubtful: How many characters are of fonts that seem to name wrong ones: together they make no text.
        left_out: How many characters are left out on purpose: menus of a web page, what stands outside the crop box.
        flags: What a reader of the text should know: `text_lost`, `text_doubtful`, `no_text_layer`,
            `footnotes`, `annotations`.
        note: What the user should be told about it besides.
    """

    lines: list[tuple[str, float]] = field(default_factory=list)
    number: int = 1
    date: str | None = None
    title: str | None = None
    chars: int | None = None
    lost: int = 0
    why: str = ""
    doubtful: int = 0
    left_out: int = 0
    flags: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def written(self) -> int:
        """How many characters its lines hold."""
        return sum(count_chars(text) for text, _ in self.lines)

    def compare(self, source: str | Counter[str]) -> None:
        """Count what the file holds for this page, and what of that is not in the lines."""
        there = Counter(_chars(source)) if isinstance(source, str) else source
        self.chars = there.total()
        there = there.copy()
        there.subtract(char for text, _ in self.lines for char in _chars(text))
        self.lost = sum(count for count in there.values() if count > 0)

    @property
    def text(self) -> str:
        """The page as text, one line a line."""
        return "\n".join(text for text, _ in self.lines) + ("\n" if self.lines else "")

    @property
    def sizes(self) -> list[float] | None:
        """The size of each line, 0 for blank ones; None where no two sizes differ, for then they say nothing."""
        if len({size for text, size in self.lines if text}) < 2:
            return None
        return [round(size, 1) if text else 0 for text, size in self.lines]


def count_chars(text: str) -> int:
    r"""Return how many characters a text has, white space aside.

    >>> count_chars(" 江海　日报\n")
    4
    """
    return len(_chars(text))


def join(pieces: Iterable[str]) -> str:
    """Join words or lines: a blank only between letters of alphabets.

    >>> join(["江海", "日报", "Silk", "Road", "5G"])
    '江海日报Silk Road 5G'
    """
    text = ""
    for piece in pieces:
        if text and piece and _alphabetic(text[-1]) and _alphabetic(piece[0]):
            text += " "
        text += piece
    return text


def blocks_to_lines(blocks: Iterable[Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    """Return the lines of blocks, a blank one between two blocks."""
    lines: list[tuple[str, float]] = []
    for block in blocks:
        kept = [(text, size) for text, size in block if text.strip()]
        if kept:
            lines += [("", 0.0)] if lines else []
            lines += kept
    return lines


def _chars(text: str) -> str:
    return "".join(text.split())


def _alphabetic(char: str) -> bool:
    return char < "\u2e80" and (char.isalnum() or char in ",.;:!?)'\"%&")
