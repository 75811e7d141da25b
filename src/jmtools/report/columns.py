"""The articles of a report as columns for the page's script, and their texts, cut where the page would be too large."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jmtools.io.json_types import Fields, JsonValue
from jmtools.io.visible import show
from jmtools.report.collect import Article
from jmtools.report.pack import pack_json, pack_texts
from jmtools.report.view import View, is_news

_SAMPLE = 10
_FINENESS = 50  # the length is found to two per cent
_FRAME_BYTES = 500_000  # what is not data: style, script, charts


def pack_articles(view: View, max_bytes: int) -> tuple[str, Fields, int | None]:
    """Return the packed columns, the packed texts, and the length to which texts were cut (None: all are whole).

    Args:
        view: The report.
        max_bytes: Size of page for which texts are cut, longest first; 0 for no limit.
    """
    texts = [_clean_lines(article.text) for article in view.articles]
    issues = {view.axis.of(a.day) for a in view.articles if a.day}
    columns: dict[str, list[JsonValue]] = {name: [take(a) for a in view.articles] for name, take in _COLUMNS.items()}
    data: Fields = {
        "columns": columns,
        "furniture": sorted({a.type for a in view.articles if not is_news(a.type)}),
        "topics": {show(topic.key): show(topic.label) for topic in view.topics},
        "has": ["headline", *(name for name in _SHOWN if any(columns[name]))],
        "axis": {
            "unit": view.axis.unit,
            "periods": view.axis.periods,
            "issues": [p in issues for p in view.axis.periods],
        },
    }
    packed, limit = _pack_within(texts, max_bytes - _FRAME_BYTES - len(pack_json(data)) if max_bytes else None)
    columns["rest"] = [max(0, len(text) - limit) if limit is not None else 0 for text in texts]
    data["lengths"] = packed["lengths"]
    return pack_json(data), packed, limit


def _pack_within(texts: Sequence[str], room: int | None) -> tuple[Fields, int | None]:
    """Pack texts, cut to one length if they would take more room; a tenth of them is tried to find the length."""
    packed = pack_texts(texts)
    if room is None or len(packed["data"]) <= room:
        return packed, None
    sample = texts[::_SAMPLE] if len(texts) > _SAMPLE * _SAMPLE else texts
    share = max(0, room) * len(sample) / len(texts)
    low, high = 0, max(map(len, sample))
    while high - low > 1 + high // _FINENESS:
        middle = (low + high) // 2
        fits = len(pack_texts([text[:middle] for text in sample])["data"]) <= share
        low, high = (middle, high) if fits else (low, middle)
    while low and len((packed := pack_texts([text[:low] for text in texts]))["data"]) > room:
        low -= 1 + low // _FINENESS
    return (packed if low else pack_texts(["" for _ in texts])), low


def _clean_lines(text: str) -> str:
    return "\n".join(show(line) for line in text.replace("\r\n", "\n").replace("\t", " ").split("\n"))


def _string(name: str) -> Callable[[Article], str]:
    return lambda article: show(getattr(article, name))


def _strings(name: str) -> Callable[[Article], list[str]]:
    def take(article: Article) -> list[str]:
        values: Sequence[str] = getattr(article, name)
        return [show(value) for value in values]

    return take


_SHOWN = ("date", "page", "type", "authors", "keywords", "topic")
_PLAIN = ("id", "type", "headline", "kicker", "byline", "page", "page_name", "date", "newspaper", "source", "topic")
_COLUMNS: dict[str, Callable[[Article], JsonValue]] = {
    **{name: _string(name) for name in _PLAIN},
    **{name: _strings(name) for name in ("authors", "subheads", "captions")},
    "keywords": lambda a: [show(term) for term, _, _ in a.keywords],
    "first": lambda a: a.line_start,
    "last": lambda a: a.line_end,
    "from": _string("continued_from"),
    "to": _string("continued_to"),
}
