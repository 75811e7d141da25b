"""What a topic is about, in words: terms by class-based TF-IDF, labels that tell topics apart, coherence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from jmtools.records import round6
from jmtools.topics.vectors import Floats, Ints

TERMS = 10
_LABEL_TERMS = 3
_LOOK = 80  # terms looked at for each topic
SEPARATOR = "·"


@dataclass
class Topic:
    """One topic in words and numbers; `terms` as (term, weight), best first."""

    terms: list[tuple[str, float]]
    label: str
    coherence: float | None
    stability: float | None
    size: int = 0


def class_weights(sums: Floats) -> Floats:
    """Return c-TF-IDF: share of a term in its topic × ln(1 + A / f), shape (topics, terms).

    A is the mean number of words of a topic and f how often the term occurs in all of them (Grootendorst 2022).
    """
    totals = sums.sum(axis=1, keepdims=True)
    everywhere = sums.sum(axis=0)
    weights: Floats = sums / np.maximum(totals, 1) * np.log1p(totals.mean() / np.maximum(everywhere, 1))
    return weights


def topic_terms(weights: Floats, names: list[str]) -> list[list[tuple[str, float]]]:
    """Return the best terms of each topic, none inside another."""
    out = []
    for row in weights:
        look = np.argsort(-row, kind="stable")[:_LOOK].tolist()
        ranked = sorted((-round6(float(row[i])), names[i]) for i in look if row[i] > 0)
        kept: list[tuple[str, float]] = []
        for weight, term in ranked:
            if not any(term in other or other in term for other, _ in kept):
                kept.append((term, -weight))
        out.append(kept)
    return out


def topic_labels(terms: list[list[tuple[str, float]]]) -> list[str]:
    """Return a label of three terms for each topic; a term stands only in the label of the topic that it fits best."""
    best: dict[str, tuple[float, int]] = {}
    for topic, row in enumerate(terms):
        for term, weight in row:
            best[term] = max(best.get(term, (0.0, 0)), (weight, -topic))
    labels = []
    for topic, row in enumerate(terms):
        own = [term for term, _ in row if best[term][1] == -topic][:_LABEL_TERMS]
        labels.append(SEPARATOR.join(own) or f"#{topic}")
    return labels


def coherence(terms: list[str], columns: list[int], matrix: Any) -> float | None:
    """Return the mean NPMI (Bouma 2009) of all pairs of terms over the records; None for fewer than two terms."""
    if len(terms) < 2:
        return None
    docs = matrix.shape[0]
    present = matrix[:, columns].astype(bool).astype(np.float64)
    together = np.asarray((present.T @ present).todense()) / docs
    own = np.diag(together)
    values = []
    for i in range(len(terms)):
        for j in range(i):
            p = together[i, j]
            values.append(-1.0 if p == 0 else 1.0 if p == 1 else np.log(p / (own[i] * own[j])) / -np.log(p))
    return round6(float(np.mean(values)))


def class_sums(columns: Ints, counts: Ints, rows: Ints, labels: Ints, k: int, size: int) -> Floats:
    """Return how often each term occurs in each topic, shape (k, size)."""
    known = columns >= 0
    key = labels[rows[known]] * np.int64(size) + columns[known]
    sums: Floats = np.bincount(key, weights=counts[known], minlength=k * size).astype(float).reshape(k, size)
    return sums
