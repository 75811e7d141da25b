"""Topics: what their articles and their own records say of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jmtools.fields.path import flat
from jmtools.io.json_types import JsonValue, Record
from jmtools.report.charts import LineChart
from jmtools.report.collect import Article, Gathered, number_of
from jmtools.report.counts import KeywordCounts

_REPRESENTATIVES = 3
_FIRST_WORDS = 30


@dataclass(frozen=True)
class TopicView:
    """A topic: its terms with weights from 0 to 1, its representatives as (index of the article or -1, headline).

    `bag` holds the terms of its articles and its own, for the likeness of topics.
    """

    key: str
    label: str
    size: int
    share: float
    terms: tuple[tuple[str, float], ...]
    representatives: tuple[tuple[int, str], ...]
    facts: tuple[tuple[str, str], ...]
    course: LineChart | None
    bag: dict[str, float] = field(default_factory=dict)


def make_topics(
    gathered: Gathered, items: Sequence[Article], index: Mapping[str, int], counts: KeywordCounts
) -> list[TopicView]:
    """Return the topics of the articles, with what topic records say of them."""
    members: defaultdict[str, list[Article]] = defaultdict(list)
    for item in items:
        if item.topic:
            members[item.topic].append(item)
    given = {str(flat(data.get("topic"))): data for data in gathered.topics}
    keys = sorted(members.keys() | given.keys(), key=lambda k: (-len(members[k]) or -_size(given.get(k, {})), k))
    total = sum(len(found) for found in members.values()) or sum(_size(data) for data in given.values())
    topics = []
    for key in keys:
        data, own = given.get(key, {}), members[key]
        size = len(own) or _size(data)
        periods = Counter(counts.axis.of(a.day) for a in own if a.day)
        label = flat(data.get("label")) or next((a.label for a in own if a.label), "")
        topics.append(
            TopicView(
                key=key,
                label=str(label) or key,
                size=size,
                share=size / total if total else 0.0,
                terms=_weighted(data.get("terms"), own),
                representatives=_representatives(data.get("representatives"), own, index),
                facts=tuple((n, _fact(data[n])) for n in ("coherence", "stability", "parent") if data.get(n)),
                course=counts.course(periods, width=240, height=40) if own else None,
                bag=_bag(data.get("terms"), own),
            )
        )
    return topics


def _fact(value: JsonValue) -> str:
    """Format a measure for people: more than two decimals would mean nothing."""
    return f"{value:.2f}" if isinstance(value, float) else str(flat(value))


def _size(data: Record) -> int:
    size = data.get("size")
    return size if isinstance(size, int) and not isinstance(size, bool) else 0


def _weighted(terms: JsonValue, own: Sequence[Article]) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for item in terms if isinstance(terms, list) else []:
        if isinstance(item, str):
            found.append((item, 1.0))
        elif isinstance(item, Mapping) and isinstance(item.get("term"), str):
            weights = (number_of(item.get(name)) for name in ("weight", "score"))
            found.append((item["term"], next((w for w in weights if w is not None), 1.0)))
    if not found:
        score: Counter[str] = Counter()
        for article in own:
            for term, _, _ in article.keywords:
                score[term] += 1
        found = [(t, float(n)) for t, n in sorted(score.items(), key=lambda i: (-i[1], i[0]))[:10]]
    top = max((w for _, w in found), default=1.0) or 1.0
    return tuple((t, max(0.0, w / top)) for t, w in found[:15])


def _bag(terms: JsonValue, own: Sequence[Article]) -> dict[str, float]:
    """Return how much each term stands for a topic: the share of its articles with it as a keyword, or its weight."""
    bag: Counter[str] = Counter(term for article in own for term, _, _ in article.keywords)
    shares = {term: count / len(own) for term, count in bag.items() if count > 1} if own else {}
    for term, weight in _weighted(terms, ()):
        shares[term] = max(shares.get(term, 0.0), 0.5 * weight)
    return shares


def _representatives(value: JsonValue, own: Sequence[Article], index: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """Return up to three articles by their headlines, or first words; the same words once, and no bare ids."""
    titles = {index[a.id]: title_of(a) for a in own if a.id in index}
    found: dict[str, int] = {}  # one article once, and one headline once
    for item in value if isinstance(value, list) else []:
        identity = item.get("id") if isinstance(item, Mapping) else item
        headline = item.get("headline") if isinstance(item, Mapping) else None
        number = index.get(str(identity), -1)
        title = headline if isinstance(headline, str) and headline else titles.get(number, "")
        if title:
            found.setdefault(title, number)
    for number, title in titles.items():
        if len(found) >= _REPRESENTATIVES:
            break
        if title and number not in found.values():
            found.setdefault(title, number)
    return tuple((number, title) for title, number in list(found.items())[:_REPRESENTATIVES])


def title_of(article: Article) -> str:
    """Return the headline, or the first words of the text."""
    return article.headline or article.text.strip().split("\n", 1)[0][:_FIRST_WORDS]
