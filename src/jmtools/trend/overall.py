"""A whole series in one record: its slope, tests of a trend, and where its level changes."""

from __future__ import annotations

from collections.abc import Sequence

from jmtools.io.json_types import Fields
from jmtools.io.records import round6
from jmtools.stats import series, trend_tests
from jmtools.trend.calendar import YEAR_STEPS


def overall(values: Sequence[float | None], periods: Sequence[str], *, by: str) -> Fields:
    """Return what a series shows over all its periods; null where it is too short for a test.

    Args:
        values: One for each period; None for a gap.
        periods: Their names.
        by: Length of a period: seasons are compared where a year has a fixed number of them.
    """
    slope, plain = series.theil_sen(values), series.mann_kendall(values)
    steps = YEAR_STEPS.get(by)
    seasonal = trend_tests.seasonal_mann_kendall(values, period=steps) if steps else None
    hanging = trend_tests.hamed_rao(values) if plain is not None else None
    change = trend_tests.change_point(values)
    found: Fields = {
        "first": periods[0],
        "last": periods[-1],
        "periods": sum(value is not None for value in values),
        "freq": None,
        "slope": slope and slope.slope,
        "slope_low": slope and slope.low,
        "slope_high": slope and slope.high,
        "tau": plain and plain.tau,
        "p": plain and plain.p,
        "p_autocorrelated": hanging and hanging.p,
        "slope_seasonal": trend_tests.seasonal_sen(values, period=steps) if steps else None,
        "tau_seasonal": seasonal and seasonal.tau,
        "p_seasonal": seasonal and seasonal.p,
        "change_at": periods[change.step] if change is not None and change.direction else None,
        "change_direction": None if change is None else ("down", None, "up")[change.direction + 1],
        "change_p": change and change.p,
    }
    return {name: round6(value) if isinstance(value, float) else value for name, value in found.items()}
