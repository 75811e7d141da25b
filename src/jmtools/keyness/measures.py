"""The measures of keyness by name: a table of formulas, and how each is sorted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from jmtools.stats import effects, intervals, tables2x2
from jmtools.stats.pair_measures import TwoByTwo, TwoSamples


@dataclass(frozen=True)
class MeasureInput:
    """Counts of one term: a of n_a in the target, b of n_b in the reference; and the other inputs of measures.

    Attributes:
        smoothing: Of simple maths.
        confidence: Of intervals.
        tests: How many terms are compared.
    """

    a: int
    b: int
    n_a: int
    n_b: int
    smoothing: float = 100.0
    confidence: float = 0.95
    tests: int = 1

    def of_table(self, measure: TwoByTwo) -> float:
        """Return a measure of `stats.tables2x2`."""
        return measure(self.a, self.b, n_a=self.n_a, n_b=self.n_b)

    def of_effect(self, measure: TwoSamples) -> float | None:
        """Return a measure of `stats.effects`."""
        return measure(self.a, self.b, n_target=self.n_a, n_reference=self.n_b)

    @property
    def ll(self) -> float:
        """G² over four cells."""
        return self.of_table(tables2x2.log_likelihood)

    @property
    def ll2(self) -> float:
        """G² over two cells."""
        return self.of_table(partial(tables2x2.log_likelihood, two_cells=True))


def _simple_maths(s: MeasureInput) -> float:
    ipm = effects.per_million(s.a, s.n_a), effects.per_million(s.b, s.n_b)
    return effects.simple_maths(*ipm, smoothing=s.smoothing)


def _interval(s: MeasureInput) -> tuple[float, float]:
    return intervals.log_ratio_interval(s.a, s.b, n_target=s.n_a, n_reference=s.n_b, confidence=s.confidence)


def _williams(s: MeasureInput, statistic: float) -> float:
    return tables2x2.williams(statistic, s.a, s.b, n_a=s.n_a, n_b=s.n_b)


def _conservative(s: MeasureInput) -> float:
    return intervals.conservative_log_ratio(
        s.a, s.b, n_target=s.n_a, n_reference=s.n_b, confidence=s.confidence, tests=s.tests
    )


MEASURES: Mapping[str, Callable[[MeasureInput], float | None]] = {
    "ll": lambda s: s.ll,
    "chi2": lambda s: s.of_table(tables2x2.chi_squared),
    "bic": lambda s: tables2x2.bic(s.ll, s.n_a + s.n_b),
    "log_ratio": lambda s: s.of_effect(effects.log_ratio),
    "log_ratio_low": lambda s: _interval(s)[0],
    "log_ratio_high": lambda s: _interval(s)[1],
    "percent_diff": lambda s: s.of_effect(effects.percent_diff),
    "simple_maths": _simple_maths,
    "odds_ratio": lambda s: s.of_effect(effects.odds_ratio),
    "difference": lambda s: s.of_effect(effects.difference_coefficient),
    "ll2": lambda s: s.ll2,
    "chi2_yates": lambda s: s.of_table(partial(tables2x2.chi_squared, yates=True)),
    "ll_williams": lambda s: _williams(s, s.ll),
    "chi2_williams": lambda s: _williams(s, s.of_table(tables2x2.chi_squared)),
    "fisher": lambda s: s.of_table(tables2x2.fisher_exact),
    "log_ratio_conservative": _conservative,
    "relative_risk": lambda s: s.of_effect(effects.relative_risk),
    "ell": lambda s: effects.ell(s.ll2, s.a, s.b, n_target=s.n_a, n_reference=s.n_b),
    "pmi": lambda s: s.of_effect(effects.pmi),
}
USUAL = tuple(MEASURES)[:10]
# --test → the measure that p is of; `fisher` is a p itself.
TESTS = {
    "ll": "ll",
    "ll2": "ll2",
    "chi2": "chi2",
    "yates": "chi2_yates",
    "williams": "ll_williams",
    "fisher": "fisher",
}
RECORD_TESTS = ("mannwhitney", "welch")
_RATIOS = ("odds_ratio", "simple_maths", "relative_risk")  # 1 is no difference: distances are those of the logarithm


def distance(name: str, value: float | None) -> float:
    """Return how far a value is from no difference; one that is not defined for a count of 0 is farthest.

    >>> distance("odds_ratio", 0.25) == distance("odds_ratio", 4.0), distance("percent_diff", -100.0)
    (True, inf)
    """
    if value is None:
        return math.inf
    if name == "percent_diff":
        value = 1 + value / 100
    if name in _RATIOS or name == "percent_diff":
        return abs(math.log(value)) if value > 0 else math.inf
    if name == "fisher":
        return -math.log(max(value, 1e-320))
    return value if name == "bic" else abs(value)
