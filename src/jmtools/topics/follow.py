"""From one fit to the next: which topics continue, and which are new, gone, split or merged."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from jmtools.topics.model import TopicModel
from jmtools.topics.vectors import Floats, Ints, VectorSpace

ALIKE = 0.5  # least affinity of words for a topic to continue as another
PART = 0.25  # least share of a topic's records that counts as a part of it
MOST = 0.5


@dataclass
class TopicChanges:
    """What became of the topics.

    Attributes:
        numbers: Number of each topic of the new fit.
        status: Of each: kept, new, split (a part of an old one) or merged (of several old ones).
        origins: Of each: numbers of the old topics that its records came from.
        gone: Numbers of the old topics that do not go on.
    """

    numbers: list[int] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    origins: list[list[int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what happened in a line for each event; none where there was no fit before."""
        if not self.status:
            return [f"topic {number} is gone" for number in self.gone]
        out = []
        for number, status, origins in zip(self.numbers, self.status, self.origins, strict=True):
            named = " and ".join(map(str, origins))
            if status == "new":
                out.append(f"topic {number} is new")
            elif status != "kept":
                out.append(f"topic {number} is {'split from' if status == 'split' else 'merged from'} {named}")
        return out + [f"topic {number} is gone" for number in self.gone]


def follow(together: Ints, affinity: Floats, old: list[int], free: int) -> TopicChanges:
    """Give new topics the numbers of the old ones that go on in them.

    Args:
        together: How many records each pair shares, by the old model and the new, shape (old, new).
        affinity: How alike the words of each pair are, 0 to 1, same shape.
        old: Numbers of the old topics.
        free: First number that was never used.
    """
    of_old = together / np.maximum(together.sum(axis=1, keepdims=True), 1)
    of_new = together / np.maximum(together.sum(axis=0, keepdims=True), 1)
    linked = affinity >= ALIKE
    overlap = together / np.maximum(
        together.sum(axis=1, keepdims=True) + together.sum(axis=0, keepdims=True) - together, 1
    )
    kept: dict[int, int] = {}
    for i, j in sorted(np.ndindex(*together.shape), key=lambda at: (-overlap[at], old[at[0]], at[1])):
        near = linked[i, j] and max(of_old[i, j], of_new[i, j]) >= MOST and min(of_old[i, j], of_new[i, j]) >= PART
        if near and j not in kept and i not in kept.values():
            kept[j] = i
    course = TopicChanges(gone=[number for i, number in enumerate(old) if i not in kept.values()])
    for j in range(together.shape[1]):
        parts = [i for i in range(len(old)) if linked[i, j] and of_old[i, j] >= MOST and of_new[i, j] >= PART / 2]
        source = [i for i in range(len(old)) if linked[i, j] and of_new[i, j] >= MOST and of_old[i, j] >= PART / 2]
        if len(parts) > 1:
            status, origins = "merged", parts
        elif j in kept:
            status, origins = "kept", [kept[j]]
        else:
            status, origins = ("split" if source else "new"), source
        course.numbers.append(old[kept[j]] if j in kept else free)
        free += j not in kept
        course.status.append(status)
        course.origins.append([old[i] for i in origins])
    return course


def affinity(previous: TopicModel, space: VectorSpace, profiles: Floats) -> Floats:
    """Return how alike the words of each old and each new topic are, 0 to 1, over the terms that both have.

    Bhattacharyya's coefficient of the shares that make a topic differ from the others of its time.

    Args:
        previous: The old model; the ln of shares are its weights.
        space: Terms of the new topics.
        profiles: Share of each term in each new topic.
    """
    terms = [term for term in previous.space.terms if term in space.columns]
    then = np.exp(previous.weights[:, [previous.space.columns[term] for term in terms]])
    now = profiles[:, [space.columns[term] for term in terms]]
    rows = np.array(previous.rows, np.int64)
    old = np.stack([then[rows == number].mean(axis=0) for number in previous.numbers] or [np.zeros(len(terms))])
    return (np.sqrt(_own(old)) @ np.sqrt(_own(now)).T)[: len(previous.numbers)]


def _own(values: Floats) -> Floats:
    """Keep of each topic what it has more of than the topics have on average; each row sums to one."""
    values = values / np.maximum(values.sum(axis=1, keepdims=True), 1e-12)
    if len(values) > 1:
        values = np.maximum(values - values.mean(axis=0), 0)
    shares: Floats = values / np.maximum(values.sum(axis=1, keepdims=True), 1e-12)
    return shares
