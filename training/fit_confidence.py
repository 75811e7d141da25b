"""Fit the table that `jmtools split` calls confidence, and print how right records of each confidence are.

    python training/fit_confidence.py DATA [--weights FOLDER]

DATA is the folder of labelled data. Every paper of `score_split.py` is split with weights that were learned without it
(read from FOLDER, where `score_split.py --keep FOLDER` and `train_borders.py --left-out` left them), and the simulated
pages of `dev/` with those of the product, which never saw them: as they are, wrapped hard, and with half of their marks
gone. Prints the table that goes into `jmtools/pages/confidence.py`, and for each paper how right its records are when
the table is fitted to the others.
"""

import argparse
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from score_split import PAPERS, half_of, is_even, load_left_out
from split_gold import Item, LabelledPage
from split_items import item_pages
from split_variants import words_of, write_page
from split_wraps import FORMS, load, wrap_page

from jmtools.fields.file_names import Folio
from jmtools.pages import Page, PageSplitter
from jmtools.pages.articles import assemble
from jmtools.pages.borders import load_border_weights
from jmtools.pages.confidence import SIGNS, signs
from jmtools.pages.model import Decoded

_VARIANTS = {"plain": 3.0, "wrapped": 1.0, "half of the sentence marks gone": 0.5, "half of all marks gone": 0.5}
_WIDTH = 24  # characters
_RIDGE, _ROUNDS = 0.02, 30
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_EVERY = {"daily_2019_2020": 3}  # pages
_SURE = 0.9
_DAYS = ("days-0", "days-1")  # of daily1998


@dataclass(frozen=True, slots=True)
class Row:
    """One record: of which paper and variant, its signs and flags, and whether it is right."""

    paper: str
    variant: str
    signs: tuple[float, ...]
    flags: tuple[str, ...]
    right: bool


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path, required=True, metavar="FOLDER")
    args = parser.parse_args()
    rows = [
        row
        for paper, splitter, page, items in labelled(args.data, args.weights)
        for variant in _VARIANTS
        for row in split_rows(paper, splitter, page, items, variant)
    ]
    base, weights = fit(rows)
    print(f"_BASE = {base:.2f}")
    print(f"_WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})  # {', '.join(SIGNS)}")
    left_out: list[tuple[Row, float]] = []
    for paper in sorted({row.paper for row in rows}):
        own = [row for row in rows if row.paper == paper]
        table = fit([row for row in rows if row.paper != paper])
        found = [(row, chance(row.signs, *table)) for row in own]
        left_out += found
        for variant in _VARIANTS:
            print_sure(paper, variant, [pair for pair in found if pair[0].variant == variant])
    for variant in _VARIANTS:
        print_bins(variant, [pair for pair in left_out if pair[0].variant == variant])
    print_flags([row for row in rows if row.variant == "plain"])


def labelled(data: Path, weights: Path) -> Iterator[tuple[str, PageSplitter, LabelledPage, Sequence[Item]]]:
    """Yield labelled pages with the paper they are of, and a splitter that did not learn from that paper."""
    known: dict[str, PageSplitter] = {}
    for paper in PAPERS:
        left_out = paper.without[0]
        splitter = known.setdefault(left_out, PageSplitter(model=load_left_out(weights, left_out)))
        borders = [load_border_weights(weights / f"borders-{name}.json") for name in (f"without-{left_out}", *_DAYS)]
        folder, _, names = paper.pages.partition("/")
        for page, items in load(data / folder):
            file = Path(page.name).name
            if Path(file).match(names) and (folder == "papers" or is_even(Path(file))):
                splitter.model.borders = borders[0 if folder == "papers" else 1 + half_of(file)]
                yield paper.name, splitter, page, items
        if folder != "papers":
            splitter.model.borders = borders[0]
            for source in paper.without:
                for page in item_pages(data / "items" / f"{source}.jsonl")[:: _EVERY.get(source, 1)]:
                    yield source, splitter, page, gold_of(page)
    product = PageSplitter()
    for page, items in load(data / "dev"):
        yield "dev", product, page, items


def gold_of(page: LabelledPage) -> list[Item]:
    """Return the records that the roles of a page make."""
    decoded = Decoded(page.roles, [{0: 1.0}] * len(page.roles), [()] * len(page.roles))
    return assemble("\n".join(line.text for line in page.lines), page.lines, decoded, Folio(), None)


def split_rows(
    paper: str, splitter: PageSplitter, page: LabelledPage, items: Sequence[Item], variant: str
) -> Iterator[Row]:
    """Yield the records of a page in a variant."""
    if variant == "wrapped":
        text, starts = wrap_page(page, FORMS["pdf"], _WIDTH)
        numbers = dict(zip((line.first for line in page.lines), starts, strict=True))
    else:
        text, numbers = write_page(page, variant)
    gold = {numbers.get(item["line_start"], 0): words_of(item) for item in items}
    split = splitter.split(Page(text))
    for record, found in zip(split.records, signs(split.records, split.lines, split.decoded), strict=True):
        if record["type"] != "folio":
            flags = tuple(record["flags"])
            yield Row(paper, variant, found, flags, gold.get(record["line_start"]) == words_of(record))


def fit(rows: Sequence[Row]) -> tuple[float, list[float]]:
    """Return a base and a weight for each sign that make what was right most probable (logistic regression).

    Each paper and variant counts by the root of the number of its records.
    """
    number = Counter((row.paper, row.variant) for row in rows)
    counts = np.array([_VARIANTS[row.variant] / math.sqrt(number[row.paper, row.variant]) for row in rows])
    counts *= 20 / counts.mean()
    table = np.array([(1.0, *row.signs) for row in rows])
    right = np.array([float(row.right) for row in rows])
    found = np.zeros(table.shape[1])
    for _ in range(_ROUNDS):  # Newton
        guess = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (counts * (right - guess)) - _RIDGE * found
        curve = (table * (counts * guess * (1 - guess))[:, None]).T @ table + _RIDGE * np.eye(len(found))
        found = found + np.linalg.solve(curve, slope)
    base, *weights = [round(float(weight), 2) for weight in found]
    return base, weights


def chance(found: Sequence[float], base: float, weights: Sequence[float]) -> float:
    """Return how sure a record with these signs is by a table."""
    return 1 / (1 + math.exp(-base - sum(weight * sign for weight, sign in zip(weights, found, strict=True))))


def print_sure(paper: str, variant: str, found: Sequence[tuple[Row, float]]) -> None:
    """Print how many records are sure, and how many of these are right."""
    sure = [row for row, value in found if value >= _SURE]
    share = sum(row.right for row in sure) / (len(sure) or 1)
    print(f"{paper:20} {variant:32} {len(found):5} records, sure {len(sure):5}, of these right {share:.3f}")


def print_bins(variant: str, found: Sequence[tuple[Row, float]]) -> None:
    """Print how right records of each confidence are."""
    print(variant)
    for low, high in pairwise(_BINS):
        here = [row.right for row, value in found if low <= value < high]
        share = sum(here) / (len(here) or 1)
        print(f"  {low:.2f}-{min(high, 1):.2f}  {len(here):5} records, right {share:.3f}")


def print_flags(rows: Sequence[Row]) -> None:
    """Print how often records with and without each flag are wrong."""
    number = Counter(flag for row in rows for flag in row.flags)
    for flag, count in sorted(number.items()):
        flagged, others = (sum(not row.right for row in rows if (flag in row.flags) == has) for has in (True, False))
        without = others / (len(rows) - count)
        print(f"{flag:22} {count:5} records, wrong {flagged / count:.2f}, without {without:.2f}")


if __name__ == "__main__":
    main()
