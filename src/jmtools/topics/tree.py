"""Topics of topics: which topics are related, on one or more levels."""

from __future__ import annotations

import numpy as np

from jmtools.topics.vectors import Floats, Ints

FOLD = 3  # a level has about a third of the topics of the level below
_LEAST = 4  # topics from which a level above them says something


def levels(profiles: Floats, sizes: Ints) -> list[Ints]:
    """Return for each level, from the lowest, the group of each topic; groups are numbered by size.

    The topics are joined pair by pair, those first whose words are most alike (average linkage over the Hellinger
    distances of their profiles), and the tree is cut where a third of the groups is left, then a third of these.

    Args:
        profiles: Share of each word in each topic, shape (topics, terms).
        sizes: Records of each topic.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    number = len(profiles)
    if number < _LEAST:
        return []
    tree = linkage(np.sqrt(profiles), "average")
    found, wanted = [], number
    while wanted >= _LEAST:
        wanted = max(2, round(wanted / FOLD))
        groups = fcluster(tree, wanted, "maxclust") - 1
        weight = np.bincount(groups, weights=sizes)
        first = np.array([np.flatnonzero(groups == g)[0] for g in range(len(weight))])
        place = np.empty(len(weight), np.int64)
        place[np.lexsort((first, -weight))] = np.arange(len(weight))
        found.append(place[groups])
    return found
