"""How sure a record is: the probability of its lines' roles, brought to the share that turned out right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from jmtools.pages.lines import Line
from jmtools.pages.model import Decoded
from jmtools.pages.roles import STARTS

# Probability of all roles of a record and of the border after it → share of such records whose start, headline and
# paragraphs were right, on labelled pages that the weights had not seen (docs/benchmarks/split.md).
_MEASURED = (
    *((0.0, 0.2), (0.3, 0.34), (0.52, 0.46), (0.68, 0.64), (0.8, 0.76)),
    *((0.9, 0.85), (0.954, 0.927), (0.983, 0.977), (1.0, 0.99)),
)


def set_confidence(records: Sequence[dict[str, Any]], lines: Sequence[Line], decoded: Decoded) -> None:
    """Fill in the `confidence` of a page's records."""
    for record, chance in zip(records, probabilities(records, lines, decoded), strict=True):
        record["confidence"] = round(share_right(chance), 2)


def probabilities(records: Sequence[dict[str, Any]], lines: Sequence[Line], decoded: Decoded) -> list[float]:
    """Return for each record the probability of the roles of its lines and of the border after it."""
    chances = [0.0] * len(records)
    place = 0
    for last, number in _runs(records):
        while place < len(lines) and lines[place].first <= last:
            chances[number] += math.log(max(max(decoded.margins[place].values(), default=0.0), 1e-9))
            place += 1
        if place < len(lines) and decoded.roles[place] in STARTS:
            chances[number] += math.log(max(decoded.start_probability(place), 1e-9))
    return [math.exp(chance) for chance in chances]


def _runs(records: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the last line of each run of lines, in page order, with the number of its record."""
    return sorted(
        (run["line_end"], number) for number, record in enumerate(records) for run in record.get("spans", [record])
    )


def share_right(probability: float) -> float:
    """Return the share of records of this probability that are right, between the measured points.

    >>> share_right(0.9), share_right(1.0)
    (0.85, 0.99)
    """
    for (low, left), (high, right) in pairwise(_MEASURED):
        if probability <= high:
            return left + (right - left) * (probability - low) / (high - low)
    return _MEASURED[-1][1]
