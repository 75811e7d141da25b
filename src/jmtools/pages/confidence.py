"""How sure a record is: the probabilities of its page's lines, calibrated to the share that was right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jmtools.io.json_types import Fields
from jmtools.pages.lines import Line
from jmtools.pages.model import Decoded
from jmtools.pages.roles import STARTS

_DOUBT = 0.15  # a border that is this likely to be wrong, or a missed border this likely to be one, is flagged
_ROLE = 0.7  # a line whose role is less probable is flagged
_JOIN = 0.8  # the same for the parts of a broken sentence
_BROKEN = frozenset("OMEcsn")

SIGNS = ("probability", "neighbour", "page", "stops", "lines")
"""What `signs` measures, in its order."""

# How the signs of a record add up to the odds that its start, headline and paragraphs are right: learned from pages
# that the weights had not seen, as they are, wrapped, and with half of their marks gone. training/fit_confidence.py
# prints this table, and how right records of each confidence were in papers from which the table did not learn.
_BASE = 0.76
_WEIGHTS = (0.66, 0.13, -5.42, -2.61, -0.35)

_HEADLESS = 0.3  # of a record without a headline, whatever its signs are: of 45 in labelled pages none was right

_LEAST_ODDS, _MOST_ODDS = -6.9, 4.0  # of a record, of its neighbours: from there on more says nothing
_MOST_DOUBT, _MOST_RESTORED = 0.3, 0.4


def set_confidence(records: Sequence[Fields], lines: Sequence[Line], decoded: Decoded) -> None:
    """Fill in the `confidence` of a page's records, and flag those of which something is in doubt."""
    best = _best(decoded)
    for record, found in zip(records, signs(records, lines, decoded, best), strict=True):
        share = share_right(found)
        record["confidence"] = round(min(share, _HEADLESS) if "no_headline" in record["flags"] else share, 2)
    place = 0
    for last, number in _runs(records):
        flags = records[number]["flags"]
        while place < len(lines) and lines[place].first <= last:
            starts = lines[place].first == records[number]["line_start"]
            for flag in _doubts(decoded, best, place, starts=starts):
                if flag not in flags:
                    flags.append(flag)
            place += 1


def _doubts(decoded: Decoded, best: Sequence[float], place: int, *, starts: bool) -> list[str]:
    """Return what is in doubt about a line."""
    found = []
    chance = decoded.start_probability(place)
    if place and (1 - chance if starts else chance) > _DOUBT:
        found.append("doubtful_start" if starts else "doubtful_inside")
    broken = decoded.roles[place] in _BROKEN
    if best[place] < (_JOIN if broken else _ROLE):
        found.append("column_order_guessed" if broken else "doubtful_role")
    return found


def _best(decoded: Decoded) -> list[float]:
    """Return the probability of the likeliest role of each line."""
    return [max(margin.values()) if margin else 0.0 for margin in decoded.margins]


def signs(
    records: Sequence[Fields], lines: Sequence[Line], decoded: Decoded, best: Sequence[float] | None = None
) -> list[tuple[float, ...]]:
    """Return for each record of a page what tells how sure it is.

    Args:
        records: The records of a page.
        lines: Its lines.
        decoded: Their roles.
        best: The probability of the likeliest role of each line, if it is known.

    Returns:
        The odds (logarithm) of the roles of its lines and of the border after it, and those of the less probable of its
        neighbours; how much the page's lines are in doubt (mean), and how many of them got back a full stop that was
        lost (share); the number of its lines (logarithm).
    """
    best = _best(decoded) if best is None else best
    odds = [_odds(chance) for chance in _probabilities(records, lines, decoded, best)]
    doubt = 1 - sum(best) / (len(lines) or 1)
    page = min(doubt, _MOST_DOUBT), min(decoded.restored, _MOST_RESTORED)
    sizes = [0] * len(records)
    place = 0
    for last, number in _runs(records):
        while place < len(lines) and lines[place].first <= last:
            sizes[number] += 1
            place += 1
    found: list[tuple[float, ...]] = []
    for i, own in enumerate(odds):
        beside = min([*odds[max(i - 1, 0) : i], *odds[i + 1 : i + 2], _MOST_ODDS])
        found.append((own, beside, *page, math.log(sizes[i] or 1)))
    return found


def share_right(found: Sequence[float]) -> float:
    """Return the share of records with these signs that are right.

    >>> round(share_right((6.9, 4.0, 0.0, 0.0, 1.1)), 2), round(share_right((1.1, 0.0, 0.2, 0.4, 2.3)), 2)
    (1.0, 0.19)
    """
    total = _BASE + sum([weight * sign for weight, sign in zip(_WEIGHTS, found, strict=True)])
    return 1 / (1 + math.exp(-total))


def _odds(chance: float) -> float:
    least = math.exp(_LEAST_ODDS)
    return math.log(max(chance, least) / max(1 - chance, least))


def probabilities(records: Sequence[Fields], lines: Sequence[Line], decoded: Decoded) -> list[float]:
    """Return for each record the probability of the roles of its lines and of the border after it."""
    return _probabilities(records, lines, decoded, _best(decoded))


def _probabilities(
    records: Sequence[Fields], lines: Sequence[Line], decoded: Decoded, best: Sequence[float]
) -> list[float]:
    chances = [0.0] * len(records)
    place = 0
    for last, number in _runs(records):
        while place < len(lines) and lines[place].first <= last:
            chances[number] += math.log(max(best[place], 1e-9))
            place += 1
        if place < len(lines) and decoded.roles[place] in STARTS:
            chances[number] += math.log(max(decoded.start_probability(place), 1e-9))
    return [math.exp(chance) for chance in chances]


def _runs(records: Sequence[Fields]) -> list[tuple[int, int]]:
    """Return the last line of each run of lines, in page order, with the number of its record."""
    return sorted(
        (run["line_end"], number) for number, record in enumerate(records) for run in record.get("spans", [record])
    )
