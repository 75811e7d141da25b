"""Every number of the report, read off the page in a browser and counted again from the records; print and pictures."""

from __future__ import annotations

import base64
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Page
from tests.report.test_browser import article, write_report


def number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    made = [article(n) for n in range(160)]
    for n, record in enumerate(made):
        record["date"] = f"2024-03-{1 + n % 8:02}" if n < 80 else f"2024-03-{9 + n % 7:02}"
        if n >= 80:
            record["text"] += "\n低空经济成了新话题。" if n % 3 else ""
            record["keywords"].append({"term": "低空经济", "score": 1.5, "tf": 1})
    made.append(
        {"type": "folio", "text": "澜江日报 医保基金", "date": "2024-03-01", "page": "A01", "newspaper": "澜江日报"}
    )
    return made


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> Path:
    topics = [
        {
            "topic": n,
            "label": f"主题{n}",
            "size": 1,
            "terms": [{"term": w, "weight": 1.0}, {"term": "市民", "weight": 0.5}],
        }
        for n, w in enumerate(("医保基金", "防汛演练", "产业园", "足球联赛", "义务教育"))
    ]
    return write_report(tmp_path_factory.mktemp("numbers"), [*records, *topics])


def full(record: dict[str, Any]) -> str:
    return f"{record['headline']}\n{record['text']}"


def test_the_figures_of_the_overview(page: Page, path: Path, records: list[dict[str, Any]], news: list[Any]) -> None:
    page.open(path)
    shown = dict(zip(page.texts("#overview dt"), map(number, page.texts("#overview dd")), strict=True))
    assert shown["新闻稿件"] == len(news)
    assert shown["版面"] == len({(r["newspaper"], r["date"], r["page"]) for r in records})
    assert shown["期数"] == len({(r["newspaper"], r["date"]) for r in records})
    assert shown["字数"] == sum(len(r["text"]) for r in news)
    assert shown["作者"] == len({a["name"] for r in news for a in r["authors"]})
    assert shown["关键词"] == len({k["term"] for r in news for k in r["keywords"]})
    types = Counter(r["type"] for r in records)
    rows = page.run(
        "return [...document.querySelectorAll('#overview .columns div:first-child tr')].map("
        "r => [r.querySelector('a').hash.slice(6), r.cells[1].textContent])"
    )
    assert {name: number(count) for name, count in rows} == types


def test_the_keywords_and_their_concordance(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    rows = page.run(
        "return [...document.querySelectorAll('#keywords tbody')][0].querySelectorAll('tr').length && "
        "[...document.querySelectorAll('#keywords tbody')[0].rows].map(r => [...r.cells].map(c => c.textContent))"
    )
    assert len(rows) == 7
    for term, as_keyword, _, mentioned, mentions, *_ in rows:
        texts = [full(r) for r in news]
        assert number(as_keyword) == sum(term in [k["term"] for k in r["keywords"]] for r in news)
        assert number(mentioned) == sum(term in text for text in texts)
        assert number(mentions) == sum(text.count(term) for text in texts)
        page.run("location.hash = 'k=' + encodeURIComponent(arguments[0])", term)
        page.wait("return document.getElementById('kwic-term').value === arguments[0]", term)
        found = re.findall(r"[\d,]+(?= 处)|(?<=见于 )[\d,]+", page.texts("#kwic-status")[0])
        assert list(map(number, found)) == [number(mentions), number(mentioned)]


def test_the_courses(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    issues = Counter(date for _, date in {(r["newspaper"], r["date"]) for r in news})
    sizes: Counter[str] = Counter()
    for r in news:
        sizes[r["date"]] += len(full(r))
    for place, base in ((0, issues), (1, {d: n / 1e6 for d, n in sizes.items()})):
        rows = page.run(
            "return [...document.querySelectorAll('#trends figure.wide')[arguments[0]].querySelectorAll('tbody tr')]"
            ".map(r => [...r.cells].map(c => c.textContent))",
            place,
        )
        assert len(rows) == 6 * len(issues)
        for term, period, value in rows:
            counted = sum(full(r).count(term) for r in news if r["date"] == period) / base[period]
            assert float(value.replace(",", "")) == pytest.approx(counted, rel=0.006)


def test_the_topics(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    sizes = Counter(str(r["topic"]) for r in news)
    shown = page.run(
        "return [...document.querySelectorAll('#topics .size a')].map(a => [a.hash.slice(7), a.textContent])"
    )
    assert {key: number(text.split()[0]) for key, text in shown} == sizes
    cells = page.run("return [...document.querySelectorAll('#topics .heat td a')].map(a => [a.hash, a.textContent])")
    counted = Counter((str(r["topic"]), r["date"]) for r in news)
    assert {address: number(text) for address, text in cells} == {
        f"#topic={topic}&date={date}": n for (topic, date), n in counted.items()
    }
    circles = page.run("return [...document.querySelectorAll('#topics .plane a[aria-label]')].map(a => a.ariaLabel)")
    assert {label.split(": ")[0][2:]: number(label.split(": ")[1]) for label in circles} == sizes


def test_what_changed(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    last = [r for r in news if r["date"] >= "2024-03-09"]
    before = [r for r in news if "2024-03-02" <= r["date"] < "2024-03-09"]
    items = page.run(
        "return [...document.querySelectorAll('#changes .kind li')].map(l => [l.querySelector('a').textContent, "
        "l.querySelector('.figure').textContent, l.querySelector('blockquote a')?.textContent, "
        "l.querySelector('blockquote a')?.hash])"
    )
    assert "低空经济" in [term for term, *_ in items]
    for term, figures, sentence, address in items:
        counted = [sum(term in full(r) for r in side) for side in (before, last)]
        assert figures == f"{counted[0]}/{len(before)} → {counted[1]}/{len(last)}"
        assert term in sentence
        page.run("location.hash = arguments[0]", address)
        page.wait("return document.getElementById('reader').open")
        assert term in page.texts("#reader")[0]
        page.run("document.getElementById('reader').close()")


def test_the_network_counts_articles_that_share_keywords(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    rows = page.run(
        "return [...document.querySelectorAll('#network tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
    )
    assert rows
    for one, other, count in rows:
        assert number(count) == sum({one, other} <= {k["term"] for k in r["keywords"]} for r in news)


def test_pictures_have_names_links_and_tables(page: Page, path: Path) -> None:
    page.open(path)
    unnamed = page.run(
        "return [...document.querySelectorAll('svg:not([aria-hidden])')].filter("
        "s => !s.getAttribute('aria-label')).length"
    )
    assert unnamed == 0
    page.run("document.querySelector('#network svg a').focus()")
    assert page.run("return document.activeElement.closest('svg') !== null")
    page.find("#network svg a").send_keys("\ue007")
    page.wait("return location.hash.startsWith('#k=')")
    assert page.run("return document.querySelectorAll('#network table, #trends table, #changes table').length") >= 3
    labels = page.run(
        "return [...document.querySelectorAll('#topics .plane:not(.tree) text')].map(t => {"
        " const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] })"
    )
    for n, (left, top, right, bottom) in enumerate(labels):
        assert not [o for o in labels[n + 1 :] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom]


def test_a_citation_names_paper_day_page_and_headline(page: Page, path: Path) -> None:
    page.open(path, "#a=0")
    page.wait("return document.getElementById('reader').open")
    assert re.match(r"《澜江日报》2024年3月1日 A0\d版《.+》", page.texts("#reader .cite")[0])
    page.click("#reader .cite button")
    page.wait("return document.querySelector('#reader .cite button').textContent === '已复制'")


def test_print_has_every_row_and_few_pages(page: Page, path: Path, news: list[Any]) -> None:
    page.open(path)
    printed = page.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "paperWidth": 8.27})
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(base64.b64decode(printed["data"]))
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    assert len(texts) <= 12
    whole = "".join("".join(texts).split())
    lacking = [r["headline"] for r in news if r["headline"] not in whole]
    assert lacking == []
    assert all(f"主题{n}" in whole for n in range(5))


def test_fifty_years_are_printed_whole(page: Page, tmp_path: Path) -> None:
    records = [article(n, date=f"{1950 + n // 6}-{1 + n % 6 * 2:02}-01") for n in range(300)]
    printed_from = write_report(tmp_path, records)
    page.open(printed_from)
    assert page.texts("#calendar p")[0].startswith("1950-01-01 至 1999-11-01：")
    assert "缺 0 期" in page.texts("#calendar p")[0]
    printed = page.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "paperWidth": 8.27})
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(base64.b64decode(printed["data"]))
    whole = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    heads = page.run("return [...document.querySelectorAll('.heat thead th.number')].map(t => t.textContent)")
    assert heads == [str(year) for year in range(1950, 2000)]
    assert all(str(year) in whole for year in range(1950, 2000))
