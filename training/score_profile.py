"""Score what a profile of five pages gains on the other pages of the same paper.

    python training/score_profile.py DATA --weights FOLDER [--pages N] [--draws N]

DATA is the folder of labelled data, FOLDER has the weights that `score_split.py --keep` learned without each paper. The
papers that have many pages (the even days of 1998, the items of 2019-20, those of Shanghai) are split with weights that
never saw them, without a profile, with one of N pages drawn at random, and with one of N pages whose borders a person
decided. Prints boundary F1 and the share of exact items on the pages that were not drawn.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from fit_confidence import gold_of
from score_split import borders_without, is_even
from split_gold import Item, LabelledPage
from split_items import item_pages
from split_variants import words_of, write_page
from split_wraps import load

from jmtools.pages import Page, PageSplitter, SplitOptions
from jmtools.pages.articles import page_digest
from jmtools.pages.leanings import Leanings
from jmtools.pages.passes import SplitModel, load_model
from jmtools.pages.profile import Profile, learn_profile

Labelled = tuple[LabelledPage, Sequence[Item]]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--pages", type=int, default=5, metavar="N")
    parser.add_argument("--draws", type=int, default=4, metavar="N")
    args = parser.parse_args()
    model = load_model(args.weights / "without-daily_2019_2020.json")
    for name, pages in papers(args.data).items():
        rows = []
        model.borders = borders_without(args.weights, "daily1998" if "1998" in name else "daily_2019_2020", "")
        for draw in range(args.draws):
            drawn = set(random.Random(draw).sample(range(len(pages)), args.pages))
            few = [page for i, page in enumerate(pages) if i in drawn]
            rest = [page for i, page in enumerate(pages) if i not in drawn]
            profiles = None, learn(few, model, decided=False), learn(few, model, decided=True)
            rows.append([score(rest, model, profile) for profile in profiles])
        for which, figures in zip(("no profile", "profile", "decided borders"), zip(*rows, strict=True), strict=True):
            boundary, exact = (sum(values) / len(values) for values in zip(*figures, strict=True))
            print(f"{name:18} {len(pages):4} pages  {which:16} boundary {boundary:.3f}  exact {exact:.3f}", flush=True)


def papers(data: Path) -> dict[str, list[Labelled]]:
    """Return the pages of papers that have many."""
    days = [(page, items) for page, items in load(data / "daily1998") if is_even(Path(Path(page.name).name))]
    found: dict[str, list[Labelled]] = {"1998, even days": list(days)}
    for name, file, every in (("2019-20", "daily_2019_2020", 3), ("Shanghai", "shenbao_1930_1949", 1)):
        pages = item_pages(data / "items" / f"{file}.jsonl")[::every]
        found[name] = [(page, gold_of(page)) for page in pages]
    return found


def text_of(page: LabelledPage, items: Sequence[Item]) -> tuple[str, dict[int, tuple[str, list[str]]]]:
    """Return the text of a page, and its gold items by line."""
    text, numbers = write_page(page, "plain")
    return text, {numbers.get(item["line_start"], 0): words_of(item) for item in items}


def learn(pages: Sequence[Labelled], model: SplitModel, *, decided: bool) -> Profile:
    """Learn a profile of some pages."""
    texts = [text_of(page, items) for page, items in pages]
    learned = learn_profile(text for text, _ in texts)
    leanings = Leanings()
    for text, gold in texts if decided else ():
        guessed = PageSplitter(model=model).split(Page(text))
        borders = {page_digest(text).hex(): {line.first: line.first in gold for line in guessed.lines}}
        deciding = PageSplitter(SplitOptions(borders=borders), model=model)
        leanings.add(guessed.decoded, deciding.split(Page(text)).decoded)
    return Profile(learned.newspaper, learned.folio, learned.advertisement, learned.build, leanings.table())


def score(pages: Sequence[Labelled], model: SplitModel, profile: Profile | None) -> tuple[float, float]:
    """Return boundary F1 and the share of exact items of some pages."""
    splitter = PageSplitter(SplitOptions(profile=profile), model=model)
    hits = found = wanted = exact = 0
    for page, items in pages:
        text, gold = text_of(page, items)
        records = splitter.split(Page(text)).records
        wanted += len(gold)
        found += len(records)
        hits += sum(record["line_start"] in gold for record in records)
        exact += sum(gold.get(record["line_start"]) == words_of(record) for record in records)
    return 2 * hits / (wanted + found), exact / wanted


if __name__ == "__main__":
    main()
