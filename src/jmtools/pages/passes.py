"""The learned model of `split` and its two passes over a page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from jmtools.errors import ModelError
from jmtools.io.installed import data_path
from jmtools.io.records import decode_value
from jmtools.pages.borders import BorderWeights, load_border_weights, revise, with_starts
from jmtools.pages.evidence import chances_of, probable_roles, weigh_articles
from jmtools.pages.features import PageView, view_page
from jmtools.pages.forms import Build
from jmtools.pages.groups import Groups, LazyGroups
from jmtools.pages.lines import Line
from jmtools.pages.lost_weights import LostWeights
from jmtools.pages.model import Decoded, RoleModel
from jmtools.pages.roles import INNER, ROLES, STARTS
from jmtools.pages.scores import check_weights
from jmtools.pages.surroundings import Surroundings

_MODEL_FILE = data_path("split_model.json")
_FORMAT = 2
_LOST_FILE = data_path("split_lost_stops.json")
_TIMES = 2  # that articles are weighed


class SplitModel:
    """A chain over what lines look like, and one over what the first makes of the page.

    Attributes:
        printed: Weights of both passes for printed pages; of the first alone if the second is None.
        bare: The same for text as databases and papers' own sites keep it, without a second pass of its own: what
            whole articles say was learned from a few papers, and does not hold for others.
        wide: The same for such text with digits of full width, as databases of the nineties keep it.
        lost: Weights beside those of the first passes, for pages that lost many full stops.
    """

    def __init__(
        self,
        first: RoleModel,
        second: RoleModel | None = None,
        bare: RoleModel | None = None,
        wide: RoleModel | None = None,
        *,
        borders: BorderWeights | None = None,
        lost: LostWeights | None = None,
    ) -> None:
        self.printed = first, second
        self.bare = (first, second) if bare is None else (bare, None)
        self.wide = self.bare if wide is None else (wide, None)
        self.borders, self.lost = borders, lost

    def decode_page(
        self,
        lines: Sequence[Line],
        fixed: dict[int, frozenset[str]] | None = None,
        leanings: Mapping[str, float] | None = None,
        paper: Build | None = None,
        *,
        printed: Sequence[str] | None = None,
    ) -> Decoded:
        """Find the roles of a page's lines.

        Args:
            lines: The lines of a page.
            fixed: The only roles that some of them, by index, may have.
            leanings: What the paper's own pages say of its headlines, see `leanings.Leanings`.
            paper: How other pages of the paper are built.
            printed: The lines as `reading.read_page` reads them; None reads them.
        """
        view = self._view(lines, paper, printed)
        decoded = self._decode(view, fixed, leanings)
        if not lines or not view.bare or self.borders is None:
            return decoded
        known = fixed or {}
        sure = {i for i, allowed in known.items() if allowed <= STARTS or allowed <= INNER}
        revision = revise(view.around, decoded, self.borders)
        settled = {
            i: known.get(i, frozenset(ROLES)) & (STARTS if begins else INNER)
            for i, begins in revision.changed.items()
            if i not in sure
        }
        chances = {i: chance for i, chance in revision.chances.items() if i not in sure}
        weighed = with_starts(decoded.margins, chances)
        if settled:
            decoded = self._decode(view, known | settled, leanings)
        decoded.margins = [weighed[i] if i in chances else margin for i, margin in enumerate(decoded.margins)]
        return decoded

    def decode_by_chain(self, lines: Sequence[Line]) -> Decoded:
        """Find the roles of a page's lines without deciding several borders at once."""
        return self._decode(self._view(lines))

    def _view(
        self, lines: Sequence[Line], paper: Build | None = None, printed: Sequence[str] | None = None
    ) -> PageView:
        """Return the features of a page; where full stops were lost, those that the weights for such pages know."""
        return view_page(lines, printed=printed, doubt=self.lost is not None, paper=paper)

    def _decode(
        self,
        view: PageView,
        fixed: Mapping[int, frozenset[str]] | None = None,
        leanings: Mapping[str, float] | None = None,
    ) -> Decoded:
        first, second = self._passes(bare=view.bare, wide=view.wide)
        if view.lost and self.lost is not None:
            first = self.lost.beside(first, bare=view.bare)
        if view.numbers is not None and not leanings:
            decoded = first.decode_numbers(view.numbers, view.groups, fixed, view.lost)
        else:
            decoded = first.decode(view.groups, fixed, leanings=leanings, more=view.lost)
        decoded.bare, decoded.restored, decoded.wide = view.bare, view.restored, view.wide
        if view.lost:
            decoded.groups = LazyGroups(view.with_lost)
        if second is None or not decoded.roles:
            return decoded
        again, evidence = decode_again(second, view.around, decoded)
        both = LazyGroups(lambda: [(*groups, *more) for groups, more in zip(decoded.groups, evidence, strict=True)])
        return replace(decoded, roles=again.roles, margins=again.margins, groups=both)

    def _passes(self, *, bare: bool, wide: bool) -> tuple[RoleModel, RoleModel | None]:
        """Return the passes for text of databases and sites (`bare`), with full-width digits or not, or for print."""
        return (self.wide if wide else self.bare) if bare else self.printed

    def weight(self, feature: str, role: str, decoded: Decoded) -> float:
        """Return the weight of one feature for one role, in whichever pass of those that decoded a page has it."""
        first, second = self._passes(bare=decoded.bare, wide=decoded.wide)
        if decoded.restored and self.lost is not None:
            first = self.lost.beside(first, bare=decoded.bare)
        return sum(one.weight(feature, role) for one in (first, second) if one is not None)


def decode_again(second: RoleModel, around: Surroundings, decoded: Decoded) -> tuple[Decoded, list[Groups]]:
    """Decode a page by the evidence of whole articles, and once more if the articles changed.

    Returns:
        The roles and probabilities, and the evidence on which they rest.
    """
    probable = probable_roles(decoded)
    evidence: list[Groups] = [((),)] * len(decoded.roles)
    if all(len(roles) == 1 for roles in probable.values()):
        return decoded, evidence
    chances, found = chances_of(decoded, probable), decoded
    for _ in range(_TIMES):
        evidence = weigh_articles(around, found, probable)
        again = second.decode(evidence, probable, chances)
        margins = [
            once if len(probable[i]) == 1 else _between(once, twice)
            for i, (once, twice) in enumerate(zip(decoded.margins, again.margins, strict=True))
        ]
        same = again.roles == found.roles
        found = replace(decoded, roles=again.roles, margins=margins)
        if same:
            break
    return found, evidence


def _between(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    """Return the mean of both passes: where they disagree, neither is sure."""
    return {role: (one.get(role, 0.0) + other.get(role, 0.0)) / 2 for role in one.keys() | other.keys()}


@cache
def load_model(path: Path = _MODEL_FILE) -> SplitModel:
    """Read a model that `training/train_split.py` wrote.

    Raises:
        ModelError: If the file is missing or is not such a model.
    """
    try:
        data = decode_value(path.read_bytes())
        if data["format"] != _FORMAT:
            raise ModelError(f"{path}: format {data['format']}; this version reads {_FORMAT}")
        if path != _MODEL_FILE:
            for one in data["passes"]:
                check_weights(one["features"])
                check_weights(one["transitions"])
        passes = [RoleModel(one["features"], one["transitions"]) for one in data["passes"]]
        return SplitModel(*passes[:4], borders=load_border_weights(), lost=LostWeights(_LOST_FILE))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: not a usable split model: {error}") from error
