"""Learn the weights for pages that lost full stops and write `src/jmtools/data/split_lost_stops.json`.

    python training/train_lost_stops.py DATA [--without FOLDER] [--runs N] [--out FILE]

DATA is the folder of labelled data. The pages are those from which `train_split.py` learns the chains for printed
pages and for text of databases and sites, each without a share of its sentence marks, or of all its marks, that is
drawn for it; pages on which `split` would not notice that are left out. With --without, writes to FOLDER what
`score_split.py` needs: the weights that know nothing of the papers that it scores (those for printed pages, which learn
nothing from these, are taken from the file of --out). Needs python-crfsuite, which the product does not.
"""

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from score_split import PAPERS, pages_without
from split_gold import LabelledPage
from split_learning import Chain, Learner, learn, mean, rounded, sentence
from split_sources import ROOT, SOURCES, load_sources
from split_variants import MARKS, SENTENCE_MARKS
from train_split import plan_of, write_row

from jmtools.pages.features import view_page
from jmtools.pages.roles import ROLES

_OUT = ROOT / "src/jmtools/data/split_lost_stops.json"
_SEED = 77
_ALL_MARKS, _EVERY_ONE = 0.2, 0.1  # shares of pages that lose any marks; that lose all of them
_LEAST, _MOST = 0.3, 0.7  # share of the marks of a page that are lost
_TIMES = 3  # that a page counts, at most


def lose(page: LabelledPage, rng: random.Random) -> LabelledPage:
    """Return a page without some of its marks."""
    marks = MARKS if rng.random() < _ALL_MARKS else SENTENCE_MARKS
    share = 1.0 if rng.random() < _EVERY_ONE else rng.uniform(_LEAST, _MOST)
    lines = []
    for line in page.lines:
        kept = "".join([char for char in line.text if char not in marks or rng.random() >= share])
        lines.append(replace(line, text=kept or line.text))
    return replace(page, lines=lines)


def learn_lost(pages: Sequence[LabelledPage], runs: int, *, bare: bool) -> Chain:
    """Learn a chain from nothing but pages that lost full stops: the mean of some runs."""
    learner, plan = Learner(pages, plan_of(SOURCES), 0, 1), plan_of(SOURCES)
    chains = []
    for run in range(runs):
        rng = random.Random(_SEED + run)
        found = learner.printed_pages(None, run)
        if bare:
            found = ((seen.page, times) for seen, times in learner.bare_pages(None, run))
        sentences = []
        for page, times in found:
            for _ in range(min(times, _TIMES)):
                view = view_page(lose(page, rng).lines, whole=bare, doubt=True)
                if view.lost:
                    sentences.append(sentence(view.with_lost(), page.roles))
        chains.append(learn(sentences, plan.first[bare]))
    return rounded(mean(chains))


def write_lost(path: Path, chains: Mapping[str, Chain]) -> None:
    """Write the weights of each kind of page with one feature a line."""
    blocks = []
    for kind, (features, transitions) in chains.items():
        rows = [write_row(name, features) for name in sorted(features)]
        steps = [write_row(name, transitions) for name in ROLES if name in transitions]
        rest = '{"transitions": {\n' + ",\n".join(steps) + '\n},\n"features": {\n' + ",\n".join(rows) + "\n}}"
        blocks.append(f'"{kind}": {rest}')
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", type=Path, metavar="FOLDER", help="learn without each paper, write to this folder")
    parser.add_argument("--runs", type=int, default=1, help="of which the weights are the mean")
    parser.add_argument("--out", type=Path, default=_OUT)
    args = parser.parse_args()
    if args.without is None:
        pages = load_sources(args.data)
        write_lost(args.out, {kind: learn_lost(pages, args.runs, bare=kind == "bare") for kind in ("bare", "printed")})
        return
    for paper in {paper.without[0]: paper for paper in PAPERS}.values():
        chain = learn_lost(pages_without(args.data, paper), args.runs, bare=True)
        printed = json.loads(args.out.read_text(encoding="utf-8"))["printed"]  # learned nothing from these papers
        chains = {"bare": chain, "printed": (printed["features"], printed["transitions"])}
        write_lost(args.without / f"lost-without-{paper.without[0]}.json", chains)


if __name__ == "__main__":
    main()
