"""Everything that a report shows, computed once; the templates only lay it out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jmtools.fields.news import TypeRule
from jmtools.fields.path import flat
from jmtools.io.json_types import JsonValue, Record
from jmtools.report.changes import Changes, find_changes, topic_changes
from jmtools.report.collect import Article, Gathered, texts_of
from jmtools.report.counts import Keyword, KeywordCounts
from jmtools.report.courses import Trend, given_courses, own_courses
from jmtools.report.mentions import Mentions
from jmtools.report.periods import Axis, Calendar, make_axis, make_calendar
from jmtools.report.pictures import Plane, Tree, TrendChart
from jmtools.report.relations import Bar, change_bars, keyness_bars, map_of_topics, term_network
from jmtools.report.tables import ConcordanceLine, TermTable, make_places, make_tables
from jmtools.report.themes import TopicView, make_topics

NEWS = TypeRule()
GROUP_TERMS = 8
MAX_GROUPS = 400
SMALL_PAPER = 3  # times fewer articles than the largest: not in the heading
ORIGINS = (("own", "n_own"), ("wire", "n_wire"), ("reprint", "n_reprint"))  # `origin` of `split`, and its label
_UNKNOWN = "-"


@dataclass(frozen=True)
class Group:
    """Articles that share a page or a period, and the keywords that stand out in them."""

    name: str
    articles: int
    terms: tuple[str, ...]


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
    topics: list[TopicView]
    courses: list[TrendChart]
    trends: list[Trend]
    trends_given: bool
    tables: list[TermTable]
    places: list[ConcordanceLine]
    records: int
    news: int
    changes: Changes | None
    change_bars: list[Bar]
    keyness_bars: list[Bar]
    topic_changes: dict[str, list[str]]
    topic_map: Plane | None
    topic_tree: Tree | None
    network: Plane | None
    network_given: bool
    segmenters: list[str]
    origins: Counter[str]
    index: dict[str, int] = field(default_factory=dict)


def make_view(gathered: Gathered, *, title: str = "") -> View:
    """Compute a report from the records."""
    articles = sorted(gathered.articles, key=lambda a: (a.date, a.page))
    numbers = [n for n, a in enumerate(articles) if is_news(a.type)]
    items = [articles[n] for n in numbers]
    axis = make_axis(a.day for a in articles if a.day)
    papers = Counter(a.newspaper for a in articles if a.newspaper)
    names, mentions = frozenset(papers), Mentions(items, axis)
    counts = KeywordCounts(items, axis, Counter(axis.of(a.day) for a in items if a.day), mentions, names)
    index, keywords = {a.id: i for i, a in reversed(list(enumerate(articles))) if a.id}, counts.keywords()
    topics = make_topics(gathered, items, index, counts)
    courses, trends = _courses(gathered, keywords, counts, _issues(items, axis))
    changes = find_changes(items, mentions, dict(enumerate(numbers)), names)
    topic_map, topic_tree = map_of_topics(topics)
    network, given = term_network(items, gathered.others, names)
    return View(
        title=title or _heading(papers) or "jmtools",
        articles=articles,
        newspapers=[name for name, _ in papers.most_common()],
        types=Counter(a.type or _UNKNOWN for a in articles).most_common(),
        pages=len({(a.newspaper, a.date, a.page) for a in articles if a.page}),
        issues=len({(a.newspaper, a.day) for a in articles if a.day}),
        characters=sum(len(a.text) for a in items),
        authors=Counter(name for a in items for name in dict.fromkeys(a.authors)).most_common(30),
        axis=axis,
        calendar=make_calendar(Counter(a.day for a in articles if a.day)),
        keywords=keywords,
        by_page=_groups(items, lambda a: a.page, names),
        by_period=_groups(items, lambda a: axis.of(a.day) if a.day else "", names),
        given_groups=[_given_group(data) for data in gathered.groups[:MAX_GROUPS]],
        topics=topics,
        courses=courses,
        trends=trends,
        trends_given=bool(gathered.trends),
        tables=make_tables([*gathered.terms, *gathered.others]),
        places=make_places([*gathered.terms, *gathered.others], index),
        records=gathered.records,
        news=len(items),
        changes=changes,
        change_bars=change_bars(changes),
        keyness_bars=keyness_bars(gathered.terms),
        topic_changes=topic_changes(gathered.topics),
        topic_map=topic_map,
        topic_tree=topic_tree,
        network=network,
        network_given=given,
        origins=Counter(a.origin for a in items if a.origin),
        segmenters=sorted({a.segmenter for a in items if a.segmenter}),
        index=index,
    )


def _courses(
    gathered: Gathered, keywords: Sequence[Keyword], counts: KeywordCounts, issues: Mapping[str, int]
) -> tuple[list[TrendChart], list[Trend]]:
    return given_courses(gathered.trends) if gathered.trends else own_courses(keywords, counts, issues)


def is_news(kind: str) -> bool:
    """Tell whether records of a type are counted: the rule of all commands."""
    return NEWS.takes({"type": kind or None})


def _issues(items: Sequence[Article], axis: Axis) -> Counter[str]:
    """Return the number of issues, days of a paper, in each period."""
    return Counter(axis.of(day) for _, day in {(a.newspaper, a.day) for a in items if a.day})


def _heading(papers: Counter[str]) -> str:
    """Name the papers; a spelling that few articles have (a file's name, another script) is no heading."""
    most = max(papers.values(), default=0)
    return "、".join([name for name, count in papers.most_common(3) if count * SMALL_PAPER >= most])


def _groups(items: Sequence[Article], key: Callable[[Article], str], names: frozenset[str]) -> list[Group]:
    """Group articles and name what stands out: scores of a group added up, times how few groups have the term."""
    sizes: Counter[str] = Counter()
    scores: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for item in items:
        name = key(item)
        if name:
            sizes[name] += 1
            for term, value, _ in (k for k in item.keywords if k[0] not in names):
                scores[name][term] += value or 1.0
    spread = Counter(term for terms in scores.values() for term in terms)
    groups = []
    for name in sorted(sizes):
        weight = {t: s * math.log(1 + len(sizes) / spread[t]) for t, s in scores[name].items()}
        best = sorted(weight, key=lambda t: (-weight[t], t))[:GROUP_TERMS]
        groups.append(Group(name, sizes[name], tuple(best)))
    return groups[:MAX_GROUPS] if len(groups) > 1 else []


def _given_group(data: Record) -> Group:
    size = data.get("n_docs")
    return Group(str(flat(data["group"])), size if isinstance(size, int) else 0, _terms(data["keywords"]))


def _terms(value: JsonValue) -> tuple[str, ...]:
    return tuple(texts_of(value, "term")[:GROUP_TERMS])
