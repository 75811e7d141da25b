"""Small PDF files with Chinese text, written by hand: fonts of every kind, text and pages turned every way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
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


# Fonts of the pieces of text below.
GB = "gb"  # named only, Chinese by a table that every reader has
VERTICAL = "vertical"  # the same, set from top to bottom
NAMED = "named"  # named only; the file says which characters its codes are
EMBEDDED = "embedded"  # brought along, with a shape for each character
BLANK = "blank"  # brought along, but without shapes
HIDDEN = "hidden"  # brought along; nothing says which characters its codes are
FONTS = (GB, VERTICAL, NAMED, EMBEDDED, BLANK, HIDDEN)
# Fonts that say wrong characters.
EXCHANGED = "exchanged"  # its table names other characters of the text
NUMBERED = "numbered"  # its codes are numbers of shapes, and it says that they are those of a Chinese collection
WRONG_FONTS = (EXCHANGED, NUMBERED)
_SHAPES = Path(__file__).parent.parent / "src" / "jmtools" / "data" / "last-resort.ttf"


class Piece(NamedTuple):
    """A piece of text: its characters (several may share a code), where it stands and how it is turned."""

    chars: Sequence[str]
    x: float
    y: float
    size: float = 10.0
    angle: float = 0.0
    font: str = GB
    in_form: bool = False


class Note(NamedTuple):
    """An annotation of 300 to 40 points: its kind (FreeText, Widget, Text, Popup), its text, where, its appearance."""

    kind: str
    text: str
    x: int
    y: int
    shown: bool = True
    flags: int = 4  # printed
    field: str = "Tx"


class Leaf(NamedTuple):
    """A page: its pieces in points from the lower left corner, how it is turned, what of it is shown, pictures."""

    pieces: Sequence[Piece]
    rotate: int = 0
    crop: tuple[int, int, int, int] | None = None
    picture: bool = False
    notes: Sequence[Note] = ()


def make_pdf(*leaves: Leaf, width: int = 600, height: int = 800) -> bytes:
    """Return a PDF with fonts of every kind."""
    book = _Book(leaves)
    for leaf in leaves:
        book.add_page(leaf, width, height)
    return book.data()


class _Book:
    """Objects of a PDF as they are made."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        named = sorted({char for leaf in leaves for piece in leaf.pieces for char in piece.chars})
        self._codes = {char: number + 3 for number, char in enumerate(named)}
        self._objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
        self._fields: list[int] = []
        self._kids: list[int] = []
        self._fonts = self._add_fonts()
        self._picture = self._stream(
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"
        )

    def add_page(self, leaf: Leaf, width: int, height: int) -> None:
        """Add a page."""
        forms = b""
        content = []
        for number, piece in enumerate(leaf.pieces):
            drawn = self._drawn(piece)
            if piece.in_form:
                resources = b"/Type/XObject/Subtype/Form/BBox[-999 -999 1999 1999]/Matrix[2 0 0 2 7 9]/Resources<<%s>>"
                form = self._stream(resources % self._fonts, drawn)
                forms += b"/X%d %d 0 R" % (number, form)
                drawn = b"q .5 0 0 .5 -3.5 -4.5 cm /X%d Do Q" % number
            content.append(drawn)
        if leaf.picture:
            content.append(b"q 300 0 0 300 50 50 cm /P Do Q")
            forms += b"/P %d 0 R" % self._picture
        body = self._stream(b"", b"\n".join(content))
        crop = b"/CropBox[%d %d %d %d]" % leaf.crop if leaf.crop else b""
        resources = b"/Resources<<%s/XObject<<%s>>>>" % (self._fonts, forms)
        boxes = b"/MediaBox[0 0 %d %d]%s/Rotate %d" % (width, height, crop, leaf.rotate)
        notes = b"/Annots[%s]" % b" ".join(b"%d 0 R" % self._note(note) for note in leaf.notes) if leaf.notes else b""
        page = b"<</Type/Page/Parent 2 0 R%s%s%s/Contents %d 0 R>>" % (boxes, resources, notes, body)
        self._kids.append(self._add(page))

    def _note(self, note: Note) -> int:
        text = b"<feff%s>" % note.text.encode("utf-16-be").hex().encode()
        looks = b""
        if note.shown:
            drawn = self._drawn(Piece(note.text, 2, 12, 12))
            head = b"/Type/XObject/Subtype/Form/BBox[0 0 300 40]/Resources<<%s>>" % self._fonts
            looks = b"/AP<</N %d 0 R>>" % self._stream(head, b"/Tx BMC q " + drawn + b" Q EMC")
        rect = b"/Rect[%d %d %d %d]/F %d" % (note.x, note.y, note.x + 300, note.y + 40, note.flags)
        known = b"/FT/%s/T(f%d)/V %s" % (note.field.encode(), len(self._fields), text)
        known = known if note.kind == "Widget" else b"/Contents %s" % text
        number = self._add(b"<</Type/Annot/Subtype/%s%s%s%s/DA(/gb 12 Tf)>>" % (note.kind.encode(), rect, known, looks))
        if note.kind == "Widget":
            self._fields.append(number)
        return number

    def data(self) -> bytes:
        """Return the file."""
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        self._objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self._kids), kids)
        if self._fields:
            fields = b" ".join(b"%d 0 R" % field for field in self._fields)
            self._objects[0] = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>" % fields
        return _file(self._objects)

    def _drawn(self, piece: Piece) -> bytes:
        cos, sin = (round(f(math.radians(piece.angle)), 6) for f in (math.cos, math.sin))
        if piece.font in (GB, VERTICAL):
            codes = "".join(piece.chars).encode("utf-16-be").hex()
        else:
            codes = "".join(f"{self._codes[char]:04x}" for char in piece.chars)
        place = f"{cos:f} {sin:f} {-sin:f} {cos:f} {piece.x:f} {piece.y:f} Tm"
        return f"BT /{piece.font} {piece.size:f} Tf {place} <{codes}> Tj ET".encode()

    def _add_fonts(self) -> bytes:
        shapes = self._stream(b"/Length1 %d" % _SHAPES.stat().st_size, _SHAPES.read_bytes())
        table = self._stream(b"", _to_unicode(self._codes))
        wrong = self._stream(b"", _to_unicode(_exchanged(self._codes)))
        all_square = self._stream(b"", b"\x00\x01" * (len(self._codes) + 3))
        none_there = self._stream(b"", b"\x00\x09" * (len(self._codes) + 3))
        vertical = FONT.replace(b"UTF16-H", b"UTF16-V")
        fonts = {GB: self._add(FONT), VERTICAL: self._add(vertical)}
        for name, file, glyphs, mapped, ordering in (
            (NAMED, 0, 0, table, b"Identity"),
            (EMBEDDED, shapes, all_square, table, b"Identity"),
            (BLANK, shapes, none_there, table, b"Identity"),
            (HIDDEN, shapes, all_square, 0, b"Identity"),
            (EXCHANGED, shapes, all_square, wrong, b"Identity"),
            (NUMBERED, shapes, all_square, 0, b"GB1"),
        ):
            fonts[name] = self._add(_identity_font(file, glyphs, mapped, ordering))
        return b"/Font<<" + b"".join(b"/%s %d 0 R" % (k.encode(), n) for k, n in fonts.items()) + b">>"

    def _stream(self, head: bytes, data: bytes) -> int:
        return self._add(b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data))

    def _add(self, data: bytes) -> int:
        self._objects.append(data)
        return len(self._objects)


def _exchanged(codes: Mapping[str, int]) -> dict[str, int]:
    """Give each character the code of another one, the common ones of the text too."""
    chars = sorted(codes, key=lambda char: (sum(map(ord, char)) * 7919 % 10007, char))
    return dict(zip(chars, [codes[char] for char in chars[1:] + chars[:1]], strict=True))


def _identity_font(file: int, glyphs: int, table: int, ordering: bytes) -> bytes:
    brought = b"/FontFile2 %d 0 R" % file if file else b""
    by_code = b"/CIDToGIDMap %d 0 R" % glyphs if glyphs else b"/CIDToGIDMap/Identity"
    known = b"/ToUnicode %d 0 R" % table if table else b""
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Song/Encoding/Identity-H%s/DescendantFonts[<</Type/Font/Subtype"
        b"/CIDFontType2/BaseFont/AAAAAA+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>"
        b"/DW 1000%s/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Song/Flags 4/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80%s>>>>]>>" % (known, ordering, by_code, brought)
    )


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    rows = "".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n" for char, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{rows}endbfchar\n"
        "endcmap end end"
    ).encode()


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
