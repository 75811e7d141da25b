"""Headlines below a line that says with a colon whom they are about (何守田： / 三十年守一座桥), several on a page.

Where the first of them opens an article the others do too, though by themselves they look like questions and answers.
"""

from jmtools.pages.model import Decoded
from jmtools.pages.surroundings import Surroundings

_KICKER, _TITLE = 20, 24  # characters, at most
_SURE = 0.9
_COLONS = "：:"


def kicker_rows(around: Surroundings, decoded: Decoded) -> dict[int, float]:
    """Return for each such line of a page how probable it is to begin an article, where one of them surely does."""
    places = [i for i in range(len(around.texts)) if _kicker_at(around, i)]
    chance = max((decoded.start_probability(i) for i in places if decoded.roles[i] == "H"), default=0.0)
    if 0 in places and decoded.roles[0] == "H":  # what a page begins with is no subhead
        chance = max(chance, _SURE)
    return dict.fromkeys(places, chance) if len(places) > 1 and chance >= _SURE else {}


def _kicker_at(around: Surroundings, i: int) -> bool:
    """Say whether a short line with a colon at its end, below a whole text, stands above a title and its text."""
    texts, brief = around.texts, around.brief
    if texts[i][-1] not in _COLONS or len(texts[i]) > _KICKER or not brief[i] or i + 2 >= len(texts):
        return False
    below = i == 0 or around.complete[i - 1]
    title = brief[i + 1] and len(texts[i + 1]) <= _TITLE and texts[i + 1][-1] not in _COLONS
    return below and title and around.complete[i + 2]
