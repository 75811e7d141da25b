"""Where terms stand: their dispersion over the parts of a corpus, and intervals that take articles as the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.tally import Counts
from jmtools.errors import OptionError
from jmtools.fields.grouping import group_order
from jmtools.stats import dispersion, distances, evenness
from jmtools.stats.intervals import ratio_interval

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.intp]"
Parted = Callable[[Sequence[int], Sequence[int], dispersion.Parts], float]
Placed = Callable[[Sequence[int], int], float]
# Measures over the parts of a corpus, and over the distances from one place to the next.
PARTED: Mapping[str, Parted] = {
    "dp": dispersion.dp,
    "dp_norm": dispersion.dp_norm,
    "juilland_d": dispersion.juilland_d,
    "cv": dispersion.variation,
    "dp_egbert": evenness.dp_egbert,
    "carroll_d2": evenness.carroll_d2,
    "rosengren_s": evenness.rosengren_s,
    "lyne_d3": evenness.lyne_d3,
    "zhang_dc": evenness.zhang_dc,
    "da": evenness.burch_da,
    "kl": evenness.kl_divergence,
    "dkl": evenness.dkl,
    "juilland_u": evenness.juilland_u,
    "carroll_um": evenness.carroll_um,
    "rosengren_kf": evenness.rosengren_kf,
    "engwall_fm": evenness.engwall_fm,
    "kromer_ur": evenness.kromer_ur,
}
PLACED: Mapping[str, Placed] = {
    "arf": dispersion.arf,
    "ald": distances.ald,
    "awt": distances.awt,
    "f_ald": distances.f_ald,
    "f_awt": distances.f_awt,
}
USUAL = ("range", "dp", "dp_norm", "juilland_d", "cv", "arf")
FIELDS = ("range", *PARTED, *PLACED)


def equal_parts(spec: str) -> int | None:
    """Return N of `equal:N`, or None if the parts are others.

    Raises:
        OptionError: If N is no number of parts.
    """
    kind, _, number = spec.partition(":")
    if kind != "equal":
        return None
    if not number.isdecimal() or not 2 <= int(number) <= 1_000_000:
        raise OptionError(f"--parts {spec}: equal:N wants a number of parts from 2 up")
    return int(number)


class TermDispersion:
    """The places of every term of one group."""

    def __init__(self, counts: Counts, parts: str) -> None:
        """Sort the places by term.

        Args:
            counts: With its sequence.
            parts: `doc`, `equal:N`, or any other name where `counts.parts` says it.
        """
        sequence = np.concatenate([np.zeros(0, np.int32), *counts.sequence])
        self._n = len(sequence)
        self._doc_of = np.repeat(np.arange(len(counts.sizes)), counts.sizes)
        self._doc_sizes = np.array(counts.sizes, np.int64)
        self._part_of = self._place_parts(counts, parts)
        self._sizes = np.bincount(self._part_of) if self._n else np.zeros(0, np.int64)
        self._parts = dispersion.parts_of(self._sizes.tolist())
        self._places = np.argsort(sequence, kind="stable")
        self._sorted = sequence[self._places]

    def fields(self, number: int, names: Sequence[str] = USUAL) -> dict[str, float]:
        """Return measures of the dispersion of a term that occurs."""
        places = self._places_of(number)
        parts, freqs = np.unique(self._part_of[places], return_counts=True)
        counts, sizes, positions = freqs.tolist(), self._sizes[parts].tolist(), places.tolist()
        found: dict[str, float] = {}
        for name in names:
            if name in PARTED:
                found[name] = PARTED[name](counts, sizes, self._parts)
            else:
                found[name] = PLACED[name](positions, self._n) if name in PLACED else len(counts)
        return found

    def interval(self, number: int, *, confidence: float) -> tuple[float, float] | None:
        """Return the interval of a term's relative frequency over articles; None where there is one article only."""
        docs, freqs = np.unique(self._doc_of[self._places_of(number)], return_counts=True)
        sizes = self._doc_sizes[docs]
        return ratio_interval(
            int(freqs.sum()),
            self._n,
            docs=len(self._doc_sizes),
            freq_squares=int((freqs * freqs).sum()),
            products=int((freqs * sizes).sum()),
            n_squares=int((self._doc_sizes * self._doc_sizes).sum()),
            confidence=confidence,
        )

    def rates(self, number: int) -> list[float]:
        """Return the relative frequency of a term in each record that has it."""
        docs, freqs = np.unique(self._doc_of[self._places_of(number)], return_counts=True)
        found: list[float] = (freqs / self._doc_sizes[docs]).tolist()
        return found

    def _places_of(self, number: int) -> Numbers:
        first, last = np.searchsorted(self._sorted, [number, number + 1])
        return self._places[first:last]

    def _place_parts(self, counts: Counts, parts: str) -> npt.NDArray[np.int64]:
        equal = equal_parts(parts)
        if equal is not None:
            return np.arange(self._n, dtype=np.int64) * equal // max(self._n, 1)
        if parts == "doc":
            return self._doc_of
        numbers = {part: index for index, part in enumerate(sorted(set(counts.parts), key=group_order))}
        of_docs: Sequence[int] = [numbers[part] for part in counts.parts]
        return np.repeat(np.array(of_docs, np.int64), counts.sizes)
