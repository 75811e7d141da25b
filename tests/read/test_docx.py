"""Word documents: text as Word shows it, each piece once, notes behind their paragraph."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jmtools.errors import DataError
from jmtools.read.files import read_file
from jmtools.read.sheet import Sheet
from tests.conftest import run_jmtools

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """Return a document; other parts by kind, such as `footnotes`, hold the inside of their root."""
    folder = main.rpartition("/")[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", relations([("officeDocument", main)]))
        kinds = [(kind.rstrip("0123456789"), f"{kind}.xml") for kind in parts]
        archive.writestr(f"{folder}/_rels/{main.rpartition('/')[2]}.rels", relations(kinds))
        archive.writestr(main, f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for kind, inside in parts.items():
            archive.writestr(f"{folder}/{kind}.xml", f"<w:{kind} {SPACES}>{inside}</w:{kind}>")
    return out.getvalue()


def relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Type="{RELATIONS}/{kind}" Target="{name}"/>' for kind, name in targets)
    return f"<Relationships>{rows}</Relationships>"


def sheet_of(data: bytes) -> Sheet:
    ((_, found),) = read_file(data, "x")
    assert not isinstance(found, DataError), found
    return found[0]


def lines(data: bytes) -> list[str]:
    sheet = sheet_of(data)
    assert sheet.lost == 0
    return [text for text, _ in sheet.lines if text]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def par(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def test_a_text_box_is_read_once_whichever_way_it_is_written() -> None:
    box = f"<w:txbxContent>{par(run('框里的字'))}</w:txbxContent>"
    fallback = f"<mc:Fallback><v:x>{box}</v:x></mc:Fallback>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice>{fallback}</mc:AlternateContent>"
    old = f"<mc:AlternateContent><mc:Choice/>{fallback}</mc:AlternateContent>"
    for drawn in (both, old, f"<w:pict>{box}</w:pict>"):
        assert lines(docx(par(run("段落"), f"<w:r>{drawn}</w:r>", run("还在这里")))) == ["段落还在这里", "框里的字"]


def test_moved_text_is_read_where_it_went_and_deleted_text_not() -> None:
    body = par(f"<w:moveFrom>{run('移动的字')}</w:moveFrom>", run("先")) + par(
        f"<w:moveTo>{run('移动的字')}</w:moveTo>"
    )
    gone = par(f"<w:del>{run('删去')}<w:r><w:delText>删去</w:delText></w:r></w:del>", f"<w:ins>{run('加上')}</w:ins>")
    assert lines(docx(body + gone)) == ["先", "移动的字", "加上"]


def test_hyphens_and_symbols_as_word_shows_them() -> None:
    inside = "<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>6月</w:t><w:softHyphen/><w:t>间</w:t><w:sym w:char='2460'/></w:r>"
    assert lines(docx(par(inside))) == ["5\u20116月间①"]


def test_the_document_is_the_part_that_the_package_names() -> None:
    assert lines(docx(par(run("正文")), main="story/content.xml")) == ["正文"]


def test_notes_stand_behind_their_paragraph_and_are_flagged(tmp_path: Path) -> None:
    notes = (
        f"<w:footnote w:id='0' w:type='separator'>{par(run('线'))}</w:footnote><w:footnote w:id='2'>{par(run('脚注'))}"
        f"</w:footnote><w:footnote w:id='3'>{par(run('没有人指向它'))}</w:footnote>"
    )
    ends = f"<w:endnote w:id='2'>{par(run('尾注'))}</w:endnote>"
    body = par(run("第一段"), "<w:r><w:footnoteReference w:id='2'/></w:r>", run("完。")) + par(
        run("第二段"), "<w:r><w:endnoteReference w:id='2'/></w:r>"
    )
    path = tmp_path / "x.docx"
    path.write_bytes(docx(body, footnotes=notes, endnotes=ends))
    record = json.loads(run_jmtools("read", path).stdout)
    assert record["text"] == "第一段完。\n脚注\n第二段\n尾注\n"
    assert record["flags"] == ["footnotes"]


def test_headers_and_footers_are_read_once_and_page_numbers_not() -> None:
    header = par(run("澜江日报　2024年3月11日"))
    data = docx(par(run("正文")), header1=header, header2=header, footer1=par(run("第 3 页")))
    assert lines(data) == ["澜江日报　2024年3月11日", "正文"]
    assert sheet_of(data).left_out == 17


TEXTS = st.text("江岸的雾还没有散尽𬭊ab", min_size=1, max_size=5)
HOLDERS = ("w:ins", "w:hyperlink", "w:sdt", "w:tbl", "w:txbxContent", "mc:AlternateContent", "w:moveTo", "w:p")


def holder(tag: str, parts: list[str]) -> str:
    return f"<{tag}>{''.join(parts)}</{tag}>"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.recursive(
            TEXTS.map(run),
            lambda inner: st.builds(holder, st.sampled_from(HOLDERS), st.lists(inner, max_size=3)),
            max_leaves=8,
        ),
        max_size=3,
    )
)
def test_no_document_tree_loses_text_without_saying_so(parts: list[str]) -> None:
    sheet = sheet_of(docx("".join(parts)))
    there = Counter("".join(parts_of(part) for part in parts))
    assert (there - Counter("".join(sheet.text.split()))).total() <= sheet.lost


def parts_of(xml: str) -> str:
    """The text of XML; of alternatives, one."""
    import xml.etree.ElementTree as ET

    def shown(element: ET.Element) -> str:
        own = (element.text or "") if element.tag.endswith("}t") else ""
        inner = [shown(child) for child in element]
        return own + (max(inner, key=len, default="") if element.tag.endswith("AlternateContent") else "".join(inner))

    return shown(ET.fromstring(f"<x {SPACES}>{xml}</x>"))  # noqa: S314 - made above


def test_how_a_word_is_read_stands_above_it_and_not_in_the_text() -> None:
    base = "<w:rubyBase>" + run("饕餮") + "</w:rubyBase>"
    sheet = sheet_of(docx(f"<w:p>{run('在')}<w:r><w:ruby><w:rt>{run('tao tie')}</w:rt>{base}</w:ruby></w:r></w:p>"))
    assert (sheet.text, sheet.lost, sheet.left_out) == ("在饕餮\n", 0, 6)


SAVED_PAGE = (
    "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
    'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    "<html><body><p>=E6=98=A5=E8=8C=B6=E4=B8=8A=E5=B8=82</p></body></html>\r\n--B--\r\n"
)


def with_part(body: str, kind: str, name: str, content: str) -> bytes:
    """Return a document that names another part as `r1`."""
    whole = io.BytesIO(docx(body))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("word/" + name, content)
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            row = f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{name}"/></Relationships>'
            own = info.filename == "word/_rels/document.xml.rels"
            new.writestr(info.filename, row if own else old.read(info))
    return out.getvalue()


def test_documents_and_diagrams_inside_a_document_are_read_where_they_stand() -> None:
    chunk = f"<w:p>{run('前')}</w:p><w:altChunk w:id='r1'/><w:p>{run('后')}</w:p>"
    for name, content in {
        "chunk.mht": SAVED_PAGE,
        "chunk.html": "<html><body><p>春茶上市</p></body></html>",
        "chunk.txt": "春茶上市",
    }.items():
        assert lines(with_part(chunk, "aFChunk", name, content)) == ["前", "春茶上市", "后"], name
    diagram = f"<w:p>{run('前')}<w:drawing><relIds dm='r1'/></w:drawing></w:p><w:p>{run('后')}</w:p>"
    data = "<a:d xmlns:a='x'><a:p><a:r><a:t>春茶</a:t></a:r><a:r><a:t>上市</a:t></a:r></a:p><a:p/></a:d>"
    assert lines(with_part(diagram, "diagramData", "data1.xml", data)) == ["前", "春茶上市", "后"]
    ((_, found),) = read_file(with_part(chunk, "aFChunk", "chunk.rtf", "{\\rtf1 x}"), "x")
    assert isinstance(found, DataError)
    assert "holds another document (chunk.rtf)" in str(found)
