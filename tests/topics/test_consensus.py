"""How the number of topics is chosen."""

from __future__ import annotations

import networkx
import numpy as np
import pytest

from jmtools.topics.consensus import RESOLUTION, Togetherness, _side_by_side
from tests.topics.test_topics import articles, fitted


def test_modularity_is_that_of_the_graph_of_records() -> None:
    draws = np.random.default_rng(3)
    partitions = [(draws.integers(0, k, 30), k) for k in (3, 5, 8)]
    labels = draws.integers(0, 4, 30)
    together = sum((one[:, None] == one).astype(float) for one, _ in partitions)
    graph = networkx.Graph()
    graph.add_weighted_edges_from(
        (i, j, together[i, j] / (2 if i == j else 1)) for i in range(30) for j in range(i, 30)
    )
    groups = [set(np.flatnonzero(labels == label).tolist()) for label in range(4)]
    expected = networkx.community.modularity(graph, groups, resolution=RESOLUTION)
    assert Togetherness(_side_by_side(partitions)).modularity(labels, 4) == pytest.approx(expected)


@pytest.mark.parametrize("count", [60, 200, 600])
def test_four_themes_are_four_topics_in_small_and_large_corpora(count: int) -> None:
    feature = fitted(articles(count))
    assert len(feature.topic_records()) == 4
    best = max(feature.table, key=lambda row: row["score"])
    assert best["k"] == 4
    assert set(best) == {"k", "kept", "modularity", "score"}
