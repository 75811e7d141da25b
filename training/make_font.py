"""Write the font that stands in for every font that a PDF names and does not bring along: one square for all.

    python training/make_font.py src/jmtools/data/last-resort.ttf

The same bytes come out every time; a test compares them with the file.
"""

from __future__ import annotations

import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

UNITS, ASCENT, DESCENT, MARGIN = 1000, 880, -120, 60
_ONE_SHAPE = 13  # the format of a character map in which many characters have one shape


def make_font(path: str) -> None:
    """Write the font."""
    pen = TTGlyphPen(None)
    pen.moveTo((MARGIN, DESCENT + MARGIN // 3))
    for x, y in ((MARGIN, ASCENT - MARGIN), (UNITS - MARGIN, ASCENT - MARGIN), (UNITS - MARGIN, DESCENT + MARGIN // 3)):
        pen.lineTo((x, y))
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics({".notdef": (UNITS, MARGIN), "square": (UNITS, MARGIN)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font = builder.font
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion = 0
    font["cmap"].tables = [_every_character()]
    builder.setupNameTable({"familyName": "jmtools last resort", "styleName": "Regular"}, mac=False)
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost(keepGlyphNames=False)
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    font.save(path)


def _every_character() -> CmapSubtable:
    table = CmapSubtable.newSubtable(_ONE_SHAPE)
    table.platformID, table.platEncID, table.language, table.format, table.reserved = 3, 10, 0, _ONE_SHAPE, 0
    table.cmap = dict.fromkeys(range(0x20, 0x110000), "square")
    return table


if __name__ == "__main__":
    make_font(sys.argv[1])
