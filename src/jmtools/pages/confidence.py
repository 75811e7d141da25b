"""How sure a record is: the probability of its lines' roles, brought to the share that turned out right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from jmtools.pages.lines import Line
from jmtools.pages.model import Decoded

# Probability of all roles of a record and of the border after it → share of such records whose start, headline and
# paragraphs were right, on labelled pages that the weights had not seen (docs/benchmarks/split.md).
_MEASURED = ((0.0, 0.4), (0.2, 0.43), (0.6, 0.48), (0.75, 0.56), (0.85, 0.73), (0.93, 0.9), (0.98, 0.955), (1.0, 0.985))


def set_confidence(records: Sequence[dict[str, Any]], lines: Sequence[Line], decoded: Decoded) -> None:
    """Fill in the `confidence` of a page's records."""
    place = 0
    for record in records:
        chance = 0.0
        while place < len(lines) and lines[place].first <= record["line_end"]:
            chance += math.log(max(max(decoded.margins[place].values(), default=0.0), 1e-9))
            place += 1
        if place < len(lines):
            chance += math.log(max(decoded.start_probability(place), 1e-9))
        record["confidence"] = round(share_right(math.exp(chance)), 2)


def share_right(probability: float) -> float:
    """Return the share of records of this probability that are right, between the measured points.

    >>> share_right(0.5), share_right(1.0)
    (0.4675, 0.985)
    """
    for (low, left), (high, right) in pairwise(_MEASURED):
        if probability <= high:
            return left + (right - left) * (probability - low) / (high - low)
    return _MEASURED[-1][1]
