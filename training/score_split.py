"""Score `jmtools split` on papers that nobody trained on: each is left out of the training in turn.

    python training/score_split.py DATA [--paper NAME] [--runs N] [--jobs N]

DATA is the folder of labelled data. For every paper of `papers/` the weights for text of databases and sites are
learned again without the pages and items of that paper, and of `daily1998` from the odd days alone; its pages (of
`daily1998` the even days) are split with them, and with the plainest rule: a short line without end punctuation starts
an article. All these pages are such text, so the weights for printed pages are those that the product has. For borders
that are decided several at once --weights takes what `train_borders.py --left-out` learned from what --keep wrote; of
`daily1998` one half of the even days is scored with what the other taught.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from split_gold import LabelledPage
from split_learning import Chain, Learner
from split_sources import ROOT, SOURCES, load_sources
from train_split import plan_of, read_chains, write_model

from jmtools.pages import Page, PageSplitter
from jmtools.pages.borders import BorderWeights, load_border_weights
from jmtools.pages.lost_weights import LostWeights
from jmtools.pages.model import RoleModel
from jmtools.pages.passes import SplitModel, load_model
from jmtools.pages.review import DOUBT

_MODEL = ROOT / "src/jmtools/data/split_model.json"
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_SURE = 0.9
_SHORT = 40  # characters: the plainest rule takes a shorter line without end punctuation for a headline


@dataclass(frozen=True, slots=True)
class Paper:
    """Pages that are scored with what was learned without some sources.

    Attributes:
        name: Its name.
        pages: Glob of its gold files in the folder of labelled data.
        without: Names of sources from which nothing is learned, among them those of the same paper.
        half: Whether nothing is learned from the even days of `daily1998`, and these alone are scored.
    """

    name: str
    pages: str
    without: tuple[str, ...] = ()
    half: bool = False


_HALVED = "daily1998"
_ITEMS = ("daily_2019_2020", "shenbao_1930_1949")
PAPERS = (  # those that leave out the same share one training
    Paper("Taiwan 2003", "papers/apple2003*", _ITEMS, half=True),
    Paper("Hong Kong 2004", "papers/hk2004*", _ITEMS, half=True),
    Paper("national 2019-20", "papers/rm20*", _ITEMS, half=True),
    Paper("Shanghai 1949", "papers/sb1949*", _ITEMS, half=True),
    Paper("national 1998", "daily1998/*", _ITEMS, half=True),
    Paper("national 1997", "papers/rm1997*", ("daily1998",)),
)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--paper", action="append", choices=[paper.name for paper in PAPERS])
    parser.add_argument("--weights", type=Path, metavar="FOLDER", help="learn nothing, use what --keep wrote there")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the weights that were learned")
    parser.add_argument("--runs", type=int, default=2, help="of which the first passes are the mean")
    parser.add_argument(
        "--composed", type=int, metavar="N", help="pages composed for a run, fewer than the product has"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    args = parser.parse_args()
    chosen = [paper for paper in PAPERS if args.paper is None or paper.name in args.paper]
    total: Counter[str] = Counter()
    models: dict[tuple[tuple[str, ...], bool], SplitModel] = {}
    sure: list[tuple[float, bool]] = []
    for paper in chosen:
        key = paper.without, paper.half
        if key not in models and args.weights:
            models[key] = load_left_out(args.weights, paper.without[0])
        if key not in models:
            chains = learn_without(args.data, paper, args.runs, args.jobs, args.composed)
            if args.keep:
                write_model(args.keep / f"without-{paper.without[0]}.json", chains)
            models[key] = SplitModel(*(RoleModel(*chain) for chain in chains))
        golds = sorted(args.data.glob(paper.pages + ".gold.jsonl"))
        if paper.pages.startswith(_HALVED):
            golds = [file for file in golds if is_even(file)]
        counts: Counter[str] = Counter()
        for gold in golds:
            models[key].borders = borders_without(args.weights, paper.without[0], gold.name)
            counts += score_pages(PageSplitter(model=models[key]), [gold], sure)
        print_counts(paper.name, counts)
        total += Counter() if paper.pages.startswith(_HALVED) else counts
    print_counts("papers/", total)
    for low, high in pairwise(_BINS):
        here = [right for confidence, right in sure if low <= confidence < high]
        share = sum(here) / (len(here) or 1)
        print(f"confidence {low:.2f}-{min(high, 1):.2f}  {len(here):5} records, right {share:.3f}")


def load_left_out(weights: Path, without: str) -> SplitModel:
    """Return the chains that were learned without a source, and what is known of lost full stops without it."""
    model = load_model(weights / f"without-{without}.json")
    lost = weights / f"lost-without-{without}.json"
    model.lost = LostWeights(lost) if lost.exists() else None
    return model


def borders_without(weights: Path | None, without: str, page: str) -> BorderWeights | None:
    """Return the weights of borders that were learned without a paper, or without days of `daily1998`, if any were.

    Args:
        weights: The folder in which `train_borders.py --left-out` left them.
        without: The source that the chain did not learn from.
        page: The name of a page that is split with them.
    """
    if weights is None:
        return None
    days = page.startswith(_HALVED) and without != _HALVED
    file = weights / (f"borders-days-{half_of(page)}.json" if days else f"borders-without-{without}.json")
    return load_border_weights(file) if file.exists() else None


def half_of(name: str) -> int:
    """Return to which half of the days of `daily1998` a page belongs.

    >>> half_of("daily1998/daily1998_0104_02"), half_of("daily1998_0106_01.gold.jsonl")
    (0, 1)
    """
    days = re.findall(r"_01(\d\d)", name)
    return int(days[0]) // 2 % 2 if days else 0


def learn_without(data: Path, paper: Paper, runs: int, jobs: int, composed: int | None = None) -> list[Chain]:
    """Return the chains of the product, those for text of databases and sites learned without what is of a paper."""
    plan = plan_of(SOURCES)
    if composed is not None:
        plan = replace(plan, composed=(0, composed // 4, composed))
    pages = pages_without(data, paper)
    printed, again, *_ = read_chains(_MODEL)
    first = Learner(pages, plan, 0, jobs, printed=printed).first_passes(runs)
    return [printed, again, *first.mean()[1:]]


def pages_without(data: Path, paper: Paper) -> list[LabelledPage]:
    """Return the labelled pages but those of a paper."""
    pages = load_sources(data, paper.without)
    return [page for page in pages if not paper.half or page.folder != _HALVED or not is_even(Path(page.name))]


def is_even(file: Path) -> bool:
    """Say whether the day in a name like `daily1998_0104_02` is even."""
    return int(re.split(r"[_.]", file.name)[1]) % 2 == 0


def score_pages(splitter: PageSplitter, golds: Iterable[Path], sure: list[tuple[float, bool]]) -> Counter[str]:
    """Count what is right on some pages, and of the errors at borders those of which a person is asked."""
    counts: Counter[str] = Counter()
    for gold in golds:
        text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt")).read_text(encoding="utf-8")
        items = {item["line_start"]: _kept(item) for item in map(json.loads, gold.read_text("utf-8").splitlines())}
        split = splitter.split(Page(text))
        found = {record["line_start"]: _kept(record) for record in split.records}
        rule = plainest_rule(text)
        counts["items"] += len(items)
        counts["headlines"] += sum(1 for headline, _ in items.values() if headline)
        for name, records in (("found", found), ("rule", rule)):
            counts[name] += len(records)
            counts[f"{name}_start"] += len(items.keys() & records.keys())
            counts[f"{name}_headline"] += sum(
                1 for start, (headline, _) in items.items() if headline and records.get(start, ("", []))[0] == headline
            )
            counts[f"{name}_exact"] += sum(1 for start, item in items.items() if records.get(start) == item)
        rights = [(record["confidence"], items.get(record["line_start"]) == _kept(record)) for record in split.records]
        sure += rights
        counts["sure"] += sum(confidence >= _SURE for confidence, _ in rights)
        counts["sure_right"] += sum(confidence >= _SURE and right for confidence, right in rights)
        for i, line in enumerate(split.lines):
            if (line.first in items) != (line.first in found):
                counts["wrong"] += 1
                counts["asked"] += DOUBT < split.decoded.start_probability(i) < 1 - DOUBT
    return counts


def _kept(record: dict[str, object]) -> tuple[str, list[str]]:
    paragraphs = record.get("paragraphs")
    parts = paragraphs if isinstance(paragraphs, list) else str(record["text"]).split("\n")
    whole = ["".join(str(part).split()) for part in parts]
    return "".join(str(record["headline"] or "").split()), [part for part in whole if part]


def plainest_rule(text: str) -> dict[int, tuple[str, list[str]]]:
    """Split a page at its short lines without end punctuation; those in a row are one headline."""
    records: dict[int, tuple[str, list[str]]] = {}
    above, start = False, 0
    for number, row in enumerate(text.split("\n"), 1):
        line = "".join(row.split())
        if not line:
            continue
        short = len(line) < _SHORT and line[-1] not in "。！？!?…；;”’」』"
        if short and not above:
            start = number
        headline, paragraphs = records.get(start, ("", []))
        records[start] = (headline + line, paragraphs) if short else (headline, [*paragraphs, line])
        above = short
    records.pop(0, None)
    return records


def print_counts(name: str, counts: Counter[str]) -> None:
    """Print one row of the table."""
    shown = []
    for which in ("found", "rule"):
        boundary = 2 * counts[f"{which}_start"] / (counts["items"] + counts[which] or 1)
        headline = counts[f"{which}_headline"] / (counts["headlines"] or 1)
        exact = counts[f"{which}_exact"] / (counts["items"] or 1)
        shown.append(f"{which:5} boundary {boundary:.3f}  headline {headline:.3f}  exact {exact:.3f}")
    asked = f"borders wrong {counts['wrong']}, asked {counts['asked']}"
    sure = f"confidence >= {_SURE}: {counts['sure']}, right {counts['sure_right'] / (counts['sure'] or 1):.3f}"
    print(f"{name:20} {counts['items']:5} items  {'  '.join(shown)}  {asked}  {sure}", flush=True)


if __name__ == "__main__":
    main()
