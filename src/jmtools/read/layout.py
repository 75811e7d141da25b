"""Characters on a page → text in reading order: lines, blocks, columns, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jmtools.read.sheet import join

# All in units of the size of print.
_SAME_LINE = 0.5  # centres this near stand on one line
_GAP = 0.9  # a wider gap ends a line: gutters between columns are wider, letter-spacing narrower
_TYPED_SPACE = 2.5  # the same where the file itself has a space
_WORD_GAP, _TYPED_GAP = 0.15, 0.1  # from here on a gap between letters, or a space of the file, is written
_SPACED_OUT = 3.0  # but single characters of a spread headline stand this far apart
_LEADING = 1.0  # a wider gap between lines ends a block
_COLUMN_LINES = 3  # lines that make a column
_MOST_NEAR = 200  # lines that are compared with one: more lie on top of each other
_EDGE = 2.6  # lines of one block begin, or end, within this: an indent takes two characters
_FULL = 1.3  # a line that ends this near to the edge of its block was broken there
_INDENT = 1.2
_LARGE = 1.15  # times the size of the running text: a headline, whose lines stay apart
_ALIKE = 1.15
UNKNOWN = "\ufffd"  # stands for a character that nothing names
_SENTENCE_END = "。！？!?…”’』」）)"


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
        self.x0, self.y0 = min(self.x0, char.x0), min(self.y0, char.y0)
        self.x1, self.y1 = max(self.x1, char.x1), max(self.y1, char.y1)
        self.count += 1


@dataclass(slots=True)
class Block:
    """Lines below each other (or columns of vertical print) that belong together."""

    runs: list[TextRun] = field(default_factory=list)
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    size: float = 0.0

    @classmethod
    def of(cls, runs: list[TextRun]) -> Block:
        """Return a block of runs."""
        edges = (min(r.x0 for r in runs), min(r.y0 for r in runs), max(r.x1 for r in runs), max(r.y1 for r in runs))
        return cls(runs, *edges, size=max(r.size for r in runs))


def page_lines(chars: Sequence[Char]) -> list[tuple[str, float]]:
    """Return the lines of a page in reading order with their sizes; paragraphs of running text are one line each.

    Columns are read from left to right, each from top to bottom; what spans several columns divides them. The blocks
    of a page are cut apart along its white gaps again and again (Nagy & Seth 1984), a gap above a headline first.
    """
    runs = _spread_joined(_runs(chars))
    if not runs:
        return []
    body = _body_size(runs)
    blocks = _ordered(_blocks(runs), body)
    lines: list[tuple[str, float]] = []
    open_end = 0.0  # size of a paragraph that the block before left open
    for block in blocks:
        found, begins_inside, ends_open = _paragraphs(block, body)
        if not found:
            continue
        if open_end == block.size and begins_inside:
            lines[-1] = (join([lines[-1][0], found[0][0]]), block.size)
            found = found[1:]
        elif lines:
            lines.append(("", 0.0))
        lines += found
        open_end = block.size if ends_open else 0.0
    return lines


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
    size = max(last.size, char.size)
    level = abs((last.y0 + last.y1) - (char.y0 + char.y1)) / 2 < _SAME_LINE * size
    most = (_TYPED_SPACE if char.after_space else _GAP) * size
    return level and -0.5 * size < char.x0 - last.x1 < most and _similar(last.size, char.size, 1.6)


def _below(last: Char, char: Char) -> bool:
    size = max(last.size, char.size)
    upright = abs((last.x0 + last.x1) - (char.x0 + char.x1)) / 2 < 0.3 * size
    return upright and -0.5 * size < char.y0 - last.y1 < 0.6 * size and _similar(last.size, char.size, 1.1)


def _spread_joined(runs: list[TextRun]) -> list[TextRun]:
    """Join the single characters of a headline that is set wide."""
    joined: list[TextRun] = []
    for run in runs:
        if joined and not run.vertical and not joined[-1].vertical:
            last = joined[-1]
            level = abs((last.y0 + last.y1) - (run.y0 + run.y1)) / 2 < 0.3 * run.size
            gap = run.x0 - last.x1
            single = run.count == 1 and last.count * 2 - 1 == len(last.text)
            if single and level and 0 < gap < _SPACED_OUT * run.size and _similar(last.size, run.size, 1.1):
                last.text += " " + run.text
                last.x1, last.count = run.x1, last.count + 1
                continue
        joined.append(run)
    return joined


def _body_size(runs: Sequence[TextRun]) -> float:
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size, 1)] += run.count
    return max(sizes, key=lambda size: (sizes[size], -size))


def _blocks(runs: list[TextRun]) -> list[Block]:
    """Group lines that stand below each other, vertical ones that stand beside each other."""
    order = sorted(range(len(runs)), key=lambda i: runs[i].y0)
    parent = list(range(len(runs)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for rank, i in enumerate(order):
        upper = runs[i]
        reach = upper.y1 + _LEADING * upper.size
        beside = _LEADING * _ALIKE * upper.size
        left, right = upper.x0 - beside, upper.x1 + beside
        near = 0
        for place in range(rank + 1, len(order)):
            j = order[place]
            lower = runs[j]
            if lower.y0 > reach or near >= _MOST_NEAR:
                break
            if lower.x0 <= right and lower.x1 >= left:
                near += 1
                if _follows(upper, lower):
                    parent[root(j)] = root(i)
    groups: dict[int, list[TextRun]] = {}
    for i in order:
        groups.setdefault(root(i), []).append(runs[i])
    return [Block.of(group) for group in groups.values()]


def _follows(a: TextRun, b: TextRun) -> bool:
    size = max(a.size, b.size)
    if a.vertical != b.vertical or not _similar(a.size, b.size, _ALIKE):
        return False
    if a.vertical:
        beside = max(a.x0, b.x0) - min(a.x1, b.x1) < _LEADING * size
        return beside and abs(a.y0 - b.y0) < _EDGE * size
    level = abs((a.y0 + a.y1) - (b.y0 + b.y1)) / 2 < _SAME_LINE * size
    if level or min(a.x1, b.x1) - max(a.x0, b.x0) < 0.5 * min(a.x1 - a.x0, b.x1 - b.x0):
        return False
    edges = min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2)
    return edges < _EDGE * size


def _ordered(blocks: list[Block], body: float) -> list[Block]:
    if len(blocks) < 2:
        return blocks
    rows = _cuts(sorted((b.y0, b.y1) for b in blocks), 0.1 * body)
    over_headline = [y for y in rows if any(b.y0 >= y and b.y0 - y < 2 * body and _large(b, body) for b in blocks)]
    columns = _cuts(sorted((b.x0, b.x1) for b in blocks), 0.4 * body)
    side_by_side = _parts([(b.x0, b) for b in blocks], columns)
    if sum(sum(len(b.runs) for b in part) >= _COLUMN_LINES for part in side_by_side) < 2 and rows:
        side_by_side = []  # a few words beside each other are one line, such as those of a folio
    stacked = [(b.y0, b) for b in blocks]
    for parts in (_parts(stacked, over_headline), side_by_side, _parts(stacked, rows)):
        if len(parts) > 1:
            return [block for part in parts for block in _ordered(part, body)]
    return sorted(blocks, key=lambda b: (b.x0, b.y0) if columns else (b.y0, b.x0))


def _parts(blocks: Sequence[tuple[float, Block]], cuts: Sequence[float]) -> list[list[Block]]:
    parts: list[list[Block]] = [[] for _ in range(len(cuts) + 1)]
    for start, block in blocks:
        parts[sum(start >= cut for cut in cuts)].append(block)
    return parts


def _cuts(spans: Sequence[tuple[float, float]], least: float) -> list[float]:
    """Return where white gaps between sorted spans end."""
    cuts = []
    end = spans[0][1]
    for start, stop in spans:
        if start - end > least:
            cuts.append(start)
        end = max(end, stop)
    return cuts


def _paragraphs(block: Block, body: float) -> tuple[list[tuple[str, float]], bool, bool]:
    """Return the paragraphs of a block, whether it begins inside of one, and whether the last one goes on."""
    if any(run.vertical for run in block.runs):
        runs = sorted(block.runs, key=lambda r: (-r.x1, r.y0))
        return [(run.text, run.size) for run in runs], False, False
    runs = sorted(block.runs, key=lambda r: (r.y0, r.x0))
    if _large(block, body):
        return [(run.text, run.size) for run in runs], False, False
    paragraphs: list[list[str]] = []
    full = False
    for run in runs:
        indented = run.x0 - block.x0 > _INDENT * run.size
        if paragraphs and full and not indented:
            paragraphs[-1].append(run.text)
        else:
            paragraphs.append([run.text])
        full = block.x1 - run.x1 < _FULL * run.size and len(runs) > 1
    texts = [join(lines) for lines in paragraphs]
    begins_inside = runs[0].x0 - block.x0 <= _INDENT * block.size
    return [(text, block.size) for text in texts], begins_inside, full and texts[-1][-1] not in _SENTENCE_END


def _large(block: Block, body: float) -> bool:
    return block.size >= _LARGE * body


def _similar(a: float, b: float, ratio: float) -> bool:
    return max(a, b) <= ratio * min(a, b)
