"""The measures of a pair by name: a table of formulas, how each is to be sorted, and the corrections for many pairs.

A pair is four counts of one unit (tokens, sentences, records): O have both, R the first, C the second, of N in all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from jmtools.errors import OptionError, StatisticError
from jmtools.io.json_types import Fields
from jmtools.stats import association, effects, information, intervals, tables2x2

Formula = Callable[[int, int, int, int], float | None]
DIRECTIONS = ("over", "under", "both")
CORRECTED = ("p", "p_bonferroni", "p_bh")


class TwoSamples(Protocol):
    """A measure of a term in two samples."""

    def __call__(self, freq_target: int, freq_reference: int, /, *, n_target: int, n_reference: int) -> float | None:
        """Return its value."""


class TwoByTwo(Protocol):
    """A measure of a two-by-two table."""

    def __call__(self, freq_a: int, freq_b: int, /, *, n_a: int, n_b: int) -> float:
        """Return its value."""


@dataclass(frozen=True)
class Measure:
    """A formula of O, R, C and N.

    Attributes:
        formula: None where it is not defined.
        two_sided: Whether it measures the distance from chance without its direction: rows are then sorted with the
            sign of the direction.
        probability: Whether small values are the striking ones.
    """

    formula: Formula
    two_sided: bool = False
    probability: bool = False


def _of_samples(measure: TwoSamples) -> Formula:
    """Return a measure of two samples as one of a pair: C of the whole, of which R are the first sample."""

    def formula(o: int, r: int, c: int, n: int) -> float | None:
        return measure(o, c - o, n_target=r, n_reference=n - r) if 0 < r < n else None

    return formula


def _of_table(measure: TwoByTwo) -> Formula:
    def formula(o: int, r: int, c: int, n: int) -> float | None:
        return measure(o, c - o, n_a=r, n_b=n - r) if 0 < r < n else None

    return formula


def _yates(o: int, c: int, *, n_a: int, n_b: int) -> float:
    return tables2x2.chi_squared(o, c, n_a=n_a, n_b=n_b, yates=True)


def _log_ratio_low(o: int, c: int, *, n_target: int, n_reference: int) -> float:
    return intervals.log_ratio_interval(o, c, n_target=n_target, n_reference=n_reference)[0]


def _log_ratio_high(o: int, c: int, *, n_target: int, n_reference: int) -> float:
    return intervals.log_ratio_interval(o, c, n_target=n_target, n_reference=n_reference)[1]


MEASURES: Mapping[str, Measure] = {
    "log_dice": Measure(association.log_dice),
    "dice": Measure(association.dice),
    "jaccard": Measure(association.jaccard),
    "mi": Measure(association.mi),
    "mi2": Measure(association.mi2),
    "mi3": Measure(association.mi3),
    "npmi": Measure(association.npmi),
    "ll": Measure(association.association_ll, two_sided=True),
    "chi2": Measure(_of_table(tables2x2.chi_squared), two_sided=True),
    "t": Measure(association.t_score),
    "z": Measure(association.z_score),
    "log_ratio": Measure(_of_samples(effects.log_ratio)),
    "log_ratio_low": Measure(_of_samples(_log_ratio_low)),
    "log_ratio_high": Measure(_of_samples(_log_ratio_high)),
    "min_sensitivity": Measure(association.min_sensitivity),
    "delta_p_to": Measure(association.delta_p),
    "delta_p_from": Measure(lambda o, r, c, n: association.delta_p(o, c, r, n)),
    "chi2_yates": Measure(_of_table(_yates), two_sided=True),
    "fisher": Measure(_of_table(tables2x2.fisher_exact), probability=True),
    "simple_ll": Measure(information.simple_ll, two_sided=True),
    "poisson_stirling": Measure(information.poisson_stirling),
    "local_mi": Measure(association.local_mi),
    "average_mi": Measure(information.average_mi, two_sided=True),
    "nmi": Measure(information.nmi, two_sided=True),
    "phi2": Measure(information.phi2, two_sided=True),
    "mu": Measure(association.mu_value),
    "gmean": Measure(association.gmean),
    "conditional_to": Measure(association.conditional),
    "conditional_from": Measure(lambda o, r, c, n: association.conditional(o, c, r, n)),
    "odds_ratio": Measure(_of_samples(effects.odds_ratio)),
    "relative_risk": Measure(_of_samples(effects.relative_risk)),
    "relative_risk_from": Measure(lambda o, r, c, n: _of_samples(effects.relative_risk)(o, c, r, n)),
}


def choose_measures(named: Sequence[str], *, usual: Sequence[str], sort: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the measures of a record: the usual ones, those that are named, and the one that is sorted by.

    Raises:
        OptionError: If there is no such measure.

    >>> choose_measures(["mu"], usual=["ll"], sort="mi", known=["ll", "mi", "mu"])
    ('ll', 'mu', 'mi')
    """
    known = list(known)
    more = known if "all" in named else list(named)
    unknown = [name for name in more if name not in known]
    if unknown:
        raise OptionError(f"--measures: no measure called {unknown[0]!r}; there are all, {', '.join(known)}")
    return tuple(dict.fromkeys([*usual, *more, *([sort] if sort in known else [])]))


def check_pair(o: int, r: int, c: int, n: int) -> None:
    """Check that four counts make a table: no cell is negative.

    Raises:
        StatisticError: If one is.
    """
    association.check_table(o, r, c, n)


def direction_of(o: int, r: int, c: int, n: int) -> str:
    """Return `over` for a pair that occurs as often as chance would have it or more, else `under`.

    >>> direction_of(3, 10, 20, 100), direction_of(1, 10, 20, 100)
    ('over', 'under')
    """
    return "over" if o * n >= r * c else "under"


def strength(measure: Measure, value: float | None, direction: str) -> float:
    """Return what a pair is sorted by: large for attraction, small for repulsion, least for what is not defined.

    >>> strength(MEASURES["ll"], 7.0, "under"), strength(MEASURES["mi"], None, "under")
    (-7.0, -inf)
    """
    if value is None:
        return -math.inf
    if measure.probability:
        value = -math.log(max(value, 1e-320))
    return -value if (measure.two_sided or measure.probability) and direction == "under" else value


def add_corrected(rows: Sequence[Fields], *, exact: Sequence[float]) -> None:
    """Add to each row the p of its G², and p corrected for the number of rows by Bonferroni and by Benjamini–Hochberg.

    Args:
        rows: All pairs that are tested.
        exact: G² of each, not rounded.

    Raises:
        StatisticError: If there are not as many values as rows.
    """
    if len(rows) != len(exact):
        raise StatisticError(f"{len(exact)} values of {len(rows)} pairs cannot occur")
    p_values = [tables2x2.p_of_chi_squared(value) for value in exact]
    strict, false_rate = tables2x2.bonferroni(p_values), tables2x2.benjamini_hochberg(p_values)
    for row, *values in zip(rows, p_values, strict, false_rate, strict=True):
        row |= dict(zip(CORRECTED, values, strict=True))
