"""What learning keyword trees shares: documents as features, trees as written, what lists are worth."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from train_keywords import norm

from jmtools.counts.idf_values import background_idf
from jmtools.io.json_types import Fields
from jmtools.keywords.candidates import find_candidates, lay_out
from jmtools.keywords.choice import best, choose, looked_at
from jmtools.keywords.context import Context
from jmtools.keywords.formula import Formula
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.reader import KeywordReader
from jmtools.keywords.terms import Columns, doubts_of, ranked_terms
from jmtools.keywords.tree_features import FEATURES, LOOK, Features, tree_features
from jmtools.keywords.trees import LEAST_TRUST, LEAVES, Trees, as_trees

FOLDS, BATCH, TOP = 5, 64, 10
TREES, SHARE = 200, 0.6  # share of the trees' sum that is added
UNIT = 1 / 4096
LAST = 24  # candidates from this rank on tell what those get that trees are not told of
PARAMETERS = {
    "objective": "binary",
    "num_leaves": LEAVES,
    "learning_rate": 0.05,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 255,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass
class Document:
    """One document: its best candidates by the formula."""

    features: Features  # of the first candidates
    logs: Any
    terms: list[str]
    words: list[int]
    tf: list[int]
    doubts: list[int]
    text: str
    gold: set[str]
    good: Any  # which of the first candidates are gold
    fold: int
    ends: list[tuple[str, str]]  # first and last word of the first candidates
    marks: dict[str, bool] = field(default_factory=dict)  # terms that a reader struck or kept,
    twins: set[str] = field(default_factory=set)  # and those struck for saying the same as another
    trusts: Any = None  # how far the first candidates are trusted with one of the first places


def documents(path: Path, *, headlines: bool) -> list[Document]:
    """Read and measure one file."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if not headlines:
        records = [{name: value for name, value in r.items() if name != "headline"} for r in records]
    docs = read_documents(records)
    for place, doc in enumerate(docs):
        doc.fold = place % FOLDS
    return docs


def read_documents(records: Sequence[Fields]) -> list[Document]:
    """Measure records."""
    context, reader = Context(KeywordOptions(), background_idf()), KeywordReader(KeywordOptions())
    batches = (records[at : at + BATCH] for at in range(0, len(records), BATCH))
    return [doc for batch in batches for doc in _documents(batch, context, reader)]


def _documents(batch: Sequence[Fields], context: Context, reader: KeywordReader) -> Iterator[Document]:
    voc = context.vocabulary
    flat, lengths, heads = reader.read(batch)
    texts = lay_out(voc.ids(flat), lengths, heads, voc)
    found = find_candidates(texts, voc)
    measured = Formula(("trees",)).measure(texts, voc, found, voc.idf)
    bounds, chosen = best(found.doc, measured.logs, texts.docs, max(looked_at(TOP), LOOK))
    doubts = doubts_of(texts, voc, found, measured.values["headline"] > 0)
    told = np.arange(len(chosen)) - bounds[found.doc[chosen]] < LOOK
    ends = np.concatenate([[0], np.cumsum(told)])[bounds]
    features = tree_features(texts, voc, found, measured, ends, chosen[told])
    for number, record in enumerate(batch):
        mine = chosen[bounds[number] : bounds[number + 1]]
        terms = ["".join(flat[at : at + n]).strip() for at, n in zip(found.first[mine], found.words[mine], strict=True)]
        edges = [(flat[at], flat[at + n - 1]) for at, n in zip(found.first[mine], found.words[mine], strict=True)]
        whole = norm((record.get("headline") or "") + "\n" + record["text"])
        gold = {g for g in map(norm, record.get("gold", ())) if g in whole}
        yield Document(
            features=features[ends[number] : ends[number + 1]],
            logs=measured.logs[mine],
            terms=terms,
            words=found.words[mine].tolist(),
            tf=found.tf[mine].tolist(),
            doubts=doubts[mine].tolist(),
            text="".join(flat[texts.starts[number] : texts.starts[number + 1] - 1]),
            gold=gold,
            good=np.array([norm(term) in gold for term in terms[:LOOK]], np.bool_),
            fold=0,
            ends=edges[:LOOK],
        )


def fit(sets: list[list[Document]], fold: int | None, seed: int) -> Fields:
    """Return trees, as they are written, learned from all documents or all but a fold."""
    rows: list[Features] = []
    good, weight = [], []
    for docs in sets:
        kept = [doc for doc in docs if doc.gold and doc.fold != fold]
        rows += [doc.features for doc in kept]
        good += [doc.good for doc in kept]
        weight.append(np.full(sum(len(doc.good) for doc in kept), 1000 / len(kept)))
    data = lightgbm.Dataset(
        np.vstack(rows).astype(np.float64), np.concatenate(good).astype(float), weight=np.concatenate(weight)
    )
    booster = lightgbm.train({**PARAMETERS, "seed": seed}, data, TREES)
    return _scaled(written_trees(booster, SHARE), [doc for docs in sets for doc in docs])


def written_trees(booster: Any, share: float) -> Fields:
    """Return the trees as they are written, their leaves multiplied."""
    leaves, tests = [], []
    for tree in booster.dump_model()["tree_info"]:
        mine: list[float] = []
        asked: list[list[int]] = []
        _walk(tree["tree_structure"], mine, asked)
        leaves.append([round(leaf * share / UNIT) for leaf in mine])
        tests.append(asked)
    return {"features": list(FEATURES), "unit": UNIT, "constant": 0.0, "rest": 0, "leaves": leaves, "tests": tests}


def _walk(node: Fields, leaves: list[float], tests: list[list[int]]) -> None:
    if "leaf_value" in node:
        leaves.append(node["leaf_value"])
        return
    before, place = len(leaves), len(tests)
    tests.append([])
    _walk(node["left_child"], leaves, tests)
    left = (1 << len(leaves)) - (1 << before)
    tests[place] = [node["split_feature"], int(np.floor(node["threshold"])), 0xFFFF ^ left]
    _walk(node["right_child"], leaves, tests)


def _scaled(written: Fields, docs: list[Document]) -> Fields:
    """Return trees with what all others get, and the constant with which the first keywords still have about 1."""
    trees = as_trees(written)
    rest, first = [], []
    for doc, sums in zip(docs, added(trees, docs), strict=True):
        rest += sums[LAST:].tolist()
        if len(sums):
            first.append(float((doc.logs[: len(sums)] + sums).max()))
    constant = -round(statistics.median(first), 3)
    return {**written, "constant": constant, "rest": round(statistics.median(rest) / UNIT)}


def added(trees: Trees, docs: Sequence[Document]) -> Iterator[Any]:
    """Yield what trees add to each candidate that they are told of, for each document."""
    sums = trees.sums(np.vstack([doc.features for doc in docs]))
    ends = np.cumsum([len(doc.features) for doc in docs])
    return iter(np.split(sums, ends[:-1]))


def measures(docs: list[Document], trees: Sequence[Trees | None]) -> Any:
    """Return means of F1@3, F1@5 and MAP@10, each document scored by the trees of its fold."""
    out = []
    for fold, mine in enumerate(trees):
        part = [doc for doc in docs if doc.fold == fold]
        every = [np.zeros(0)] * len(part) if mine is None else list(added(mine, part))
        for doc, sums in zip(part, every, strict=True):
            if doc.gold:
                out.append(_measures(doc, logs_of(doc, mine, sums)))
    return np.mean(out, axis=0)


def logs_of(doc: Document, trees: Trees | None, sums: Any) -> Any:
    """Return the logarithms of a document's scores with what trees add to them."""
    logs = doc.logs.copy()
    if trees is not None:
        logs += trees.added(trees.rest)
        logs[:LOOK] = doc.logs[:LOOK] + sums
    return logs


def keywords(doc: Document, logs: Any) -> list[str]:
    """Return the keywords of a document, in the form in which they are compared."""
    order = np.argsort(-logs, kind="stable").tolist()
    trusts = np.ones(len(order))
    if doc.trusts is not None:
        trusts[LOOK:] = LEAST_TRUST
        trusts[: len(doc.trusts)] = doc.trusts
    columns = Columns(
        range(len(order)),
        np.exp(logs[order]).tolist(),
        *([values[i] for i in order] for values in (doc.words, doc.tf, doc.doubts, trusts.tolist())),
    )
    rows = ranked_terms(columns, range(len(order)), lambda place: doc.terms[order[place]])
    return list(dict.fromkeys(norm(row.term) for row in choose(rows, TOP, text=lambda: doc.text)))


def _measures(doc: Document, logs: Any) -> list[float]:
    chosen = keywords(doc, logs)
    hits = [term in doc.gold for term in chosen[:TOP]]
    precision = sum(sum(hits[: i + 1]) / (i + 1) for i, hit in enumerate(hits) if hit)
    return [*(2 * sum(hits[:k]) / (k + len(doc.gold)) for k in (3, 5)), precision / min(len(doc.gold), TOP)]
