"""Learn the weights of `jmtools split` from labelled pages and write `src/jmtools/data/split_model.json`.

    python benchmarks/train_split.py FOLDER [FOLDER ...] [--weight real=4] [--jobs N] [--out FILE]

Every folder holds pages (`NAME.txt`) with gold articles (`NAME.gold.jsonl`, one object a line with `type`,
`line_start`, `headline`, `byline`, `subheads`, `paragraphs`, `captions`). Needs python-crfsuite, which the product
does not.
"""

import argparse
import json
import random
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from split_gold import LabelledPage, load_pages
from split_synth import compose, items_of

from jmtools.pages.evidence import chances_of, weigh_articles
from jmtools.pages.features import view_page
from jmtools.pages.model import RoleModel, Values
from jmtools.pages.roles import ROLES

_SMALLEST = 0.02  # weights nearer to nothing than this are left out of the file


Weights = dict[str, dict[str, float]]
Sentence = tuple[list[Values], list[str]]


@dataclass(frozen=True, slots=True)
class Training:
    """How much the weights are held back, and how long is searched for them."""

    c1: float = 0.05
    c2: float = 0.3
    iterations: int = 120


def train(
    runs: Sequence[Sequence[LabelledPage]], model_file: Path, how: Training, how_again: Training, jobs: int = 1
) -> None:
    """Train both passes on labelled pages and write the weights as JSON.

    The second pass learns from what a first pass says of pages that it has not seen: each half of the pages is decoded
    with weights learned on the other half.

    Args:
        runs: Pages to learn from, several times where several runs of the first pass are to be averaged.
        model_file: Where the weights go.
        how: How the first pass learns.
        how_again: How the second does.
        jobs: Processes; the weights are the same with any number.
    """
    halves = split_halves(runs[0])
    with ProcessPoolExecutor(jobs) as pool:
        *learned, one, other = pool.map(learn_first, [*runs, *halves], [how] * (len(runs) + 2))
    again = [page for pages, weights in zip(halves, (other, one), strict=True) for page in second_view(pages, weights)]
    write_model(model_file, [mean_weights(learned), learn(again, how_again)])


def train_bare(pages: Sequence[LabelledPage], model_file: Path, how: Training, jobs: int = 1) -> None:
    """Add to a model the chain for text as databases and papers' own sites keep it.

    It is the mean of the model's first pass and of two chains, each learned on one half of the pages.
    """
    data = json.loads(model_file.read_text(encoding="utf-8"))
    first, second = [(one["features"], one["transitions"]) for one in data["passes"][:2]]
    with ProcessPoolExecutor(jobs) as pool:
        learned = list(pool.map(learn_first, split_halves(pages), [how] * 2))
    write_model(model_file, [first, second, mean_weights([first, mean_weights(learned)])])


def split_halves(pages: Sequence[LabelledPage]) -> list[list[LabelledPage]]:
    """Return the two halves of some pages."""
    return [[page for i, page in enumerate(pages) if _half(page, i) == half] for half in (0, 1)]


def learn_first(pages: Sequence[LabelledPage], how: Training) -> tuple[Weights, Weights]:
    """Learn the first pass from some pages."""
    return learn([_sentence(view_page(page.lines, whole=True).groups, page.roles) for page in pages], how)


def second_view(pages: Sequence[LabelledPage], weights: tuple[Weights, Weights]) -> list[Sentence]:
    """Return some pages as the second pass sees them, decoded with weights that were learned elsewhere."""
    model = RoleModel(*weights)
    seen: list[Sentence] = []
    for page in pages:
        view = view_page(page.lines)
        decoded = model.decode(view.groups)
        seen.append(_sentence(weigh_articles(view.around, decoded), page.roles, chances_of(decoded)))
    return seen


_COMPOSED = ("composed0", "composed4")
"""Names of composed pages, the first of which `_half` puts into the first half."""


def mean_weights(runs: Sequence[tuple[Weights, Weights]]) -> tuple[Weights, Weights]:
    """Return the mean of the weights of several runs, which differ in what they were composed of."""
    means: list[Weights] = [{}, {}]
    for run in runs:
        for mean, weights in zip(means, run, strict=True):
            for name, row in weights.items():
                own = mean.setdefault(name, {})
                for role, weight in row.items():
                    own[role] = round(own.get(role, 0.0) + weight / len(runs), 4)
    return means[0], means[1]


def _half(page: LabelledPage, place: int) -> int:
    """Keep copies of one page, and pages of one source, in one half."""
    return zlib.crc32((page.name or str(place)).encode()) % 2


def _sentence(
    groups: Sequence[Sequence[Sequence[str]]], roles: list[str], values: Sequence[Values] | None = None
) -> Sentence:
    lines = [{name: 1.0 for group in line for name in group} for line in groups]
    for line, own in zip(lines, values or (), strict=False):
        line.update(own)
    return lines, roles


def learn(sentences: Iterable[Sentence], how: Training) -> tuple[Weights, Weights]:
    """Learn the weights of a chain: of features for roles, and of roles for the role that follows."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, roles in sentences:
        trainer.append(features, roles)
    options = {"c1": how.c1, "c2": how.c2, "max_iterations": how.iterations}
    trainer.set_params({**options, "feature.possible_transitions": True, "feature.minfreq": 3})
    with tempfile.NamedTemporaryFile(suffix=".crf") as scratch:
        trainer.train(scratch.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(scratch.name)
        info = tagger.info()
    features: Weights = {}
    for (name, role), weight in info.state_features.items():
        if abs(weight) >= _SMALLEST:
            features.setdefault(name, {})[role] = round(weight, 3)
    transitions: Weights = {}
    for (before, role), weight in info.transitions.items():
        transitions.setdefault(before, {})[role] = round(weight, 3)
    return features, transitions


def write_model(path: Path, passes: Sequence[tuple[Weights, Weights]]) -> None:
    """Write a model with one feature a line, so that a person can read it and a diff shows what changed."""
    blocks = []
    for features, transitions in passes:
        rows = [_row(name, features) for name in sorted(features)]
        steps = [_row(name, transitions) for name in ROLES if name in transitions]
        blocks.append('{"transitions": {\n' + ",\n".join(steps) + '\n},\n"features": {\n' + ",\n".join(rows) + "\n}}")
    roles = json.dumps(ROLES, ensure_ascii=False)
    text = '{"format": 1,\n"roles": ' + roles + ',\n"passes": [\n' + ",\n".join(blocks) + "\n]}\n"
    path.write_text(text, encoding="utf-8")


def _row(name: str, weights: Weights) -> str:
    return f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(_by_role(weights[name]))}"


def _by_role(weights: dict[str, float]) -> dict[str, float]:
    return {role: weights[role] for role in ROLES if role in weights}


def gather(folders: Sequence[Path], weights: dict[str, int]) -> list[LabelledPage]:
    """Read the pages of some folders, those of some folders several times."""
    pages = []
    for folder in folders:
        pages += load_pages(folder) * weights.get(folder.name, 1)
    return pages


def compose_pages(pages: Sequence[LabelledPage], number: int, run: int) -> list[LabelledPage]:
    """Compose new pages, each of items of one half, so that a half stays unseen by what is learned on the other."""
    composed = []
    for half, name in enumerate(_COMPOSED):
        rng = random.Random(2 * run + half)
        items = items_of([page for i, page in enumerate(pages) if _half(page, i) == half])
        composed += [compose(items, rng, name) for _ in range(number // 2)]
    return composed


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--weight", action="append", default=[], metavar="FOLDER=N", help="use a folder N times")
    parser.add_argument("--out", type=Path, default=Path("src/jmtools/data/split_model.json"))
    parser.add_argument("--compose", type=int, default=0, metavar="N", help="add N pages made of the items of all")
    parser.add_argument("--runs", type=int, default=1, help="average so many runs of the first pass")
    parser.add_argument("--bare", action="store_true", help="only add the chain for text of databases and sites")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth page of TRAIN and TRAIN_B")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    parser.add_argument("--c1", type=float, default=0.05)
    parser.add_argument("--c2", type=float, default=0.3)
    parser.add_argument("--second-c2", type=float, default=1.0)
    parser.add_argument("--iterations", type=int, default=120)
    args = parser.parse_args()
    weights = {name: int(times) for name, _, times in (item.partition("=") for item in args.weight)}
    pages = gather(args.folders, weights)
    plain = gather(args.folders, {})
    if args.bare:
        few = [page for i, page in enumerate(pages) if not page.name.startswith("train") or i % args.every == 0]
        how = Training(args.c1, args.c2, args.iterations)
        train_bare(few + compose_pages(plain, args.compose, 0), args.out, how, args.jobs)
        return
    runs = [pages + compose_pages(plain, args.compose, run) for run in range(args.runs)]
    train(runs, args.out, Training(args.c1, args.c2, args.iterations), Training(args.c1, args.second_c2, 80), args.jobs)


if __name__ == "__main__":
    main()
