"""Doubtful borders: written as a list for a person to decide, and read back."""

from collections.abc import Iterable, Iterator

from jmtools.errors import DataError
from jmtools.fields.lazy_pattern import LazyPattern
from jmtools.io.encodings import decode_text
from jmtools.io.files import read_all
from jmtools.pages.passes import SplitModel
from jmtools.pages.splitting import Borders, SplitPage

DOUBT = 0.015
"""A border between this probability and its complement is doubtful."""

# Where a rule decides a line by its words, the probability that the weights alone give to the opposite. Measured
# (docs/benchmarks/split.md): 3 of 16 wrong borders were such lines on pages in manners that the rules do not know.
_OPPOSED = 0.3
_NEARLY = 1e-6

HEADER = """\
# Doubtful borders, as `jmtools split --review` found them. A line marked ? may begin an article: the figure is how
# likely that is. Change the ? to + where an article begins, to - where none does, and leave it where you do not know;
# then `jmtools split --apply THIS_FILE` splits accordingly. Other lines only show where you are.
"""
_CONTEXT = 2
_SHOWN = 60
_ROW = LazyPattern(r"([+\-?])\s*([0-9]{1,9})\b")


def doubtful_borders(split: SplitPage, model: SplitModel) -> Iterator[str]:
    """Yield the doubtful borders of a page as lines of text, nothing where there are none.

    Args:
        split: A page.
        model: The weights with which it was split.
    """
    lines = split.lines
    chances = _start_chances(split, model)
    doubtful = dict.fromkeys(i for i, chance in enumerate(chances) if i and DOUBT < chance < 1 - DOUBT)
    if not doubtful:
        return
    yield ""
    yield f"@ {split.key} {split.page.source or ''}".rstrip()
    shown = -1
    for i in doubtful:
        if i - _CONTEXT > shown + 1:
            yield ""
        for j in range(max(i - _CONTEXT, shown + 1), min(i + _CONTEXT, len(lines) - 1) + 1):
            text = lines[j].text
            text = text if len(text) <= _SHOWN else text[: _SHOWN // 2] + " … " + text[-_SHOWN // 2 :]
            mark = f"? {lines[j].first} ({chances[j]:.2f})" if j in doubtful else f"  {lines[j].first}"
            yield f"{mark} | {text}"
            shown = j


def _start_chances(split: SplitPage, model: SplitModel) -> list[float]:
    """Return how probable it is that each line begins an item; by the weights alone where they contradict a rule."""
    chances = [split.decoded.start_probability(i) for i in range(len(split.lines))]
    ruled = [i for i, chance in enumerate(chances) if min(chance, 1 - chance) < _NEARLY and i not in split.settled]
    if not ruled:
        return chances
    alone = model.decode_page(split.lines)
    for i in ruled:
        chance = alone.start_probability(i)
        if abs(chance - chances[i]) > _OPPOSED:
            chances[i] = min(max(chance, _OPPOSED), 1 - _OPPOSED)
    return chances


def load_borders(path: str) -> dict[str, Borders]:
    """Read what a person decided from a file."""
    return read_borders(decode_text(read_all(path), name=path).splitlines(), path)


def read_borders(rows: Iterable[str], name: str = "review") -> dict[str, Borders]:
    """Read what a person decided: for each page (by digest) the lines that do, or do not, begin an article.

    Raises:
        DataError: If a decision stands before the first page, or a line is marked but has no number.

    >>> read_borders(["@ 1f page.txt", "+ 12 (0.43) | 老街换新颜", "? 30 (0.50) | 图书馆"])
    {'1f': {12: True}}
    """
    borders: dict[str, dict[int, bool]] = {}
    page: dict[int, bool] | None = None
    for number, row in enumerate(rows, 1):
        if row.startswith("@"):
            parts = row.split()
            if len(parts) < 2:
                raise DataError(f"{name}: line {number}: @ without the page's key")
            page = borders.setdefault(parts[1], {})
        elif row[:1] in ("+", "-"):
            match = _ROW.match(row)
            if match is None or page is None:
                raise DataError(f"{name}: line {number}: expected `+ LINE | text` below a page's `@` line")
            page[int(match[2])] = match[1] == "+"
    return {key: decided for key, decided in borders.items() if decided}
