"""Weights for pages that lost full stops, beside those of the chains for whole pages."""

from functools import cached_property
from pathlib import Path

from jmtools.errors import ModelError
from jmtools.io.records import decode_value
from jmtools.pages.model import RoleModel
from jmtools.pages.scores import Weights

_SHARES = {"bare": 0.5, "printed": 0.7}  # of these weights in the mean
# What tells headlines from subheads does not hang on full stops, and runs of a training differ most in it.
_KEPT = {"bare": "HhS", "printed": ""}


class LostWeights:
    """Weights of chains that learned from nothing but pages that lost full stops; read when such a page comes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[int, RoleModel] = {}

    @cached_property
    def _chains(self) -> dict[str, tuple[Weights, Weights]]:
        try:
            data = decode_value(self._path.read_bytes())
            return {kind: (data[kind]["features"], data[kind]["transitions"]) for kind in _SHARES}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{self._path}: not usable weights for lost full stops: {error}") from error

    def beside(self, chain: RoleModel, *, bare: bool) -> RoleModel:
        """Return the mean of a chain for whole pages and of the one for such pages.

        Args:
            chain: A chain for whole pages.
            bare: Whether it is for text as a database or a paper's own site keeps it.
        """
        if id(chain) not in self._known:
            kind = "bare" if bare else "printed"
            self._known[id(chain)] = chain.mean_with(*self._chains[kind], _SHARES[kind], _KEPT[kind])
        return self._known[id(chain)]
