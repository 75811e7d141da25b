"""Trees that order the best candidates anew: tables, features, and what they are worth in a list."""

from __future__ import annotations

import numpy as np
import pytest

from jmtools.io.json_types import Fields
from jmtools.keywords.extract import KeywordExtractor
from jmtools.keywords.options import KeywordOptions
from jmtools.keywords.tree_features import FEATURES
from jmtools.keywords.trees import LEAVES, as_trees, load_trees

ONE: Fields = {
    "features": list(FEATURES),
    "unit": 0.5,
    "constant": -1.0,
    "rest": 3,
    "leaves": [[10, 20, 30]],
    "tests": [[[2, 4, 0xFFFF ^ 0b011], [0, 7, 0xFFFF ^ 0b001]]],
}
PARAGRAPH = "渔民出海，海事局提醒渔船注意台风。台风明日登陆，渔船陆续回港避风，海事局派出巡逻艇。"
ARTICLE = {"headline": "渔船回港避台风", "text": f"{PARAGRAPH}避风港里停满渔船。"}


def test_a_row_reaches_the_leaf_that_its_tests_lead_to() -> None:
    rows = np.zeros((3, len(FEATURES)), np.int16)
    rows[:, 2], rows[:, 0] = (4, 4, 5), (7, 8, 0)  # left and left, left and right, right
    assert as_trees(ONE).sums(rows).tolist() == [4.0, 9.0, 14.0]


def test_features_are_told_by_name() -> None:
    turned = as_trees({**ONE, "features": list(reversed(FEATURES))})
    assert (turned.feature[0, :2] == len(FEATURES) - 1 - as_trees(ONE).feature[0, :2]).all()


def test_the_trees_of_the_program_ask_what_there_is() -> None:
    trees = load_trees()
    assert trees.leaf.shape == (len(trees.leaf), LEAVES)
    assert int(trees.feature.max()) < len(FEATURES)
    assert int(np.bitwise_and.reduce(trees.kept, axis=1).min()) > 0  # a leaf is left whatever fails


@pytest.mark.parametrize("top", [1, 3, 40])
def test_the_best_are_the_same_however_many_are_wanted(top: int) -> None:
    longer = KeywordExtractor(KeywordOptions(top=40, nested="all")).apply([ARTICLE])[0]["keywords"]
    assert KeywordExtractor(KeywordOptions(top=top, nested="all")).apply([ARTICLE])[0]["keywords"] == longer[:top]


def test_trees_are_off_where_a_factor_is() -> None:
    explained = KeywordExtractor(KeywordOptions(explain=True)).apply([ARTICLE])[0]["keywords"]
    assert any(one["factors"]["trees"] != 1 for one in explained)
    for options in (KeywordOptions(explain=True, without_factors=("idf",)), KeywordOptions(explain=True, tf="bm25")):
        without = KeywordExtractor(options).apply([ARTICLE])[0]["keywords"]
        assert all(one["factors"]["trees"] == 1 for one in without)
