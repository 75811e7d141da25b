"""`read`: each kind of file into pages, columns in reading order, broken and hostile files told."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import DataError
from jmtools.pages import Page
from jmtools.pages.splitting import PageSplitter
from jmtools.read.files import read_file
from jmtools.read.layout import page_lines
from jmtools.read.layout_runs import Char
from jmtools.read.sheet import Sheet
from jmtools.read.xmltree import parse_xml
from tests.conftest import ROOT, run_jmtools
from tests.pdfs import Print, columns, pdf

FIRST = "早上七点半，江岸的雾还没有散尽，三号地块上已经排起了十几辆搅拌车。每晚来半个小时，浇筑就要往后推半天。\n" * 2
SECOND = "昨日，全市防汛备汛工作会议召开。会议通报了今年汛期的气候趋势预测，对水库和堤防的隐患排查整改作出部署。"
PAPER = [
    Print(300, 60, 36, "澜江日报"),
    Print(40, 90, 10, "2024年3月11日　星期一"),
    Print(40, 140, 26, "北渡产业园跑出加速度"),
    Print(60, 165, 10, "本报记者　温以宁"),
    *columns(FIRST.strip(), x=40, y=190, size=10, chars=16, lines=5, gutter=12),
    Print(430, 140, 22, "全市防汛工作会议召开"),
    *columns(SECOND, x=430, y=170, size=10, chars=16, lines=3, gutter=12),
    Print(40, 360, 24, "春茶开采上市"),
    *columns("山上的茶农说，今年的茶比去年早。" * 4, x=40, y=390, size=10, chars=16, lines=4, gutter=12),
]


def sheets(data: bytes, name: str = "x", **options: Any) -> list[Sheet]:
    ((_, found),) = read_file(data, name, **options)
    if isinstance(found, DataError):
        raise found
    return found


def test_a_pdf_is_read_by_columns_and_paragraphs_with_sizes() -> None:
    (sheet,) = sheets(pdf(PAPER))
    lines = [(text, size) for text, size in sheet.lines if text]
    paragraph = FIRST.split("\n")[0]
    assert lines == [
        ("澜江日报", 36),
        ("2024年3月11日 星期一", 10),
        ("北渡产业园跑出加速度", 26),
        ("本报记者 温以宁", 10),
        (paragraph, 10),
        (paragraph, 10),
        ("全市防汛工作会议召开", 22),
        (SECOND, 10),
        ("春茶开采上市", 24),
        ("山上的茶农说，今年的茶比去年早。" * 4, 10),
    ]
    assert sheet.sizes is not None
    assert len(sheet.sizes) == sheet.text.count("\n")


def test_split_uses_the_sizes_for_headlines() -> None:
    done = run_jmtools("read", stdin=pdf(PAPER))
    assert (done.returncode, done.stderr) == (0, b"")
    articles = list(map(json.loads, run_jmtools("split", stdin=done.stdout).stdout.splitlines()))
    assert [r["headline"] for r in articles if r["type"] == "article"] == [
        "北渡产业园跑出加速度",
        "全市防汛工作会议召开",
        "春茶开采上市",
    ]
    assert articles[0]["date"] == "2024-03-11"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0, 80), max_size=60))
def test_any_sizes_leave_every_character_on_the_page(sizes: list[float]) -> None:
    text = (ROOT / "seeds" / "ljrb-20240311-A02.txt").read_text("utf-8")
    records = PageSplitter().split(Page(text, sizes=tuple(sizes))).records
    assert "".join("".join(text[r["char_start"] : r["char_end"]].split()) for r in records) == "".join(text.split())


def test_vertical_headlines_spread_headlines_and_alphabets() -> None:
    def chars(text: str, x: float, y: float, size: float, dx: float, dy: float) -> list[Char]:
        return [Char(c, x + i * dx, y + i * dy, x + i * dx + size, y + i * dy + size, size) for i, c in enumerate(text)]

    page = [
        *chars("澜江日报", 100, 10, 40, 80, 0),
        *chars("竖排标题", 500, 100, 30, 0, 32),
        *chars("第二列字", 460, 100, 30, 0, 32),
        *chars("正文一行一共有十二个字啊", 100, 100, 10, 10, 0),
        *chars("是末行", 100, 115, 10, 10, 0),
    ]
    texts = [text for text, _ in page_lines(page) if text]
    assert texts == ["澜 江 日 报", "正文一行一共有十二个字啊是末行", "竖排标题", "第二列字"]
    assert page_lines([]) == []


ALTO = """<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Styles>
<TextStyle ID="T1" FONTSIZE="28"/><TextStyle ID="T2" FONTSIZE="9"/></Styles><Layout><Page><PrintSpace>
<TextBlock STYLEREFS="T1"><TextLine><String CONTENT="春茶"/><SP/><String CONTENT="上市"/></TextLine></TextBlock>
<TextBlock STYLEREFS="T2"><TextLine><String CONTENT="茶农说"/><String CONTENT="Silk"/><SP/><String CONTENT="Road"/>
</TextLine><TextLine><String CONTENT="好。"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""
PAGE_XML = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>
<ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="b"/><RegionRefIndexed index="1" regionRef="a"/>
</OrderedGroup></ReadingOrder><TextRegion id="a"><TextLine><Coords points="0,50 90,50 90,60 0,60"/>
<TextEquiv><Unicode>正文。</Unicode></TextEquiv></TextLine></TextRegion><TextRegion id="b"><TextLine>
<Coords points="0,0 90,0 90,30 0,30"/><TextEquiv index="1"><Unicode>错</Unicode></TextEquiv>
<TextEquiv index="0"><Unicode>题目</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"""
HOCR = """<!DOCTYPE html><html><head><title>x</title></head><body><div class='ocr_page' title='bbox 0 0 9 9'>
<div class='ocr_carea'><p class='ocr_par'><span class='ocr_line' title="bbox 0 0 90 30; x_size 30">
<span class='ocrx_word'>题</span> <span class='ocrx_word'><strong>目</strong></span></span></p></div>
<div class='ocr_carea'><span class='ocr_line' title="bbox 0 40 90 50"><span class='ocrx_word'>正文。</span></span></div>
</div><div class='ocr_page'><span class='ocr_line'><span class='ocrx_word'>二</span></span></div></body></html>"""
HTML = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>春茶上市_澜江日报</title>
<meta name="publishdate" content="2024-03-11"><style>p{}</style></head><body><nav><a href=x>首页</a></nav>
<ul><li><a href="a">上一版</a><li><a href="b">下一版</a></ul><div id="ozoom"><p>本报讯 昨日，&lt;春茶&gt;<br>开采。
<script>alert(1)</script><p>茶农说：“好。”</div>
<div style="display:none">看不见</div><footer>版权所有</footer></body></html>"""


def test_what_ocr_engines_write() -> None:
    (alto,) = sheets(ALTO.encode())
    assert alto.lines == [("春茶上市", 28), ("", 0), ("茶农说Silk Road", 9), ("好。", 9)]
    (page,) = sheets(PAGE_XML.encode())
    assert page.lines == [("题目", 30), ("", 0), ("正文。", 10)]
    first, second = sheets(HOCR.encode())
    assert first.lines == [("题目", 30), ("", 0), ("正文。", 10)]
    assert (second.text, second.number) == ("二\n", 2)


def test_a_web_page_without_its_menus_in_the_encoding_that_it_has() -> None:
    for data in (HTML.encode("gb18030"), HTML.encode("utf-8")):  # the second lies about itself
        (sheet,) = sheets(data)
        assert [text for text, _ in sheet.lines if text] == [
            "春茶上市",
            "本报讯 昨日，<春茶>",
            "开采。",
            "茶农说：“好。”",
        ]
        assert sheet.date == "2024-03-11"


def docx(body: str, styles: str = "") -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {space}>{styles}</w:styles>")
    return out.getvalue()


def test_a_word_document() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>题目</w:t></w:r></w:p><w:p/>'
        '<w:p><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>'
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    styles = (
        '<w:style w:styleId="0"><w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
        '<w:style w:styleId="1"><w:basedOn w:val="0"/></w:style>'
    )
    (sheet,) = sheets(docx(body, styles))
    assert sheet.lines == [("题目", 22), ("", 0), ("一\t二", 10.5), ("格", 10.5)]


def test_archives_names_and_compression(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("澜江日报-20240311-A02.txt", "第二版的字".encode("gb18030"))
        archive.writestr("澜江日报-20240311-A01.html", HTML.encode("gb18030"))
        archive.writestr("澜江日报-20240311-A03.pdf", b"%PDF-1.4 no")
        archive.writestr("__MACOSX/._x", b"\x00")
    done = run_jmtools("read", "--name-pattern", "{newspaper}-{date:%Y%m%d}-{page}", "--on-error", "skip", path)
    assert done.returncode == 3
    assert "pages.zip/澜江日报-20240311-A03.pdf: line 1, byte 0: is damaged or no PDF" in done.stderr.decode()
    stopped = run_jmtools("read", path)
    assert (stopped.returncode, stopped.stdout.count(b"\n")) == (65, 2)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["newspaper"], r["date"], r["page"]) for r in records] == [
        ("澜江日报", "2024-03-11", "A01"),
        ("澜江日报", "2024-03-11", "A02"),
    ]
    assert records[1]["source"] == f"{path}/澜江日报-20240311-A02.txt"
    assert records[1]["text"] == "第二版的字\n"
    one = tmp_path / "x-20240312-A03.xml.gz"
    one.write_bytes(gzip.compress(ALTO.encode()))
    two = tmp_path / "two.pdf"
    two.write_bytes(pdf([Print(10, 20, 10, "甲")], [Print(10, 20, 10, "乙")]))
    records = [
        json.loads(line)
        for line in run_jmtools("read", "-j", "2", tmp_path / "", "--on-error", "skip").stdout.splitlines()
    ]
    assert [(r["source"].rpartition("/")[2], r["sheet"]) for r in records][2:] == [
        ("two.pdf#page=1", 1),
        ("two.pdf#page=2", 2),
        ("x-20240312-A03.xml.gz", 1),
    ]
    assert (records[-1]["date"], records[-1]["page"]) == ("2024-03-12", "A03")


BOMB = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><alto>&y;</alto>'
BROKEN = {
    "entities": (BOMB, "declares entities"),
    "external": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alto>&x;</alto>', "declares entities"),
    "deep": (b"<alto>" + b"<a>" * 5000, "nested over 200 deep"),
    "cut": (ALTO.encode()[:200], "no well-formed XML"),
    "xml": (b"<?xml version='1.0'?><rss/>", "unknown kind"),
    "pdf": (b"%PDF-1.7\n" + b"\x00" * 100, "damaged or no PDF"),
    "empty web page": (b"<html><body><script>x()</script></body></html>", "holds no text"),
    "zip": (b"PK\x03\x04" + b"\x00" * 50, "damaged ZIP"),
    "empty zip": (b"PK\x05\x06" + bytes(18), "empty ZIP"),
    "docx": (docx("")[:100], "damaged"),
    "word": (b"\xd0\xcf\x11\xe0", "save it as .docx"),
    "picture": (b"\x89PNG\r\n", "is a picture; an OCR engine"),
    "records": (b'{"text":"a"}', "JSON Lines already"),
    "noise": (bytes(range(128, 256)) * 9, "not UTF-8"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_told(kind: str) -> None:
    data, words = BROKEN[kind]
    with pytest.raises(DataError, match=words):
        sheets(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_in_an_archive_is_two_pages() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("1.txt", "第一次印出来的字")
        archive.writestr("1.txt", "第二次印出来的字")
        archive.writestr("0.txt", "前面的字")
    found = [
        (name, pages[0].text) for name, pages in read_file(out.getvalue(), "x") if not isinstance(pages, DataError)
    ]
    assert found == [("x/0.txt", "前面的字\n"), ("x/1.txt", "第一次印出来的字\n"), ("x/1.txt", "第二次印出来的字\n")]


def test_a_member_without_a_name_is_a_member() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "江岸的雾")
    data = out.getvalue()
    central = data.rfind(b"PK\x01\x02")
    nameless = data[: central + 28] + b"\x00\x00" + data[central + 30 : central + 46] + data[central + 47 :]
    for _, found in read_file(nameless, "x"):
        assert isinstance(found, list | DataError)


def test_a_member_said_to_stand_before_its_archive_is_damage() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "一")
        archive.writestr("b.txt", "二")
    data = bytearray(out.getvalue())
    size = data.rfind(b"PK\x05\x06") + 12
    data[size : size + 4] = (int.from_bytes(data[size : size + 4], "little") + 20).to_bytes(4, "little")
    for _, found in read_file(bytes(data), "x"):
        assert isinstance(found, list | DataError)


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\x00" * (80 << 20))
    with pytest.raises(DataError, match="expands to over 10 times"):
        sheets(out.getvalue(), max_expand=10)


def test_one_bad_file_stops_or_is_skipped_and_kept(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("第一页", "utf-8")
    (tmp_path / "2.pdf").write_bytes(b"%PDF-nothing")
    (tmp_path / "3.txt").write_text("第三页", "utf-8")
    stopped = run_jmtools("read", tmp_path)
    assert stopped.returncode == 65
    assert stopped.stderr.startswith(b"jmtools read: " + str(tmp_path / "2.pdf").encode())
    assert [json.loads(line)["text"] for line in stopped.stdout.splitlines()] == ["第一页\n"]
    skipped = run_jmtools("read", "--on-error", "skip", "--rejects", tmp_path / "bad.jsonl", tmp_path)
    assert skipped.returncode == 3
    assert len(skipped.stdout.splitlines()) == 2
    assert json.loads((tmp_path / "bad.jsonl").read_text("utf-8"))["raw"] == "%PDF-nothing"


def test_entities_of_html_names_and_character_references_are_fine() -> None:
    assert parse_xml(b"<a b='1'>&#x4e2d;&amp;</a>").text == "中&"


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{\\rtf1\\ansi x}", "is RTF; save it as .docx"),
        (b"HN\0\0" + bytes(90), "CAJViewer"),
        (b"Founder CEB 2.0" + bytes(90), "Apabi"),
        (bytes(60) + b"BOOKMOBI" + bytes(90), "is a MOBI book"),
        (bytes(257) + b"ustar" + bytes(90), "is a TAR archive"),
        (packed(OFD_xml="<OFD/>"), "is an OFD document"),
        (packed(mimetype="application/epub+zip", a_xhtml="<html/>"), "is an EPUB book"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "is an OpenDocument file"),
    ],
)
def test_a_file_of_a_kind_that_is_not_read_is_named(data: bytes, reason: str) -> None:
    ((_, found),) = read_file(data, "x")
    assert isinstance(found, DataError)
    assert reason in str(found)


def test_files_of_a_folder_that_are_not_read_are_counted(tmp_path: Path) -> None:
    for name in ("1.shtml", "2.aspx", "3.doc", "4.doc", "5.jpg", ".hidden"):
        (tmp_path / name).write_text("<p>春茶上市</p>", "utf-8")
    done = run_jmtools("read", tmp_path)
    assert (done.returncode, done.stdout.count(b"\n")) == (0, 2)
    assert f"note: {tmp_path}: files of other kinds are not read: .doc (2), .jpg (1)" in done.stderr.decode()
    assert run_jmtools("read", "--strict", tmp_path).returncode == 3


def test_a_page_without_any_text_is_told(tmp_path: Path) -> None:
    pages = {
        "a.docx": docx("<w:p><w:r><w:drawing/></w:r></w:p>"),
        "b.docx": docx("<w:p/>"),
        "c.xml": b"<PcGts><Page><TextRegion id='a'><TextLine/></TextRegion></Page></PcGts>",
        "d.pdf": pdf([]),
    }
    for name, data in pages.items():
        (tmp_path / name).write_bytes(data)
    done = run_jmtools("read", *(tmp_path / name for name in pages))
    assert [json.loads(line).get("flags") for line in done.stdout.splitlines()] == [["no_text_layer"], None, None, None]
    told = [line.rpartition("/")[2] for line in done.stderr.decode().splitlines()]
    assert [line.partition(";")[0] for line in told] == [
        "a.docx: has no text layer: it is a picture",
        *(f"{name}: has no text" for name in ("b.docx", "c.xml", "d.pdf")),
    ]
