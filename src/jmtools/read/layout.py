"""Characters on a page → text in reading order: lines, blocks, columns, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jmtools.read.layout_runs import SAME_LINE, Char, TextRun, line_runs, similar
from jmtools.read.sheet import join

# All in units of the size of print.
_LEADING = 1.0  # a wider gap between lines ends a block
_COLUMN_LINES = 3  # lines that make a column
_MOST_NEAR = 200  # lines that are compared with one: more lie on top of each other
_EDGE = 2.6  # lines of one block begin, or end, within this: an indent takes two characters
_FULL = 1.3  # a line that ends this near to the edge of its block was broken there
_INDENT = 1.2
_LARGE = 1.15  # times the size of the running text: a headline, whose lines stay apart
_ALIKE = 1.15
_SENTENCE_END = "。！？!?…”’』」）)"


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
    runs = line_runs(chars)
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
    if a.vertical != b.vertical or not similar(a.size, b.size, _ALIKE):
        return False
    if a.vertical:
        beside = max(a.x0, b.x0) - min(a.x1, b.x1) < _LEADING * size
        return beside and abs(a.y0 - b.y0) < _EDGE * size
    level = abs((a.y0 + a.y1) - (b.y0 + b.y1)) / 2 < SAME_LINE * size
    if level or min(a.x1, b.x1) - max(a.x0, b.x0) < 0.5 * min(a.x1 - a.x0, b.x1 - b.x0):
        return False
    edges = min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2)
    return edges < _EDGE * size


def _ordered(blocks: list[Block], body: float) -> list[Block]:
    if len(blocks) < 2:
        return blocks
    rows = _cuts(sorted((b.y0, b.y1) for b in blocks), 0.1 * body)
    vertical = 2 * _print(blocks, vertical=True) > _print(blocks)
    over_headline = [y for y in rows if any(b.y0 >= y and b.y0 - y < 2 * body and _large(b, body) for b in blocks)]
    columns = _cuts(sorted((b.x0, b.x1) for b in blocks), 0.4 * body)
    side_by_side = _parts([(b.x0, b) for b in blocks], columns)
    if sum(sum(len(b.runs) for b in part) >= _COLUMN_LINES for part in side_by_side) < 2 and rows:
        side_by_side = []  # a few words beside each other are one line, such as those of a folio
    stacked = [(b.y0, b) for b in blocks]
    ways = [_parts(stacked, over_headline), side_by_side, _parts(stacked, rows)]
    if vertical:  # bands below each other, each from right to left
        ways = [_parts(stacked, rows), _parts([(b.x0, b) for b in blocks], columns)[::-1]]
    for parts in ways:
        if len(parts) > 1:
            return [block for part in parts for block in _ordered(part, body)]
    if vertical:
        return sorted(blocks, key=lambda b: (-b.x1, b.y0))
    return sorted(blocks, key=lambda b: (b.x0, b.y0) if columns else (b.y0, b.x0))


def _print(blocks: Sequence[Block], *, vertical: bool | None = None) -> int:
    """Return how many characters blocks have, all or the vertical ones."""
    return sum(run.count for block in blocks for run in block.runs if vertical in (None, run.vertical))


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
    vertical = any(run.vertical for run in block.runs)
    runs = sorted(block.runs, key=lambda r: (-r.x1, r.y0) if vertical else (r.y0, r.x0))
    if _large(block, body) or (vertical and len(runs) < _COLUMN_LINES):
        return [(run.text, run.size) for run in runs], False, False
    paragraphs: list[list[str]] = []
    full = begins_inside = False
    for run in runs:
        before, after = (run.y0 - block.y0, block.y1 - run.y1) if vertical else (run.x0 - block.x0, block.x1 - run.x1)
        indented = before > _INDENT * run.size
        if paragraphs and full and not indented:
            paragraphs[-1].append(run.text)
        else:
            begins_inside = begins_inside or not (paragraphs or indented)
            paragraphs.append([run.text])
        full = after < _FULL * run.size and len(runs) > 1
    texts = [join(lines) for lines in paragraphs]
    return [(text, block.size) for text in texts], begins_inside, full and texts[-1][-1] not in _SENTENCE_END


def _large(block: Block, body: float) -> bool:
    return block.size >= _LARGE * body
