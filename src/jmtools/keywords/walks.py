"""Random walks on the words of one document: TextRank and PositionRank, pure functions of positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from jmtools.keywords.vocabulary import Ints

DAMPING = 0.85
TEXTRANK_SPAN = 5  # a word meets the four after it
TEXTRANK_ROUNDS = 10
POSITIONRANK_WINDOW = 10  # the paper's best on two of its three collections
_POSITIONRANK_ROUNDS = 100
_POSITIONRANK_CLOSE = 1e-9


def text_rank(words: Sequence[str | None], *, span: int = TEXTRANK_SPAN) -> dict[str, float]:
    """Return the rank of each word, the highest 1.

    Args:
        words: The words of a text in order; None stands for one that is no candidate but keeps others apart.
        span: Two words are joined if fewer than this many steps lie between them.

    Source:
        Mihalcea and Tarau (2004), equation 2, with the choices of `jieba.analyse.textrank`, so that ranks are its
        ranks for the same tagged words: words of a pair keep their order in the counts, ten rounds in the order of the
        words, each using what the round has found already, and (rank − lowest / 10) / (highest − lowest / 10) at the
        end.
    """
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for place, word in enumerate(words):
        if word is not None:
            for other in words[place + 1 : place + span]:
                if other is not None:
                    pairs[word, other] += 1
    edges: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (left, right), weight in pairs.items():
        edges[left].append((right, weight))
        edges[right].append((left, weight))
    if not edges:
        return {}
    total = {word: float(sum(weight for _, weight in around)) for word, around in edges.items()}
    rank = dict.fromkeys(edges, 1.0 / len(edges))
    for _ in range(TEXTRANK_ROUNDS):
        for word in sorted(edges):
            share = 0.0
            for other, weight in edges[word]:
                share += weight / total[other] * rank[other]
            rank[word] = (1 - DAMPING) + DAMPING * share
    lowest, highest = min(rank.values()) / 10.0, max(rank.values())
    return {word: (value - lowest) / (highest - lowest) for word, value in rank.items()}


def position_rank(nodes: Ints, place: Ints, *, window: int = POSITIONRANK_WINDOW) -> dict[int, float]:
    """Return the rank of each node, all together 1.

    Args:
        nodes: The word of each token as a number, -1 where it is no node.
        place: Which word of the text each token is, from 1.
        window: Two words are joined if they stand within this many words, both counted.

    Source:
        Florescu and Caragea (2017), PositionRank, equations 2 and 3: a walk that starts anew, with probability 0.15,
        at words in proportion to the sum of 1 / place over their places.
    """
    at = np.flatnonzero(nodes >= 0)
    names, index = np.unique(nodes[at], return_inverse=True)
    size = len(names)
    if size == 0:
        return {}
    bias = np.bincount(index, weights=1.0 / place[at], minlength=size)
    bias = bias / bias.sum()
    left, right = _pairs(place[at], window)
    left, right = index[left], index[right]
    left, right = left[left != right], right[left != right]
    key, weight = np.unique(np.concatenate([left * size + right, right * size + left]), return_counts=True)
    source, target = key // size, key % size
    out = np.bincount(source, weights=weight, minlength=size)
    share = weight / out[source]
    lonely = out == 0
    rank = np.full(size, 1.0 / size)
    for _ in range(_POSITIONRANK_ROUNDS):
        flow = np.bincount(target, weights=share * rank[source], minlength=size) + rank[lonely].sum() * bias
        new = DAMPING * flow + (1 - DAMPING) * bias
        change = float(np.abs(new - rank).sum())
        rank = new
        if change < _POSITIONRANK_CLOSE:
            break
    return dict(zip(names.tolist(), rank.tolist(), strict=True))


def _pairs(place: Ints, window: int) -> tuple[Ints, Ints]:
    """Return all pairs of tokens that stand within a window, as two arrays of indexes."""
    lefts, rights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for step in range(1, min(window, len(place))):
        near = np.flatnonzero(place[step:] - place[:-step] < window)
        lefts.append(near)
        rights.append(near + step)
    return np.concatenate(lefts), np.concatenate(rights)
