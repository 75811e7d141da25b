"""Web pages of digital newspapers, and hOCR, → pages: the text without menus and scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from jmtools.errors import DataError, OptionError
from jmtools.io.encodings import decode_text
from jmtools.read.ocr import even_sizes
from jmtools.read.sheet import Sheet, blocks_to_lines, join

_SKIPPED = frozenset(
    [
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "button", "form"),
        *("nav", "footer", "aside", "dialog", "audio", "video", "canvas", "map", "head"),
    ]
)
_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
            "header",
        ),
        *("hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "founder-title", "founder-content"),
    ]
)
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)
_SIZES = {"h1": 24.0, "founder-title": 24.0, "h2": 20.0, "h3": 16.0, "h4": 13.0}
_RUNNING = 10.0
_CONTENT = frozenset(["ozoom", "articlecontent", "article-content", "main-content"])  # what publishing systems call it
_LINK_SHARE = 0.6  # of a line's characters: more of them in links make it a menu
_MENU = 40  # characters: a longer line is no menu, whatever it links to
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DATE = re.compile(r"((?:19|20)[0-9]{2})[-/年.]([01]?[0-9])[-/月.]([0-3]?[0-9])")
_DEEPEST = 2_000


def read_webpage(data: bytes, *, encoding: str | None = None) -> list[Sheet]:
    """Return the text of a web page: its article where it marks one, else all but menus, links and scripts.

    Raises:
        DataError: If it holds no text.
    """
    parser = _Page()
    parser.feed(_decode(data, encoding))
    parser.close()
    parser.end_line()
    lines = parser.lines
    if any(line.inside for line in lines):
        lines = [line for line in lines if line.inside or line.size > _RUNNING]
    kept = [(line.text, line.size) for line in lines if not line.is_menu]
    if not kept:
        raise DataError("holds no text; is it drawn by a script?")
    if parser.title and not any(size >= _SIZES["h2"] for _, size in kept):
        headline = re.split(r"\s*[-_|—–]+\s*", parser.title)[0].strip()
        if headline and all(headline != text for text, _ in kept[:3]):
            kept.insert(0, (headline, _SIZES["h1"]))
    return [Sheet(blocks_to_lines(_by_size(kept)), 1, parser.date, parser.title)]


def read_hocr(data: bytes, *, encoding: str | None = None) -> list[Sheet]:
    """Return the pages of an hOCR file, its areas in their order.

    Raises:
        DataError: If it holds no page.
    """
    parser = _Hocr()
    parser.feed(_decode(data, encoding))
    parser.close()
    parser.end_line()
    if not parser.pages:
        raise DataError("holds no ocr_page")
    return [Sheet(blocks_to_lines(even_sizes(blocks)), index) for index, blocks in enumerate(parser.pages, 1)]


def _decode(data: bytes, encoding: str | None) -> str:
    found = _CHARSET.search(data[:4096])
    if encoding is None and found and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = found[1].decode("ascii").lower()
        try:
            return decode_text(data, encoding={"gb2312": "gb18030", "gbk": "gb18030"}.get(name, name))
        except (DataError, OptionError):
            pass  # pages lie about it: look at the bytes
    return decode_text(data, encoding=encoding)


def _by_size(lines: list[tuple[str, float]]) -> list[list[tuple[str, float]]]:
    blocks: list[list[tuple[str, float]]] = []
    for text, size in lines:
        if blocks and blocks[-1][-1][1] == size:
            blocks[-1].append((text, size))
        else:
            blocks.append([(text, size)])
    return blocks


@dataclass(slots=True)
class _Line:
    text: str
    size: float
    linked: int
    inside: bool

    @property
    def is_menu(self) -> bool:
        return len(self.text) <= _MENU and self.linked > _LINK_SHARE * len(self.text)


@dataclass(slots=True)
class _Open:
    tag: str
    skipped: bool
    size: float
    inside: bool
    linked: bool


class _Page(HTMLParser):
    """Collects the lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[_Line] = []
        self.title = ""
        self.date: str | None = None
        self._open: list[_Open] = []
        self._parts: list[str] = []
        self._linked = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(values)
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        if tag in _VOID or len(self._open) > _DEEPEST:
            return
        above = self._open[-1] if self._open else _Open("", False, _RUNNING, False, False)
        hidden = "hidden" in values or re.search(r"display\s*:\s*none", values.get("style", "")) is not None
        content = {values.get("id", "").lower(), *values.get("class", "").lower().split()} & _CONTENT
        self._open.append(
            _Open(
                tag,
                above.skipped or hidden or (tag in _SKIPPED and tag != "head"),
                _SIZES.get(tag, above.size),
                above.inside or tag in ("article", "founder-content") or bool(content),
                above.linked or tag == "a",
            )
        )

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what is left open in it."""
        if tag in _BLOCKS:
            self.end_line()
        if any(one.tag == tag for one in self._open[-50:]):
            while self._open and self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take text."""
        here = self._open[-1] if self._open else _Open("", False, _RUNNING, False, False)
        if here.tag == "title":
            self.title = " ".join((self.title + data).split())
        elif not here.skipped and not any(one.tag == "head" for one in self._open[:3]):
            self._parts.append(data)
            self._linked += len("".join(data.split())) if here.linked else 0
            self._here = here

    def end_line(self) -> None:
        """End a line of text."""
        text = " ".join("".join(self._parts).split())
        if text:
            self.lines.append(_Line(text, self._here.size, self._linked, self._here.inside))
        self._parts.clear()
        self._linked = 0

    def _meta(self, values: dict[str, str]) -> None:
        name = (values.get("name") or values.get("property") or "").lower()
        found = _DATE.search(values.get("content", ""))
        if found and self.date is None and ("date" in name or "time" in name):
            self.date = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


@dataclass
class _Hocr(HTMLParser):
    """Collects the words of an hOCR file by page, area and line."""

    pages: list[list[list[tuple[str, float]]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._words: list[str] = []
        self._size = 0.0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a page, an area, a line or a word."""
        values = {name: value or "" for name, value in attrs}
        kind = values.get("class", "").split(" ")[0]
        title = values.get("title", "")
        if kind == "ocr_page":
            self.end_line()
            self.pages.append([])
        elif kind in ("ocr_carea", "ocr_par", "ocrx_block") and self.pages:
            self.end_line()
            self.pages[-1].append([])
        elif kind in ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"):
            self.end_line()
            self._size = _hocr_size(title)
        elif kind in ("ocrx_word", "ocr_word"):
            self._words.append("")
        if tag not in _VOID and len(self._inside) < _DEEPEST:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in self._inside[-50:]:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take the text of a word."""
        text = data.strip()
        if text and self.pages and not {"script", "style", "head"} & set(self._inside):
            if self._words and not self._words[-1]:
                self._words[-1] = text
            else:
                self._words.append(text)

    def end_line(self) -> None:
        """End a line."""
        text = join(word for word in self._words if word)
        if text and self.pages:
            if not self.pages[-1]:
                self.pages[-1].append([])
            self.pages[-1][-1].append((text, self._size))
        self._words.clear()


def _hocr_size(title: str) -> float:
    found = re.search(r"x_f?size ([0-9.]+)", title)
    if found:
        return float(found[1])
    box = re.search(r"bbox -?[0-9]+ (-?[0-9]+) -?[0-9]+ (-?[0-9]+)", title)
    return float(int(box[2]) - int(box[1])) if box else 0.0
