"""Learn how `jmtools split` decides several borders at once, and write `src/jmtools/data/split_borders.json`.

    python training/train_borders.py DATA --weights FOLDER [--left-out] [--out FILE]

DATA is the folder of labelled data; FOLDER has weights of the chain that were learned without some papers, as
`score_split.py --keep FOLDER` leaves them. Pages of these papers, and pages composed of their items with rows of
briefs, are decoded with weights that never saw them: what the chain leaves in doubt is then as it will be on other
pages. With --left-out, also writes to FOLDER what `score_split.py` needs: weights without a paper, or some of its days.
"""

import argparse
import itertools
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from score_split import half_of, is_even, load_left_out
from split_forms import compose_form, set_rows
from split_gold import LabelledPage, load_pages
from split_items import item_pages
from split_sources import ROOT
from split_synth import items_of

from jmtools.pages.brief_rows import Row, possible_rows
from jmtools.pages.features import view_page
from jmtools.pages.passes import SplitModel
from jmtools.pages.roles import STARTS
from jmtools.pages.ties import Ties
from jmtools.pages.whole_items import OpenBlock, open_blocks

_OUT = ROOT / "src/jmtools/data/split_borders.json"
_COMPOSED = 250  # pages of each paper
_SEED = 7
_RIDGE = {"rows": 0.1, "short": 30.0, "wide": 1.0}
# What counts alike in every paper.
_SHORT = (
    "border_tied_to_headline",
    "border_tied_to_item",
    "border_same_person",
    "border_said_first",
    "border_written_first",
    "item_one_subhead",
)
_HELD = {"border_same_person": 5.0, "border_said_first": 0.5, "border_written_first": 0.5, "item_one_subhead": 80.0}
_COUNTS = {"real": 2.0, "composed": 0.5}  # of rows, how often they count
_HALF = 0.5  # of the other days of the paper: the chain that decoded them knew less of it
_MOST = 10  # doubtful lines of a block: of more, the possible items are too many to list
_SMALL = 0.01

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """A decision with what speaks for each way to take it.

    Attributes:
        kind: `rows`, `short` or `wide`.
        source: The paper.
        page: The name of the page.
        count: How often it counts.
        options: What speaks for each way.
        right: The one that is right.
    """

    kind: str
    source: str
    page: str
    count: float
    options: Sequence[Mapping[str, float]]
    right: int


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--left-out", action="store_true", help="also learn without each paper")
    parser.add_argument("--out", type=Path, default=_OUT)
    args = parser.parse_args()
    examples = list(gather(args.data, args.weights))
    write(args.out, learn(examples))
    if args.left_out:
        for source in ("daily1998", "daily_2019_2020"):
            others = ("daily_2019_2020", "shenbao_1930_1949") if source != "daily1998" else (source,)
            write(args.weights / f"borders-without-{source}.json", learn(e for e in examples if e.source not in others))
        for half in (0, 1):
            kept = (e for e in examples if e.source != "daily1998" or (e.kind == "wide" and half_of(e.page) != half))
            write(args.weights / f"borders-days-{half}.json", learn(kept))


def gather(data: Path, weights: Path) -> Iterator[Example]:
    """Yield what the chain leaves to be decided on pages that it never saw."""
    papers, other = (load_left_out(weights, name) for name in ("daily_2019_2020", "daily1998"))
    pages = load_pages(data / "daily1998")
    even = [page for page in pages if is_even(Path(page.name))]
    odd = [page for page in pages if not is_even(Path(page.name))]
    items, old = (item_pages(data / "items" / f"{name}.jsonl") for name in ("daily_2019_2020", "shenbao_1930_1949"))
    for source, known, model, wide in (
        ("daily1998", even, papers, 1.0),
        ("daily1998", odd, other, _HALF),
        ("daily_2019_2020", items, papers, 0.0),
        ("shenbao_1930_1949", old, papers, 0.0),
    ):
        for page in known:
            yield from decisions(source, page, model, _COUNTS["real"], wide)
        rng = random.Random(_SEED)
        pool = items_of(known)
        for _ in range(_COMPOSED if len(known) > 50 else _COMPOSED // 4):
            page = set_rows(compose_form([pool], [1.0], rng), pool, rng)
            yield from decisions(source, page, model, _COUNTS["composed"], 0.0)
    for page in load_pages(data / "real"):
        yield from decisions("real", page, papers, _COUNTS["real"], 0.0)


def decisions(source: str, page: LabelledPage, model: SplitModel, rows: float, wide: float) -> Iterator[Example]:
    """Yield the decisions of a page.

    Args:
        source: The paper.
        page: The page.
        model: Weights that did not see it.
        rows: How often its rows count.
        wide: How often its short lines count, if its digits are of full width.
    """
    decoded = model.decode_by_chain(page.lines)
    if not decoded.bare:
        return
    around = view_page(page.lines).around
    ties = Ties(around)
    gold = {i for i, role in enumerate(page.roles) if role in STARTS}
    for row in possible_rows(around, ties, decoded):
        if row.rows:
            yield Example("rows", source, page.name, rows, row_options(row), right_row(row, gold))
    for block in open_blocks(around, ties, decoded):
        if len(block.borders) > _MOST:
            continue
        options, right = block_options(block, gold)
        yield Example("short", source, page.name, rows, options, right)
        if wide and decoded.wide:
            yield Example("wide", source, page.name, wide, options, right)


def row_options(row: Row) -> list[Mapping[str, float]]:
    """Return what speaks for a row that begins with each paragraph, and for none."""
    return [*(added([values, *row.lines[i:]]) for i, values in enumerate(row.rows)), {}]


def right_row(row: Row, gold: set[int]) -> int:
    """Return with which paragraph the row begins: all below it begin an item too."""
    first = len(row.places)
    while first and row.places[first - 1] in gold:
        first -= 1
    return min(first, len(row.rows))


def block_options(block: OpenBlock, gold: set[int]) -> tuple[list[Mapping[str, float]], int]:
    """Return what speaks for each set of doubtful lines to begin items, and which set is right."""
    doubtful = sorted(block.borders)
    options: list[Mapping[str, float]] = []
    right = 0
    for chosen in itertools.product((False, True), repeat=len(doubtful)):
        begins = set(itertools.compress(doubtful, chosen))
        places = [place for place in block.places if place not in block.borders or place in begins]
        if begins == gold & set(doubtful):
            right = len(options)
        items = [block.item(a, b) for a, b in itertools.pairwise(places)]
        options.append(added([*items, *(block.borders[i] for i in sorted(begins))]))
    return options, right


def added(parts: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    """Return the sum of some values, by name."""
    total: dict[str, float] = {}
    for part in parts:
        for name, value in part.items():
            total[name] = total.get(name, 0.0) + value
    return total


def learn(examples: Iterable[Example]) -> dict[str, Weights]:
    """Return the weights that make the right decisions most probable, held back by a ridge."""
    known = list(examples)
    return {
        kind: (fit_short if kind == "short" else fit)([e for e in known if e.kind == kind], ridge)
        for kind, ridge in _RIDGE.items()
    }


def fit_short(examples: Sequence[Example], ridge: float) -> Weights:
    """Fit what is added to the odds that the chain gives: nothing on average, for other papers have other averages."""
    tables = [np.array([[option.get(name, 0.0) for name in _SHORT] for option in e.options]) for e in examples]
    odds = [np.array([option.get("border_odds", 0.0) for option in e.options]) for e in examples]
    begins = [np.array([option.get("border", 0.0) for option in e.options]) for e in examples]
    held = np.array([ridge, *(_HELD.get(name, ridge) for name in _SHORT)])
    everything = np.concatenate(tables)
    spreads = everything.std(axis=0)
    share = np.concatenate(begins)
    means = (share @ everything) / (share @ share)

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = float(held @ weights**2), 2 * held * weights
        for e, table, odd, begin in zip(examples, tables, odds, begins, strict=True):
            scaled = np.column_stack([begin, (table - np.outer(begin, means)) / spreads])
            sums = odd + scaled @ weights
            factors = np.exp(sums - sums.max())
            chances = factors / factors.sum()
            total -= e.count * float(np.log(max(chances[e.right], 1e-300)))
            slope += e.count * (chances @ scaled - scaled[e.right])
        return total, slope

    found = minimize(cost, np.zeros(1 + len(_SHORT)), jac=True, method="L-BFGS-B").x[1:] / spreads
    weights = {name: round(float(weight), 2) for name, weight in zip(_SHORT, found, strict=True)}
    return {"border": round(-float(means @ found), 2), "border_odds": 1.0, **weights}


def fit(examples: Sequence[Example], ridge: float) -> Weights:
    """Fit one kind of decisions (a conditional logit)."""
    names = sorted({name for example in examples for option in example.options for name in option})
    tables = [np.array([[option.get(name, 0.0) for name in names] for option in e.options]) for e in examples]

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for example, table in zip(examples, tables, strict=True):
            sums = table @ weights
            factors = np.exp(sums - sums.max())
            chances = factors / factors.sum()
            total -= example.count * float(np.log(max(chances[example.right], 1e-300)))
            slope += example.count * (chances @ table - table[example.right])
        return total, slope

    found = minimize(cost, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True) if abs(weight) >= _SMALL}


def write(file: Path, weights: Mapping[str, Weights]) -> None:
    """Write weights, one a line."""
    file.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
