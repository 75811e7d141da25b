"""hOCR → pages: words by page, area and line."""

from __future__ import annotations

import re

from jmtools.errors import DataError
from jmtools.read.ocr import Block, even_sizes, print_size
from jmtools.read.sheet import Sheet, blocks_to_lines, join
from jmtools.read.webpage import VOID, TolerantParser, decode_html

_AREAS = frozenset(["ocr_carea", "ocr_par", "ocrx_block"])
_LINES = frozenset(["ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocrx_line"])
_WORDS = frozenset(["ocrx_word", "ocr_word"])
_CHARS = "ocrx_cinfo"
_HIDDEN = frozenset(["script", "style", "head"])
_DEEPEST = 2_000


def read_hocr(data: bytes, *, encoding: str | None = None) -> list[Sheet]:
    """Return the pages of an hOCR file, its areas in their order.

    Raises:
        DataError: If it holds no page.
    """
    parser = _Hocr()
    parser.read(decode_html(data, encoding))
    if not parser.pages:
        raise DataError("holds no ocr_page")
    sheets = []
    for index, (blocks, source) in enumerate(zip(parser.pages, parser.sources, strict=True), 1):
        sheet = Sheet(blocks_to_lines(even_sizes(blocks)), index)
        sheet.compare("".join(source))
        sheets.append(sheet)
    return sheets


class _Hocr(TolerantParser):
    """Collects words; the text of each page as it stands is kept to compare with."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[list[Block]] = []
        self.sources: list[list[str]] = []
        self._words: list[str] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self._title = ""
        self._chars = False  # whether the last text was a character by itself

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a page, an area, a line or a word."""
        values = {name: value or "" for name, value in attrs}
        kinds = frozenset(values.get("class", "").split())
        if "ocr_page" in kinds:
            self.end_line()
            self.pages.append([])
            self.sources.append([])
        elif kinds & _AREAS and self.pages:
            self.end_line()
            self.pages[-1].append([])
        elif kinds & _LINES:
            self.end_line()
            self._title = values.get("title", "")
        elif kinds & _WORDS:
            self._words.append("")
            self._chars = False
        if tag not in VOID and len(self._open) < _DEEPEST:
            self._open.append((tag, kinds))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what is left open in it; after a line or a word nothing is added to it."""
        if tag not in (name for name, _ in self._open[-50:]):
            return
        while self._open:
            name, kinds = self._open.pop()
            if kinds & _WORDS:
                self._words.append("")
                self._chars = False
            if kinds & _LINES:
                self.end_line()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Take text: characters and parts of a word are joined, other pieces are words."""
        text = " ".join(data.split())
        if not text or not self.pages or any(name in _HIDDEN for name, _ in self._open):
            return
        self.sources[-1].append(text)
        char = any(_CHARS in kinds for _, kinds in self._open[-4:])
        in_word = any(kinds & _WORDS for _, kinds in self._open)
        if self._words and (in_word or (char and self._chars)):
            self._words[-1] += text
        else:
            self._words.append(text)
        self._chars = char

    def end_line(self) -> None:
        """End a line."""
        text = join(word for word in self._words if word)
        if text and self.pages:
            if not self.pages[-1]:
                self.pages[-1].append([])
            self.pages[-1][-1].append((text, _size(self._title, text)))
        self._words.clear()
        self._title = ""
        self._chars = False


def _size(title: str, text: str) -> float:
    found = re.search(r"x_f?size ([0-9.]+)", title)
    if found:
        return float(found[1].strip(".") or 0) if found[1].count(".") < 2 else 0.0
    box = re.search(r"bbox (-?[0-9]+) (-?[0-9]+) (-?[0-9]+) (-?[0-9]+)", title)
    if box is None:
        return 0.0
    left, top, right, bottom = (int(edge) for edge in box.groups())
    return float(print_size(text, right - left, bottom - top))
