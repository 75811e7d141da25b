"""Charts over time: of the keywords of the articles, or those of `trend` records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jmtools.fields.path import flat
from jmtools.io.json_types import Record
from jmtools.report.charts import LineChart, line_chart
from jmtools.report.collect import number_of, period_of
from jmtools.report.counts import Keyword, KeywordCounts
from jmtools.report.pictures import TrendChart, courses_chart

TOP_TRENDS = 12
TOGETHER = 6  # lines of one chart
_MEASURES = ("per_issue", "ipm", "share", "freq", "count", "docs", "n")
_TOGETHER_BY = ("per_issue", "ipm")  # what the chart of several lines shows
_MILLION = 1e6


@dataclass(frozen=True)
class Trend:
    """One course over time: what of, of which measure."""

    name: str
    measure: str
    chart: LineChart


def own_courses(
    keywords: Sequence[Keyword], counts: KeywordCounts, issues: Mapping[str, int]
) -> tuple[list[TrendChart], list[Trend]]:
    """Return the courses of the keywords that most articles share: mentions per issue, and per million characters."""
    periods = counts.axis.periods
    terms = [k.term for k in keywords[:TOP_TRENDS]]
    if len(periods) < 2 or not terms:
        return [], []
    sizes = counts.mentions.characters()
    found = {term: counts.mentions.by_period(term) for term in terms}
    per_issue = {
        term: counts.values({p: n / issues[p] for p, n in by.items() if issues.get(p)}) for term, by in found.items()
    }
    per_million = {
        term: counts.values({p: n / sizes[p] * _MILLION for p, n in by.items()}) for term, by in found.items()
    }
    together = [
        courses_chart(periods, _first(per_issue), unit="per_issue"),
        courses_chart(periods, _first(per_million), unit="per_million"),
    ]
    return together, [
        Trend(term, "per_issue", line_chart(periods, values, width=420, height=160))
        for term, values in per_issue.items()
    ]


def given_courses(records: Sequence[Record]) -> tuple[list[TrendChart], list[Trend]]:
    """Return the courses that `trend` records tell."""
    measures = [n for n in _MEASURES if any(number_of(r.get(n)) is not None for r in records)] or [""]
    tables: dict[str, defaultdict[str, dict[str, float | None]]] = {name: defaultdict(dict) for name in measures}
    for data in records:
        name = next((flat(data[n]) for n in ("term", "value", "topic_label", "topic") if data.get(n) is not None), "")
        for measure in measures:
            tables[measure][str(name)][str(data[period_of(data)])] = number_of(data.get(measure))
    periods = sorted({p for found in tables[measures[0]].values() for p in found})
    series = {
        measure: {name: [by.get(p) for p in periods] for name, by in found.items()} for measure, found in tables.items()
    }
    shown = [m for m in _TOGETHER_BY if m in measures] or measures[:1]
    together = [courses_chart(periods, _first(series[m]), unit=m) for m in shown if len(periods) > 1]
    trends = [
        Trend(name, measures[0], line_chart(periods, values, width=420, height=160))
        for name, values in list(series[measures[0]].items())[: TOP_TRENDS * 2]
    ]
    return together, trends


def _first(series: Mapping[str, Sequence[float | None]]) -> dict[str, Sequence[float | None]]:
    """Return the lines of one chart: those that were named first, as long as there are few; else the largest."""
    if len(series) <= TOGETHER:
        return dict(series)
    sums = {name: sum(v for v in values if v is not None) for name, values in series.items()}
    best = set(sorted(sums, key=lambda name: -sums[name])[:TOGETHER])
    return {name: values for name, values in series.items() if name in best}
