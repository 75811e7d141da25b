"""PAGE, ALTO, hOCR, ABBYY and METS: order, levels, encodings, and no character lost."""

from __future__ import annotations

import doctest
import importlib
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import DataError
from jmtools.read.files import read_file
from jmtools.read.page_xml import read_page_xml
from jmtools.read.sheet import Sheet
from tests.conftest import run_jmtools

PAGE_HEAD = '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'


def sheets(data: str | bytes, **options: Any) -> list[Sheet]:
    ((_, found),) = read_file(data.encode() if isinstance(data, str) else data, "x", **options)
    if isinstance(found, DataError):
        raise found
    return found


def lines(data: str | bytes) -> list[str]:
    (sheet,) = sheets(data)
    assert sheet.lost == 0
    return [text for text, _ in sheet.lines if text]


def page(*parts: str) -> str:
    return f"{PAGE_HEAD}{''.join(parts)}</Page></PcGts>"


def equiv(text: str) -> str:
    return f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>"


def region(name: str, *parts: str, custom: str = "") -> str:
    return f'<TextRegion id="{name}" custom="{custom}">{"".join(parts)}</TextRegion>'


def line(text: str, points: str = "0,0 90,0 90,10 0,10", custom: str = "") -> str:
    return f'<TextLine custom="{custom}"><Coords points="{points}"/>{equiv(text)}</TextLine>'


@pytest.mark.parametrize("name", ["ocr", "web_dates"])
def test_the_examples_in_docstrings_are_right(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"jmtools.read.{name}"))
    assert result.attempted
    assert not result.failed


def test_page_reading_order_with_groups_in_groups() -> None:
    order = (
        "<ReadingOrder><OrderedGroup><UnorderedGroupIndexed index='1'><RegionRef regionRef='d'/>"
        "<OrderedGroup><RegionRefIndexed index='1' regionRef='a'/>"
        "<RegionRefIndexed index='0' regionRef='b'/></OrderedGroup>"
        "</UnorderedGroupIndexed><RegionRefIndexed index='0' regionRef='c'/></OrderedGroup></ReadingOrder>"
    )
    regions = [region(name, line(text)) for name, text in zip("abcde", "甲乙丙丁戊", strict=True)]
    assert lines(page(order, *regions)) == ["丙", "丁", "乙", "甲", "戊"]


def test_page_order_in_custom_of_regions_and_lines() -> None:
    custom = "readingOrder {{index:{0};}} structure {{type:heading;}}".format
    first = region("a", line("后一行", custom=custom(1)), line("前一行", custom=custom(0)), custom=custom(1))
    assert lines(page(first, region("b", line("题目"), custom=custom(0)))) == ["题目", "前一行", "后一行"]


def test_page_text_of_any_level_is_read_once() -> None:
    glyphs = "".join(f"<Glyph>{equiv(char)}</Glyph>" for char in "字形")
    words = f"<Word>{equiv('只有')}</Word><Word>{glyphs}</Word>"
    found = page(
        region("a", equiv("只在区域\n第二行")),
        region("b", f"<TextLine>{words}</TextLine>"),
        region("c", f"<TextLine>{glyphs}</TextLine>"),
        region("d", line("区域与行"), equiv("区域与行")),
        region("e", line("少一"), equiv("少一行的区域")),
    )
    assert lines(found) == ["只在区域", "第二行", "只有字形", "字形", "区域与行", "少一行的区域"]


def test_page_regions_in_regions_are_read_once_where_they_stand_or_where_they_are_named() -> None:
    inner = region("b", line("里面的区域"))
    table = f"<TableRegion id='t'><TableCell><TextRegion id='u'>{line('格子')}</TextRegion></TableCell></TableRegion>"
    nested = page(region("a", line("外面"), inner, equiv("外面里面的区域")), table, region("c", line("后面")))
    assert lines(nested) == ["外面", "里面的区域", "格子", "后面"]
    order = "<ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='b'/></OrderedGroup></ReadingOrder>"
    assert lines(nested.replace("<Page>", f"<Page>{order}")) == ["里面的区域", "外面", "格子", "后面"]


def test_vertical_lines_have_their_width_as_size() -> None:
    (sheet,) = sheets(page(region("a", line("竖排的题目", "10,10 40,10 40,180 10,180"))))
    assert sheet.lines == [("竖排的题目", 30)]
    alto = '<alto><Layout><Page><TextBlock><TextLine WIDTH="30" HEIGHT="170"><String CONTENT="竖排的题目"/></TextLine>'
    assert sheets(f"{alto}</TextBlock></Page></Layout></alto>")[0].lines == [("竖排的题目", 30)]


def alto(*blocks: str, order: str = "") -> str:
    return f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{order}<Layout><Page>{"".join(blocks)}</Page></Layout></alto>'


def block(name: str, *texts: str, following: str = "") -> str:
    rows = "".join(f'<TextLine ID="{name}{n}"><String CONTENT="{t}"/></TextLine>' for n, t in enumerate(texts))
    return f'<TextBlock ID="{name}" {f"IDNEXT={chr(34)}{following}{chr(34)}" if following else ""}>{rows}</TextBlock>'


def test_alto_reading_order_and_idnext() -> None:
    blocks = [block("a", "甲一", "甲二"), block("b", "乙"), block("c", "丙")]
    order = "<ReadingOrder><OrderedGroup ID='o'><ElementRef REF='c'/><UnorderedGroup><ElementRef REF='a1'/>"
    order += "<ElementRef REF='a0'/></UnorderedGroup></OrderedGroup></ReadingOrder>"
    assert lines(alto(*blocks, order=order)) == ["丙", "甲二", "甲一", "乙"]
    chained = [block("a", "甲", following="c"), block("b", "乙"), block("c", "丙", following="b")]
    assert lines(alto(*chained)) == ["甲", "丙", "乙"]
    round_and_round = [block("a", "甲", following="b"), block("b", "乙", following="a")]
    assert lines(alto(*round_and_round)) == ["甲", "乙"]
    composed = f"<ComposedBlock ID='x'>{block('d', '丁')}</ComposedBlock>"
    order = "<ReadingOrder><OrderedGroup><ElementRef REF='x'/></OrderedGroup></ReadingOrder>"
    assert lines(alto(block("a", "甲"), composed, order=order)) == ["丁", "甲"]


def test_alto_spaces_and_hyphens() -> None:
    def row(inner: str) -> str:
        return f"<TextBlock><TextLine>{inner}</TextLine></TextBlock>"

    words = '<String CONTENT="Silk"/><SP/><String CONTENT="Ro"/><String CONTENT="ad"/><SP/><String CONTENT="(古)"/>'
    assert lines(alto(row(words))) == ["Silk Road (古)"]
    for end in ('<String CONTENT="exam-"/><HYP CONTENT="-"/>', '<String CONTENT="exam"/><HYP CONTENT="-"/>'):
        assert lines(alto(row(end))) == ["exam-"]
    glyphs = '<String><Glyph CONTENT="字"/><Glyph CONTENT="形"/></String>'
    assert lines(alto(row(glyphs))) == ["字形"]


@pytest.mark.parametrize("encoding", ["gb2312", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gb18030"])
def test_xml_in_the_encoding_that_it_declares(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>{page(region('a', line('江中水位')))}"
    assert lines(text.encode(encoding)) == ["江中水位"]


def test_hocr_characters_and_classes() -> None:
    chars = "".join(f"<span class='ocrx_cinfo' title='x'>{char}</span>\n" for char in "搅拌车")
    body = (
        "<div class='page ocr_page'><p class='ocr_par x'><span class='big ocr_line' title='bbox 0 0 30 170'>"
        f"<span class='w ocrx_word'>{chars}</span> <span class='ocrx_word'>5G</span> "
        "<span class='ocrx_word'>car</span></span>"
        f"<span class='ocr_line'>{chars}</span></p>页外</div>"
    )
    (sheet,) = sheets(f"<html><body>{body}</body></html>")
    assert [text for text, _ in sheet.lines] == ["搅拌车5G car", "搅拌车", "页外"]
    assert sheet.lost == 0


ABBYY = """<?xml version="1.0"?><document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml">
<page width="100" height="100"><block blockType="Text"><text><par><line l="0" t="0" r="90" b="30">
<formatting lang="ChinesePRC" fs="22."><charParams l="0">题</charParams><charParams>目</charParams></formatting>
</line></par>
<par><line l="0" t="40" r="90" b="50"><formatting fs="9."><charParams>A</charParams><charParams> </charParams>
<charParams>B</charParams></formatting><formatting>正文</formatting></line></par></text></block>
<block blockType="Table"><row><cell><text><par><line t="60" b="70" l="0" r="50"><formatting>格</formatting></line></par>
</text></cell></row></block></page><page/></document>"""


def test_abbyy_finereader() -> None:
    first, second = sheets(ABBYY)
    assert first.lines == [("题目", 22), ("", 0), ("A B正文", 9), ("", 0), ("格", 10)]
    assert (first.lost, second.lines) == (0, [])


METS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<mets:dmdSec><mods><originInfo><dateIssued>1931-09-19</dateIssued></originInfo></mods></mets:dmdSec>
<mets:fileSec><mets:fileGrp USE="IMG"><mets:file ID="i1" MIMETYPE="image/jpeg"><mets:FLocat xlink:href="1.jpg"/>
</mets:file></mets:fileGrp><mets:fileGrp USE="FULLTEXT">
<mets:file ID="f1" MIMETYPE="text/xml"><mets:FLocat xlink:href="file://./ocr/b.xml"/></mets:file>
<mets:file ID="f2" MIMETYPE="text/xml"><mets:FLocat xlink:href="ocr/a.xml"/></mets:file>
<mets:file ID="f3" MIMETYPE="text/xml"><mets:FLocat xlink:href="ocr/c%20d.xml"/></mets:file></mets:fileGrp>
</mets:fileSec>
<mets:structMap TYPE="LOGICAL"><mets:div><mets:fptr FILEID="f2"/></mets:div></mets:structMap>
<mets:structMap TYPE="PHYSICAL"><mets:div><mets:div ORDER="2"><mets:fptr FILEID="f2"/></mets:div>
<mets:div ORDER="1"><mets:fptr FILEID="i1"/><mets:fptr><mets:area FILEID="f1"/></mets:fptr></mets:div>
<mets:div ORDER="3"><mets:fptr FILEID="f2"/><mets:fptr FILEID="f3"/></mets:div></mets:div></mets:structMap>
</mets:mets>"""
ISSUE = {
    "mets.xml": METS,
    "ocr/a.xml": alto(block("a", "第二版")),
    "ocr/b.xml": page(region("a", line("第一版"))),
    "ocr/c d.xml": alto(block("a", "第三版的字更多")),
    "other.xml": alto(block("a", "不在其中")),
}


def test_mets_is_an_issue_in_its_order(tmp_path: Path) -> None:
    for name, text in ISSUE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    pack = tmp_path / "issue.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        for name, text in ISSUE.items():
            archive.writestr(f"1931/{name}", text)
    for path, inside in ((tmp_path / "mets.xml", ""), (pack, "/1931/mets.xml")):
        done = run_jmtools("read", path)
        assert (done.returncode, done.stderr) == (0, b"")
        records = [json.loads(row) for row in done.stdout.splitlines()]
        issue = [r for r in records if "mets.xml" in r["source"]]
        assert [(r["text"], r["date"], r["sheet"]) for r in issue] == [
            ("第一版\n", "1931-09-19", 1),
            ("第二版\n", "1931-09-19", 2),
            ("第三版的字更多\n", "1931-09-19", 3),
        ]
        assert issue[0]["source"] == f"{path}{inside}#page=1"
    pack.unlink()
    whole = run_jmtools("read", tmp_path)
    assert [json.loads(row)["text"] for row in whole.stdout.splitlines()][3:] == ["不在其中\n"]


def test_mets_tells_of_files_that_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "mets.xml"
    path.write_text(METS, "utf-8")
    (tmp_path / "ocr").mkdir()
    (tmp_path / "ocr" / "a.xml").write_text(ISSUE["ocr/a.xml"], "utf-8")
    done = run_jmtools("read", "--on-error", "skip", path)
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 2
    assert "ocr/b.xml: line 1, byte 0: is named in METS: " in done.stderr.decode()
    assert run_jmtools("read", stdin=METS.encode()).returncode == 65
    with pytest.raises(DataError, match="names no ALTO or PAGE file"):
        sheets(METS.replace("ocr/", "../ocr/").replace("file://.", "http://x"))


CHARS = st.text("江岸的雾还没有散尽𬭊ab", min_size=1, max_size=4)


def tree(names: list[str]) -> st.SearchStrategy[str]:
    """PAGE elements of random nesting, with text on any level."""
    name = st.sampled_from(["TextRegion", "TableRegion", "TableCell", "TextLine", "Word", "Glyph", "ImageRegion"])
    own = st.one_of(st.just(""), CHARS.map(equiv))
    leaf = st.builds(lambda n, t: f"<{n}>{t}</{n}>", name, own)
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            lambda n, t, parts: f"<{n} id='{n}{len(''.join(parts))}'>{t}{''.join(parts)}</{n}>",
            name,
            own,
            st.lists(inner, max_size=3),
        ),
        max_leaves=8,
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(tree([]), max_size=3))
def test_no_page_tree_loses_text_without_saying_so(parts: list[str]) -> None:
    data = page(*parts)
    (sheet,) = read_page_xml(data.encode())
    missing = least_text(ET.fromstring(data)) - Counter("".join(sheet.text.split()))  # noqa: S314 - made above
    assert missing.total() <= sheet.lost


def least_text(element: ET.Element) -> Counter[str]:
    """The text that nobody may leave out; lines, words and characters say one thing on several levels."""
    parts = sum((least_text(child) for child in element), Counter[str]())
    own = Counter("".join(one.text or "" for equiv in element if equiv.tag.endswith("TextEquiv") for one in equiv))
    if element.tag.endswith(("TextLine", "Word", "Glyph")):
        return max(own, parts, key=lambda text: text.total())
    return own | parts


def test_a_page_whose_order_names_what_is_not_there_is_read_whole() -> None:
    order = (
        "<ReadingOrder><OrderedGroup><RegionRefIndexed index='x' regionRef='nowhere'/></OrderedGroup></ReadingOrder>"
    )
    assert lines(page(order, region("a", line("甲")), region("a", line("乙")))) == ["甲", "乙"]


def test_a_text_that_begins_with_a_bracket_is_text() -> None:
    assert sheets("<本报讯> 昨日江面起雾。")[0].text == "<本报讯> 昨日江面起雾。\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(DataError, match="Office file of another kind"):
        sheets(out.getvalue())
