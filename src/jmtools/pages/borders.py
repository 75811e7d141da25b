"""Borders that are decided after the chain, several at once: rows of briefs, and items as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jmtools.errors import ModelError
from jmtools.io.installed import data_path
from jmtools.io.records import decode_value
from jmtools.pages.brief_rows import begins_with, possible_rows, row_chances
from jmtools.pages.kicker_rows import kicker_rows
from jmtools.pages.model import START_INDEXES, Decoded, start_chance
from jmtools.pages.roles import ROLE_INDEX
from jmtools.pages.surroundings import Surroundings
from jmtools.pages.ties import Ties
from jmtools.pages.whole_items import border_chances, open_blocks

_FILE = data_path("split_borders.json")
_HEADLINE = ROLE_INDEX["H"]


@dataclass(frozen=True, slots=True)
class BorderWeights:
    """What was learned of several lines at once.

    Attributes:
        rows: Weights for rows of briefs.
        short: Weights for short lines that may begin an item.
        wide: The same, and for the items that come of it, on pages with digits of full width.
    """

    rows: Mapping[str, float] = field(default_factory=dict)
    short: Mapping[str, float] = field(default_factory=dict)
    wide: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """Which lines begin an item, where that was decided anew.

    Attributes:
        chances: How probable it is of each.
        changed: The lines, by index, of which the chain said something else.
    """

    chances: Mapping[int, float]
    changed: Mapping[int, bool]


def revise(around: Surroundings, decoded: Decoded, weights: BorderWeights) -> Revision:
    """Decide the borders of a page that the chain decided line by line.

    Args:
        around: The lines of the page.
        decoded: What the chain made of them.
        weights: What was learned of such borders.
    """
    ties = Ties(around)
    chances: dict[int, float] = {}
    begins: dict[int, bool] = {}
    items = weights.wide if decoded.wide else weights.short
    if items:
        for block in open_blocks(around, ties, decoded):
            for i, chance in border_chances(block, items).items():
                chances[i], begins[i] = chance, chance > 1 / 2
    if weights.rows:
        for row in possible_rows(around, ties, decoded):
            found = row_chances(row, weights.rows)
            first = begins_with(found, len(row.places))
            for n, i in enumerate(row.places):
                chances[i] = max(sum(found[: min(n + 1, len(row.rows))]), decoded.start_probability(i))
                begins[i] = first is not None and n >= first
    for i, chance in kicker_rows(around, decoded).items():
        chances[i], begins[i] = chance, True
    starts = decoded.starts()
    return Revision(chances, {i: begin for i, begin in begins.items() if begin != (i in starts)})


def with_starts(margins: Sequence[Mapping[int, float]], chances: Mapping[int, float]) -> list[dict[int, float]]:
    """Return the probabilities of the roles of each line, so that some lines begin an item as probably as is said."""
    found = [dict(margin) for margin in margins]
    for i, chance in chances.items():
        margin = found[i]
        begins = start_chance(margin)
        if begins <= 0:
            margin[_HEADLINE] = begins = 1e-12
        for j in margin:
            part = begins if j in START_INDEXES else 1 - begins
            margin[j] *= (chance if j in START_INDEXES else 1 - chance) / part if part > 0 else 0.0
    return found


@cache
def load_border_weights(path: Path = _FILE) -> BorderWeights:
    """Read what `training/train_borders.py` wrote.

    Raises:
        ModelError: If the file is missing or is not such a file.
    """
    try:
        data = decode_value(path.read_bytes())
        return BorderWeights(data["rows"], data["short"], data["wide"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not usable weights of borders: {error}") from error
