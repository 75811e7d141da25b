"""Learn the weights of `jmtools split` from labelled pages and write `src/jmtools/data/split_model.json`.

    python benchmarks/train_split.py FOLDER [FOLDER ...] [--weight real=4] [--out FILE]

Every folder holds pages (`NAME.txt`) with gold articles (`NAME.gold.jsonl`, one object a line with `type`,
`line_start`, `headline`, `byline`, `subheads`, `paragraphs`, `captions`). Needs python-crfsuite, which the product
does not.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pycrfsuite
from split_gold import LabelledPage, load_pages

from jmtools.pages.features import page_features
from jmtools.pages.roles import ROLES

_SMALLEST = 0.02  # weights nearer to nothing than this are left out of the file


def train(
    pages: Iterable[LabelledPage], model_file: Path, *, c1: float = 0.05, c2: float = 0.3, iterations: int = 120
) -> None:
    """Train on labelled pages and write the weights as JSON."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for page in pages:
        trainer.append(
            [[name for group in groups for name in group] for groups in page_features(page.lines)], page.roles
        )
    trainer.set_params(
        {"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_transitions": True, "feature.minfreq": 3}
    )
    with tempfile.NamedTemporaryFile(suffix=".crf") as scratch:
        trainer.train(scratch.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(scratch.name)
        info = tagger.info()
    features: dict[str, dict[str, float]] = {}
    for (name, role), weight in info.state_features.items():
        if abs(weight) >= _SMALLEST:
            features.setdefault(name, {})[role] = round(weight, 3)
    transitions: dict[str, dict[str, float]] = {}
    for (before, role), weight in info.transitions.items():
        transitions.setdefault(before, {})[role] = round(weight, 3)
    write_model(model_file, features, transitions)


def write_model(path: Path, features: dict[str, dict[str, float]], transitions: dict[str, dict[str, float]]) -> None:
    """Write a model with one feature a line, so that a person can read it and a diff shows what changed."""
    rows = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(_by_role(features[name]))}" for name in sorted(features)
    ]
    steps = [
        f"  {json.dumps(name)}: {json.dumps(_by_role(transitions[name]))}" for name in ROLES if name in transitions
    ]
    path.write_text(
        '{"format": 1,\n"roles": ' + json.dumps(ROLES) + ',\n"transitions": {\n' + ",\n".join(steps)
        + '\n},\n"features": {\n' + ",\n".join(rows) + "\n}}\n",
        encoding="utf-8",
    )  # fmt: skip


def _by_role(weights: dict[str, float]) -> dict[str, float]:
    return {role: weights[role] for role in ROLES if role in weights}


def gather(folders: Sequence[Path], weights: dict[str, int]) -> list[LabelledPage]:
    """Read the pages of some folders, those of some folders several times."""
    pages = []
    for folder in folders:
        pages += load_pages(folder) * weights.get(folder.name, 1)
    return pages


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--weight", action="append", default=[], metavar="FOLDER=N", help="use a folder N times")
    parser.add_argument("--out", type=Path, default=Path("src/jmtools/data/split_model.json"))
    parser.add_argument("--c1", type=float, default=0.05)
    parser.add_argument("--c2", type=float, default=0.3)
    parser.add_argument("--iterations", type=int, default=120)
    args = parser.parse_args()
    weights = {name: int(times) for name, _, times in (item.partition("=") for item in args.weight)}
    train(gather(args.folders, weights), args.out, c1=args.c1, c2=args.c2, iterations=args.iterations)


if __name__ == "__main__":
    main()
