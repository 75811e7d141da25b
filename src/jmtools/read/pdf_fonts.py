"""One font for all Chinese, Japanese and Korean that a PDF names and does not bring along: the same text everywhere.

PDFium looks for such fonts on the machine. Where it finds none, the characters have boxes without a size, and it passes
over what has none: vertical and turned text, and lines that say the same. Any font with a shape for every character
prevents that. `training/make_font.py` makes the one that is used. For other scripts PDFium has fonts of its own; it
takes them where it is told that the machine has none, and they have the widths that old files leave out.
"""

from __future__ import annotations

import ctypes
import functools
import struct
from importlib.resources import files
from typing import Any

import pypdfium2.raw as raw

from jmtools.io.json_types import Fields

_NAME = b"jmtools\x00"
_CHARSETS = (
    raw.FXFONT_GB2312_CHARSET,
    raw.FXFONT_CHINESEBIG5_CHARSET,
    raw.FXFONT_SHIFTJIS_CHARSET,
    raw.FXFONT_HANGEUL_CHARSET,
)
_kept: list[Any] = []  # objects that PDFium calls must live as long as the process


@functools.cache
def use_one_font() -> None:
    """Give PDFium one font for every request, once in a process; call it before any document is opened."""
    font = files("jmtools").joinpath("data", "last-resort.ttf").read_bytes()
    parts = {0: font, **_tables(font)}
    handle = ctypes.create_string_buffer(1)
    place = ctypes.addressof(handle)

    def map_font(_self: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any) -> int:
        return place if charset in _CHARSETS else 0

    def font_data(_self: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        return _give(parts.get(table, b""), buffer, size)

    def face_name(_self: Any, _font: Any, buffer: Any, size: int) -> int:
        return _give(_NAME, buffer, size)

    calls: Fields = {
        "Release": lambda _self: None,
        "EnumFonts": lambda _self, _mapper: None,
        "MapFont": map_font,
        "GetFont": lambda _self, _face: 0,
        "GetFontData": font_data,
        "GetFaceName": face_name,
        "GetFontCharset": lambda _self, _font: raw.FXFONT_DEFAULT_CHARSET,
        "DeleteFont": lambda _self, _font: None,
    }
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    info = raw.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](call) for name, call in calls.items()})
    _kept.extend((info, handle, parts))
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))


def _give(data: bytes, buffer: Any, size: int) -> int:
    if buffer and data and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _tables(font: bytes) -> dict[int, bytes]:
    """Return the tables of a TrueType font by their tags as numbers."""
    count = struct.unpack_from(">H", font, 4)[0]
    rows = [struct.unpack_from(">IIII", font, 12 + 16 * i) for i in range(count)]
    return {tag: font[offset : offset + length] for tag, _, offset, length in rows}
