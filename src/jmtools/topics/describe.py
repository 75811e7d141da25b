"""What a topic is about, in words: terms by class-based TF-IDF, labels that tell topics apart, coherence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jmtools.io.records import round6
from jmtools.topics.bayes import judge, learn_shares
from jmtools.topics.labels import grade_of, is_amount, topic_labels
from jmtools.topics.vectors import Floats, Ints, Matrix, VectorSpace

TERMS = 10
_LEAST_GRADE = 0.75  # as keywords: words of a lower one, function words and fragments, are no terms,
_ENOUGH = 3  # where so many others are there
_LOOK = 80  # terms looked at for each topic
# Page links, picture boxes and credits of web pages and archives: they tell topics apart, but name none.
_FURNITURE = frozenset(
    (
        *(
            "一页",
            "上页",
            "下页",
            "上一页",
            "下一页",
            "图库",
            "组图",
            "图文",
            "实录",
            "快讯",
            "播报",
            "责编",
            "一頁",
            "上頁",
            "下頁",
            "圖庫",
            "組圖",
            "圖文",
            "實錄",
            "快訊",
            "播報",
            "責編",
        ),
        *(
            "新华网",
            "中新网",
            "人民网",
            "东方网",
            "专电",
            "本报讯",
            "新華網",
            "中新網",
            "人民網",
            "東方網",
            "專電",
            "本報訊",
        ),
    )
)
_SIFTED = 30  # terms of each topic that are looked through for passages
_SAME_RECORDS = 0.75  # of the records of either of two terms, from which they are of one passage,
_LEAST_RECORDS = 10  # if so many have it,
_WHOLE = 0.8  # and not so many of the topic's,
_PASSAGE, _HALF = 4, 0.5  # a passage is long from so many terms; in fewer of the topic's records it names nothing
_STABLE = 4000  # records that stability is measured on
_SPLITS = 4
_FEW = 20  # records under which stability says nothing


@dataclass
class Topic:
    """One topic in words and numbers; `terms` as (term, weight), best first."""

    terms: list[tuple[str, float]]
    label: str
    coherence: float | None
    stability: float | None


class Describer:
    """Describes topics, and topics of topics, over the records that they were found in.

    Attributes:
        profiles: Share of each term in each topic by TF-IDF, shape (topics, terms).
    """

    def __init__(self, space: VectorSpace, matrix: Matrix, labels: Ints, sums: Floats) -> None:
        """Take what was fitted.

        Args:
            space: Knows the term of each column, and what it is worth.
            matrix: TF-IDF of the records in canonical order, shape (records, terms).
            labels: Topic of each record.
            sums: How often each term occurs in each topic, damped, shape (topics, terms).
        """
        self._terms, self._worth = space.terms, space.worth
        self._matrix, self._labels, self._sums = matrix, labels, sums
        self.profiles = np.exp(learn_shares(matrix, labels, len(sums)))

    def terms(self, groups: list[list[int]]) -> list[list[tuple[str, float]]]:
        """Return the terms of each group of topics, against the other groups, with their weights, the best first."""
        sums = np.stack([self._sums[rows].sum(axis=0) for rows in groups])
        weights = class_weights(sums) * self._worth
        nothing = weights.max(axis=1, initial=0.0) <= 0  # such a topic has its commonest words
        weights[nothing] = sums[nothing] / max(1.0, float(sums.sum()))
        return topic_terms(weights, self._terms)

    def topics(self, groups: list[list[int]]) -> list[Topic]:
        """Return a description of each group of topics, against the other groups."""
        if not groups:
            return []
        of_topic = np.full(len(self._sums) + 1, -1, np.int64)
        for group, rows in enumerate(groups):
            of_topic[rows] = group
        own = of_topic[self._labels]
        stable = stability(self._matrix[:_STABLE], own[:_STABLE], len(groups))
        terms = self.terms(groups)
        shown = sorted({term for row in terms for term, _ in row[:_SIFTED]})
        place = {term: column for column, term in enumerate(shown)}
        named = {term: column for column, term in enumerate(self._terms) if term in place}
        present = self._matrix[:, [named[term] for term in shown]].astype(bool).astype(np.float64).tocsr()
        for group, row in enumerate(terms):
            columns = [place[term] for term, _ in row[:_SIFTED]]
            kept = outside_passages(present[:, columns], present[own == group][:, columns])
            terms[group] = [row[i] for i in kept] + row[_SIFTED:]
        columned, labels = present.tocsc(), topic_labels(terms)
        best = [[place[term] for term, _ in row[:TERMS] if term in place] for row in terms]
        return [
            Topic(row, label, coherence(columns, columned), steady)
            for row, label, columns, steady in zip(terms, labels, best, stable, strict=True)
        ]


def outside_passages(everywhere: Matrix, inside: Matrix) -> list[int]:
    """Return which of a topic's terms to keep where several come from one passage that records repeat.

    Terms that stand in nearly the same records are of a set phrase: a disclaimer, the name of a site in two words. The
    best of them stays. A long passage in fewer than half of the topic's records names nothing, and goes if other
    terms are there; where nearly all have it, the passage is the topic. Where little else is left, the others follow.

    Args:
        everywhere: 1 where a record has a term, sparse, shape (records, terms); the best term first.
        inside: The same for the records of the topic.
    """
    if not everywhere.shape[1]:
        return []
    together = np.asarray((everywhere.T @ everywhere).todense())
    own = np.diag(together)
    same = together >= _SAME_RECORDS * (own[:, None] + own[None] - together)
    shares = np.asarray(inside.sum(axis=0)).ravel() / max(1, inside.shape[0])
    single = (own < _LEAST_RECORDS) | (shares >= _WHOLE)
    same[single], same[:, single] = False, False
    first = np.where(same.any(axis=1), same.argmax(axis=1), np.arange(len(own)))
    long = (same.sum(axis=1) >= _PASSAGE) & (shares < _HALF)
    kept = [i for i in range(len(own)) if first[i] == i]
    if sum(not long[i] for i in kept) >= TERMS // 2:
        return [i for i in kept if not long[i]]
    return kept if len(kept) >= TERMS // 2 else [*kept, *(i for i in range(len(own)) if first[i] != i)]


def stability(matrix: Matrix, labels: Ints, k: int) -> list[float | None]:
    """Return the share of each topic's records that a model learned from other records puts there too."""
    matrix, labels = matrix[labels >= 0], labels[labels >= 0]
    size = len(labels)
    kept, seen = np.zeros(k), np.zeros(k)
    if size < _FEW:
        return [None] * k
    for split in range(1, _SPLITS + 1):
        half = (np.arange(size) // split) % 2 == 0
        for this, other in ((half, ~half), (~half, half)):
            if this.any() and other.any():
                guess, _ = judge(matrix[other], learn_shares(matrix[this], labels[this], k))
                kept += np.bincount(labels[other][guess == labels[other]], minlength=k)
                seen += np.bincount(labels[other], minlength=k)
    return [round6(float(a / b)) if b else None for a, b in zip(kept, seen, strict=True)]


def class_weights(sums: Floats) -> Floats:
    """Return how well each term tells its topic from the others, shape (topics, terms).

    Class-based TF-IDF after the idea of Grootendorst (2022): the share p of the term in its topic times ln(p / q),
    where q is its share in all topics; what the term adds to the divergence of the topic from the whole. Measured
    against the formula there, share × ln(1 + A / f): more coherent and more diverse terms on news.

    Args:
        sums: How often each term occurs in each topic, each record's count as 1 + ln of it, shape (topics, terms).
    """
    own = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1)
    everywhere = sums.sum(axis=0) / max(1.0, float(sums.sum()))
    ratios = np.divide(own, everywhere, out=np.ones_like(own), where=own > 0)
    weights: Floats = own * np.log(np.maximum(ratios, 1)) if len(sums) > 1 else own
    return weights


def topic_terms(weights: Floats, names: list[str]) -> list[list[tuple[str, float]]]:
    """Return the best terms of each topic, none inside another, in whatever case."""
    out = []
    for row in weights:
        least = np.partition(row, -_LOOK)[-_LOOK] if len(row) > _LOOK else row.min(initial=0)
        best = np.flatnonzero(row >= least)
        look = best[np.argsort(-row[best], kind="stable")][:_LOOK].tolist()
        found = [(-round6(float(row[i])), names[i]) for i in look if row[i] > 0]
        ranked = sorted(one for one in found if one[1] not in _FURNITURE and not is_amount(one[1])) or sorted(found)
        good = [one for one in ranked if grade_of(one[1]) >= _LEAST_GRADE]
        if len(good) >= _ENOUGH:
            ranked = good
        kept: list[tuple[str, float]] = []
        seen: list[str] = []
        for weight, term in ranked:
            plain = term.casefold()
            if not any(plain in other or other in plain for other in seen):
                kept.append((term, -weight))
                seen.append(plain)
        out.append(kept)
    return out


def coherence(columns: list[int], present: Matrix) -> float | None:
    """Return the mean NPMI (Bouma 2009) of all pairs of terms over the records; None for fewer than two terms.

    Args:
        columns: Of the terms.
        present: 1 where a record has a term, sparse, shape (records, terms).
    """
    if len(columns) < 2:
        return None
    docs = present.shape[0]
    present = present[:, columns]
    together = np.asarray((present.T @ present).todense()) / docs
    own = np.diag(together)
    values = []
    for i in range(len(columns)):
        for j in range(i):
            p = together[i, j]
            values.append(-1.0 if p == 0 else 1.0 if p == 1 else np.log(p / (own[i] * own[j])) / -np.log(p))
    return round6(float(np.mean(values)))
