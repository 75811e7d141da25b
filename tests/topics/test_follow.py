"""Which topics go on from one fit to the next: every limit of the rule, from both sides."""

from __future__ import annotations

import numpy as np
import pytest

from jmtools.topics.follow import follow


def course(together: list[list[int]], affinity: float = 1.0) -> tuple[list[int], list[str]]:
    counts = np.array(together)
    found = follow(counts, np.full(counts.shape, affinity), list(range(len(together))), 10)
    return found.numbers, found.status


def test_a_topic_goes_on_only_in_a_part_that_is_large_enough() -> None:
    # all 30 records of the old topic are in the new one: of 120 they are a quarter, of 124 they are less
    assert course([[30, 0], [90, 10]])[0] == [1, 10]  # the larger share of the new topic takes the number
    assert course([[30], [0]]) == ([0], ["kept"])
    only = np.array([[30, 0], [0, 0]])
    assert follow(only, np.ones((2, 2)), [0, 1], 10).numbers[0] == 0


@pytest.mark.parametrize(("others", "kept"), [(90, True), (94, False)])
def test_a_quarter_of_the_new_topic_is_the_limit(others: int, kept: bool) -> None:
    # old topic 0 has 30 records, all in new topic 0, which has `others` more from an old topic of other words
    together = np.array([[30, 0], [others, 200]])
    alike = np.array([[1.0, 1.0], [0.0, 1.0]])
    found = follow(together, alike, [0, 1], 10)
    assert (found.numbers[0] == 0) is kept


@pytest.mark.parametrize(("affinity", "status"), [(0.5, "kept"), (0.49, "new")])
def test_half_of_the_words_is_the_limit(affinity: float, status: str) -> None:
    assert course([[40]], affinity)[1] == [status]


@pytest.mark.parametrize(("share", "status"), [(13, "split"), (12, "new")])
def test_an_eighth_of_the_old_topic_split_off_names_its_origin(share: int, status: str) -> None:
    # of 100 old records `share` make up a topic of their own
    found = follow(np.array([[100 - share, share]]), np.ones((1, 2)), [3], 10)
    assert (found.numbers, found.status) == ([3, 10], ["kept", status])
    assert found.origins[1] == ([3] if status == "split" else [])
