"""Where terms stand: their dispersion over the parts of a corpus, and intervals that take articles as the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from jmtools.counts.tally import Counts
from jmtools.errors import OptionError
from jmtools.fields.grouping import group_order
from jmtools.io.records import round6
from jmtools.stats import dispersion, distances, evenness
from jmtools.stats.intervals import ratio_interval

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.int64]"
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
# Measures that follow from another one, by its name: that is computed once where both are wanted.
DERIVED: Mapping[str, tuple[str, Callable[[float, dispersion.Parts], float]]] = {
    "dp_norm": ("dp", dispersion.dp_over_largest),
    "juilland_d": ("cv", dispersion.d_of_variation),
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
        doc_of = np.repeat(np.arange(len(counts.sizes)), counts.sizes)
        self._doc_sizes = np.array(counts.sizes, np.int64)
        self._places = np.argsort(sequence, kind="stable")
        terms = sequence[self._places].astype(np.int64)
        self._begins = _begins(terms)
        self._by_doc = _Runs(terms, doc_of[self._places], self._doc_sizes)
        if parts == "doc":
            self._by_part, sizes = self._by_doc, self._doc_sizes
        else:
            part_of = self._place_parts(counts, parts)
            sizes = np.bincount(part_of) if self._n else np.zeros(0, np.int64)
            self._by_part = _Runs(terms, part_of[self._places], sizes)
        self._parts = dispersion.parts_of(sizes.tolist())
        self._of_once: dict[tuple[int, tuple[str, ...]], dict[str, float]] = {}

    def rounded(self, number: int, names: tuple[str, ...] = USUAL) -> Mapping[str, float]:
        """Return `fields` with six significant digits; the same for terms that stand once in like parts."""
        if len(self._places_of(number)) > 1:
            return {name: _rounded(value) for name, value in self.fields(number, names).items()}
        size = int(self._by_part.of_term(number)[1][0])
        if (size, names) not in self._of_once:
            self._of_once[size, names] = {name: _rounded(value) for name, value in self.fields(number, names).items()}
        return self._of_once[size, names]

    def fields(self, number: int, names: Sequence[str] = USUAL) -> dict[str, float]:
        """Return measures of the dispersion of a term that occurs."""
        counts, sizes = (numbers.tolist() for numbers in self._by_part.of_term(number))
        known = _measure(counts, sizes, names, self._parts)
        positions = self._places_of(number).tolist()
        found: dict[str, float] = {}
        for name in names:
            if name in PARTED:
                found[name] = known[name]
            else:
                found[name] = PLACED[name](positions, self._n) if name in PLACED else len(counts)
        return found

    def interval(self, number: int, *, confidence: float) -> tuple[float, float] | None:
        """Return the interval of a term's relative frequency over articles; None where there is one article only."""
        freqs, sizes = self._by_doc.of_term(number)
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
        freqs, sizes = self._by_doc.of_term(number)
        found: list[float] = (freqs / sizes).tolist()
        return found

    def _places_of(self, number: int) -> Numbers:
        first, end = _between(self._begins, number)
        return self._places[first:end]

    def _place_parts(self, counts: Counts, parts: str) -> Numbers:
        equal = equal_parts(parts)
        if equal is not None:
            return np.arange(self._n, dtype=np.int64) * equal // max(self._n, 1)
        numbers = {part: index for index, part in enumerate(sorted(set(counts.parts), key=group_order))}
        of_docs: Sequence[int] = [numbers[part] for part in counts.parts]
        return np.repeat(np.array(of_docs, np.int64), counts.sizes)


class _Runs:
    """How often each term stands in each part that has it."""

    def __init__(self, terms: Numbers, parts: Numbers, sizes: Numbers) -> None:
        """Take the term, ascending, and the part of each place, and the sizes of the parts."""
        keys = np.sort(terms * max(len(sizes), 1) + parts, kind="stable")
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        of_runs, part_of_runs = np.divmod(keys[starts], max(len(sizes), 1))
        self._counts = np.diff(starts, append=len(keys))
        self._sizes = sizes[part_of_runs]
        self._begins = _begins(of_runs)

    def of_term(self, number: int) -> tuple[Numbers, Numbers]:
        """Return the counts of a term in the parts that have it, and the sizes of these parts."""
        first, end = _between(self._begins, number)
        return self._counts[first:end], self._sizes[first:end]


def _begins(terms: Numbers) -> Numbers:
    """Return where each term begins in a list of them, ascending.

    All at once: a search for one number of another width than the list's would convert the whole list.
    """
    return np.searchsorted(terms, np.arange(int(terms[-1]) + 2 if len(terms) else 1))


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round6(value)


def _between(begins: Numbers, number: int) -> tuple[int, int]:
    """Return from where to where a term stands; nothing lies between if it has a number and does not occur."""
    return (int(begins[number]), int(begins[number + 1])) if number + 1 < len(begins) else (0, 0)


def _measure(
    counts: Sequence[int], sizes: Sequence[int], names: Sequence[str], parts: dispersion.Parts
) -> dict[str, float]:
    """Return the measures over parts among these; others on which they rest may be there too."""
    found: dict[str, float] = {}
    for name in names:
        if name in DERIVED:
            base, derived = DERIVED[name]
            if base not in found:
                found[base] = PARTED[base](counts, sizes, parts)
            found[name] = derived(found[base], parts)
        elif name in PARTED and name not in found:
            found[name] = PARTED[name](counts, sizes, parts)
    return found
