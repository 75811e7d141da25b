"""Learn the weights of the keyword formula from labelled records, and say what cross-validation gives.

    python training/train_keywords.py LABELLED.jsonl … [--write]

Records have `headline`, `text` and `gold` (a list of keywords). Each file is used twice, with headlines and without,
and weighs the same whatever its size. The weights minimise the cross entropy between a document's candidates and its
gold terms, with an L2 penalty: a conditional logit. Four fifths of the documents learn for the last fifth, five times,
to tell what unseen documents would get (`F1@5`); the weights that are written are learned from all.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from jmtools.counts.idf_values import background_idf
from jmtools.keywords.candidates import find_candidates, lay_out
from jmtools.keywords.choice import best, choose, looked_at
from jmtools.keywords.context import Context
from jmtools.keywords.features import KINDS
from jmtools.keywords.formula import Formula
from jmtools.keywords.method import RankedTerm
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.reader import KeywordReader

OUT = Path(__file__).resolve().parent.parent / "src" / "jmtools" / "data" / "keyword-weights.json"
STRENGTH = 3e-3  # of 3e-4 to 3e-2 the best in cross-validation, by a hair
FOLDS = 5


@dataclass
class Labelled:
    """One file of documents as arrays."""

    name: str
    matrix: np.ndarray[Any, Any]
    doc: np.ndarray[Any, Any]
    good: np.ndarray[Any, Any]
    terms: list[str]
    tf: list[int]
    gold: list[set[str]]


def norm(text: str) -> str:
    """Return a term as the scorer compares it."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def columns() -> list[tuple[str, str]]:
    """Names of the columns: (factor, kind or "")."""
    sample = load_sample()
    return [(name, "") for name in sample] + [
        (name, kind) for name, names in KINDS.items() for kind in dict.fromkeys(names) if kind not in ("none", "0")
    ]


def load_sample() -> list[str]:
    """Return the names of the factors."""
    context, reader = Context(KeywordOptions(), background_idf()), KeywordReader(KeywordOptions())
    flat, lengths, heads = reader.read([{"text": "医保基金"}])
    texts = lay_out(context.vocabulary.ids(flat), lengths, heads, context.vocabulary)
    found = find_candidates(texts, context.vocabulary)
    return list(Formula(("trees",)).measure(texts, context.vocabulary, found, context.vocabulary.idf).values)


def prepare(path: Path, headlines: bool, names: list[tuple[str, str]]) -> Labelled:
    """Read and measure one file."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if not headlines:
        records = [{k: v for k, v in r.items() if k != "headline"} for r in records]
    context, reader = Context(KeywordOptions(), background_idf()), KeywordReader(KeywordOptions())
    flat, lengths, heads = reader.read(records)
    voc = context.vocabulary
    texts = lay_out(voc.ids(flat), lengths, heads, voc)
    found = find_candidates(texts, voc)
    order = np.argsort(found.doc, kind="stable")
    measured = Formula(("trees",)).measure(texts, voc, found, voc.idf)
    values, choices = measured.values, measured.choices
    made = []
    for name, kind in names:
        if kind:
            indexes = [i for i, k in enumerate(KINDS[name]) if k == kind]
            made.append(np.isin(choices[name], indexes).astype(np.float32)[order])
        else:
            made.append(values[name].astype(np.float32)[order])
    terms = [
        norm("".join(voc.words[n] for n in texts.ids[s : s + w]))
        for s, w in zip(found.first[order].tolist(), found.words[order].tolist(), strict=True)
    ]
    doc = found.doc[order]
    gold = []
    for record in records:
        text = norm((record.get("headline") or "") + "\n" + record["text"])
        gold.append({g for g in map(norm, record["gold"]) if g in text})
    good = np.array([t in gold[d] for t, d in zip(terms, doc.tolist(), strict=True)])
    return Labelled(
        f"{path.stem} {'' if headlines else 'no '}headline",
        np.column_stack(made),
        doc,
        good,
        terms,
        found.tf[order].tolist(),
        gold,
    )


def fit(sets: list[Labelled], fold: int | None) -> np.ndarray[Any, Any]:
    """Return the weights of the columns, from all documents or all but a fold."""
    matrices, docs, goods, offset = [], [], [], 0
    for data in sets:
        hits = np.bincount(data.doc, weights=data.good, minlength=len(data.gold))
        mask = hits[data.doc] > 0
        if fold is not None:
            mask &= data.doc % FOLDS != fold
        kept, number = np.unique(data.doc[mask], return_inverse=True)
        matrices.append(data.matrix[mask])
        docs.append(number + offset)
        goods.append(data.good[mask] / hits[data.doc[mask]] / len(kept))
        offset += len(kept)
    x, doc, y = np.vstack(matrices), np.concatenate(docs), np.concatenate(goods)
    starts = np.flatnonzero(np.r_[True, doc[1:] != doc[:-1]])
    weight = np.bincount(doc, weights=y)

    def loss(w: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        z = x @ w.astype(np.float32)
        top = np.maximum.reduceat(z, starts)
        e = np.exp(z - top[doc])
        total = np.add.reduceat(e, starts)
        value = (weight * (np.log(total) + top)).sum() - (y * z).sum()
        slope = x.T @ ((weight[doc] * e / total[doc] - y).astype(np.float32))
        return value + STRENGTH * len(sets) * (w @ w), slope.astype(float) + 2 * STRENGTH * len(sets) * w

    found: np.ndarray[Any, Any] = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}
    ).x
    return found


def f1(data: Labelled, scores: np.ndarray[Any, Any], top: int = 5) -> np.ndarray[Any, Any]:
    """Return F1 of the best `top` of each document by the logarithms of scores; NaN where there is no gold term."""
    out = np.full(len(data.gold), np.nan)
    bounds, chosen = best(data.doc, scores, len(data.gold), looked_at(top))
    for number, gold in enumerate(data.gold):
        if gold:
            places = chosen[bounds[number] : bounds[number + 1]].tolist()
            rows = [RankedTerm(-float(np.exp(scores[i])), data.terms[i], data.tf[i], i, 0) for i in places]
            hits = sum(row.term in gold for row in choose(rows, top))
            out[number] = 2 * hits / (top + len(gold))
    return out


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    names = columns()
    sets = [prepare(path, headlines, names) for path in options.files for headlines in (True, False)]
    folds = [fit(sets, fold) for fold in range(FOLDS)]
    weights = fit(sets, None)
    first = []
    for data in sets:
        crossed = np.choose(data.doc % FOLDS, [data.matrix @ weights_of for weights_of in folds])
        own = data.matrix @ weights
        print(
            f"{data.name:32} F1@5 crossed {np.nanmean(f1(data, crossed)):.4f},"
            f" on its own {np.nanmean(f1(data, own)):.4f}"
        )
        bounds, chosen = best(data.doc, own, len(data.gold), 1)
        first += own[chosen[bounds[:-1][np.diff(bounds) > 0]]].tolist()
    if options.write:
        numbers = {name: round(float(w), 3) for (name, kind), w in zip(names, weights, strict=True) if not kind}
        tables: dict[str, dict[str, float]] = {name: {} for name in KINDS}
        for (name, kind), w in zip(names, weights, strict=True):
            if kind:
                tables[name][kind] = round(float(w), 3)
        written = {"constant": round(-float(np.median(first)), 3), "numbers": numbers, "kinds": tables}
        OUT.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
