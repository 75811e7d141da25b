"""A view as Markdown that reads well in a terminal and on a code host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jmtools.fields.delimited import plain
from jmtools.fields.path import Cell
from jmtools.io.json_types import Record
from jmtools.io.visible import show
from jmtools.report.changes import KINDS
from jmtools.report.pack import island
from jmtools.report.strings import LANGUAGES, words
from jmtools.report.tables import short
from jmtools.report.view import ORIGINS, View

_ROWS = 30
_BAR = 20
_MARKUP = str.maketrans({c: f"\\{c}" for c in "\\|*`[]_#~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def render_markdown(view: View, *, language: str = "auto", run: Record | None = None) -> bytes:
    """Return the report as Markdown.

    Args:
        view: What it shows.
        language: One of `LANGUAGES`, or `auto`.
        run: The record of the run, which stands at the end as a comment; None for none.
    """
    found = words(language if language in LANGUAGES else LANGUAGES[0])
    lines = [f"# {_safe(view.title)}", ""]
    for part in (_changes, _overview, _calendar, _keywords, _topics, _trends, _tables, _articles):
        lines += part(view, found)
    comment = "" if run is None else f"\n<!-- jmtools-run {island(run)} -->\n"
    return ("\n".join(lines).rstrip("\n") + "\n" + comment).encode("utf-8", "replace")


def _changes(view: View, found: dict[str, str]) -> list[str]:
    c = view.changes
    if c is None:
        return []
    lines = [f"## {found['changes']}", "", _fill(found["changes_lead"], c.now, c.n_now, c.before, c.n_before), ""]
    for kind in KINDS:
        for change in c.found[kind]:
            figures = f"{change.before}/{c.n_before} → {change.now}/{c.n_now}"
            lines.append(f"- {found[f'kind_{kind}']} **{_safe(change.term)}** ({figures}): {_safe(change.sentence)}")
    return [*lines, ""]


def _overview(view: View, found: dict[str, str]) -> list[str]:
    figures = [
        (found["n_articles"], view.news),
        (found["n_pages"], view.pages),
        *((found[label], view.origins[name]) for name, label in ORIGINS),
        (found["n_days"], view.issues),
        (found["n_characters"], view.characters),
    ]
    lines = [" · ".join(f"{name} **{value:,}**" for name, value in figures if value), ""]
    if not any(value for _, value in figures) and not view.tables:
        lines = [found["no_articles"], ""]
    if view.articles:
        rows = [(found.get(f"type_{name}", name), count) for name, count in view.types]
        lines += [f"## {found['by_type']}", "", *_table((found["type"], found["size"]), rows), ""]
    return lines


def _calendar(view: View, found: dict[str, str]) -> list[str]:
    c = view.calendar
    if c is None:
        return []
    line = _fill(found[f"span_{c.rhythm}"], c.first, c.last, c.days, c.issues, c.missing)
    if c.longest and c.longest[2] > 1:
        line += " " + _fill(found["longest"], *c.longest)
    return [f"## {found['calendar']}", "", line, ""]


def _keywords(view: View, found: dict[str, str]) -> list[str]:
    lines: list[str] = []
    if view.keywords:
        top = view.keywords[0].articles
        rows = [(k.term, k.articles, k.mentioned, k.mentions, _bar(k.articles / top)) for k in view.keywords[:_ROWS]]
        head = (found["term"], found["as_keyword"], found["mentioned_in"], found["mentions"], "")
        lines += [f"## {found['keywords']}", "", *_table(head, rows), ""]
    for key, groups in (("given_groups", view.given_groups), ("by_page", view.by_page), ("by_period", view.by_period)):
        if groups:
            rows_of = [(g.name, g.articles, "、".join(g.terms)) for g in groups]
            names = (found["group"], found["n_articles"], found["keywords"])
            lines += [f"### {found[key]}", "", *_table(names, rows_of), ""]
    return lines


def _topics(view: View, found: dict[str, str]) -> list[str]:
    if not view.topics:
        return []
    lines = [f"## {found['topics']}", ""]
    for topic in view.topics:
        lines += [f"### {_safe(topic.label)}", "", f"{_fill(found['found'], topic.size)} · {topic.share:.1%}", ""]
        lines += ["、".join(_safe(term) for term, _ in topic.terms), ""]
        lines += [*(f"- {_safe(headline)}" for _, headline in topic.representatives), ""]
    return lines


def _trends(view: View, found: dict[str, str]) -> list[str]:
    if not view.trends:
        return []
    rows = []
    for trend in view.trends:
        values = [point.value for point in trend.chart.points]
        rows.append((trend.name, _spark(values), values[0] if values else None, values[-1] if values else None))
    points = [p for trend in view.trends for p in trend.chart.points]
    first, last = min((p.period for p in points), default=""), max((p.period for p in points), default="")
    return [f"## {found['trends']}", "", *_table((found["term"], found["course"], first, last), rows), ""]


def _tables(view: View, found: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for table in view.tables:
        rows = [[short(cell) for cell in row] for row in table.rows[:_ROWS]]
        lines += [f"## {found[table.key]}", "", *_table(table.columns, rows), ""]
        if table.total > _ROWS:
            lines += [_fill(found["rows_shown"], _ROWS, table.total), ""]
    return lines


def _articles(view: View, found: dict[str, str]) -> list[str]:
    shown = [a for a in view.articles if a.headline]
    if not shown:
        return []
    head = tuple(found[key] for key in ("date", "page", "headline", "authors", "keywords"))
    rows = [
        (a.date, a.page, a.headline, "、".join(a.authors), "、".join(term for term, _, _ in a.keywords[:5]))
        for a in shown[: _ROWS * 10]
    ]
    lines = [f"## {found['articles']}", "", *_table(head, rows), ""]
    if len(shown) > len(rows):
        lines += [_fill(found["rows_shown"], len(rows), len(shown)), ""]
    return lines


def _table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[str]:
    cells = [[_safe(plain(cell)) for cell in row] for row in rows]
    rule = "| " + " | ".join("---" for _ in head) + " |"
    return ["| " + " | ".join(row) + " |" for row in [[_safe(h) for h in head]]] + [
        rule,
        *("| " + " | ".join(row) + " |" for row in cells),
    ]


def _safe(text: str) -> str:
    return show(" ".join(text.split())).translate(_MARKUP)


def _fill(text: str, *values: object) -> str:
    for i, value in enumerate(values):
        text = text.replace(f"{{{i}}}", _safe(str(value)))
    return text


def _bar(share: float) -> str:
    return "█" * max(1, round(share * _BAR))


def _spark(values: Sequence[float]) -> str:
    top = max(values, default=0) or 1
    return "".join("▁▂▃▄▅▆▇█"[min(7, max(0, int(value / top * 7.999)))] for value in values)
