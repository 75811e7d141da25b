"""Web pages: forms, fragments, dates, and what is left out."""

from __future__ import annotations

import json

import pytest

from jmtools.errors import DataError
from jmtools.read.files import read_file
from jmtools.read.sheet import Sheet
from tests.conftest import run_jmtools

STORY = "<p>昨日，江岸的雾还没有散尽，三号地块上已经排起了十几辆搅拌车。</p>"


def page(body: str, head: str = "") -> Sheet:
    ((_, found),) = read_file(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "x")
    if isinstance(found, DataError):
        raise found
    assert found[0].lost == 0
    return found[0]


def test_a_page_whose_body_is_one_form_is_read_and_a_search_box_is_not() -> None:
    box = "<form>搜索：<input><button>找</button></form>"
    assert page(f"<form id='aspnetForm'><input type=hidden><h1>春茶上市</h1>{STORY}</form>").text.startswith(
        "春茶上市\n\n昨日"
    )
    assert "搜索" not in page(f"{box}{STORY}{STORY}").text


@pytest.mark.parametrize(
    "fragment", [f"<div>{STORY}</div>", STORY, f"<h2>题</h2>{STORY}", f"<!-- x --><span>一</span>{STORY}"]
)
def test_a_fragment_is_a_web_page(fragment: str) -> None:
    ((_, found),) = read_file(fragment.encode(), "x")
    assert isinstance(found, list)
    assert found[0].text.endswith("昨日，江岸的雾还没有散尽，三号地块上已经排起了十几辆搅拌车。\n")
    assert "<" not in found[0].text


def test_a_head_that_is_not_closed_ends_where_the_body_begins() -> None:
    ((_, found),) = read_file(f"<html><head><title>春茶</title><meta charset=utf-8>{STORY}".encode(), "x")
    assert isinstance(found, list)
    assert "昨日" in found[0].text


def meta(name: str, date: str) -> str:
    return f'<meta name="{name}" content="{date}">'


LINE = "<div>2024-03-11 09:30 来源：澜江日报</div>"
DATES = [
    (meta("article:modified_time", "2024-03-12T08:00") + meta("article:published_time", "2024-03-11T08:00"), STORY),
    (meta("lastmod", "2024-03-12") + meta("pubdate", "20240311"), STORY),
    (meta("expires", "2025-01-01"), LINE + STORY),
    (meta("expiration_date", "20250101") + meta("PublishDate", "20240311103000"), STORY),
    (meta("lastModified", "2024-03-15"), LINE + STORY),
    (meta("lastModified", "2024-03-11"), STORY),
    ('<script type="application/ld+json">{"dateModified":"2024-05-01","datePublished":"2024-03-11"}</script>', STORY),
    ("", '<time datetime="2024-03-11">三月</time>' + STORY),
    ("", "<p>2024年3月11日　星期一</p>" + STORY),
]


@pytest.mark.parametrize(("head", "body"), DATES)
def test_the_date_of_publication_is_chosen(head: str, body: str) -> None:
    assert page(body, head).date == "2024-03-11"


def test_a_date_in_the_text_or_an_expiry_is_no_date_of_publication() -> None:
    assert (
        page("<p>这座桥于2019年5月1日动工，两岸的人从早到晚都在工地上看热闹。</p>", meta("expires", "2025-01-01")).date
        is None
    )


def test_what_is_left_out_is_counted_and_told_where_it_is_more_than_what_is_read() -> None:
    aside = f"<aside>{STORY * 3}</aside>"
    sheet = page(f"<nav>菜单</nav>{aside}<article>{STORY}</article>")
    assert (sheet.written, sheet.left_out, sheet.flags) == (30, 92, ["much_left_out"])
    done = run_jmtools("read", stdin=f"<html><body>{aside}{STORY}</body></html>".encode())
    assert json.loads(done.stdout)["flags"] == ["much_left_out"]
    assert b"note: <stdin>: more is left out than read: 90 characters against 30" in done.stderr
    assert page(f"甲<span style='display:none'>看不见</span>乙{STORY}").text.startswith("甲乙\n")


def test_a_section_of_no_known_kind_is_passed_over() -> None:
    for odd in ("<![CDAp x]>", "<![if !IE]>", "<![1 x>"):
        assert page(f"{odd}{STORY}").text.startswith("昨日")
