"""Partitions that settle in the same place are left alone; one that missed a theme is mended; tiny topics are none."""

from __future__ import annotations

import random

import numpy as np
import pytest

from jmtools.topics.bayes import settle
from jmtools.topics.likeliest import _improved, _moves, _Settled, _settled, likeliest
from jmtools.topics.vectors import Ints, Matrix, turned_rows
from tests.topics.test_topics import articles, fitted, themes_of

THEMES = 4


def records_of_themes(size: int = 240) -> tuple[Matrix, Ints]:
    """Return TF-IDF of records, each with words of its theme and some of all, and the themes."""
    from scipy.sparse import csr_matrix

    draws = np.random.default_rng(3)
    themes = np.arange(size) % THEMES
    counts = draws.random((size, 80)) < 0.02
    for theme in range(THEMES):
        counts[themes == theme, 15 * theme : 15 * theme + 15] |= draws.random((size // THEMES, 15)) < 0.5
    dense = counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1)
    return csr_matrix(dense), themes


def is_same(labels: Ints, themes: Ints) -> bool:
    """Return whether nine records of ten of each theme are alone in a topic."""
    table = np.zeros((THEMES, int(labels.max()) + 1))
    np.add.at(table, (themes, labels), 1)
    return len(set(table.argmax(axis=1).tolist())) == THEMES and bool(
        (table.max(axis=1) > 0.9 * table.sum(axis=1)).all()
    )


def test_two_themes_in_one_topic_are_parted_and_one_theme_in_two_is_joined() -> None:
    matrix, themes = records_of_themes()
    wrong = np.where(themes == 3, 2, themes)
    wrong[(themes == 0) & (np.arange(len(themes)) % 8 == 0)] = 3
    labels, weights = settle(matrix, wrong, THEMES, 1)
    start = _Settled(labels, weights, -1e9)
    assert not is_same(labels, themes)
    assert any(is_same(moved, themes) for moved in _moves(matrix, start))
    assert is_same(_improved(matrix, turned_rows(matrix), start).labels, themes)


def test_what_is_right_stays() -> None:
    matrix, themes = records_of_themes()
    right = _settled(matrix, turned_rows(matrix), themes)
    assert _improved(matrix, turned_rows(matrix), right) is right
    assert is_same(likeliest(matrix, matrix, [themes, themes[::-1].copy()]), themes)


@pytest.mark.parametrize("k", [None, 5])
def test_two_records_among_hundreds_is_no_topic(k: int | None) -> None:
    one = {"tokens": ["考古", "陶罐", "竹简", "古墓", "铜镜", "铭文", "考古", "陶罐"], "text": "", "theme": "考古"}
    other = {"tokens": ["考古", "陶罐", "竹简", "古墓", "修复", "展出", "考古", "文物"], "text": "", "theme": "考古"}
    records = [*articles(400), one, other]
    random.Random(1).shuffle(records)
    feature = fitted(records, k=k)
    assert min(record["size"] for record in feature.topic_records()) > 20
    assert all(found - {"考古"} for found in themes_of(feature, records).values())
