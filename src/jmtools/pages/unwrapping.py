"""Undo hard wrapping: text copied from a PDF, read by OCR or poured through a terminal has paragraphs in many lines.

A column has a width; all lines of a paragraph but the last are full, and the first is shorter by its indent or still
has it as blanks. Whether a page is wrapped, and at which widths, the sizes of its lines say; `wraps` decides which line
goes on with the one above.
"""

from collections import Counter
from collections.abc import Sequence

from jmtools.fields.quick_patterns import compile_pattern
from jmtools.pages.line_breaks import Breaks
from jmtools.pages.lines import Line
from jmtools.pages.shapes import complete
from jmtools.pages.wraps import FEWEST, RawPage, Wraps

_WIDTHS = range(8, 65)  # characters; columns of a printed page are not wider
_MOST_WIDTHS = 3  # columns of a page
_PEAK = 0.08  # least share of a page's lines that a width must have
_FULL = 0.2  # least share of a page's lines that are full and followed by another
_FURTHER = 0.25  # least share of the lines of the commonest width that another width must have
_LONGER = 0.3  # share of a page's text that may stand in lines wider than its columns: headlines, left whole
_JOINED = 0.15  # least share of a page's lines that go on with another
_INSIDE = 0.6  # of the lines with which another goes on, least share that end inside a sentence: those of a poem do not
_INDENT = 4  # characters by which a first line may be shorter
_CLEARLY = 1.1  # times that more lines must be equal in columns than in characters
_ALIKE = 2  # lines: where the longest are so few they must be equal
_HALF = 0.5  # of the longest line: shorter ones may be headlines
_NARROW = compile_pattern("[\x00-\u2e7f]").findall  # characters that take one column of a terminal, others two


def unwrap(lines: list[Line], texts: Sequence[str]) -> list[Line]:
    """Join the lines of a page that were one before it was wrapped; a page that was not is returned as it is.

    Args:
        lines: The lines.
        texts: The same as `reading.read_page` reads them.
    """
    lengths = [len(line.text) for line in lines]
    if len(lines) < FEWEST or _mostly_longer(lengths, _WIDTHS[-1]):
        return lines
    ends = ["T" if complete(text) else "C" if text[-1] in "，,、：:" else "O" for text in texts]
    gaps, leads = sorted([line.gap for line in lines]), sorted([line.indent for line in lines])
    follows = [False, *(line.gap <= gaps[len(gaps) // 20 + 1] for line in lines[1:])]
    raw = RawPage(texts, [], [max(line.indent - leads[len(leads) // 20], 0) for line in lines], ends, follows)
    widths, few = _measure(raw), False
    if not widths:
        widths, few = _longest_alike(raw), True
    if not widths or _mostly_longer(raw.sizes, max(widths)):
        return lines
    joined = Wraps(raw, widths).joined()
    inside = sum(ends[i - 1] != "T" for i, on in enumerate(joined) if on)
    if sum(joined) < _JOINED * len(lines) or inside < max(_INSIDE * sum(joined), _ALIKE if few else FEWEST // 2):
        return lines
    return _join(lines, joined)


def _mostly_longer(sizes: Sequence[int], width: int) -> bool:
    """Say whether much of a page's text stands in lines that are longer than a width."""
    return sum([size for size in sizes if size > width + 1]) > _LONGER * sum(sizes)


def _measure(page: RawPage) -> list[int]:
    """Give lines their sizes, in characters or in columns of a terminal; return the widths at which they were cut."""
    page.sizes = [len(text) for text in page.texts]
    widths, full = _peaks(page)
    columns = [_columns(text) for text in page.texts]
    if columns != page.sizes:
        sizes = page.sizes
        # Half as wide, rounded up: a line of full width that ends in a half is as long as the others.
        page.sizes = [(size + 1) // 2 for size in columns]
        other_widths, other_full = _peaks(page)
        if other_full > _CLEARLY * full:
            return other_widths
        page.sizes = sizes
    return widths


def _columns(text: str) -> int:
    return 2 * len(text) - len(_NARROW(text))


def _peaks(page: RawPage) -> tuple[list[int], int]:
    """Return the sizes that many lines of a page have, most lines first, and how many lines have just one of these."""
    printed = [size + lead for size, lead in zip(page.sizes, page.leads, strict=True)]
    counts: Counter[int] = Counter()
    inside: Counter[int] = Counter()  # of lines that seem to go on with another that is nearly as long
    for i, size in enumerate(printed[:-1]):
        if page.follows[i + 1] and page.ends[i] != "T" and size in _WIDTHS:
            counts[size] += 1
            inside[size] += page.follows[i] and page.ends[i - 1] != "T" and printed[i - 1] >= size - _INDENT
    around = {size: count + (counts[size - 1] + counts[size + 1]) / 2 for size, count in counts.items()}
    number = len(printed)
    found: list[int] = []
    near = 0.0
    for size in sorted(around, key=lambda size: (-around[size], -size)):
        if around[size] < max(_PEAK * number, FEWEST / 2, _FURTHER * around[found[0]] if found else 0):
            break
        full = _full_size(size, counts, inside)
        if all(abs(full - other) > 1 for other in found):
            found.append(full)
            near += around[size] + (around[full] if full - size > 1 else 0)
    exact = sum(counts[size] for size in found)
    return (found[:_MOST_WIDTHS], exact) if near >= max(_FULL * number, FEWEST / 2) else ([], 0)


def _longest_alike(page: RawPage) -> list[int]:
    """Return the width of a page with few full lines: its longest lines are all of one size, and go on in the next.

    Where paragraphs are as short as two lines of a wide column, only some of them have a full one.
    """
    sizes = [len(text) + lead for text, lead in zip(page.texts, page.leads, strict=True)]
    longest = max(sizes)
    full = [i for i, size in enumerate(sizes[:-1]) if page.ends[i] != "T" and size > _HALF * longest]
    if len(full) < _ALIKE or longest not in _WIDTHS:
        return []
    if not all(sizes[i] == longest and page.follows[i + 1] for i in full):
        return []
    page.sizes = [len(text) for text in page.texts]
    breaks = Breaks(page.texts)
    return [longest] if sum([breaks.goes_on(i) for i in full]) > 0 else []


def _full_size(size: int, counts: Counter[int], inside: Counter[int]) -> int:
    """Return the width of the column in which a line of this size is full, or is the first line of a paragraph."""
    if inside[size] >= counts[size] / 2:
        return size
    wider = [size + more for more in range(1, _INDENT + 1) if inside[size + more] > counts[size + more] / 2]
    return max(wider, key=lambda other: inside[other]) if wider else size


def _join(lines: Sequence[Line], joined: Sequence[bool]) -> list[Line]:
    whole: list[Line] = []
    parts: list[str] = []
    for line, on in zip(lines, joined, strict=True):
        if on:
            last = whole[-1]
            parts.append(line.text)
            last.last, last.end = line.last, line.end
            continue
        if whole:
            whole[-1].text = "".join(parts)
        whole.append(line)
        parts = [line.text]
    whole[-1].text = "".join(parts)
    return whole
