"""Targets for the readers of files: no crash, no hang, and no character that is neither written nor counted as lost."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

_NEAR = 64.0  # points by which two pieces that share a character may stand apart: 9 characters of the largest size

Target = Callable[[bytes], None]

PAGE = (
    '<PcGts><Page><ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="a"/></OrderedGroup></ReadingOrder>'
    '<TextRegion id="a" custom="readingOrder {index:0;}"><TextLine><Coords points="0,0 9,9"/><Word><Glyph><TextEquiv '
    'index="0"><Unicode>字</Unicode></TextEquiv></Glyph></Word><TextEquiv><Unicode>雾</Unicode></TextEquiv></TextLine>'
    "</TextRegion></Page></PcGts>"
)
ALTO = (
    '<alto><Layout><ReadingOrder><OrderedGroup><ElementRef REF="b"/></OrderedGroup></ReadingOrder><Page>'
    '<TextBlock ID="b" IDNEXT="c"><TextLine WIDTH="9" HEIGHT="3"><String CONTENT="江岸"/><SP/><String CONTENT="a"/>'
    '<HYP CONTENT="-"/></TextLine></TextBlock><TextBlock ID="c"/></Page></Layout></alto>'
)
HOCR = (
    "<html><body><div class='ocr_page'><p class='ocr_par'><span class='ocr_line' title='bbox 0 0 9 9'><span "
    "class='ocrx_word'><span class='ocrx_cinfo'>字</span></span></span></p></div></body></html>"
)
ABBYY = (
    '<document xmlns="http://www.abbyy.com/FineReader_xml/x"><page><block><text><par><line l="0" t="0" r="9" b="9">'
    '<formatting fs="9."><charParams>字</charParams></formatting></line></par></text></block></page></document>'
)
HTML = (
    "<html><head><title>春茶_报</title><meta name=pubdate content=20240311></head><body><form>"
    "<nav><a href=x>页</a></nav><article><p>昨日，茶农说。<br>好。</article><div hidden>藏</div></form></body></html>"
)
METS = (
    '<mets><fileSec><file ID="f" MIMETYPE="text/xml"><FLocat href="a.xml"/></file></fileSec><structMap TYPE="PHYSICAL">'
    '<div><div ORDER="1"><fptr FILEID="f"/></div></div></structMap></mets>'
)
DOCX = (
    '<document><body><p><r><t>段</t><noBreakHyphen/><sym char="2460"/><footnoteReference id="1"/></r></p>'
    "<AlternateContent><Choice><p><r><t>框</t></r></p></Choice><Fallback><p><r><t>框</t></r></p></Fallback></AlternateContent>"
    "<moveFrom><r><t>去</t></r></moveFrom></body></document>"
)
XML_TOKENS = (
    *(
        "<TextRegion>",
        "</TextRegion>",
        "<TextLine>",
        "</TextLine>",
        "<Word>",
        "<TextEquiv><Unicode>",
        "<![CDATA[",
        "]]>",
    ),
    *(
        "encoding='gb2312'",
        "&#x20000;",
        "regionRef='",
        "IDNEXT='",
        "<SP/>",
        "<!DOCTYPE a [",
        "<!ENTITY x 'y'>",
        "\\x00",
    ),
)


PDF_HEAD = b"%PDF-1.7\n"
PDF_TOKENS = (
    *(
        "/Annots[",
        "/AP<</N 4 0 R>>",
        "/Contents",
        "/Rotate 90",
        "/ToUnicode",
        "/Identity-H",
        "BT",
        "ET",
        " Tj",
        " Tm",
        " Tf",
    ),
    *("/Subtype/FreeText", "/Subtype/Widget", "/FT/Tx", "/V(", "endstream", "endobj", " 0 R", "<feff", "/Encrypt"),
)


def files_target() -> Target:
    """Whatever a file holds: pages whose characters are written or counted as lost, or a reason."""
    from jmtools.read.files import read_file

    def check(data: bytes) -> None:
        if b"%PDF-" in data[:1024]:
            return  # a process for each; `drawings` draws pages of its own
        others = {"a.xml": ALTO.encode(), "b.xml": PAGE.encode()}
        for _, found in read_file(data, "x", max_expand=20, beside=lambda name: others.get(name, b"")):
            if isinstance(found, Exception):
                assert str(found)
                continue
            for sheet in found:
                assert sheet.chars is None or sheet.written + sheet.lost >= sheet.chars, data
                sheet.text.encode("utf-8", "surrogatepass")

    return check


def docx_target() -> Target:
    """A Word document whose main part is anything."""
    read = files_target()

    def check(data: bytes) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", data)
            archive.writestr(
                "word/footnotes.xml", "<footnotes><footnote id='1'><p><r><t>注</t></r></p></footnote></footnotes>"
            )
        read(out.getvalue())

    return check


def drawings_target() -> Target:
    """A PDF page of any runs, sizes, directions and fonts: each character is written, lost or left out."""
    import pypdfium2 as pdfium

    from jmtools.read.pdf import page_sheets
    from jmtools.read.pdf_fonts import use_one_font
    from jmtools.read.pdf_process import page_record
    from tests import pdfs

    use_one_font()

    def check(data: bytes) -> None:
        pieces = list(drawn_pieces(data, pdfs.FONTS))
        leaf = pdfs.Leaf([pdfs.Piece(*piece) for piece in pieces], rotate=90 * (len(data) % 4))
        document = pdfium.PdfDocument(pdfs.make_pdf(leaf, width=2000, height=2000))
        page = document[0]
        (sheet,) = page_sheets([{"page": 1, **page_record(page.raw)}])
        expected = Counter(char for piece in pieces if piece[5] != pdfs.HIDDEN for char in piece[0])
        twice: Counter[str] = Counter()  # characters that may be printed twice at one place and read once
        for one, other in combinations(pieces, 2):
            if abs(one[1] - other[1]) < _NEAR and abs(one[2] - other[2]) < _NEAR:
                twice += Counter(one[0]) & Counter(other[0])
        missing = expected - twice - Counter("".join(sheet.text.split()))
        assert missing.total() <= sheet.lost + sheet.left_out, data

    return check


def pdf_target() -> Target:
    """Any bytes that begin as a PDF: pages whose characters are written or counted as lost, or a reason.

    They are read in this process, hundreds a second. Where PDFium crashes, `fuzz.py` looks whether the program survives
    the file, which has a process of its own for each, and goes on.
    """
    from jmtools.errors import DataError
    from jmtools.read.pdf import page_sheets
    from jmtools.read.pdf_process import document_records

    def check(data: bytes) -> None:
        records = list(document_records(PDF_HEAD + data))
        if "error" not in records[0]:
            with contextlib.suppress(DataError):
                lacking = [s for s in page_sheets(records[:-1]) if s.written + s.lost < (s.chars or 0)]
                assert not lacking, data

    return check


def drawn_pieces(data: bytes, fonts: Sequence[str]) -> Iterator[tuple[str, float, float, float, float, str, bool]]:
    """Yield pieces of a page, eight bytes each."""
    chars = "江岸的雾还没有散尽𬭊𠮷㐀abcfi1-."
    for begin in range(0, min(len(data), 160) - 7, 8):
        x, y, size, angle, font, form, first, count = data[begin : begin + 8]
        text = "".join(chars[(first + 5 * i) % len(chars)] for i in range(1 + count % 9))
        turned = (0.0, 90.0, 180.0, 270.0, 3.0, float(angle))[angle % 6]
        yield text, 300 + 5 * x, 300 + 5 * y, 0.5 + size / 4, turned, fonts[font % len(fonts)], bool(form % 2)


def read_seeds(name: str) -> Iterator[bytes]:
    """Yield beginnings from which mutation starts."""
    if name == "files":
        for text in (PAGE, ALTO, HOCR, ABBYY, HTML, METS):
            yield text.encode()
            with contextlib.suppress(UnicodeEncodeError):
                yield b"<?xml version='1.0' encoding='gb2312'?>" + text.encode("gb2312")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("mets.xml", METS)
            archive.writestr("a.xml", ALTO)
        yield out.getvalue()
    elif name == "docx":
        yield DOCX.encode()
    elif name == "pdf":
        from tests import pdfs

        yield pdfs.pdf([pdfs.Print(100, 100, 12, "江岸的雾"), pdfs.Print(100, 120, 9, "散尽")]).removeprefix(
            b"%PDF-1.7\n"
        )
        yield b"1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 5 0 R]>>>> endobj\n" + (
            b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]"
            b"/Annots[4 0 R 5 0 R]>> endobj\n4 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(field)/Rect[0 0 99 20]>>"
            b" endobj\n5 0 obj<</Type/Annot/Subtype/FreeText/Contents(note)/Rect[0 50 99 70]/F 4>> endobj\n"
            b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"
        )
    else:
        yield bytes(range(1, 161))
