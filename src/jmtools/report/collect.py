"""Records of any kind, sorted into what a report shows: articles, topics, terms, trends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jmtools.batches.feature import CountFeature
from jmtools.fields.path import flat
from jmtools.io.json_types import Fields, JsonValue, Record

MAX_KEYWORDS = 20
MAX_DRAWN = 1e300
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PERIODS = ("period", "date", "day", "week", "month", "quarter", "year")


@dataclass(slots=True)
class Article:
    """One record with a text, every field of the type that the page expects, whatever the record holds."""

    id: str
    type: str
    headline: str
    kicker: str
    byline: str
    authors: list[str]
    text: str
    page: str
    page_name: str
    date: str
    newspaper: str
    source: str
    line_start: int
    line_end: int
    keywords: list[tuple[str, float, int]]
    topic: str
    label: str
    subheads: list[str]
    captions: list[str]
    continued_from: str
    continued_to: str
    segmenter: str = ""
    origin: str = ""

    @property
    def day(self) -> str:
        """The date, if it is one: YYYY-MM-DD."""
        return self.date if _DATE.fullmatch(self.date) else ""


@dataclass
class Gathered:
    """All records, by kind."""

    articles: list[Article] = field(default_factory=list)
    topics: list[Fields] = field(default_factory=list)
    groups: list[Fields] = field(default_factory=list)
    trends: list[Fields] = field(default_factory=list)
    terms: list[Fields] = field(default_factory=list)
    others: list[Fields] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Return how many records there are."""
        others = (self.topics, self.groups, self.trends, self.terms, self.others)
        return len(self.articles) + sum(map(len, others))


class Collector(CountFeature[Gathered, Gathered]):
    """Sorts records into kinds, batch by batch."""

    def count(self, batch: Sequence[Record]) -> Gathered:
        """Take in a batch of records."""
        gathered = Gathered()
        for data in batch:
            if isinstance(data.get("text"), str) and "node" not in data:
                gathered.articles.append(_article(data))
            else:
                getattr(gathered, _kind(data)).append(dict(data))
        return gathered

    def merge(self, total: Gathered, part: Gathered) -> Gathered:
        """Append the records of the next batch."""
        for kind in ("articles", "topics", "groups", "trends", "terms", "others"):
            getattr(total, kind).extend(getattr(part, kind))
        return total


def _kind(data: Record) -> str:
    if "topic" in data and isinstance(data.get("terms"), list):
        return "topics"
    if "group" in data and isinstance(data.get("keywords"), list):
        return "groups"
    if period_of(data) and ("term" in data or "value" in data or "topic" in data):
        return "trends"
    if isinstance(data.get("term"), str):
        return "terms"
    return "others"


def period_of(data: Record) -> str:
    """Return the name of the field that holds a trend record's period, or nothing."""
    return next((name for name in _PERIODS if isinstance(data.get(name), str)), "")


def texts_of(value: JsonValue, key: str) -> list[str]:
    """Return the strings of a list of strings, or of objects that hold one under `key`."""
    if not isinstance(value, list):
        return []
    found = (item.get(key) if isinstance(item, Mapping) else item for item in value)
    return [item for item in found if isinstance(item, str) and item]


def _article(data: Record) -> Article:
    return Article(
        id=_text(data, "id"),
        type=_text(data, "type"),
        headline=_text(data, "headline"),
        kicker=_text(data, "kicker"),
        byline=_text(data, "byline"),
        authors=texts_of(data.get("authors"), "name"),
        text=data["text"],
        page=_text(data, "page"),
        page_name=_text(data, "page_name"),
        date=_text(data, "date"),
        newspaper=_text(data, "newspaper"),
        source=_text(data, "source"),
        line_start=_number(data, "line_start"),
        line_end=_number(data, "line_end"),
        keywords=_keywords(data.get("keywords")),
        topic=_text(data, "topic"),
        label=_text(data, "topic_label"),
        subheads=texts_of(data.get("subheads"), "text"),
        captions=texts_of(data.get("captions"), "text"),
        continued_from=_text(data, "continued_from"),
        continued_to=_text(data, "continued_to"),
        segmenter=_text(data, "segmenter"),
        origin=_text(data, "origin"),
    )


def _keywords(value: JsonValue) -> list[tuple[str, float, int]]:
    found: list[tuple[str, float, int]] = []
    for item in value if isinstance(value, list) else []:
        if isinstance(item, str) and item:
            found.append((item, 0.0, 1))
        elif isinstance(item, Mapping) and isinstance(item.get("term"), str) and item["term"]:
            found.append((item["term"], number_of(item.get("score")) or 0.0, max(1, _number(item, "tf"))))
    return found[:MAX_KEYWORDS]


def _text(data: Record, name: str) -> str:
    value = flat(data.get(name))
    return "" if value is None else str(value)


def _number(data: Record, name: str) -> int:
    value = number_of(data.get(name)) or 0.0
    return int(value) if abs(value) < 1 << 53 else 0


def number_of(value: JsonValue) -> float | None:
    """Return a number that can be drawn, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MAX_DRAWN:
        return None
    return float(value)
