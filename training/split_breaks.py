"""Learn which lines without an end mark go on below, and write `src/jmtools/data/line_breaks.json`.

    python training/split_breaks.py DATA [--without SOURCE ...] [--out FILE]

DATA is the folder of labelled data. Pairs of characters are counted in the paragraphs of all sources (papers that
`score_split.py` leaves out are none of them). The weights are learned from pages of some that lost half of their
sentence marks, or of all marks, at random: which lines without an end mark are text, and which of these go on below.
A line that has such a mark in the paper's own print, and none on the page, ends its sentence; a part of a broken
paragraph goes on in the next part.
"""

import argparse
import itertools
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from split_gold import LabelledPage
from split_sources import ROOT, load_sources
from split_variants import VARIANTS
from split_wraps import FORMS, wrap_page

from jmtools.pages.line_breaks import EDGES, LONGEST_HEADLINE, MEETS, Breaks, BreakTable
from jmtools.pages.lines import page_lines
from jmtools.pages.lost_stops import SHORTEST, may_end
from jmtools.pages.reading import read_lines
from jmtools.pages.shapes import complete
from jmtools.pages.stops import is_long

_OUT = ROOT / "src/jmtools/data/line_breaks.json"
_VARIANTS = ("half of the sentence marks gone", "half of all marks gone")
# Of the pages of each source that are learned from, every so manyth.
_EVERY = {
    "train": 3,
    "train_b": 6,
    "real": 1,
    "print": 1,
    "seeds": 1,
    "database": 2,
    "site": 2,
    "daily1998": 4,
    "daily_2019_2020": 4,
}
_WRAPPED = {"train_b": 16, "real": 2, "daily1998": 16, "daily_2019_2020": 24, "print": 4}
_FORMS, _WIDTHS = ("flush", "pdf_all"), (14, 20)
_SENTENCE, _CLOSING, _OPENING = "。！？；", "”’》）", "“‘（《"
_SEEN = 25  # occurrences of a character
_PAIR_SEEN, _MEETS_SEEN = 12, 6  # of two
_PRIOR = 6.0  # occurrences of two characters that count as much as what the one at the edge says
_TELLING = 0.45  # nats by which two characters say something else than one
_PARAGRAPH = 2  # that the beginning of a paragraph counts as often as that of a sentence inside it
_RIDGE = 3.0

Options = Sequence[Mapping[str, float]]


class Counts:
    """Where characters stand in sentences."""

    def __init__(self) -> None:
        self.one: Counter[str] = Counter()
        self.two: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.begins: Counter[str] = Counter()

    def add(self, text: str, *, begins: bool) -> None:
        """Count the characters of a line of text, which begins a paragraph or not."""
        self.one.update(text)
        self.two.update(map("".join, pairwise(text)))
        if begins:
            self._begin(text, _PARAGRAPH)
        for i, char in enumerate(text):
            if char in _SENTENCE:
                above = text[:i].rstrip(_CLOSING)[-2:] if i > 1 and text[i - 1] in _CLOSING else text[max(i - 2, 0) : i]
                self.ends[above] += 1
                self._begin(text[i + 1 : i + 8].lstrip(_CLOSING), 1)

    def _begin(self, text: str, times: int) -> None:
        self.begins[text.lstrip(_OPENING)[:2]] += times


def edge_rows(counts: Counts, edge: Counter[str], place: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the levels of characters, and of two where these say something else, at one edge of sentences."""
    single: Counter[str] = Counter()
    for pair, times in edge.items():
        if len(pair) == 2:
            single[pair[place]] += times
    usual = single.total() / counts.one.total()
    shares = {char: (single[char] + _PRIOR * usual) / (seen + _PRIOR) for char, seen in counts.one.items()}
    one: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    levels = {char: _nearest(_compare(shares[char], usual)) for char, seen in counts.one.items() if _told(char, seen)}
    for char, level in sorted(levels.items()):
        one[""][level].append(char)
    two: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair, seen in sorted(counts.two.items()):
        char = pair[place]
        if seen >= _PAIR_SEEN and char in levels and all(map(_is_han, pair)):
            value = _compare((edge[pair] + _PRIOR * shares[char]) / (seen + _PRIOR), usual)
            if abs(value - EDGES[levels[char]]) >= _TELLING:
                two[pair[0]][_nearest(value)].append(pair[1])
    return _rows(one, len(EDGES)), _rows(two, len(EDGES))


def meeting_rows(counts: Counts) -> dict[str, str]:
    """Return how firmly characters belong to those above them."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for char, seen in sorted(counts.one.items()):
        if _told(char, seen):
            found[char] = defaultdict(list)
    steps = [MEETS[0] - (MEETS[1] - MEETS[0]) / 2, *[(a + b) / 2 for a, b in pairwise(MEETS)]]
    for pair, times in sorted(counts.two.items()):
        if times >= _MEETS_SEEN and all(map(_is_han, pair)) and pair[0] in found:
            shared = math.log(times * counts.one.total() / (counts.one[pair[0]] * counts.one[pair[1]]))
            if shared >= steps[0]:
                found[pair[0]][sum(shared >= step for step in steps) - 1].append(pair[1])
    return _rows(found, len(MEETS))


def _told(char: str, seen: int) -> bool:
    return seen >= _SEEN and _is_han(char)


def _is_han(char: str) -> bool:
    return "一" <= char <= "龥"


def _compare(share: float, usual: float) -> float:
    share = min(share, 0.98)
    return math.log(share / (1 - share)) - math.log(usual / (1 - usual))


def _nearest(value: float) -> int:
    return min(range(len(EDGES)), key=lambda level: abs(EDGES[level] - value))


def _rows(found: Mapping[str, Mapping[int, list[str]]], levels: int) -> dict[str, str]:
    return {
        first: "\t".join("".join(row.get(level, ())) for level in range(levels)).rstrip("\t")
        for first, row in found.items()
    }


def count(pages: Iterable[LabelledPage]) -> Counts:
    """Count the characters of the text of pages."""
    counts = Counts()
    for page in pages:
        for text, role in zip(read_lines([line.text for line in page.lines]), page.roles, strict=True):
            if role in "POME":
                counts.add(text, begins=role in "PO")
    return counts


def wraps_of(pages: Iterable[LabelledPage], table: BreakTable) -> Iterator[tuple[Options, int]]:
    """Yield what speaks for lines of wrapped pages going on in the next one, and whether (0) or not (1) they do."""
    for page in pages:
        for form, width in itertools.product(_FORMS, _WIDTHS):
            text, starts = wrap_page(page, FORMS[form], width)
            lines = page_lines(text)
            breaks = Breaks(texts := read_lines([line.text for line in lines]), table)
            begins = set(starts)
            for i, below in enumerate(lines[1:]):
                if not below.gap and not complete(texts[i]):
                    yield [breaks.wrapped(i), {}], int(below.first in begins)


def without_prior(weights: dict[str, float], decisions: Sequence[tuple[Options, int]]) -> dict[str, float]:
    """Return weights without what they say of how often lines go on: a page's sizes of lines say that."""
    for name in ("any", "pause"):
        rights = [right for options, right in decisions if name in options[0]]
        weights[name] = round(weights[name] - math.log((rights.count(0) + 1) / (rights.count(1) + 1)), 2)
    return weights


def degraded(pages: Iterable[LabelledPage], table: BreakTable) -> Iterator[tuple[LabelledPage, list[str], Breaks]]:
    """Yield pages that lost marks, with the lines that they have now."""
    for page in pages:
        for variant in _VARIANTS:
            lines = VARIANTS[variant]([(line.text, line.gap) for line in page.lines], random.Random(page.name))
            texts = read_lines([text for text, _ in lines])
            yield page, texts, Breaks(texts, table)


def breaks_of(pages: Iterable[LabelledPage], table: BreakTable) -> Iterator[tuple[Options, int]]:
    """Yield what speaks for each way in which lines without an end mark may go on, and which one is right."""
    for page, texts, breaks in degraded(pages, table):
        for i, text in enumerate(texts):
            right = _goes_on_at(page.roles, i)
            if is_long(text) and may_end(text) and right is not None and (right or complete(page.lines[i].text)):
                options = breaks.options(i)
                if right < len(options):
                    yield options, right


def texts_of(pages: Iterable[LabelledPage], table: BreakTable) -> Iterator[tuple[Options, int]]:
    """Yield what speaks for a line without an end mark being text, and whether (0) or not (1) it is."""
    for page, texts, breaks in degraded(pages, table):
        for i, text in enumerate(texts):
            if SHORTEST <= len(text) <= LONGEST_HEADLINE and may_end(text):
                yield [breaks.looks(i), {}], int(page.roles[i] not in "POME")


def _goes_on_at(roles: Sequence[str], i: int) -> int | None:
    """Return after how many lines a line goes on, 0 if its sentence ends there, None if that is not known."""
    if roles[i] not in "OM":
        return 0
    return next((j - i for j in range(i + 1, len(roles)) if roles[j] in "ME"), None)


def learn(decisions: Sequence[tuple[Options, int]]) -> dict[str, float]:
    """Return the weights under which what is right is most probable, held back."""
    names = sorted({name for options, _ in decisions for option in options for name in option})
    places = {name: place for place, name in enumerate(names)}
    rows = np.zeros((sum(len(options) for options, _ in decisions), len(names)))
    starts, gold = [], []
    at = 0
    for options, right in decisions:
        starts.append(at)
        gold.append(at + right)
        for option in options:
            for name, value in option.items():
                rows[at, places[name]] = value
            at += 1
    sizes = np.diff([*starts, at])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        totals = rows @ weights
        totals -= np.repeat(np.maximum.reduceat(totals, starts), sizes)
        factors = np.exp(totals)
        wholes = np.add.reduceat(factors, starts)
        shares = factors / np.repeat(wholes, sizes)
        missing = np.log(wholes).sum() - totals[gold].sum()
        slope = rows.T @ shares - rows[gold].sum(axis=0)
        return missing + _RIDGE / 2 * weights @ weights, slope + _RIDGE * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True)}


def _some(pages: Sequence[LabelledPage], every: Mapping[str, int]) -> list[LabelledPage]:
    return [page for folder, step in every.items() for page in [one for one in pages if one.folder == folder][::step]]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", action="append", default=[], metavar="SOURCE")
    parser.add_argument("--out", type=Path, default=_OUT)
    args = parser.parse_args()
    pages = load_sources(args.data, args.without)
    counts = count(pages)
    end, ends = edge_rows(counts, counts.ends, 1)
    begin, begins = edge_rows(counts, counts.begins, 0)
    table = BreakTable({}, {}, {}, end, ends, begin, begins, meeting_rows(counts))
    chosen = _some(pages, _EVERY)
    weights, text = learn(list(breaks_of(chosen, table))), learn(list(texts_of(chosen, table)))
    wraps = list(wraps_of(_some(pages, _WRAPPED), table))
    wrapped = without_prior(learn(wraps), wraps)
    parts = (weights, text, wrapped, end, ends, begin, begins, table.meets)
    data = dict(zip(BreakTable.__dataclass_fields__, parts, strict=True))
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(args.out, args.out.stat().st_size, "bytes;", weights, text, wrapped)


if __name__ == "__main__":
    main()
