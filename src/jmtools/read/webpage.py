"""Web pages of digital newspapers → pages: the text without menus and scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from jmtools.errors import DataError, OptionError
from jmtools.io.encodings import decode_declared, decode_text
from jmtools.read.sheet import Sheet, blocks_to_lines, count_chars
from jmtools.read.web_chrome import begins_comments, credit_of, is_chrome, names_chrome
from jmtools.read.web_dates import PublicationDate

_SKIPPED = frozenset(
    [
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "button"),
        *("nav", "footer", "aside", "dialog", "audio", "video", "canvas", "map", "head"),
    ]
)
_BLOCKS = frozenset(
    [
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "header"),
        *("hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "founder-title", "founder-content"),
    ]
)
VOID = frozenset(
    ["frame", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)
_SIZES = {"h1": 24.0, "founder-title": 24.0, "h2": 20.0, "h3": 16.0, "h4": 13.0}
_NO_TEXT = frozenset(["script", "style", "noscript", "template", "svg", "object", "select", "button"])
_RUNNING = 10.0
_CONTENT = frozenset(["ozoom", "articlecontent", "article-content", "main-content"])  # what publishing systems call it
_LINK_SHARE = 0.6  # of a line's characters: more of them in links make it a menu
_MENU = 40  # characters: a longer line is no menu, whatever it links to
_PROSE = 30  # characters: a longer line is a paragraph
_CREDITS = 12  # lines of a page among which time, source and author stand
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_IN_HEAD = frozenset(["meta", "link", "title", "script", "style", "base", "noscript", "template", "html", "head"])
_ELEMENTS = _BLOCKS | _IN_HEAD | frozenset(["a", "b", "br", "em", "font", "form", "i", "img", "span", "strong", "u"])
_WHOLE = frozenset(["html", "body", "main", "form", "table", "tbody"])  # hold a page, whatever they are called
_OFTEN_WRONG = frozenset(
    ["gb18030", "big5", "iso-8859-1", "windows-1252"]
)  # pages of Chinese papers that are not in it
_RUBY = frozenset(["rt", "rp", "rtc"])  # how a word is read, printed small beside it
_DEEPEST = 2_000
_OWN_FILE = re.compile(r"(?!about:|javascript:|data:|https?:|//|#)\S")  # frames with other addresses are advertisements
_FRAMES = 5  # named in a message


def read_webpage(data: bytes, *, encoding: str | None = None) -> list[Sheet]:
    """Return the text of a web page: its article where it marks one, else all but menus, links and scripts.

    Raises:
        DataError: If it holds no text.
    """
    parser = _Page()
    parser.read(decode_html(data, encoding))
    every = parser.lines
    lines = [line for line in every if not line.skipped]
    if 2 * sum(line.in_form for line in lines) < len(lines):
        lines = [line for line in lines if not line.in_form]  # else the page is a form, as on many ASP.NET sites
    if any(line.inside for line in lines):
        lines = [line for line in lines if line.inside or line.size > _RUNNING]
    lines = _without_chrome([line for line in lines if not line.is_menu])
    if parser.frames and not any(len(line.text) >= _PROSE for line in lines):
        raise DataError(f"shows other files in frames: {', '.join(parser.frames[:_FRAMES])}; read those")
    if not lines:
        raise DataError("holds no text; is it drawn by a script?")
    shown = _credited(lines)
    if not any(line.text for line in shown):
        shown = lines
    sheet = Sheet(blocks_to_lines(_blocks(_with_headline(shown, parser.title))), title=parser.title)
    sheet.date = parser.dates.choose(line.text for line in every if not line.is_menu)
    sheet.compare("".join(line.text for line in shown))
    read = {id(line) for line in lines}
    left_out = [line for line in every if id(line) not in read]
    sheet.left_out = sum(count_chars(line.text) for line in left_out) + parser.ruby
    doubtful = [line for line in left_out if not (is_chrome(line.text) or (line.chrome and len(line.text) < _PROSE))]
    if sum(count_chars(line.text) - line.linked for line in doubtful) > sheet.written:
        sheet.flags.append("much_left_out")
    return [sheet]


def _without_chrome(lines: list[_Line]) -> list[_Line]:
    """Leave out what stands around an article, where a paragraph of one is there."""
    kept: list[_Line] = []
    for line in lines:
        prose = len(line.text) >= _PROSE and not line.chrome
        if begins_comments(line.text) and any(len(before.text) >= _PROSE for before in kept):
            break
        if prose or not (line.chrome or is_chrome(line.text)):
            kept.append(line)
    if not any(len(line.text) >= _PROSE for line in kept):
        return lines
    return kept


def _credited(lines: list[_Line]) -> list[_Line]:
    """Return the lines, those with time, source and author with source and author alone."""
    found = []
    for number, line in enumerate(lines):
        credit = credit_of(line.text) if number < _CREDITS else None
        if credit is None:
            found.append(line)
        elif credit:
            found.append(replace(line, text=credit, apart=True))
    return found


def looks_like_html(head: bytes, root: bytes) -> bool:
    """Tell whether a file that begins with an element is a web page, or a piece of one.

    Args:
        head: Its beginning, in lower case.
        root: The name of its first element.
    """
    return root.decode("ascii", "replace") in _ELEMENTS or b"<!doctype html" in head or b"<body" in head


def _with_headline(lines: list[_Line], title: str) -> list[_Line]:
    """Return the lines with the headline above them that the page's title has, where they have none."""
    if title and not any(line.size >= _SIZES["h2"] for line in lines):
        headline = re.split(r"\s*[-_|—–]+\s*", title)[0].strip()
        if headline and all(headline != line.text for line in lines[:3]):
            return [replace(lines[0], text=headline, size=_SIZES["h1"], apart=False), *lines]
    return lines


def decode_html(data: bytes, encoding: str | None) -> str:
    """Return the text of a web page in the encoding that it names, if that is right."""
    found = _CHARSET.search(data[:4096])
    if encoding is None and found and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = found[1].decode("ascii").lower()
        try:
            name = {"gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)
            return decode_declared(data, name) if name in _OFTEN_WRONG else decode_text(data, encoding=name)
        except (DataError, OptionError):
            pass  # pages lie about it: look at the bytes
    return decode_text(data, encoding=encoding)


def _blocks(lines: list[_Line]) -> list[list[tuple[str, float]]]:
    """Return the lines of one size together; one that stands apart is a block of its own."""
    blocks: list[list[_Line]] = []
    for line in lines:
        last = blocks[-1][-1] if blocks else None
        if last is not None and last.size == line.size and not (last.apart or line.apart):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [[(line.text, line.size) for line in block] for block in blocks]


@dataclass(slots=True, eq=False)
class _Line:
    text: str
    size: float
    linked: int
    inside: bool
    skipped: bool
    in_form: bool
    chrome: bool
    apart: bool = False

    @property
    def is_menu(self) -> bool:
        return len(self.text) <= _MENU and self.linked > _LINK_SHARE * len(self.text)


@dataclass(slots=True, frozen=True)
class _Open:
    tag: str
    skipped: bool
    size: float
    inside: bool
    linked: bool
    in_form: bool
    chrome: bool


_OUTSIDE = _Open("", False, _RUNNING, False, False, False, False)


@dataclass(slots=True)
class _Piece:
    """A line as it grows: its parts, how many of its characters are linked, where it ended."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    here: _Open = _OUTSIDE


class TolerantParser(HTMLParser):
    """A parser that passes over a marked section of a kind that nobody knows, as browsers do, and does not fail."""

    def read(self, markup: str) -> None:
        """Read a whole page."""
        self.feed(markup)
        self.close()
        self.end_line()

    def end_line(self) -> None:
        """End the line that is open, if one is."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Return where a section ends."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            end = self.rawdata.find(">", i)
            return end + 1 if end >= 0 else -1


class _Page(TolerantParser):
    """Collects the lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[_Line] = []
        self.title = ""
        self.frames: list[str] = []
        self.ruby = 0
        self.dates = PublicationDate()
        self._open: list[_Open] = []
        self._shown, self._hidden = _Piece(), _Piece()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        values = {name: value or "" for name, value in attrs}
        named = values.get("name") or values.get("property") or values.get("itemprop") or ""
        if tag in ("meta", "time"):
            self.dates.meta(named or tag, values.get("content") or values.get("datetime") or "")
        if tag in ("frame", "iframe") and _OWN_FILE.match(values.get("src", "")):
            self.frames.append(values["src"])
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        if tag not in _IN_HEAD and self._open and self._open[-1].tag == "head":
            self._open.pop()  # its end need not be written
        if tag in VOID or len(self._open) > _DEEPEST:
            return
        above = self._open[-1] if self._open else _OUTSIDE
        hidden = "hidden" in values or re.search(r"display\s*:\s*none", values.get("style", "")) is not None
        marks = {values.get("id", "").lower(), *values.get("class", "").lower().split()} & _CONTENT
        content = tag in ("article", "founder-content") or bool(marks)
        self._open.append(
            _Open(
                tag,
                above.skipped or hidden or (tag in _SKIPPED and tag != "head"),
                _SIZES.get(tag, above.size),
                above.inside or content,
                above.linked or tag == "a",
                above.in_form or tag == "form",
                not content and (above.chrome or (tag not in _WHOLE and names_chrome(values))),
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
        here = self._open[-1] if self._open else _OUTSIDE
        if here.tag == "title":
            self.title = " ".join((self.title + data).split())
        elif here.tag in _RUBY:
            self.ruby += count_chars(data)
        elif here.tag in _NO_TEXT or any(one.tag == "head" for one in self._open[:3]):
            if here.tag == "script":
                self.dates.script(data)
        else:
            piece = self._hidden if here.skipped else self._shown
            piece.parts.append(data)
            piece.linked += count_chars(data) if here.linked else 0
            piece.here = here

    def end_line(self) -> None:
        """End a line of text, and the one that is not shown in it."""
        for piece in (self._shown, self._hidden):
            text = " ".join("".join(piece.parts).split())
            if text:
                here = piece.here
                self.lines.append(
                    _Line(text, here.size, piece.linked, here.inside, here.skipped, here.in_form, here.chrome)
                )
        self._shown, self._hidden = _Piece(), _Piece()
