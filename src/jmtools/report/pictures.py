"""Numbers → the geometry of the larger pictures: several courses in one chart, topic map, network, diverging bars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from jmtools.report.charts import nice_scale
from jmtools.report.layout import cosines, merges, path_lengths, place

_LABEL = 12  # height of a label
_WIDE, _NARROW = 12.0, 6.6  # width of a character of a label: Chinese, Latin
_APART_ROUNDS = 300
_GAP = 4.0


@dataclass(frozen=True)
class PlottedLine:
    """A line of a chart: its colour's number, paths (broken where there is no value), points and its name's place."""

    name: str
    number: int
    path: str
    points: tuple[tuple[float, float, str, float], ...]
    label_y: float


@dataclass(frozen=True)
class TrendChart:
    """Several lines on one pair of axes; `missing` are the stretches without an issue, as (x, width)."""

    unit: str
    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: tuple[PlottedLine, ...]
    missing: tuple[tuple[float, float], ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Node:
    """A circle with a label below its middle."""

    name: str
    key: str
    value: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Link:
    """A line between two nodes: places, shade 1 to 3, what it stands for."""

    x1: float
    y1: float
    x2: float
    y2: float
    level: int
    one: str
    other: str
    count: int


@dataclass(frozen=True)
class Plane:
    """Circles on a plane, with lines between them where there are any."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Tree:
    """A tree of names: places of the leaves, and the lines that join them."""

    width: int
    height: int
    leaves: tuple[tuple[str, str, float, float], ...]
    path: str


def courses_chart(
    periods: Sequence[str], series: Mapping[str, Sequence[float | None]], *, unit: str, width: int = 720
) -> TrendChart:
    """Return several courses over the same periods; None is a period without an issue, a gap and not a zero.

    Args:
        periods: Names of the periods, in order.
        series: Name → a value for each period.
        unit: What the values are: a key of the page's words.
        width: Of the picture, in its own units.
    """
    left, right, above, below, height = 48, 110, 16, 28, 280
    inner, tall = width - left - right, height - above - below
    gap = inner / max(1, len(periods))
    values = [v for found in series.values() for v in found if v is not None]
    step, ceiling = nice_scale(max(values, default=0))
    lines = []
    for number, (name, found) in enumerate(series.items()):
        points, path, pen_down = [], [], False
        for place_of, (period, value) in enumerate(zip(periods, found, strict=True)):
            if value is None:
                pen_down = False
                continue
            x, y = left + gap * (place_of + 0.5), above + tall * (1 - value / ceiling)
            points.append((round(x, 1), round(y, 1), period, value))
            path.append(f"{'L' if pen_down else 'M'}{x:.1f} {y:.1f}")
            pen_down = True
        lines.append(PlottedLine(name, number, " ".join(path), tuple(points), points[-1][1] if points else height / 2))
    empty = [all(found[i] is None for found in series.values()) for i in range(len(periods))]
    missing = tuple((round(left + gap * i, 1), round(gap, 1)) for i, none in enumerate(empty) if none)
    every = max(1, math.ceil(len(periods) / 9))
    x_ticks = tuple((round(left + gap * (i + 0.5), 1), p) for i, p in enumerate(periods) if i % every == 0)
    steps = max(1, round(ceiling / step))
    y_ticks = tuple((round(above + tall * (1 - n / steps), 1), f"{step * n:g}") for n in range(steps + 1))
    placed = _spread_labels(lines, above, height - below)
    return TrendChart(unit, width, height, left, right, height - below, placed, missing, x_ticks, y_ticks)


def topic_map(
    topics: Sequence[tuple[str, str, int]], bags: Sequence[dict[str, float]], *, width: int = 600, height: int = 440
) -> tuple[Plane | None, Tree | None]:
    """Return topics as circles, like topics near each other, and the tree in which they join.

    Args:
        topics: (key, label, articles) of each topic.
        bags: Weighted terms of each topic.
        width: Of the map.
        height: Of the map.
    """
    if len(topics) < 3:
        return None, None
    similar = cosines(bags)
    top = max(size for _, _, size in topics) or 1
    places = place(1.05 - similar - 0.05 * (similar >= 1))
    widest = 0.09 * min(width, height) * min(2.0, math.sqrt(12 / len(topics)))
    nodes = [
        Node(label, key, size, x * width, y * height, round(max(5.0, widest * math.sqrt(size / top)), 1))
        for (key, label, size), (x, y) in zip(topics, places, strict=True)
    ]
    return Plane(width, height, _apart(nodes, width, height)), _tree(topics, merges(similar))


def network(
    nodes: Mapping[str, int], pairs: Sequence[tuple[str, str, int, float]], *, width: int = 720, height: int = 520
) -> Plane | None:
    """Return terms as circles, those that stand together joined and near.

    Args:
        nodes: Term → records with it.
        pairs: Two terms, records with both, and their association from 0 to 1; only terms of `nodes`.
        width: Of the picture.
        height: Of the picture.
    """
    linked = {term for one, other, *_ in pairs for term in (one, other)}
    names = [term for term in nodes if term in linked]
    if len(names) < 3:
        return None
    number = {term: n for n, term in enumerate(names)}
    edges = [(number[one], number[other], 1.6 - strength) for one, other, _, strength in pairs]
    places = place(path_lengths(len(names), edges))
    top = max(nodes[name] for name in names) or 1
    circles = [
        Node(name, name, nodes[name], x * width, y * height, round(max(4.0, 22 * math.sqrt(nodes[name] / top)), 1))
        for name, (x, y) in zip(names, places, strict=True)
    ]
    moved = _apart(circles, width, height)
    strongest = max(count for _, _, count, _ in pairs)
    links = []
    for one, other, count, _ in pairs:
        a, b = moved[number[one]], moved[number[other]]
        links.append(Link(a.x, a.y, b.x, b.y, min(3, 1 + 3 * count // (strongest + 1)), one, other, count))
    return Plane(width, height, moved, tuple(links))


def text_width(text: str) -> float:
    """Return about how wide a label is."""
    return sum(_WIDE if ord(char) > 0x2E7F else _NARROW for char in text)


def _spread_labels(lines: Sequence[PlottedLine], top: float, bottom: float) -> tuple[PlottedLine, ...]:
    """Move the names at the ends of lines so that none covers another."""
    wanted = sorted(lines, key=lambda line: (line.label_y, line.number))
    at, placed = top - _LABEL, {}
    for line in wanted:
        at = max(line.label_y, at + _LABEL + 3)
        placed[line.number] = at
    over = at - bottom
    if over > 0:
        placed = {number: y - over for number, y in placed.items()}
    return tuple(PlottedLine(e.name, e.number, e.path, e.points, round(placed[e.number], 1)) for e in lines)


def _apart(nodes: Sequence[Node], width: int, height: int) -> tuple[Node, ...]:
    """Push circles with their labels apart until none covers another, then keep them inside the picture."""
    half = [(max(n.radius, text_width(n.name) / 2) + _GAP, n.radius + _LABEL * 0.9 + _GAP) for n in nodes]
    spots = [[n.x, n.y] for n in nodes]
    for _ in range(_APART_ROUNDS):
        still = True
        for (i, one), (j, other) in combinations(enumerate(spots), 2):
            over_x = half[i][0] + half[j][0] - abs(one[0] - other[0])
            over_y = half[i][1] + half[j][1] - abs(one[1] - other[1])
            if over_x <= 0 or over_y <= 0:
                continue
            still = False
            axis = 0 if over_x < over_y else 1
            push = min(over_x, over_y) / 2 + 0.1
            sign = 1 if (one[axis], i) <= (other[axis], j) else -1
            one[axis] -= sign * push
            other[axis] += sign * push
        for (x, y), spot in zip(half, spots, strict=True):
            spot[0] = min(max(spot[0], x), width - x)
            spot[1] = min(max(spot[1], y), height - y)
        if still:
            break
    return tuple(
        Node(n.name, n.key, n.value, round(x, 1), round(y - _LABEL * 0.4, 1), n.radius)
        for n, (x, y) in zip(nodes, spots, strict=True)
    )


def _tree(topics: Sequence[tuple[str, str, int]], steps: Sequence[tuple[int, int, float]]) -> Tree:
    size, row, width, label = len(topics), 26, 420, 210
    below = {size + n: (one, other) for n, (one, other, _) in enumerate(steps)}
    order: list[int] = []

    def walk(node: int) -> None:
        if node < size:
            order.append(node)
            return
        for child in below[node]:
            walk(child)

    walk(size + len(steps) - 1 if steps else 0)
    spots = {leaf: (float(label), row * (n + 0.7)) for n, leaf in enumerate(order)}
    least = min((score for *_, score in steps), default=0.0)
    most = max((score for *_, score in steps), default=1.0)
    path = []
    for n, (one, other, score) in enumerate(steps):
        x = label + (width - label - 12) * (0.12 + 0.88 * (most - score) / ((most - least) or 1.0))
        x = max(x, spots[one][0], spots[other][0])
        (x1, y1), (x2, y2) = spots[one], spots[other]
        path.append(f"M{x1:.1f} {y1:.1f}H{x:.1f}V{y2:.1f}H{x2:.1f}")
        spots[size + n] = (x, (y1 + y2) / 2)
    leaves = tuple((topics[n][0], topics[n][1], label - 8.0, round(spots[n][1], 1)) for n in order)
    return Tree(width, row * size + 8, leaves, "".join(path))
