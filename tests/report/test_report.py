"""What the report computes and how it packs it; the page itself is tested in a browser."""

from __future__ import annotations

import base64
import gzip
import json
import os
import pty
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmtools.report.charts import line_chart, nice_scale
from jmtools.report.collect import Collector
from jmtools.report.markdown import render_markdown
from jmtools.report.pack import ESCAPE, SINGLE, island, pack_texts
from jmtools.report.page import PageOptions, render_page
from jmtools.report.periods import make_axis, make_calendar
from jmtools.report.strings import STRINGS
from jmtools.report.view import View, make_view
from tests.conftest import ROOT, run_jmtools

TEMPLATES = Path(__file__).parent.parent.parent / "src" / "jmtools" / "report" / "templates"


def view_of(records: list[dict[str, Any]]) -> View:
    return make_view(Collector().count(records))


def page_of(records: list[dict[str, Any]], **options: Any) -> str:
    return render_page(view_of(records), PageOptions(**options))[0].decode()


def unpack(packed: dict[str, Any]) -> list[str]:
    codes = gzip.decompress(base64.b64decode(packed["data"]))
    alphabet, units = packed["alphabet"], bytearray()
    i = 0
    while i < len(codes):
        code = codes[i]
        if code < SINGLE:
            units += alphabet[code].encode("utf-16-be")
        elif code < ESCAPE:
            i += 1
            units += alphabet[SINGLE + (code - SINGLE) * 256 + codes[i]].encode("utf-16-be")
        else:
            units += codes[i + 1 : i + 3]
            i += 2
        i += 1
    texts, at = [], 0
    for length in packed["lengths"]:
        texts.append(units[at : at + 2 * length].decode("utf-16-be"))
        at += 2 * length
    assert at == len(units)
    return texts


@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_packed_texts_come_back(texts: list[str]) -> None:
    assert unpack(pack_texts(texts)) == texts


def test_rare_characters_come_back_too() -> None:
    text = "".join(chr(n) for n in range(0x20, 0xD800)) + "😀𠀀"
    assert unpack(pack_texts([text, text[::-1]])) == [text, text[::-1]]


def test_too_long_texts_are_cut_and_it_is_said() -> None:
    records = [{"text": "".join(chr(0x4E00 + (n * i * i) % 5000) for i in range(n * 30))} for n in range(1, 200)]
    whole, none = render_page(view_of(records), PageOptions(max_bytes=0))
    part, limit = render_page(view_of(records), PageOptions(max_bytes=530_000))
    assert none is None
    assert limit is not None
    assert len(part) < 530_000 < len(whole)
    assert f'data-a="[&#34;{limit:,}&#34;]"' in part.decode()


def test_the_calendar_knows_gaps_from_days_without_a_paper() -> None:
    daily = make_calendar({"2024-03-11": 3, "2024-03-12": 4, "2024-03-15": 1})
    assert daily is not None
    assert (daily.days, daily.issues, daily.missing, daily.longest) == (5, 3, 2, ("2024-03-13", "2024-03-14", 2))
    fridays = {f"2024-{month:02}-{day:02}": 1 for month, day in ((1, 5), (1, 12), (1, 19), (1, 26), (2, 2), (2, 9))}
    fridays |= {f"2024-{month:02}-{day:02}": 1 for month, day in ((2, 23), (3, 1), (3, 8), (3, 15))}
    weekly = make_calendar(fridays)
    assert weekly is not None
    assert (weekly.missing, weekly.longest) == (1, ("2024-02-16", "2024-02-16", 1))
    assert make_calendar({"no date": 3}) is None
    old = make_calendar({"1911-10-10": 1, "1949-10-01": 2})
    assert old is not None
    assert old.by_year
    assert len(old.grids[0].rows) == 39


def test_the_axis_is_continuous_and_readable() -> None:
    assert make_axis(["2024-02-28", "2024-03-01"]).periods == ("2024-02-28", "2024-02-29", "2024-03-01")
    assert make_axis(["2023-11-05", "2024-02-01"]).periods == ("2023-11", "2023-12", "2024-01", "2024-02")
    assert make_axis(["1990-01-01", "2020-01-01"]).unit == "year"
    assert make_axis([]).periods == ()


def test_a_gap_in_a_chart_is_no_zero() -> None:
    chart = line_chart(["a", "b", "c", "d"], [1, None, 3, 4])
    assert chart.path.count("M") == 2
    assert [p.period for p in chart.points] == ["a", "c", "d"]
    assert chart.points[0].y > chart.points[-1].y


@given(st.floats(1e-9, 1e12))
def test_scales_hold_their_values(top: float) -> None:
    step, ceiling = nice_scale(top)
    assert ceiling >= top * 0.99999
    assert 1 <= round(ceiling / step) <= 5


def test_what_a_view_counts() -> None:
    kw = [{"term": "医保", "score": 2.0, "tf": 3}, {"term": "社区", "score": 1.0, "tf": 1}]
    records: list[dict[str, Any]] = [
        {
            "id": "1",
            "type": "article",
            "text": "医保。医保",
            "date": "2024-03-11",
            "page": "A01",
            "keywords": kw,
            "topic": 0,
        },
        {
            "id": "2",
            "type": "article",
            "text": "二医保",
            "date": "2024-03-13",
            "page": "A02",
            "keywords": kw[:1],
            "topic": 1,
        },
        {"id": "3", "type": "folio", "text": "报", "date": "2024-03-13", "page": "A02"},
        {"topic": 1, "label": "医疗", "size": 1, "terms": ["医保"], "representatives": [{"id": "2", "headline": "题"}]},
        {"term": "医保", "freq": 4},
        {"term": "医保", "period": "2024-03", "ipm": 10.0},
        {"something": "else"},
    ]
    view = view_of(records)
    assert [(k.term, k.articles, k.score) for k in view.keywords] == [("医保", 2, 4.0), ("社区", 1, 1.0)]
    assert view.keywords[0].course is not None
    assert [(k.mentioned, k.mentions) for k in view.keywords] == [(2, 3), (0, 0)]
    assert [(p.period, p.value) for p in view.keywords[0].course.points] == [("2024-03-11", 2), ("2024-03-13", 1)]
    assert [(t.key, t.label, t.size, t.representatives) for t in view.topics][1] == ("1", "医疗", 1, ((1, "题"),))
    assert [len(table.rows) for table in view.tables] == [1, 1]
    assert view.trends[0].measure == "ipm"
    assert (view.records, view.issues, view.pages) == (7, 2, 2)
    assert [group.name for group in view.by_page] == ["A01", "A02"]


@pytest.mark.parametrize("value", [None, 7, [], {}, "x", [1], [{"term": 3}], [None], True, 1e308, -(2**70)])
def test_any_value_in_any_field_is_taken(value: Any) -> None:
    names = ("id", "type", "headline", "authors", "page", "date", "line_start", "keywords", "topic", "subheads")
    records = [{"text": "文", **dict.fromkeys(names, value)}]
    records += [{"topic": value, "terms": [value], "representatives": value, "size": value, "label": value}]
    records += [{"term": "词", "freq": value, "group": value}, {"term": "词", "month": "2024-01", "ipm": value}]
    assert page_of(records)
    assert render_markdown(view_of(records))


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag + " " + " ".join(sorted(name for name, _ in attrs)))
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("src", "style", "action")
            assert name != "href" or (value or "").startswith(("#", "data:image/svg+xml,"))


def test_a_payload_adds_no_element() -> None:
    def elements(word: str) -> list[str]:
        parser = Elements()
        record = {"text": word, "headline": word, "date": "2024-01-01", "page": word, "keywords": [{"term": word}]}
        parser.feed(
            page_of([record, {"term": word, word: 1}, {"topic": word, "terms": [word], "label": word}], title=word)
        )
        return parser.found

    plain = elements("词")
    for payload in ("<script>x</script>", "</style><b>", "\"'><img src=x>", "--><svg/onload=x>", "{% raw %}{{ x }}"):
        assert elements(payload) == plain


def test_islands_hold_no_markup() -> None:
    assert island("</script><!--&\u2028") == '"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028"'
    assert json.loads(island({"a": "<&>"})) == {"a": "<&>"}


def test_the_policy_lets_only_our_script_and_style_act() -> None:
    page = page_of([{"text": "文"}])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not [name for name in TEMPLATES.iterdir() if "</script" in name.read_text() and name.suffix == ".js"]


def test_every_word_of_the_interface_is_there_and_used() -> None:
    sources = "".join(path.read_text("utf-8") for path in TEMPLATES.iterdir())
    sources += "".join(
        path.read_text("utf-8")
        for path in TEMPLATES.parent.glob("*.py")
        if path.name not in ("strings.py", "labels.py")
    )
    made = ("type_", "t_", "col_", "kind_", "say_", "span_", "topics_", "unit_")  # names that a template completes
    known = [k for k in STRINGS if not k.startswith(made)]
    unused = [k for k in known if not re.search(rf"""["':]{re.escape(k)}["']""", sources)]
    assert unused == []
    for zh, en in STRINGS.values():
        assert sorted(re.findall(r"\{\d\}", zh)) == sorted(re.findall(r"\{\d\}", en))


def test_own_templates_take_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(
        '{% extends "jmtools/report.html" %}{% block before %}<p class="mine">{{ view.title }}</p>{% endblock %}'
    )
    (tmp_path / "style.css").write_text("body { color: teal; }")
    page = page_of([{"text": "文", "newspaper": "<澜江>"}], templates=str(tmp_path))
    assert '<p class="mine">&lt;澜江&gt;</p>' in page
    assert "teal" in page
    (tmp_path / "report.html").write_text("\n{% for %}")
    done = run_jmtools("report", "--template", tmp_path, stdin=b'{"text":"a"}')
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"report.html, line 2" in done.stderr
    assert run_jmtools("report", "--template", tmp_path / "none", stdin=b'{"text":"a"}').returncode == 2


def test_markdown_is_a_report_too() -> None:
    records: list[dict[str, Any]] = [
        {
            "text": "文",
            "headline": "题|*",
            "date": f"2024-03-1{n}",
            "page": "A01",
            "keywords": [{"term": "医保"}],
            "topic": n,
        }
        for n in range(3)
    ]
    out = render_markdown(view_of([*records, {"term": "<b>", "freq": 3}]), language="en").decode()
    for heading in (
        "# jmtools",
        "## Calendar",
        "## Keywords",
        "## Topics",
        "## Trends",
        "## Other records",
        "## Articles",
    ):
        assert heading in out.splitlines()
    assert "题\\|\\*" in out
    assert "&lt;b&gt;" in out
    for block in re.findall(r"(?m)(?:^\|.*\n)+", out):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_figures_on_shades_can_be_read_in_light_and_dark() -> None:
    style = (TEMPLATES / "style.css").read_text("utf-8")
    palettes = [dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in style.split("--l1:")[1:]]
    assert len(palettes) == 3
    for shades in palettes:
        for ground, ink in (("l2", "on2"), ("l3", "on3"), ("l4", "on4")):
            bright, dim = sorted((luminance(shades[ground]), luminance(shades[ink])), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (ground, shades)


def test_a_spelling_that_few_articles_have_is_no_heading() -> None:
    names = ["澜江日报"] * 7 + ["ljrb"] * 2
    articles = [{"text": f"第{n}条。", "headline": "题", "newspaper": name} for n, name in enumerate(names)]
    assert view_of(articles).title == "澜江日报"


def test_no_page_is_poured_into_a_terminal() -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "jmtools", "report"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, input=b"", stdout=slave, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(slave)
    os.close(master)
    assert done.returncode == 2
    assert b"-o FILE.html" in done.stderr
