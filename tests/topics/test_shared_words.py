"""Words shared between batches: numbered once, sent to another process as a list."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.reduction import ForkingPickler

import numpy as np

from jmtools.counts.tally import Vocabulary
from jmtools.topics.shared_words import SharedWords, WordPlaces
from jmtools.topics.vectors import Ints


def test_only_words_that_are_new_are_looked_up() -> None:
    known, vocabulary, asked = ["", "供电", "检修", "龙舟"], Vocabulary(["龙舟"]), list[str]()

    def encode(words: Sequence[str]) -> Ints:
        asked.extend(words)
        return vocabulary.encode(words)

    places = WordPlaces()
    assert places.of(SharedWords(known, np.array([1, 3])), encode).tolist() == [1, 0]
    known.append("粽子")
    assert places.of(SharedWords(known, np.array([3, 4, 2])), encode).tolist() == [0, 2, 3]
    assert asked == ["供电", "龙舟", "粽子", "检修"]
    assert places.of(["检修", "供电"], encode).tolist() == [3, 1], "what another process sends"
    assert places.of(SharedWords(["", "粽子"], np.array([1])), encode).tolist() == [2], "another list"


def test_another_process_gets_a_list_of_its_own() -> None:
    words = SharedWords(["", "供电", "检修"], np.array([2, 1]))
    assert ForkingPickler.loads(ForkingPickler.dumps(words)) == list(words) == ["检修", "供电"]
    assert len(words) == 2
