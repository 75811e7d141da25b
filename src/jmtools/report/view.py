"""Everything that a report says, computed once; the templates only set it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jmtools.fields.path import Cell, flat
from jmtools.report.charts import Line, line_chart
from jmtools.report.collect import Article, Gathered, number_of, period_of, texts_of
from jmtools.report.counts import Counts, Keyword
from jmtools.report.periods import Axis, Calendar, make_axis, make_calendar
from jmtools.report.themes import Topic, make_topics

# Records that are printed on a page but are not journalism: counted, and left out of the lists until asked for.
FURNITURE = frozenset({"folio", "index"})
TOP_TRENDS = 12
GROUP_TERMS = 8
TABLE_ROWS = 500
MAX_GROUPS = 60
SMALL_PAPER = 3  # times fewer articles than the largest: not in the heading
_UNKNOWN = "-"


@dataclass(frozen=True)
class Group:
    """Articles that share a page or a period, and the keywords that stand out in them."""

    name: str
    articles: int
    terms: tuple[str, ...]


@dataclass(frozen=True)
class TermTable:
    """Records of one kind as a table: columns, rows, which columns are numbers, and the column drawn as bars."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    bar: int
    top: float
    total: int


@dataclass(frozen=True)
class Trend:
    """One course over time: what of, of which measure."""

    name: str
    measure: str
    chart: Line


@dataclass
class View:
    """A whole report."""

    title: str
    articles: list[Article]
    newspapers: list[str]
    types: list[tuple[str, int]]
    pages: int
    issues: int
    characters: int
    authors: list[tuple[str, int]]
    axis: Axis
    calendar: Calendar | None
    keywords: list[Keyword]
    by_page: list[Group]
    by_period: list[Group]
    given_groups: list[Group]
    topics: list[Topic]
    trends: list[Trend]
    tables: list[TermTable]
    records: int
    index: dict[str, int] = field(default_factory=dict)


def make_view(gathered: Gathered, *, title: str = "") -> View:
    """Compute a report from the records."""
    articles = sorted(gathered.articles, key=lambda a: (a.date, a.page))
    items = [a for a in articles if a.type not in FURNITURE]
    axis = make_axis(a.day for a in articles if a.day)
    papers = Counter(a.newspaper for a in articles if a.newspaper)
    per_period = Counter(axis.of(a.day) for a in items if a.day)
    counts = Counts(items, axis, per_period)
    index = {a.id: i for i, a in reversed(list(enumerate(articles))) if a.id}
    keywords = counts.keywords()
    return View(
        title=title or _heading(papers) or "jmtools",
        articles=articles,
        newspapers=[name for name, _ in papers.most_common()],
        types=Counter(a.type or _UNKNOWN for a in articles).most_common(),
        pages=len({(a.newspaper, a.date, a.page) for a in articles if a.page}),
        issues=len({a.day for a in articles if a.day}),
        characters=sum(len(a.text) for a in items),
        authors=Counter(name for a in items for name in dict.fromkeys(a.authors)).most_common(30),
        axis=axis,
        calendar=make_calendar(Counter(a.day for a in items if a.day)),
        keywords=keywords,
        by_page=_groups(items, lambda a: a.page),
        by_period=_groups(items, lambda a: axis.of(a.day) if a.day else ""),
        given_groups=[_given_group(data) for data in gathered.groups[:MAX_GROUPS]],
        topics=make_topics(gathered, items, index, counts),
        trends=_trends(gathered.trends, keywords, counts),
        tables=_tables(gathered),
        records=sum(len(getattr(gathered, k)) for k in ("articles", "topics", "groups", "trends", "terms", "others")),
        index=index,
    )


def _heading(papers: Counter[str]) -> str:
    """Name the papers; a spelling that few articles have (a file's name, another script) is no heading."""
    most = max(papers.values(), default=0)
    return "、".join([name for name, count in papers.most_common(3) if count * SMALL_PAPER >= most])


def _groups(items: Sequence[Article], key: Any) -> list[Group]:
    """Group articles and name what stands out: scores of a group added up, times how few groups have the term."""
    sizes: Counter[str] = Counter()
    scores: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for item in items:
        name = key(item)
        if name:
            sizes[name] += 1
            for term, value, _ in item.keywords:
                scores[name][term] += value or 1.0
    spread = Counter(term for terms in scores.values() for term in terms)
    groups = []
    for name in sorted(sizes):
        weight = {t: s * math.log(1 + len(sizes) / spread[t]) for t, s in scores[name].items()}
        best = sorted(weight, key=lambda t: (-weight[t], t))[:GROUP_TERMS]
        groups.append(Group(name, sizes[name], tuple(best)))
    return groups[:MAX_GROUPS] if len(groups) > 1 else []


def _given_group(data: Mapping[str, Any]) -> Group:
    size = data.get("n_docs")
    return Group(str(flat(data["group"])), size if isinstance(size, int) else 0, _terms(data["keywords"]))


def _terms(value: Any) -> tuple[str, ...]:
    return tuple(texts_of(value, "term")[:GROUP_TERMS])


def _trends(records: Sequence[Mapping[str, Any]], keywords: Sequence[Keyword], counts: Counts) -> list[Trend]:
    """Return the courses of the trend records, or those of the keywords that most articles share."""
    if not records:
        return _keyword_trends(keywords, counts)
    series: defaultdict[str, dict[str, float | None]] = defaultdict(dict)
    measure = next((n for n in ("ipm", "share", "freq", "count", "docs", "n") if any(n in r for r in records)), "")
    for data in records:
        name = next((flat(data[n]) for n in ("term", "value", "topic_label", "topic") if data.get(n) is not None), "")
        series[str(name)][str(data[period_of(data)])] = number_of(data.get(measure))
    periods = sorted({p for found in series.values() for p in found})
    return [
        Trend(name, measure, line_chart(periods, [found.get(p) for p in periods], width=420, height=160))
        for name, found in list(series.items())[: TOP_TRENDS * 2]
    ]


def _keyword_trends(keywords: Sequence[Keyword], counts: Counts) -> list[Trend]:
    periods = counts.periods_of({k.term for k in keywords[:TOP_TRENDS]})
    found = ((k.term, counts.course(periods[k.term], width=420, height=160)) for k in keywords[:TOP_TRENDS])
    return [Trend(term, "articles", chart) for term, chart in found if chart is not None]


def _tables(gathered: Gathered) -> list[TermTable]:
    """Return one table for each kind of term records (frequencies, keyness, collocates …) and of other records."""
    kinds: defaultdict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for data in (*gathered.terms, *gathered.others):
        kinds[tuple(data)].append(data)
    return [_table(columns, rows) for columns, rows in kinds.items()]


def _table(columns: tuple[str, ...], records: Sequence[Mapping[str, Any]]) -> TermTable:
    rows = tuple(tuple(flat(data[name]) for name in columns) for data in records[:TABLE_ROWS])
    numeric = tuple(
        any(isinstance(row[i], int | float) for row in rows) and not any(isinstance(row[i], str) for row in rows)
        for i in range(len(columns))
    )
    usual = ("freq", "ll", "log_ratio", "log_dice", "score", "ipm", "count")
    bar = next((columns.index(n) for n in usual if n in columns and numeric[columns.index(n)]), -1)
    values = [abs(number_of(row[bar]) or 0.0) for row in rows] if bar >= 0 else []
    return TermTable(columns, rows, numeric, bar, float(max(values, default=1) or 1), len(records))
