"""Learn the trees that order the best candidates and those that choose the first keywords; say what they are worth.

    python training/train_keyword_trees.py --texts TEXT.jsonl … --gold LABELLED.jsonl …
        --read ARTICLES.jsonl LABELS.jsonl … [--cross] [--write]

`--texts` tells how words behave: in how many texts a word stands, how often twice or more in one of them (Church and
Gale 1995), how often right before or after another word. `--gold` are records with `headline`, `text` and `gold` (a
list of keywords), each file used twice, with headlines and without, weighing the same whatever its size: the first
trees tell gold terms from others. `--read` takes pairs of files: articles (`id`, `text`, perhaps `headline`), and for
each of their terms that a reader saw a line with `id`, `term`, `strike` and `reason` (`T`: says the same as another
term; such lines are left out, for the choice sees to twins). The share of struck terms that end, and that begin, with a
word is its habit too, where it was seen in two terms or more. The second trees tell struck terms from kept ones; gold
files take part with less weight. All are of logistic loss. A document is told the habits of its words from texts and
labels of other folds.

`--cross` prints for one fifth after the other, with trees of the other four: how many of 100 of the first three
keywords are struck, and F1@3, F1@5, MAP@10 of the gold files. `--write` writes three files of `src/jmtools/data`. One
thread: the same bytes on each run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

import lightgbm
import numpy as np
from keyword_documents import (
    FOLDS,
    LAST,
    PARAMETERS,
    UNIT,
    Document,
    added,
    documents,
    fit,
    keywords,
    logs_of,
    measures,
    read_documents,
    written_trees,
)
from train_keywords import norm

from jmtools.io.json_types import Fields
from jmtools.io.records import encode_record
from jmtools.keywords.digit_table import DIGITS
from jmtools.keywords.habits import HABITS
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.reader import KeywordReader
from jmtools.keywords.tree_features import FEATURES
from jmtools.keywords.trees import FIRSTS, ORDER, Trees, as_trees, trusts

DATA = Path(__file__).resolve().parent.parent / "src" / "jmtools" / "data"
HEAD = "# Habits of words, by training/train_keyword_trees.py: keywords/habits.py says which. A word, a digit for each."
FIRST = 3  # keywords
TREES = 150
GOLD_LOOK, GOLD_WEIGHT = 12, 0.5  # of gold files: their best candidates, and what all weigh beside the labels
LEAST_TEXTS, LEAST_LABELS = 12, 2  # in which a word must be seen
SCALES = 5.0, 63.0  # of the logarithm of a number, of a share
SMOOTH = 3.0  # labels of the mean strike rate that are added to those of a word
BATCH = 256
COLUMNS = [list(FEATURES).index(f"{name}, {place}") for place in ("last", "first") for name in HABITS[:4]]
STRUCK = [list(FEATURES).index(f"{name}, {place}") for name, place in zip(HABITS[4:6], ("last", "first"), strict=True)]
Table = dict[str, list[int]]


@dataclass
class Counts:
    """What was counted of words in the texts of a fold."""

    texts: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)  # texts in which it stands twice or more
    places: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)  # places right before another word
    after: Counter[str] = field(default_factory=Counter)

    def add(self, words: Sequence[str]) -> None:
        """Count a text."""
        times = Counter(words)
        self.texts.update(times.keys())
        self.again.update(word for word, count in times.items() if count > 1)
        self.places.update(words)
        both = [pair for pair in pairwise(words) if is_word(pair[0]) and is_word(pair[1])]
        self.before.update(pair[0] for pair in both)
        self.after.update(pair[1] for pair in both)


def is_word(word: str) -> bool:
    """Tell whether a word is one of two characters or more."""
    return len(word) > 1 and word[0].isalpha()


def fold_of(text: str) -> int:
    """Return the fold of a text, wherever it comes from."""
    return zlib.crc32("".join(text.split()).encode()) % FOLDS


def count(paths: Iterable[Path]) -> list[Counts]:
    """Return what was counted in the texts of each fold."""
    counts = [Counts() for _ in range(FOLDS)]
    reader = KeywordReader(KeywordOptions())
    for path in paths:
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        texts = [
            text for record in records if (text := record.get("text") or "\n".join(record.get("body", ()))).strip()
        ]
        for at in range(0, len(texts), BATCH):
            batch = texts[at : at + BATCH]
            flat, sizes, _ = reader.read([{"text": text} for text in batch])
            ends = np.cumsum(sizes).tolist()
            for text, size, end in zip(batch, sizes, ends, strict=True):
                counts[fold_of(text)].add(flat[end - size : end - 1])
    return counts


def habits(counts: Sequence[Counts], read: Sequence[Document], fold: int | None) -> Table:
    """Return the habits of words, told by all folds but one."""
    kept = [one for place, one in enumerate(counts) if place != fold]
    total = Counts()
    for one in kept:
        for name in vars(total):
            getattr(total, name).update(getattr(one, name))
    struck = _struck([doc for doc in read if doc.fold != fold])
    table: Table = {}
    for word, texts in total.texts.items():
        if texts < LEAST_TEXTS or not is_word(word):
            continue
        shares = [(total.again[word] + 1) / (texts + 4)]
        shares += [(near[word] + 2) / (total.places[word] + 4) for near in (total.before, total.after)]
        values = [SCALES[0] * float(np.log1p(texts)), *(SCALES[1] * share for share in shares)]
        table[word] = [*(min(max(round(value), 1), 63) for value in values), *(one.get(word, 0) for one in struck)]
    return table


def _struck(docs: Iterable[Document]) -> list[dict[str, int]]:
    """Return the share of struck terms, as a digit, that end with each word, and that begin with it."""
    seen: list[dict[str, list[float]]] = [defaultdict(list), defaultdict(list)]
    for doc in docs:
        for (first, last), kept in zip(doc.ends, doc.good, strict=True):
            if not np.isnan(kept):
                seen[0][last].append(1 - kept)
                seen[1][first].append(1 - kept)
    mean = statistics.fmean(value for values in seen[0].values() for value in values)
    return [
        {
            word: max(round(63 * (sum(values) + SMOOTH * mean) / (len(values) + SMOOTH)), 1)
            for word, values in one.items()
            if len(values) >= LEAST_LABELS
        }
        for one in seen
    ]


def tell(docs: Iterable[Document], table: Table) -> None:
    """Give documents the habits of their words."""
    nothing = [0] * len(HABITS)
    for doc in docs:
        for row, (first, last) in zip(doc.features, doc.ends, strict=True):
            begin, end = table.get(first, nothing), table.get(last, nothing)
            row[COLUMNS] = end[:4] + begin[:4]
            row[STRUCK] = end[4], begin[5]


def read_articles(paths: Sequence[Path]) -> list[Document]:
    """Return the articles that were read; `good` says of each candidate whether it was kept, no number: not told."""
    records: dict[str, Fields] = {}
    marks: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    twins: set[tuple[str, str]] = set()
    for articles, labels in zip(paths[::2], paths[1::2], strict=True):
        for line in articles.read_text("utf-8").splitlines():
            one = json.loads(line)
            kept = {name: one[name] for name in ("id", "headline", "text") if one.get(name)}
            records.setdefault(one["id"], kept)
        for line in labels.read_text("utf-8").splitlines():
            one = json.loads(line)
            marks[one["id"]][norm(one["term"])].append(one["strike"])
            if one["reason"] == "T":
                twins.add((one["id"], norm(one["term"])))
    ids = [name for name in records if name in marks]
    docs = read_documents([records[name] for name in ids])
    for name, doc in zip(ids, docs, strict=True):
        doc.fold = fold_of(records[name]["text"])
        doc.marks = {term: statistics.fmean(given) >= 0.5 for term, given in marks[name].items()}
        doc.good = np.full(len(doc.features), np.nan)
        for place, term in enumerate(map(norm, doc.terms[: len(doc.features)])):
            if term in doc.marks and (name, term) not in twins:
                doc.good[place] = not doc.marks[term]
        doc.twins = {term for one, term in twins if one == name}
    return docs


def learn(read: Sequence[Document], sets: Sequence[Sequence[Document]], fold: int | None) -> Fields:
    """Return trees for the first keywords, as they are written, from all documents or all but those of a fold."""
    kept = [doc for doc in read if doc.fold != fold]
    told = [~np.isnan(doc.good) for doc in kept]
    rows = [doc.features[mask] for doc, mask in zip(kept, told, strict=True)]
    good = [doc.good[mask] for doc, mask in zip(kept, told, strict=True)]
    labels = sum(map(len, rows))
    weight = [np.ones(labels)]
    for docs in sets:
        mine = [doc for doc in docs if doc.gold and doc.fold != fold]
        rows += [doc.features[:GOLD_LOOK] for doc in mine]
        good += [doc.good[:GOLD_LOOK].astype(float) for doc in mine]
        size = sum(len(doc.good[:GOLD_LOOK]) for doc in mine)
        weight.append(np.full(size, GOLD_WEIGHT * labels / len(sets) / size))
    data = lightgbm.Dataset(
        np.vstack(rows).astype(np.float64), np.concatenate(good).astype(float), weight=np.concatenate(weight)
    )
    written = written_trees(lightgbm.train({**PARAMETERS, "seed": 0}, data, TREES), 1.0)
    rest = np.concatenate([sums[LAST:] for sums in added(as_trees(written), kept)])
    return {**written, "rest": round(statistics.median(rest) / UNIT)}


def trust(docs: Sequence[Document], trees: Trees) -> None:
    """Say how far candidates are trusted."""
    for doc, sums in zip(docs, added(trees, docs), strict=True):
        doc.trusts = trusts(sums)


def struck_share(docs: Sequence[Document], order: Sequence[Trees]) -> str:
    """Return how many of 100 of the first keywords are struck, twins apart, and how many readers did not see."""
    found: Counter[str] = Counter()
    lists = (
        keywords(doc, logs_of(doc, order[fold], sums))
        for fold, mine in folds(docs)
        for doc, sums in zip(mine, added(order[fold], mine), strict=True)
    )
    for doc, chosen in zip((doc for _, mine in folds(docs) for doc in mine), lists, strict=True):
        for term in chosen[:FIRST]:
            if term in doc.twins:
                found["twins"] += 1
            else:
                found["unseen" if term not in doc.marks else "struck" if doc.marks[term] else "kept"] += 1
    told = found["struck"] + found["kept"]
    rest = ", ".join(f"{name} {100 * found[name] / found.total():.1f}" for name in ("twins", "unseen"))
    return f"struck {100 * found['struck'] / told:.2f} of {told}; {rest} of 100"


def folds(docs: Iterable[Document]) -> Iterator[tuple[int, list[Document]]]:
    """Yield each fold and its documents."""
    every = list(docs)
    for fold in range(FOLDS):
        yield fold, [doc for doc in every if doc.fold == fold]


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("--gold", nargs="+", type=Path, required=True)
    parser.add_argument("--read", nargs="+", type=Path, required=True, help="pairs: articles, labels")
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    counts, read = count(options.texts), read_articles(options.read)
    sets = [_gold(path, headlines=headlines) for path in options.gold for headlines in (True, False)]
    for fold, docs in folds([*read, *chain(*sets)]):
        tell(docs, habits(counts, read, fold))
    if options.write:
        table = habits(counts, read, None)
        lines = [f"{word} {''.join(DIGITS[value] for value in table[word])}" for word in sorted(table)]
        (DATA / "word-habits.txt").write_text("\n".join([HEAD, *lines, ""]), "utf-8")
        (DATA / ORDER).write_bytes(encode_record(fit(sets, None, 0)))
        (DATA / FIRSTS).write_bytes(encode_record(learn(read, sets, None)))
    if options.cross:
        cross(read, sets)


def _gold(path: Path, *, headlines: bool) -> list[Document]:
    docs = documents(path, headlines=headlines)
    for line, doc in zip(path.read_text("utf-8").splitlines(), docs, strict=True):
        doc.fold = fold_of(json.loads(line)["text"])
    return docs


def cross(read: Sequence[Document], sets: list[list[Document]]) -> None:
    """Print what cross-validation gives, without trees for the first keywords and with them."""
    order = [as_trees(fit(sets, fold, 0)) for fold in range(FOLDS)]
    _print("by order", read, sets, order)
    for fold, docs in folds([*read, *chain(*sets)]):
        trust(docs, as_trees(learn(read, sets, fold)))
    _print("and trust", read, sets, order)


def _print(name: str, read: Sequence[Document], sets: list[list[Document]], order: Sequence[Trees]) -> None:
    print(name, struck_share(read, order))
    for docs in sets:
        print(name, *(f"{value:.4f}" for value in measures(docs, order)), flush=True)


if __name__ == "__main__":
    main()
