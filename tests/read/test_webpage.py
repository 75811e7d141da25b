"""Web pages: forms, fragments, dates, and what is left out."""

from __future__ import annotations

import base64
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


PORTAL = """<div class="top"><a href="/">首页</a> | <a href="/n">新闻</a></div><p>登录</p>
<div class="crumb">当前位置：<a>首页</a> &gt; <a>文化</a> &gt; 正文</div>
<h1>城南旧仓库变身书店</h1>
<div class="info">2024-03-11 09:30 来源：澜江日报 作者：陈望山 字号：<a>大</a> <a>中</a> <a>小</a></div>
<div>分享到：微信 微博</div>
<p>一座闲置了十二年的粮食仓库，昨天以书店的样子重新开门。附近的居民一早就来排队，有人带着小板凳。</p>
<p>书店负责人说，屋顶的木梁都是原来的，只换了瓦。二楼留出一间给街坊开会用，不收钱。</p>
<p>（责任编辑：林小满）</p>
<div>上一篇：<a>春茶上市</a> 下一篇：<a>三号线试运行</a></div><div>扫一扫，手机看新闻</div>
<div class="rankList"><h3>点击排行</h3><ul><li>三号线下周试运行 票价两元</li><li>水库除险加固完工</li></ul></div>
<h3>网友评论（2）</h3><p>江边老李：小时候跟着父亲去那里交公粮，没想到还能进去坐坐，真好，希望一直开下去。</p>
<p>登录后发表评论</p><p>版权所有 澜江日报社 澜ICP备05001234号</p>"""


def test_what_stands_around_an_article_is_none_and_its_source_author_and_date_come_through() -> None:
    sheet = page(PORTAL)
    assert [line for line, _ in sheet.lines if line] == [
        "城南旧仓库变身书店",
        "来源：澜江日报 作者：陈望山",
        "一座闲置了十二年的粮食仓库，昨天以书店的样子重新开门。附近的居民一早就来排队，有人带着小板凳。",
        "书店负责人说，屋顶的木梁都是原来的，只换了瓦。二楼留出一间给街坊开会用，不收钱。",
        "（责任编辑：林小满）",
    ]
    assert sheet.date == "2024-03-11"
    assert sheet.left_out > 100
    pages = run_jmtools("read", stdin=f"<html><body>{PORTAL}</body></html>".encode()).stdout
    records = [json.loads(line) for line in run_jmtools("split", stdin=pages).stdout.splitlines()]
    (article,) = [record for record in records if record["type"] == "article"]
    assert article["headline"] == "城南旧仓库变身书店"
    assert (article["date"], article["byline"], article["origin"]) == (
        "2024-03-11",
        "来源：澜江日报 作者：陈望山",
        "reprint",
    )
    assert article["authors"] == [{"name": "陈望山", "role": "作者"}]


def test_an_article_on_such_things_stays() -> None:
    prose = "<p>这份排行榜每周一公布，前三名的街道可以得到一笔奖金，用来修补小区里的路灯。</p>"
    assert "首页栏目改版" in page(f"<h2>首页栏目改版</h2>{prose}").text
    assert "评论员文章" in page(f"<p>评论员文章</p>{prose}").text
    assert "路灯" in page(f"<div class='hot-share'>{prose}</div>").text  # nothing else is there


def test_a_page_whose_text_is_all_named_as_something_else_is_read() -> None:
    assert page(f"<div id='main-content' class='nav'>{STORY}</div><div class='share'>{STORY}</div>").text == (
        "昨日，江岸的雾还没有散尽，三号地块上已经排起了十几辆搅拌车。\n"
    )


def test_how_a_word_is_read_is_left_out_and_counted() -> None:
    sheet = page("<article><p>在<ruby>饕<rp>(</rp><rt>tāo</rt><rp>)</rp>餮<rt>tiè</rt></ruby>街采访。</p></article>")
    assert (sheet.text, sheet.left_out, sheet.flags) == ("在饕餮街采访。\n", 8, [])


@pytest.mark.parametrize(
    "body",
    [
        "<iframe src='node_1.htm'></iframe><p>版面目录</p>",
        "<frameset cols='20%,*'><frame src='node_1.htm'><noframes><p>您的浏览器不支持框架</p></noframes></frameset>",
    ],
)
def test_a_page_of_frames_names_the_files_with_its_text(body: str) -> None:
    with pytest.raises(DataError, match=r"shows other files in frames: node_1.htm; read those"):
        page(body)


def test_frames_around_a_text_say_nothing() -> None:
    assert page(f"<iframe src='tool.htm'></iframe>{STORY}").text.startswith("昨日")
    with pytest.raises(DataError, match="holds no text"):
        page("<iframe src='https://ads.example/x'></iframe>")


def saved(*bodies: str) -> bytes:
    parts = [
        b"--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(f"<html><meta charset=gbk><body>{body}</body></html>".encode("gbk"))
        for body in bodies
    ]
    head = b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    return head + b'\ttype="text/html"; boundary="B"\r\n\r\n' + b"\r\n".join(parts) + b"\r\n--B--\r\n"


def test_a_page_saved_as_one_file_is_read_and_its_frames_where_they_hold_the_text() -> None:
    ((_, found),) = read_file(saved(STORY, "<p>广告</p>"), "x.mht")
    assert not isinstance(found, DataError)
    assert [(sheet.text[:2], sheet.left_out) for sheet in found] == [("昨日", 2)]
    ((_, found),) = read_file(saved("<frameset><frame src='a.htm'></frameset>", STORY, "<img src=x>", STORY), "x")
    assert not isinstance(found, DataError)
    assert [(sheet.number, sheet.text[:2]) for sheet in found] == [(1, "昨日"), (2, "昨日")]
    ((_, found),) = read_file(saved("<img src=x>"), "x.mht")
    assert isinstance(found, DataError)


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "windows-1252", "x-none"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030", "big5"])
def test_a_page_that_declares_another_encoding_than_it_has_is_read(declared: str, real: str) -> None:
    story = (
        "昨日，江岸的雾散尽，三號地上已經排起了十幾輛車。"
        if real != "big5"
        else "昨日，江岸的霧散盡，三號地上已經排起了車。"
    )
    data = f"<html><head><meta charset={declared}></head><body><p>{story}</p></body></html>".encode(real)
    ((_, found),) = read_file(data, "x")
    assert not isinstance(found, DataError)
    assert found[0].text == story + "\n"


@pytest.mark.parametrize(
    ("declared", "story"),
    [
        (
            "iso-8859-1",
            "L'été dernier, les pêcheurs du port ont dû attendre la marée, a déclaré l'élu à côté de l'école.",
        ),
        (
            "windows-1252",
            "Die Züge über Köln fahren früher; größere Gebühren für Schüler gäbe es nicht, hieß es später.",
        ),
        ("koi8-r", "Вчера утром над рекой стоял густой туман, и паром ушёл с опозданием на два часа."),
        ("shift_jis", "昨日の朝、川の上に濃い霧がかかり、渡し船は二時間遅れて出発した。"),
        ("euc-kr", "어제 아침 강 위에 짙은 안개가 끼어 나룻배가 두 시간 늦게 떠났다."),
    ],
)
def test_a_page_of_another_language_is_read_as_it_declares(declared: str, story: str) -> None:
    data = f"<html><head><meta charset={declared}></head><body><p>{story}</p></body></html>".encode(declared)
    ((_, found),) = read_file(data, "x")
    assert not isinstance(found, DataError)
    assert found[0].text == story + "\n"
