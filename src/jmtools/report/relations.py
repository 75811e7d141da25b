"""What belongs together: the network of terms, the map of topics, and bars for what two sides differ in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from jmtools.io.json_types import Record
from jmtools.report.changes import BARS, Changes
from jmtools.report.collect import Article, number_of
from jmtools.report.pictures import Plane, Tree, network, topic_map
from jmtools.report.tables import short
from jmtools.report.themes import TopicView

NODES = 30
LINKS = 60
MAPPED = 40  # topics that a map has room for
_LEAST = 2  # articles that two terms must share


@dataclass(frozen=True)
class Bar:
    """A term of a diverging chart: what it had before or there, and now or here; its length, -1 to 1; its statistic."""

    term: str
    one: str
    other: str
    length: float
    ll: float


def term_network(items: Sequence[Article], pairs: Sequence[Record], names: frozenset[str]) -> tuple[Plane | None, bool]:
    """Return the network of the leading terms, and whether it is that of `cooc` records and not of shared keywords."""
    given = [_given_pair(data) for data in pairs]
    found = [pair for pair in given if pair is not None]
    if found:
        sizes = {term: size for one, other, a, b, _ in found for term, size in ((one, a), (other, b))}
        links = [(one, other, both, 2 * both / max(1, a + b)) for one, other, a, b, both in found]
        return _network(sizes, links), True
    counts: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    lists = [[t for t in dict.fromkeys(t for t, _, _ in a.keywords) if t not in names] for a in items]
    for terms in lists:
        counts.update(terms)
    leading = {t for t, n in sorted(counts.items(), key=lambda i: (-i[1], i[0]))[: NODES * 2] if n >= _LEAST}
    for terms in lists:
        together.update(combinations(sorted(leading.intersection(terms)), 2))
    links = [(a, b, n, 2 * n / (counts[a] + counts[b])) for (a, b), n in together.items() if n >= _LEAST]
    return _network(dict(counts), links), False


def map_of_topics(topics: Sequence[TopicView]) -> tuple[Plane | None, Tree | None]:
    """Return the map of the topics that have articles, and their tree."""
    shown = [t for t in topics if t.size and t.key != "-1"][:MAPPED]
    return topic_map([(t.key, _short_label(t.label), t.size) for t in shown], [t.bag for t in shown])


def change_bars(changes: Changes | None) -> list[Bar]:
    """Return the bars for two periods: records that mention a term before and now."""
    if changes is None or not changes.bars:
        return []
    top = max(c.ll for c in changes.bars) or 1.0
    return [
        Bar(c.term, f"{c.before}/{changes.n_before}", f"{c.now}/{changes.n_now}", _length(c.ll, c.log_ratio, top), c.ll)
        for c in changes.bars
    ]


def keyness_bars(records: Sequence[Record]) -> list[Bar]:
    """Return the bars for `keyness` records: occurrences per million in reference and target."""
    rows = []
    for data in records:
        ll, ratio = number_of(data.get("ll")), number_of(data.get("log_ratio"))
        if isinstance(data.get("term"), str) and ll is not None and ratio is not None and "freq_target" in data:
            rows.append((str(data["term"]), ll, ratio, data))
    if not rows:
        return []
    over = sorted((r for r in rows if r[2] > 0), key=lambda r: (-r[1], r[0]))[:BARS]
    under = sorted((r for r in rows if r[2] < 0), key=lambda r: (-r[1], r[0]))[:BARS]
    top = max((r[1] for r in (*over, *under)), default=1.0) or 1.0
    return [
        Bar(
            term,
            short(number_of(data.get("ipm_reference"))),
            short(number_of(data.get("ipm_target"))),
            _length(ll, ratio, top),
            ll,
        )
        for term, ll, ratio, data in (*over, *reversed(under))
    ]


def _length(ll: float, ratio: float, top: float) -> float:
    return round(max(0.01, ll / top) * (1 if ratio > 0 else -1), 4)


def _network(sizes: Mapping[str, int], links: Sequence[tuple[str, str, int, float]]) -> Plane | None:
    best = sorted(links, key=lambda link: (-link[3] * link[2] ** 0.5, link[0], link[1]))
    nodes: dict[str, int] = {}
    kept: list[tuple[str, str, int, float]] = []
    for one, other, both, strength in best:
        fresh = [term for term in (one, other) if term not in nodes]
        if len(nodes) + len(fresh) <= NODES and len(kept) < LINKS:
            nodes |= {term: sizes[term] for term in fresh}
            kept.append((one, other, both, min(1.0, strength)))
    return network(nodes, kept)


def _given_pair(data: Record) -> tuple[str, str, int, int, int] | None:
    one, other = data.get("term_a"), data.get("term_b")
    numbers = [number_of(data.get(name)) for name in ("freq_a", "freq_b", "freq")]
    if not isinstance(one, str) or not isinstance(other, str) or any(n is None or n < 1 for n in numbers):
        return None
    a, b, both = (int(n or 1) for n in numbers)
    return one, other, a, b, both


def _short_label(label: str) -> str:
    """Return a label that fits below a circle: the first two of its terms."""
    for mark in ("·", "、", "/", " "):
        if mark in label and len(label) > _LONG_LABEL:
            return mark.join(label.split(mark)[:2])
    return label if len(label) <= 2 * _LONG_LABEL else label[: 2 * _LONG_LABEL - 1] + "…"


_LONG_LABEL = 9
