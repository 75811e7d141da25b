"""Small PDF files with Chinese text, written by hand: the fonts are named, not embedded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)


class Print(NamedTuple):
    """A line of print: left end and baseline in points from the upper left corner of the page."""

    x: float
    y: float
    size: float
    text: str


def pdf(*pages: Sequence[Print], width: float = 800, height: float = 1100) -> bytes:
    """Return a PDF with these lines on its pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", FONT]
    kids = []
    for page in pages:
        stream = "BT\n" + "".join(
            f"/F1 {p.size} Tf 1 0 0 1 {p.x} {height - p.y} Tm <{p.text.encode('utf-16-be').hex()}> Tj\n" for p in page
        )
        body = (stream + "ET").encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(body), body))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (width, height, len(objects))
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    return _file(objects)


def columns(text: str, *, x: float, y: float, size: float, chars: int, lines: int, gutter: float) -> list[Print]:
    """Set paragraphs into columns of a number of lines of a number of characters, each indented by two."""
    rows = []
    for paragraph in text.split("\n"):
        whole = "\u3000\u3000" + paragraph
        rows += [whole[i : i + chars] for i in range(0, len(whole), chars)]
    placed = []
    for index, row in enumerate(rows):
        column, line = divmod(index, lines)
        indent = len(row) - len(row.lstrip("\u3000"))
        left = x + column * (chars * size + gutter) + indent * size
        placed.append(Print(left, y + line * size * 1.5, size, row.lstrip("\u3000")))
    return placed


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
