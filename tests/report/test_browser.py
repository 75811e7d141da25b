"""The report in a real browser: it opens in silence, asks for nothing, and everything in it works and is only text."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Page, open_browser
from tests.conftest import run_jmtools

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1",
    "{{ 7*7 }}${window.hacked=1}",
    "<!--<script>",
    "]]><b>x</b>&amp;&lt;",
    "\x1b[31m红\u202e字\u2028",
    '=HYPERLINK("http://example.invalid")',
    "https://example.invalid/a.png",
    "'-alert(1)-'",
    "长" * 10000,
)


def article(number: int, **more: Any) -> dict[str, Any]:
    words = ("医保基金", "防汛演练", "产业园", "足球联赛", "义务教育")
    word = words[number % 5]
    return {
        "id": f"a{number}",
        "type": "ad" if number % 17 == 3 else "article",
        "headline": f"{word}有了新进展（之{number}）",
        "authors": [{"name": f"记者{number % 7}", "role": "记者"}],
        "text": f"本报讯 {word}的事第{number}次见报。\n市民说，{word}很要紧，大家都在谈。",
        "page": f"A0{1 + number % 4}",
        "date": f"2024-03-{1 + number % 20:02}",
        "newspaper": "澜江日报",
        "source": f"pages/{number}.txt",
        "line_start": number + 1,
        "line_end": number + 9,
        "keywords": [{"term": word, "score": 2.5, "tf": 2, "df": 9}, {"term": "市民", "score": 1.0, "tf": 1, "df": 30}],
        "topic": number % 5,
        "topic_label": f"{word}·市民",
        **more,
    }


def write_report(folder: Path, records: list[dict[str, Any]], *options: str) -> Path:
    path = folder / "report.html"
    lines = "\n".join(json.dumps(record) for record in records).encode()
    done = run_jmtools("report", "-o", path, *options, stdin=lines)
    assert (done.returncode, done.stderr) == (0, b"")
    return path


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [article(n) for n in range(120)]
    records.append({"type": "folio", "text": "澜江日报", "date": "2024-03-01", "page": "A01"})
    records.append(
        {
            "topic": 0,
            "label": "医保",
            "size": 24,
            "terms": [{"term": "医保基金", "weight": 1.0}],
            "representatives": ["a5"],
        }
    )
    records += [{"term": f"词{n}", "freq": 90 - n, "rank": n + 1, "ipm": 12.5} for n in range(12)]
    return write_report(tmp_path_factory.mktemp("report"), records)


def test_it_opens_in_silence_and_asks_for_nothing(page: Page, sample: Path) -> None:
    page.messages(), page.requests()
    page.open(sample)
    for selector in ("#keywords a.term", "#calendar td a", "#topics .size a", "#topics li a"):
        page.click(selector)
    assert page.messages() == []
    assert page.requests() == [sample.as_uri()]
    assert page.texts("h1") == ["澜江日报"]
    assert page.run("return document.documentElement.lang") == "zh"


def test_search_finds_and_clears(page: Page, sample: Path) -> None:
    page.open(sample)
    assert page.texts("#status") == ["113 篇"]
    assert len(page.texts("#list tbody tr")) == 50
    page.find("#f-q").send_keys("产业园 第7次")
    page.wait("return document.getElementById('status').textContent === '1 篇'")
    assert page.texts("#list a.headline") == ["产业园有了新进展（之7）"]
    page.click("#filters button[type=reset]")
    page.wait("return document.getElementById('status').textContent === '113 篇'")


def test_filters_follow_the_numbers_that_are_clicked(page: Page, sample: Path) -> None:
    page.open(sample)
    page.click("#calendar td a")
    page.wait("return document.getElementById('status').textContent === '5 篇'")
    assert set(page.texts("#list td.date")) == {"2024-03-01"}
    page.open(sample, "#type=ad&page=A04")
    page.wait("return document.querySelector('#list td.type')?.textContent === '广告'")
    assert set(page.texts("#list td.page")) == {"A04"}
    page.open(sample, "#topic=2")
    page.wait("return document.getElementById('status').textContent === '23 篇'")


def test_the_list_sorts_and_turns_pages(page: Page, sample: Path) -> None:
    page.open(sample)
    heads = "[...document.querySelectorAll('#list th button')]"
    page.run(f"{heads}.find(b => b.textContent === '标题').click()")
    first = page.texts("#list a.headline")
    assert page.run("return document.querySelector('#list th[aria-sort]').getAttribute('aria-sort')") == "ascending"
    page.run(f"{heads}.find(b => b.textContent === '标题').click()")
    assert page.texts("#list a.headline")[0] != first[0]
    page.run(f"{heads}.find(b => b.textContent === '标题').click()")
    page.run("[...document.querySelectorAll('#pager button')].at(-1).click()")
    assert page.texts("#pager span") == ["第 2 / 3 页"]
    assert not set(page.texts("#list a.headline")) & set(first)


def test_tables_sort_by_their_heads(page: Page, sample: Path) -> None:
    page.open(sample)
    terms = "#tables tbody th"
    assert page.texts(terms)[0] == "词0"
    page.run("[...document.querySelectorAll('#tables th button')].find(b => b.title === 'freq').click()")
    page.run("[...document.querySelectorAll('#tables th button')].find(b => b.title === 'freq').click()")
    assert page.texts(terms)[0] == "词11"


def test_a_keyword_opens_its_concordance_and_a_line_its_article(page: Page, sample: Path) -> None:
    page.open(sample)
    page.run("[...document.querySelectorAll('#keywords a.term')].find(a => a.textContent === '医保基金').click()")
    page.wait("return document.getElementById('kwic-status').textContent.includes('66 处，见于 22 篇')")
    assert set(page.texts("#kwic-lines b")) == {"医保基金"}
    assert len(page.texts("#kwic-chart rect")) == 20
    page.click("#kwic-lines .where")
    page.wait("return document.getElementById('reader').open")
    assert "医保基金" in page.texts("#reader mark")
    assert "第 1–9 行" in page.texts("#reader .source")[0]
    page.run("document.querySelectorAll('#reader .bar-top button')[1].click()")
    page.wait("return !document.querySelector('#r-headline').textContent.includes('之0')")
    page.find("#reader").send_keys("\ue00c")
    page.wait("return !document.getElementById('reader').open")


def test_the_keyboard_is_enough(page: Page, sample: Path) -> None:
    page.open(sample)
    page.find("body").send_keys("/")
    assert page.run("return document.activeElement.id") == "f-q"
    unnamed = page.run(
        "return [...document.querySelectorAll('button, input, select, a[href], svg[role=img]')].filter("
        "e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.title)).map(e => e.outerHTML)"
    )
    assert unnamed == []
    assert page.run("return document.querySelectorAll('table:not(.articles) th:not([scope])').length") == 0


def test_the_interface_changes_its_language_and_its_light(page: Page, sample: Path) -> None:
    page.open(sample)
    page.click("#language")
    assert page.texts("#h-topics") == ["Topics"]
    assert page.texts("#status") == ["113 articles"]
    page.click("#language")
    assert page.texts("#h-topics") == ["主题"]
    background = "return getComputedStyle(document.body).backgroundColor"
    light = page.run(background)
    page.click("#theme")
    assert page.run(background) != light
    with open_browser("en-US") as english:
        english.open(sample)
        assert english.texts("#h-topics") == ["Topics"]


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_window(page: Page, sample: Path, width: int) -> None:
    page.size(width, 900)
    page.open(sample, "#k=%E5%8C%BB%E4%BF%9D")
    assert page.run("return document.documentElement.scrollWidth") <= width
    page.size(1280, 900)


def test_hostile_text_is_only_text(page: Page, tmp_path: Path) -> None:
    fields = ("id", "type", "headline", "kicker", "byline", "text", "page", "date", "newspaper", "source", "topic")
    records: list[dict[str, Any]] = []
    for payload in PAYLOADS:
        lists = {"authors": [{"name": payload}], "subheads": [payload], "captions": [payload], "topic_label": payload}
        records.append(
            dict.fromkeys(fields, payload)
            | lists
            | {"keywords": [{"term": payload, "score": 1}], "newspaper": payload + "报"}
        )
        records.append({"term": payload, "freq": 1, payload: payload})
        records.append(
            {"topic": payload, "label": payload, "terms": [payload], "representatives": [payload], "size": 1}
        )
        records.append({"group": payload, "n_docs": 1, "keywords": [payload]})
        records.append({"period": payload, "term": payload, "ipm": 1})
        records.append({"term_a": payload, "term_b": payload + "甲", "freq_a": 3, "freq_b": 3, "freq": 2})
        records.append({"left": payload, "node": payload, "right": payload, "id": payload})
        records.append({"term": payload, "ll": 1.5, "log_ratio": 1.0, "freq_target": 3})
    path = write_report(tmp_path, records, "--title", "</title><script>window.hacked=1</script>")
    page.messages(), page.requests()
    page.open(path)
    for number in range(len(PAYLOADS)):
        page.run("location.hash = 'a=' + arguments[0]", number)
        page.wait("return document.getElementById('reader').open")
    page.run("document.getElementById('reader').close()")
    for number in range(len(page.texts("a.term"))):
        page.run("document.querySelectorAll('a.term')[arguments[0]].click()", number)
    page.click("#language")
    assert page.run("return window.hacked") is None
    assert page.messages() == []
    assert page.requests() == [path.as_uri()]
    assert page.run("return [...document.querySelectorAll('[onerror],[onload],img,iframe,object,base')].length") == 0
    assert page.run("return document.querySelectorAll('a:not([href^=\"#\"])').length") == 0
    assert page.run("return [...document.scripts].map(s => s.type)") == [*["application/json"] * 3, ""]
    assert "<script>window.hacked=1</script>" in page.texts("#keywords a.term")
    assert any("\\x1b[31m红\\u202e字" in text for text in page.texts("#list a.headline"))
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_ten_thousand_articles_fit_and_stay_in_hand(page: Page, tmp_path: Path) -> None:
    chance = random.Random(7)
    characters = [chr(0x4E00 + n) for n in range(3000)]
    weights = [1 / (n + 10) for n in range(3000)]  # as in print: a few hundred characters make most of a text
    texts = ["".join(chance.choices(characters, weights, k=700)) for _ in range(10_000)]
    path = write_report(tmp_path, [article(n, text=texts[n]) for n in range(10_000)])
    assert path.stat().st_size < 15_000_000
    page.open(path)
    assert page.texts("#status") == ["9,411 篇"]
    page.find("#f-q").send_keys("产业园 之7")
    page.wait("return document.getElementById('list').textContent.includes('产业园有了新进展（之702）')")
    assert page.run("return document.querySelectorAll('*').length") < 20_000
