"""Learn a paper's own weights for `jmtools split` from some labelled pages of it, beside the ones that the product has.

    python training/adapt_split.py PAGES --out paper.json
    jmtools split --weights paper.json pages/ > articles.jsonl

PAGES is a folder of `NAME.txt` with the right records (`NAME.gold.jsonl` or `NAME.expected.jsonl`: the records that
`jmtools split` wrote, put right) or of `NAME.roles`, a line each with its role before it. Twenty pages are enough to
help; it takes seconds. Needs python-crfsuite, which the product does not.
"""

import argparse
from pathlib import Path

from split_gold import LabelledPage, load_pages
from split_learning import Chain, Holding, learn_chain, mean, rounded, see
from split_sources import ROOT
from train_split import read_chains, write_model

_MODEL = ROOT / "src/jmtools/data/split_model.json"
_HOLDING = Holding(0.05, 0.1, 100)
_SHARES = (0.5, 1.0)  # of the shipped weights and of those that the pages teach, which are small for they are few


def adapt(pages: list[LabelledPage], shipped: list[Chain]) -> list[Chain]:
    """Return the shipped chains with what some pages teach added to the first passes with which these are decoded."""
    seen = [see(page) for page in pages]
    kinds = {0: [one for one in seen if not one.view.bare]}
    for number, wide in ((2, False), (3, True)):
        kinds[number] = [one for one in seen if one.view.bare and one.view.wide == wide]
    found = list(shipped)
    for number, mine in kinds.items():
        if mine:
            groups = [(one.whole if number else [*one.view.groups], one.page.roles) for one in mine]
            found[number] = rounded(mean([shipped[number], learn_chain(groups, _HOLDING)], _SHARES))
    return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    args = parser.parse_args()
    pages = load_pages(args.pages)
    for problem in (problem for page in pages for problem in page.problems):
        print(problem)
    write_model(args.out, adapt(pages, read_chains(_MODEL)))
    print(f"{len(pages)} pages")


if __name__ == "__main__":
    main()
