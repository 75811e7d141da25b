"""Numbers → the geometry of a chart; the templates draw it, so that colours and fonts are the page's own.

A drawing library would set its own colours and scripts into each picture: none was found whose SVG follows the
reader's dark mode and passes a content policy without inline styles (see docs/report.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_TICKS = 4
_LABELS = 7
_LEAST, _MOST = 1e-9, 1e300  # values outside are drawn as nothing


@dataclass(frozen=True)
class Point:
    """A value of a line: where it is drawn, of which period, how much."""

    x: float
    y: float
    period: str
    value: float


@dataclass(frozen=True)
class LineChart:
    """A line chart: paths (broken where a period has no value), points, ticks as (position, label)."""

    width: int
    height: int
    left: int
    bottom: int
    path: str
    points: tuple[Point, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]


def line_chart(
    periods: Sequence[str], values: Sequence[float | None], *, width: int = 640, height: int = 180, top: float = 0
) -> LineChart:
    """Return a line over equally spaced periods; None is a gap, not a zero.

    Args:
        periods: Names of the periods, in order.
        values: One for each period.
        width: Of the picture, in its own units.
        height: Of the picture.
        top: The highest value of the axis, 0 for that of the values: charts side by side share one.
    """
    left, right, above, below = (40, 10, 10, 24) if height > 60 else (2, 2, 3, 3)
    step, ceiling = nice_scale(max([top, *(v for v in values if v is not None)], default=0))
    if step < 1 and all(v is None or float(v).is_integer() for v in values):
        step, ceiling = 1, max(1, math.ceil(ceiling))  # there is no half article
    inner, tall = width - left - right, height - above - below
    gap = inner / max(1, len(periods) - 1)
    points: list[Point] = []
    path: list[str] = []
    pen_down = False
    for i, (period, value) in enumerate(zip(periods, values, strict=True)):
        if value is None:
            pen_down = False
            continue
        x = left + (gap * i if len(periods) > 1 else inner / 2)
        y = above + tall * (1 - value / ceiling)
        points.append(Point(round(x, 1), round(y, 1), period, value))
        path.append(f"{'L' if pen_down else 'M'}{x:.1f} {y:.1f}")
        pen_down = True
    every = max(1, math.ceil(len(periods) / _LABELS))
    x_ticks = tuple((round(left + gap * i, 1), p) for i, p in enumerate(periods) if i % every == 0)
    steps = round(ceiling / step)
    y_ticks = tuple((round(above + tall * (1 - n / steps), 1), f"{step * n:g}") for n in range(steps + 1))
    return LineChart(width, height, left, height - below, " ".join(path), tuple(points), x_ticks, y_ticks)


def nice_scale(top: float) -> tuple[float, float]:
    """Return a step of 1, 2 or 5 times a power of ten, and the multiple of it that is not below `top`.

    Example:
        >>> nice_scale(7), nice_scale(0.03), nice_scale(0)
        ((2, 8), (0.01, 0.03), (1, 1))
    """
    if not _LEAST <= top <= _MOST:
        return 1, 1
    raw = top / _TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= raw * 0.999)
    step = float(f"{step:.6g}")
    ceiling = float(f"{math.ceil(top / step * 0.999999) * step:.6g}")
    return (int(step), int(ceiling)) if step >= 1 else (step, ceiling)
