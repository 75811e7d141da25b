"""What changed between the last two periods: terms that are new, more, less or gone, by records that mention them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jmtools.io.json_types import Record
from jmtools.report.collect import Article
from jmtools.report.mentions import Mentions, quote
from jmtools.stats.effects import log_ratio
from jmtools.stats.tables2x2 import log_likelihood

KINDS = ("new", "more", "less", "gone")
SHOWN = 5  # terms of each kind in the findings
BARS = 12  # terms of each direction in the chart
_LEAST = 2  # records that must mention a term on one side
_WEAK = 2.0  # G² under which a difference is not worth a bar
_CRITICAL = 3.84  # G² at p = 0.05
_CANDIDATES = 800  # terms that are counted: those that most articles of the two periods have as a keyword
_FEWEST = 5  # articles that a period needs to be compared
Window = tuple[str, list[int]]
STATUSES = ("new", "gone", "split", "merged")


@dataclass(frozen=True)
class Change:
    """A term of the last two periods: how many records mention it before and now, and a sentence that shows it."""

    term: str
    kind: str
    before: int
    now: int
    ll: float
    log_ratio: float
    article: int
    sentence: str


@dataclass(frozen=True)
class Changes:
    """The two periods (name, articles) and what differs; `bars` are the terms of the chart, the most added first."""

    before: str
    now: str
    n_before: int
    n_now: int
    found: dict[str, tuple[Change, ...]]
    bars: tuple[Change, ...]


def find_changes(
    items: Sequence[Article], mentions: Mentions, index: Mapping[int, int], masthead: frozenset[str]
) -> Changes | None:
    """Compare the last two periods of the news.

    Args:
        items: The news, in order of date.
        mentions: Places of terms in them.
        index: The number of an item → its number in the report.
        masthead: Names of papers, which are no terms.
    """
    windows = _windows(items)
    if windows is None:
        return None
    (name_before, old), (name_now, new) = windows
    keywords = Counter(t for n in (*old, *new) for t, _, _ in items[n].keywords if t not in masthead)
    candidates = [t for t, _ in sorted(keywords.items(), key=lambda i: (-i[1], i[0]))[:_CANDIDATES]]
    mentions.find(candidates)
    olds, news = set(old), set(new)
    changes = []
    for term in candidates:
        places = mentions.of(term)
        before, now = len(places.keys() & olds), len(places.keys() & news)
        if max(before, now) >= _LEAST:
            changes.append(_change(term, before, now, (len(old), len(new)), places, (old, new), items, index))
    changes = _widest(changes)
    found = {kind: _best(changes, kind) for kind in KINDS}
    clear = [c for c in _ranked(changes) if c.ll >= _WEAK]
    up = [c for c in clear if c.log_ratio > 0][:BARS]
    down = [c for c in clear if c.log_ratio < 0][:BARS]
    bars = (*up, *reversed(down))
    return Changes(name_before, name_now, len(old), len(new), found, bars)


def topic_changes(records: Sequence[Record]) -> dict[str, list[str]]:
    """Return the labels of topics by what `cluster --update` says of them: new, split, merged."""
    found: dict[str, list[str]] = {}
    for data in records:
        status, label = data.get("status"), data.get("label")
        if status in STATUSES and isinstance(label, str):
            found.setdefault(status, []).append(label)
    return found


def _windows(items: Sequence[Article]) -> tuple[Window, Window] | None:
    """Return the last two days, weeks, months or years, as the span is long; halves where those have few articles."""
    dated = [(n, day) for n, a in enumerate(items) if (day := _day(a.day)) is not None]
    if not dated:
        return None
    days = sorted({day for _, day in dated})
    span = (days[-1] - days[0]).days + 1
    name_of = next(name_of for most, name_of in _UNITS if span <= most)
    groups: dict[str, list[int]] = {}
    for number, day in dated:
        groups.setdefault(name_of(day, days[-1]), []).append(number)
    names = sorted(groups)[-2:]
    if len(names) == 2 and all(len(groups[name]) >= _FEWEST for name in names):
        return (names[0], groups[names[0]]), (names[1], groups[names[1]])
    return _halves(dated, days)


def _halves(dated: Sequence[tuple[int, date]], days: Sequence[date]) -> tuple[Window, Window] | None:
    if len(days) < 2 or len(dated) < 2 * _FEWEST:
        return None
    middle = days[len(days) // 2]
    old = [n for n, day in dated if day < middle]
    new = [n for n, day in dated if day >= middle]
    last_before = max(day for day in days if day < middle)
    return (f"{days[0]} – {last_before}", old), (f"{middle} – {days[-1]}", new)


def _week(day: date, last: date) -> str:
    """Name the seven days that end with the last day, or those before them."""
    end = last - timedelta((last - day).days // 7 * 7)
    return f"{(end - timedelta(6)).isoformat()} – {end.isoformat()}"


def _day(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _change(
    term: str,
    before: int,
    now: int,
    sizes: tuple[int, int],
    places: Mapping[int, int],
    sides: tuple[Sequence[int], Sequence[int]],
    items: Sequence[Article],
    index: Mapping[int, int],
) -> Change:
    n_before, n_now = sizes
    ll = log_likelihood(now, before, n_a=n_now, n_b=n_before)
    ratio = log_ratio(now, before, n_target=n_now, n_reference=n_before)
    kind = "new" if not before else "gone" if not now else "more" if ratio > 0 else "less"
    side = sides[1] if ratio > 0 else sides[0]
    shown = max((n for n in side if n in places), key=lambda n: (term in items[n].headline, places[n], -n), default=-1)
    sentence = quote(items[shown], term) if shown >= 0 else ""
    return Change(term, kind, before, now, ll, ratio, index.get(shown, -1), sentence)


def _widest(changes: Sequence[Change]) -> list[Change]:
    """Leave out a term inside a longer one that the same records mention: 医保 beside 医保基金 says nothing more."""
    by_counts: dict[tuple[int, int], list[str]] = {}
    for change in changes:
        by_counts.setdefault((change.before, change.now), []).append(change.term)
    return [c for c in changes if not any(c.term != other and c.term in other for other in by_counts[c.before, c.now])]


def _ranked(changes: Sequence[Change]) -> list[Change]:
    return sorted(changes, key=lambda c: (-c.ll, -abs(c.log_ratio), c.term))


def _best(changes: Sequence[Change], kind: str) -> tuple[Change, ...]:
    chosen = [c for c in _ranked(changes) if c.kind == kind]
    clear = [c for c in chosen if c.ll >= _CRITICAL]
    return tuple((clear or [c for c in chosen if kind in ("new", "gone")])[:SHOWN])


# Days that the news span at most → the name of the period to which a day belongs.
_UNITS: tuple[tuple[float, Callable[[date, date], str]], ...] = (
    (13, lambda day, _: day.isoformat()),
    (62, _week),
    (1830, lambda day, _: f"{day.year:04}-{day.month:02}"),
    (float("inf"), lambda day, _: f"{day.year:04}"),
)
