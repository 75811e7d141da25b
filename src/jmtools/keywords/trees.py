"""Boosted trees over the best candidates of the formula: what they add to its logarithm, and which of them come first.

One file of trees orders them anew. Those of the other, learned from what readers struck, say how far each is to be
trusted with a place among the first keywords.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jmtools.io.installed import data_path
from jmtools.io.json_types import Fields
from jmtools.io.records import decode_value
from jmtools.keywords.tree_features import FEATURES, Features

if TYPE_CHECKING:
    import numpy.typing as npt

    from jmtools.keywords.vocabulary import Floats

LEAVES = 16  # of a tree
_NEVER = 32767  # no feature is above it
LEAST_TRUST = 1e-6
ORDER, FIRSTS = "keyword-trees.json", "keyword-firsts.json"


@dataclass(frozen=True)
class Trees:
    """Trees as tables: each has up to 16 leaves, numbered from left to right.

    A test of a tree fails where a feature is above its threshold; then no leaf of its left half is reached. The leaf
    that is reached is the first of those that are left (Lucchese et al. 2015, QuickScorer).

    Attributes:
        leaf: What each leaf adds, in `unit`s, shape (trees, 16).
        feature, threshold: Of each test of a tree, shape (trees, 15).
        kept: The leaves that are left if it fails, as bits, shape (trees, 15).
        unit: Of the leaves, in logarithms of the score.
        constant: Is added to all.
        rest: Is added to candidates that are not among the best, in `unit`s.
    """

    leaf: npt.NDArray[np.int16]
    feature: npt.NDArray[np.uint16]
    threshold: npt.NDArray[np.int16]
    kept: npt.NDArray[np.uint16]
    unit: float
    constant: float
    rest: int

    def sums(self, features: Features) -> Floats:
        """Return what is added to the logarithm of each score, shape (rows,)."""
        total = np.zeros(len(features), np.int64)
        columns = np.ascontiguousarray(features.T)
        for leaf, tests in zip(self.leaf, zip(self.feature, self.threshold, self.kept, strict=True), strict=True):
            left = np.full(len(features), 0xFFFF, np.uint16)
            for feature, threshold, kept in zip(*tests, strict=True):
                if threshold != _NEVER:
                    left[columns[feature] > threshold] &= kept
            total += leaf[np.log2(left & -left.astype(np.int64)).astype(np.int64)]
        return self.added(total)

    def added(self, total: npt.NDArray[np.int64] | int) -> Floats:
        """Return what a sum of leaves adds to the logarithm of a score."""
        added: Floats = self.constant + self.unit * np.asarray(total, np.float64)
        return added


def trusts(added: Floats) -> Floats:
    """Return what scores are multiplied by for the first keywords, given the log odds that readers keep each term.

    It is the square of the chance (docs/benchmarks/keywords.md).
    """
    chances = 1 / (1 + np.exp(-added))
    trusted: Floats = np.maximum(chances * chances, LEAST_TRUST)
    return trusted


def chance_of(trust: float) -> float:
    """Return the chance that readers keep a term that is trusted so far, to two decimals."""
    return round(math.sqrt(trust), 2)


@functools.cache
def load_trees(name: str = ORDER) -> Trees:
    """Return one of the two files of trees that come with the program."""
    return as_trees(decode_value(data_path(name).read_bytes()))


def as_trees(data: Fields) -> Trees:
    """Return trees as tables.

    Args:
        data: `features`, names of `FEATURES`; `tests` of each tree, each the number of a feature, the most that does
            not fail it, and as bits the leaves that are left if it fails; `leaves` of each tree; `unit`, `constant`,
            `rest`.
    """
    names = list(FEATURES)
    number = {place: names.index(name) for place, name in enumerate(data["features"])}
    count = len(data["leaves"])
    leaf, feature = np.zeros((count, LEAVES), np.int16), np.zeros((count, LEAVES - 1), np.uint16)
    threshold, kept = np.full(feature.shape, _NEVER, np.int16), np.full(feature.shape, 0xFFFF, np.uint16)
    for tree, (leaves, tests) in enumerate(zip(data["leaves"], data["tests"], strict=True)):
        leaf[tree, : len(leaves)] = leaves
        for place, (name, most, bits) in enumerate(tests):
            feature[tree, place], threshold[tree, place], kept[tree, place] = number[name], most, bits
    return Trees(leaf, feature, threshold, kept, data["unit"], data["constant"], data["rest"])
