"""Two texts beside each other: how much of each stands in the other, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from jmtools.dedupe.folding import Codes
from jmtools.dedupe.passages import Hashes, run_hashes

if TYPE_CHECKING:
    import numpy.typing as npt

Mask: TypeAlias = "npt.NDArray[np.bool_]"

RUN = 5  # letters in a row that are looked up in the other text
LEAST_RUN = 8  # letters of a run that counts: five alone are a set phrase
_GAP = 40  # letters between two runs of one passage, where it is edited or misread


class Match(NamedTuple):
    """How two texts match.

    Attributes:
        share: Of the first text's letters, how many stand in runs that the second has too.
        other_share: The same of the second text.
        span: Letters of the first text from the beginning to the end of the passage that they share.
        other_span: The same of the second text.
    """

    share: float
    other_share: float
    span: tuple[int, int]
    other_span: tuple[int, int]


def match(one: Codes, other: Codes) -> Match:
    """Compare two folded texts.

    >>> from jmtools.dedupe.folding import fold
    >>> brief = fold("海关昨日查获走私象牙三十件").codes
    >>> story = fold("本报讯 海关昨日，查获走私象牙三十件。案件在办").codes
    >>> match(brief, story).share, match(brief, story).other_span
    (1.0, (3, 16))
    """
    mine, theirs = run_hashes(one, RUN), run_hashes(other, RUN)
    covered, other_covered = _covered(mine, theirs, len(one)), _covered(theirs, mine, len(other))
    return Match(_share(covered), _share(other_covered), _span(covered), _span(other_covered))


def _covered(mine: Hashes, theirs: Hashes, letters: int) -> Mask:
    """Return of each letter whether it stands in a long enough run that the other text has too."""
    found = np.isin(mine, theirs)
    covered = np.zeros(letters, np.bool_)
    for first, after in _runs(found):
        end = after + RUN - 1
        if end - first >= LEAST_RUN:
            covered[first:end] = True
    return covered


def _runs(mask: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _share(covered: Mask) -> float:
    return float(covered.mean()) if len(covered) else 0.0


def _span(covered: Mask) -> tuple[int, int]:
    """Return the passage that holds most covered letters: runs with no wider gaps than edits make."""
    best = (0, 0, 0)
    start = end = held = 0
    for first, after in _runs(covered):
        if held and first - end > _GAP:
            best = max(best, (held, start, end))
            held = 0
        if not held:
            start = first
        held += after - first
        end = after
    best = max(best, (held, start, end))
    return best[1], best[2]
