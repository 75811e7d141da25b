"""Keywords counted over all articles and over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jmtools.report.charts import Line, line_chart
from jmtools.report.collect import Article
from jmtools.report.periods import Axis

TOP_KEYWORDS = 200


@dataclass(frozen=True)
class Keyword:
    """A keyword over all articles: in how many, how often, its scores added up, its course."""

    term: str
    articles: int
    count: int
    score: float
    course: Line | None


class Counts:
    """Counts by keyword and period."""

    def __init__(self, items: Sequence[Article], axis: Axis, per_period: Mapping[str, int]) -> None:
        self.axis = axis
        self.per_period = per_period
        self.items = items

    def course(self, counted: Mapping[str, int], *, width: int, height: int) -> Line | None:
        """Draw counts by period; a period without any article is a gap."""
        if len(self.axis.periods) < 2:
            return None
        values = [counted.get(p, 0) if self.per_period.get(p) else None for p in self.axis.periods]
        return line_chart(self.axis.periods, values, width=width, height=height)

    def keywords(self) -> list[Keyword]:
        """Return the keywords that most articles share, then by score, then by name."""
        articles: Counter[str] = Counter()
        count: Counter[str] = Counter()
        score: defaultdict[str, float] = defaultdict(float)
        for item in self.items:
            for term, value, tf in item.keywords:
                articles[term] += 1
                count[term] += tf
                score[term] += value
        ranked = sorted(articles, key=lambda t: (-articles[t], -score[t], t))[:TOP_KEYWORDS]
        periods = self.periods_of(set(ranked))
        return [
            Keyword(t, articles[t], count[t], score[t], self.course(periods[t], width=120, height=24)) for t in ranked
        ]

    def periods_of(self, terms: set[str]) -> dict[str, Counter[str]]:
        """Count the articles that have a term among their keywords, by period."""
        periods: dict[str, Counter[str]] = {term: Counter() for term in terms}
        for item in self.items:
            if item.day:
                for term in {t for t, _, _ in item.keywords} & terms:
                    periods[term][self.axis.of(item.day)] += 1
        return periods
