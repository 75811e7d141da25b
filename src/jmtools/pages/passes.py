"""The learned model of `split` and its two passes over a page."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jmtools.errors import ModelError
from jmtools.installed import data_path
from jmtools.pages.evidence import chances_of, probable_roles, weigh_articles
from jmtools.pages.features import view_page
from jmtools.pages.lines import Line
from jmtools.pages.model import Decoded, RoleModel
from jmtools.records import decode_value

_MODEL_FILE = data_path("split_model.json")
_FORMAT = 1


class SplitModel:
    """A chain over what lines look like, and one over what the first makes of the page.

    Attributes:
        first: Weights of the first pass.
        second: Weights of the second pass, or None for the first alone.
        bare: Weights of the first pass for text as databases and papers' own sites keep it, or None for the same.
    """

    def __init__(self, first: RoleModel, second: RoleModel | None = None, bare: RoleModel | None = None) -> None:
        self.first, self.second, self.bare = first, second, bare or first

    def decode_page(self, lines: Sequence[Line], fixed: dict[int, frozenset[str]] | None = None) -> Decoded:
        """Find the roles of a page's lines.

        Args:
            lines: The lines of a page.
            fixed: The only roles that some of them, by index, may have.
        """
        view = view_page(lines)
        decoded = (self.bare if view.bare else self.first).decode(view.groups, fixed)
        decoded.bare = view.bare
        if self.second is None or not lines:
            return decoded
        probable = probable_roles(decoded)
        evidence = weigh_articles(view.around, decoded, probable)
        again = self.second.decode(evidence, probable, chances_of(decoded))
        both = [(*groups, *more) for groups, more in zip(view.groups, evidence, strict=True)]
        margins = [
            once if len(probable[i]) == 1 else twice
            for i, (once, twice) in enumerate(zip(decoded.margins, again.margins, strict=True))
        ]
        return Decoded(again.roles, margins, both, view.bare)

    def weight(self, feature: str, role: str, *, bare: bool = False) -> float:
        """Return the weight of one feature for one role, in whichever pass has it."""
        second = self.second.weight(feature, role) if self.second is not None else 0.0
        return (self.bare if bare else self.first).weight(feature, role) + second


@cache
def load_model(path: Path = _MODEL_FILE) -> SplitModel:
    """Read a model that `benchmarks/train_split.py` wrote.

    Raises:
        ModelError: If the file is missing or is not such a model.
    """
    try:
        data = decode_value(path.read_bytes())
        if data["format"] != _FORMAT:
            raise ModelError(f"{path}: format {data['format']}; this version reads {_FORMAT}")
        passes = [RoleModel(one["features"], one["transitions"]) for one in data["passes"]]
        return SplitModel(*passes[:3])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not a usable split model: {error}") from error
