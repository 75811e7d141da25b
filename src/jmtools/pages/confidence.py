"""How sure a record is: the probability of its lines' roles, calibrated to the share that was right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from jmtools.pages.lines import Line
from jmtools.pages.model import Decoded
from jmtools.pages.roles import STARTS

_DOUBT = 0.15  # a border that is this likely to be wrong, or a missed border this likely to be one, is flagged

# Probability of all roles of a record and of the border after it → share of such records whose start, headline and
# paragraphs were right, on labelled pages that the weights had not seen (docs/benchmarks/split.md): printed pages like
# those of the training, and text of databases and sites of papers that had no part in it.
_MEASURED = (
    *((0.0, 0.2), (0.3, 0.34), (0.52, 0.46), (0.68, 0.64), (0.8, 0.76)),
    *((0.9, 0.85), (0.954, 0.927), (0.983, 0.977), (1.0, 0.99)),
)
_MEASURED_BARE = (
    *((0.0, 0.1), (0.3, 0.25), (0.5, 0.42), (0.7, 0.58), (0.85, 0.73)),
    *((0.93, 0.85), (0.965, 0.9), (0.99, 0.96), (1.0, 0.985)),
)


def set_confidence(records: Sequence[dict[str, Any]], lines: Sequence[Line], decoded: Decoded) -> None:
    """Fill in the `confidence` of a page's records, and flag those whose borders are in doubt."""
    for record, chance in zip(records, probabilities(records, lines, decoded), strict=True):
        record["confidence"] = round(share_right(chance, bare=decoded.bare), 2)
    place = 0
    for last, number in _runs(records):
        flags = records[number]["flags"]
        while place < len(lines) and lines[place].first <= last:
            starts = lines[place].first == records[number]["line_start"]
            flag = "doubtful_start" if starts else "doubtful_inside"
            chance = decoded.start_probability(place)
            if place and flag not in flags and (1 - chance if starts else chance) > _DOUBT:
                flags.append(flag)
            place += 1


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


def share_right(probability: float, *, bare: bool = False) -> float:
    """Return the share of records of this probability that are right, between the measured points.

    Args:
        probability: Of a record.
        bare: Whether it is of text as a database or a paper's own site keeps it.

    >>> share_right(0.9), share_right(1.0), share_right(0.93, bare=True)
    (0.85, 0.99, 0.85)
    """
    measured = _MEASURED_BARE if bare else _MEASURED
    for (low, left), (high, right) in pairwise(measured):
        if probability <= high:
            return left + (right - left) * (probability - low) / (high - low)
    return measured[-1][1]
