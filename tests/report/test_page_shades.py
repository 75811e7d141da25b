"""Bars, shades and tables of the report, read off the page in a browser and made again from the records."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Page
from tests.report.test_browser import article, write_report

LEVELS = 4
KEYNESS: list[dict[str, Any]] = [
    {"term": "医保基金", "freq_target": 30, "freq_reference": 2, "ipm_target": 3000, "ipm_reference": 250},
    {"term": "春耕", "freq_target": 1, "freq_reference": 22, "ipm_target": 100, "ipm_reference": 2750},
]


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    made = [article(n) for n in range(90)]
    for n, record in enumerate(made):
        record["date"] = f"2024-03-{1 + n * 5 % 14:02}"
        if record["date"] >= "2024-03-08" and n % 3:
            record["text"] += "\n低空经济成了新话题。"
            record["keywords"].append({"term": "低空经济", "score": 1.5, "tf": 1})
        record["topic"] = n * n % 5
    return made


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> Path:
    topics = [
        {"topic": n, "label": f"主题{n}", "size": 1, "terms": [{"term": "市民", "weight": 1.0}]} for n in range(5)
    ]
    keyness = [
        {**row, "log_ratio": math.log2(row["ipm_target"] / row["ipm_reference"]), "ll": _g2(row)} for row in KEYNESS
    ]
    return write_report(tmp_path_factory.mktemp("shades"), [*records, *topics, *keyness])


def _g2(row: dict[str, Any]) -> float:
    """G² of two cells (Rayson and Garside): a corpus of 10,000 words against one of 8,000."""
    target, reference = row["freq_target"], row["freq_reference"]
    both = (target + reference) / 18_000
    return float(2 * (target * math.log(target / (both * 10_000)) + reference * math.log(reference / (both * 8_000))))


def _g2_of_records(before: int, now: int, n_before: int, n_now: int) -> float:
    """G² of four cells: records with and without a term, in two periods."""
    observed = [(before, n_before), (n_before - before, n_before), (now, n_now), (n_now - now, n_now)]
    whole = n_before + n_now
    shares = [(before + now) / whole, (whole - before - now) / whole] * 2
    return 2 * sum(n * math.log(n / (size * share)) for (n, size), share in zip(observed, shares, strict=True) if n)


def _bars(page: Page, section: str) -> list[list[Any]]:
    rows: list[list[Any]] = page.run(
        "return [...document.querySelectorAll(arguments[0] + ' table.diverging tbody tr')].map(r => ["
        "r.cells[0].textContent.trim(), r.cells[1].textContent, r.cells[2].textContent, "
        "+r.querySelector('rect').getAttribute('x'), +r.querySelector('rect').getAttribute('width'), "
        "r.querySelector('rect').getAttribute('class'), +r.cells[4].textContent])",
        section,
    )
    return rows


def test_the_bars_of_what_changed_are_as_long_as_their_statistic(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    sides = [[r for r in news if r["date"] < "2024-03-08"], [r for r in news if r["date"] >= "2024-03-08"]]
    rows = _bars(page, "#changes")
    assert "低空经济" in [term for term, *_ in rows]
    counts = {}
    for term, one, other, *_ in rows:
        counts[term] = [sum(term in f"{r['headline']}\n{r['text']}" for r in side) for side in sides]
        assert [one, other] == [f"{n}/{len(side)}" for n, side in zip(counts[term], sides, strict=True)]
    sizes = [len(side) for side in sides]
    scores = {term: _g2_of_records(*found, *sizes) for term, found in counts.items()}
    for term, _, _, x, width, kind, shown in rows:
        assert shown == pytest.approx(scores[term], rel=0.006)
        assert width == pytest.approx(max(1, 100 * scores[term] / max(scores.values())), abs=0.06)
        more = counts[term][1] / sizes[1] > counts[term][0] / sizes[0]
        assert (kind, x) == (("up", 0) if more else ("down", -width))


def test_the_bars_of_keyness_records(page: Page, path: Path) -> None:
    page.open(path)
    rows = [row for row in _bars(page, "section") if row[0] in ("医保基金", "春耕") and "/" not in row[1]]
    assert [row[0] for row in rows] == ["医保基金", "春耕"]
    top = max(map(_g2, KEYNESS))
    for row, (_, one, other, x, width, kind, shown) in zip(KEYNESS, rows, strict=True):
        assert [float(text.replace(",", "")) for text in (one, other)] == [row["ipm_reference"], row["ipm_target"]]
        assert shown == pytest.approx(_g2(row), rel=0.006)
        assert width == pytest.approx(100 * _g2(row) / top, abs=0.06)
        assert (kind, x) == (("up", 0) if row["freq_target"] > row["freq_reference"] else ("down", -width))


def test_the_shades_of_the_calendar(page: Page, path: Path, records: list[Any]) -> None:
    page.open(path)
    counts = Counter(r["date"] for r in records)
    days = page.run(
        "return [...document.querySelectorAll('#calendar td.day a')].map(a => "
        "[a.hash, a.title, a.parentNode.className])"
    )
    assert {address: (title, name) for address, title, name in days} == {
        f"#date={day}": (f"{day}: {n}", f"day l{_level(n, max(counts.values()))}") for day, n in counts.items()
    }


def test_the_shades_of_the_topics(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    counts = Counter((str(r["topic"]), r["date"]) for r in news)
    cells = page.run(
        "return [...document.querySelectorAll('#topics .heat td a')].map(a => [a.hash, a.parentNode.className])"
    )
    assert dict(cells) == {
        f"#topic={topic}&date={day}": f"number l{_level(n, max(counts.values()))}" for (topic, day), n in counts.items()
    }


def test_the_bars_of_keywords(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    terms = Counter(term for r in news for term in {k["term"] for k in r["keywords"]})
    rows = page.run(
        "return [...document.querySelectorAll('#keywords tbody')[0].rows].map(r => [r.cells[0].textContent.trim(), "
        "r.querySelector('.drawn svg rect')?.getAttribute('width')])"
    )
    assert {term for term, _ in rows} == set(terms)
    for term, width in rows:
        assert float(width) == pytest.approx(100 * terms[term] / max(terms.values()), abs=0.06)


def _level(count: int, top: int) -> int:
    """The quarter of the largest count in which a count lies, from 1 on."""
    return math.ceil(LEVELS * count / top)
