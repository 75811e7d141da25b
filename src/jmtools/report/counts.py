"""Keywords counted over all articles and over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jmtools.report.charts import LineChart, line_chart
from jmtools.report.collect import Article
from jmtools.report.mentions import Mentions
from jmtools.report.periods import Axis

TOP_KEYWORDS = 200


@dataclass(frozen=True)
class Keyword:
    """A keyword over all articles, on two bases.

    Attributes:
        term: The term.
        articles: Articles that have it among their keywords.
        mentioned: Articles that mention it, headline included.
        mentions: Places where it stands in them: what the concordance finds.
        score: Its keyword scores added up.
        course: Mentions in each period.
    """

    term: str
    articles: int
    mentioned: int
    mentions: int
    score: float
    course: LineChart | None


class KeywordCounts:
    """Counts by keyword and period, all over the same articles: the news."""

    def __init__(
        self,
        items: Sequence[Article],
        axis: Axis,
        per_period: Mapping[str, int],
        mentions: Mentions,
        names: frozenset[str],
    ) -> None:
        self.axis = axis
        self.per_period = per_period
        self.items = items
        self.mentions = mentions
        self._names = names

    def course(self, counted: Mapping[str, int], *, width: int, height: int) -> LineChart | None:
        """Draw counts by period; a period without any article is a gap."""
        if len(self.axis.periods) < 2:
            return None
        return line_chart(self.axis.periods, self.values(counted), width=width, height=height)

    def values(self, counted: Mapping[str, float]) -> list[float | None]:
        """Return a value for each period; None for one without any article."""
        return [counted.get(p, 0) if self.per_period.get(p) else None for p in self.axis.periods]

    def keywords(self) -> list[Keyword]:
        """Return the keywords that most articles share, then by score, then by name; no name of a paper."""
        articles: Counter[str] = Counter()
        score: defaultdict[str, float] = defaultdict(float)
        for item in self.items:
            for term in dict.fromkeys(term for term, _, _ in item.keywords if term not in self._names):
                articles[term] += 1
            for term, value, _ in item.keywords:
                score[term] += value
        found = []
        best = sorted(articles, key=lambda t: (-articles[t], -score[t], t))[:TOP_KEYWORDS]
        self.mentions.find(best)
        for term in best:
            places = self.mentions.of(term)
            course = self.course(self.mentions.by_period(term), width=120, height=24)
            found.append(Keyword(term, articles[term], len(places), sum(places.values()), score[term], course))
        return found
