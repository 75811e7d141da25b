"""Explain why each line of a page has its role."""

from collections.abc import Iterator

from jmtools.io.json_types import Fields
from jmtools.pages.cue_words import in_words
from jmtools.pages.passes import SplitModel
from jmtools.pages.roles import ROLES
from jmtools.pages.splitting import SplitPage

_STRONGEST = 2
_NAMES = tuple(ROLES)


def explain_page(split: SplitPage, model: SplitModel) -> Iterator[Fields]:
    """Yield one record a line: its role, how probable it is, and the cues that spoke for it most.

    A cue puts several features into words. Its weight is the difference that they make between the line's role
    and the best other role.
    """
    for i, line in enumerate(split.lines):
        role = split.decoded.roles[i]
        margin = {_NAMES[j]: value for j, value in split.decoded.margins[i].items()}
        other = max((name for name in margin if name != role), key=lambda name: (margin[name], name), default=None)
        weights: dict[str, float] = {}
        for group in split.decoded.groups[i]:
            for feature in group:
                against = model.weight(feature, other, split.decoded) if other else 0.0
                difference = model.weight(feature, role, split.decoded) - against
                if difference:
                    cue = in_words(feature)
                    weights[cue] = weights.get(cue, 0.0) + difference
        strongest = sorted(weights, key=lambda name: (-weights[name], name))[:_STRONGEST]
        yield {
            "source": split.page.source,
            "line": line.first,
            "role": ROLES[role],
            "probability": round(margin.get(role, 0.0), 4),
            "other": ROLES[other] if other else None,
            "cues": [{"cue": name, "weight": round(weights[name], 3)} for name in strongest if weights[name] > 0],
            "text": line.text,
        }
