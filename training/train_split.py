"""Learn the weights of `jmtools split` from labelled pages and write `src/jmtools/data/split_model.json`.

    python training/train_split.py DATA [--leave-out SOURCE] [--score SCORER] [--jobs N] [--out FILE]

DATA is the folder of labelled data; `split_sources.py` says what is read from it and from this repository. Pages are
`NAME.roles` as in `training/pages/`, or `NAME.txt` with gold articles (`NAME.gold.jsonl`, one object a line with
`type`, `line_start`, `headline`, `byline`, `subheads`, `paragraphs`, `captions`). With --score, prints how right the
folds are that were decoded with what was learned on the others. Needs python-crfsuite, which the product does not.
"""

import argparse
import itertools
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import compress
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
from bench_split import print_shares, right_records
from split_gold import LabelledPage
from split_learning import Chain, Learner, Plan, Weights, mean, rounded
from split_sources import SOURCES, Source, load_sources

from jmtools.fields.file_names import Folio
from jmtools.pages.articles import assemble
from jmtools.pages.confidence import probabilities
from jmtools.pages.model import Decoded
from jmtools.pages.roles import ROLES

_BINS = (0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.93, 0.97, 0.99, 0.997, 1.01)
# Classes of the usual paragraph of a page, as in features like `unit2&1&0`: below 60 characters.
_SHORT_PARAGRAPHS = (0, 1)
_UNITS, _PLACES = 6, "1flm"  # of such features: shares of texts of one paragraph, places of a short line in its run
_FIGURES = ("boundary", "headline", "subhead", "caption", "paragraph", "exact")


def write_model(path: Path, passes: Sequence[Chain]) -> None:
    """Write a model with one feature a line, so that a person can read it and a diff shows what changed."""
    blocks = []
    for features, transitions in passes:
        rows = [write_row(name, features) for name in sorted(features)]
        steps = [write_row(name, transitions) for name in ROLES if name in transitions]
        blocks.append('{"transitions": {\n' + ",\n".join(steps) + '\n},\n"features": {\n' + ",\n".join(rows) + "\n}}")
    roles = json.dumps(ROLES, ensure_ascii=False)
    text = '{"format": 2,\n"roles": ' + roles + ',\n"passes": [\n' + ",\n".join(blocks) + "\n]}\n"
    path.write_text(text, encoding="utf-8")


def write_row(name: str, weights: Weights) -> str:
    """Return the weights of a feature as a row of a file."""
    row = {role: weights[name][role] for role in ROLES if role in weights[name]}
    return f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}"


def score(scorer: Path, folders: Sequence[Path], found: Sequence[tuple[LabelledPage, Decoded]], name: str) -> None:
    """Print the figures of pages with gold articles, by folder and kind, and the share of right records by probability.

    The kind of a page is what its name begins with, up to the first digit.
    """
    places = {folder.name: folder for folder in folders}
    groups: dict[str, list[str]] = defaultdict(list)
    sure: list[tuple[float, bool]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for page, decoded in found:
            if page.folder not in places:
                continue
            gold = places[page.folder] / f"{page.name.rpartition('/')[2]}.gold.jsonl"
            if not gold.exists():
                continue
            text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt")).read_text(encoding="utf-8")
            items = [json.loads(row) for row in gold.read_text("utf-8").splitlines()]
            records = assemble(text, page.lines, decoded, Folio(), None)
            chances, rights = probabilities(records, page.lines, decoded), right_records(records, items)
            types = {item["type"] for item in items}
            wanted = [record["type"] in types or record["type"] != "folio" for record in records]
            kept = list(compress(records, wanted))
            sure += compress(zip(chances, rights, strict=True), wanted)
            predicted = Path(scratch) / f"{page.name.replace('/', ' ')}.jsonl"
            predicted.write_text("".join(json.dumps(record) + "\n" for record in kept), encoding="utf-8")
            groups[_kind(page)] += [str(gold), str(predicted)]
        for kind, pairs in sorted(groups.items()):
            command = [sys.executable, str(scorer), "--json", *pairs]
            figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            shown = "  ".join(f"{figure} {figures[figure]:.3f}" for figure in _FIGURES)
            print(f"{name:8} {kind:12} {figures['articles']:5} items  {shown}", flush=True)
    print_shares(sure, _BINS, f"{name:8} probability")


def _kind(page: LabelledPage) -> str:
    return page.folder + " " + re.split(r"\d", page.name.rpartition("/")[2])[0]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--leave-out", action="append", default=[], metavar="SOURCE", help="learn nothing from it")
    parser.add_argument("--out", type=Path, help="where the weights go")
    parser.add_argument("--score", type=Path, metavar="SCORER", help="print crosswise figures of this program")
    parser.add_argument(
        "--keep-printed", type=Path, metavar="FILE", help="learn nothing for printed pages, take what this model has"
    )
    parser.add_argument(
        "--share-printed",
        type=float,
        default=0.0,
        metavar="X",
        help="with --keep-printed: learn the first of its chains too; what the new one counts in the mean of both",
    )
    parser.add_argument(
        "--blend", type=Path, metavar="FILE", help="take the mean with this model, but for the chains of printed pages"
    )
    parser.add_argument("--share", type=float, default=0.35, metavar="X", help="of what is learned anew in that mean")
    parser.add_argument(
        "--lean", type=float, default=0.0, metavar="X", help="take this from subheads on pages of short paragraphs"
    )
    parser.add_argument("--folds", type=int, default=2, metavar="N")
    parser.add_argument("--runs", type=int, default=3, help="from all pages, of which the first passes are the mean")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    args = parser.parse_args()
    pages = load_sources(args.data, args.leave_out)
    kept = read_chains(args.keep_printed)[:2] if args.keep_printed else None
    printed = kept[0] if kept and not args.share_printed else None
    learner = Learner(pages, plan_of(SOURCES), 0 if kept else args.folds, args.jobs, printed=printed)
    first = learner.first_passes(args.runs if args.out else 0)
    folds = learner.unseen(first)
    if args.score:
        folders = [args.data / source.path for source in SOURCES if not source.own]
        score(args.score, folders, [(one.page, one.decoded) for fold in folds for one in fold], "first")
        score(args.score, folders, learner.crosswise(folds), "both")
    if args.out:
        printed, bare, wide = first.mean()
        if kept and args.share_printed:
            [printed] = blend(kept[:1], [printed], args.share_printed)
        if args.blend:
            bare, wide = blend(read_chains(args.blend)[2:], [bare, wide], args.share)
        bare, wide = (lean(chain, args.lean) for chain in (bare, wide))
        again = kept[1] if kept else learner.second_pass(folds)
        write_model(args.out, [printed, again, bare, wide])


def read_chains(path: Path) -> list[Chain]:
    """Read the chains of a model."""
    passes = json.loads(path.read_text(encoding="utf-8"))["passes"]
    return [(one["features"], one["transitions"]) for one in passes]


def blend(before: Sequence[Chain], new: Sequence[Chain], share: float) -> list[Chain]:
    """Return the mean of chains that were learned before and of new ones: it is better than any single run.

    Args:
        before: Chains of another model.
        new: The same, learned anew.
        share: What the new ones count, of 1.
    """
    return [rounded(mean(pair, [1 - share, share])) for pair in zip(before, new, strict=True)]


def lean(chain: Chain, amount: float) -> Chain:
    """Return a chain that takes fewer short lines for subheads where paragraphs are short.

    Of labelled pages those of short paragraphs are mostly composed ones: long articles with their paragraphs cut, and
    more subheads than papers have that print such paragraphs.
    """
    if not amount:
        return chain
    features, transitions = chain
    leaning = {name: dict(row) for name, row in features.items()}
    for share, place, length in itertools.product(range(_UNITS), _PLACES, _SHORT_PARAGRAPHS):
        row = leaning.setdefault(f"unit{share}&{place}&{length}", {})
        row["S"] = round(row.get("S", 0.0) - amount, 3)
    return leaning, transitions


def plan_of(sources: Sequence[Source]) -> Plan:
    """Return how a model is learned from some sources."""
    return Plan(
        weights={source.name: source.weight for source in sources},
        bare=frozenset(source.name for source in sources if source.bare),
        papers=frozenset(source.name for source in sources if source.paper),
        shares={source.name: source.share for source in sources},
        every_other=frozenset(source.name for source in sources if source.every_other),
    )


if __name__ == "__main__":
    main()
