"""The characters of a PDF page, each at its place among text of its direction, turned upright."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from jmtools.read.layout_runs import UNKNOWN, Char
from jmtools.read.pdf_frames import Matrix, upright
from jmtools.read.pdf_guesses import are_characters, count_private, slanted_letters
from jmtools.read.pdf_objects import Contents, TextObject, address, page_contents
from jmtools.read.pdf_plausible import FontTexts

_MOST_CHARS = 500_000  # of one page: the largest broadsheet has 20,000
_APART = 20_000.0  # points between texts that PDFium must not compare
_ROUND = 7  # texts after which a place is used again: PDFium compares one with the five before it
_TWICE = 0.3  # of the size of print: the same text again this near is printed bold, or has a shadow
_HEIGHTS = (0.5, 2.5)  # times the size of print: a box of another height tells the size itself
_ASCENT, _DESCENT = 0.88, 0.12  # of the size of print
_EDGE = 1.0  # points by which a character may stand outside the crop box


@dataclass(slots=True)
class PageText:
    """The text of a page.

    Attributes:
        frames: Its characters by the direction of their text, in degrees; those of one frame are turned upright.
        unknown: How many of them have no known code point; they are written as U+FFFD.
        doubtful: How many of them are of fonts whose characters make no text.
        unread: How many pieces of text PDFium has no character of.
        doubled: How many characters are printed twice at one place, and here once.
        outside: How many stand outside the crop box, where they cannot be seen.
        pictures: How many pictures the page has.
        shapes: How many other drawings.
    """

    frames: dict[int, list[Char]] = field(default_factory=dict)
    unknown: int = 0
    doubtful: int = 0
    unread: int = 0
    doubled: int = 0
    outside: int = 0
    pictures: int = 0
    shapes: int = 0

    @property
    def chars(self) -> int:
        """How many characters its frames hold."""
        return sum(len(char.text) for frame in self.frames.values() for char in frame)


def page_text(page: Any) -> PageText:
    """Return the text of a page.

    Args:
        page: PDFium's handle; its texts are moved, so it cannot be drawn afterwards.
    """
    rotation = 90 * max(0, raw.FPDFPage_GetRotation(page))
    contents = page_contents(page, rotation)
    found = PageText(pictures=contents.pictures, shapes=contents.shapes)
    if contents.texts:
        places = _turn_upright(contents, rotation)
        _collect(found, _Pieces(page, contents), places, _visible(page))
    return found


def _turn_upright(contents: Contents, rotation: int) -> dict[int, Matrix]:
    """Turn the texts of each direction upright, each direction at a place of its own; return what was done to each."""
    angles = sorted({text.angle for text in contents.texts})
    places = {}
    for index, angle in enumerate(angles):
        turn = upright(angle + rotation)
        places[angle] = turn if turn == Matrix() else turn._replace(e=_APART * index)
    for text in contents.texts:
        text.move(places[text.angle])
    return places


def _collect(
    found: PageText, pieces: _Pieces, places: Mapping[int, Matrix], visible: tuple[float, float, float, float]
) -> None:
    fonts = FontTexts()
    back = {angle: place.inverse() or Matrix() for angle, place in places.items()}
    for index, chars in pieces.in_order():
        text = pieces.texts[index]
        inside = _inside(chars, back[text.angle], visible)
        found.outside += sum(len(char.text) for char in chars) - sum(len(char.text) for char in inside)
        if inside:
            found.frames.setdefault(text.angle, []).extend(inside)
            fonts.add(text.font, inside)
    everything = "".join(char.text for frame in found.frames.values() for char in frame)
    letters = slanted_letters(everything)
    if letters:
        for char in (char for frame in found.frames.values() for char in frame):
            char.text = char.text.translate(letters)
    found.doubtful = fonts.count_doubtful()
    found.unknown += everything.count(UNKNOWN) + count_private(everything)
    found.unread, found.doubled = pieces.unread, pieces.doubled


def _inside(chars: list[Char], back: Matrix, visible: tuple[float, float, float, float]) -> list[Char]:
    """Return the characters whose middle can be seen."""
    left, bottom, right, top = visible
    if back == Matrix():
        return [
            char
            for char in chars
            if left <= (char.x0 + char.x1) / 2 <= right and bottom <= -(char.y0 + char.y1) / 2 <= top
        ]
    middles = (back.point((char.x0 + char.x1) / 2, -(char.y0 + char.y1) / 2) for char in chars)
    return [char for char, (x, y) in zip(chars, middles, strict=True) if left <= x <= right and bottom <= y <= top]


def _visible(page: Any) -> tuple[float, float, float, float]:
    """Return what of a page is shown, and a little more."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return box.left - _EDGE, box.bottom - _EDGE, box.right + _EDGE, box.top + _EDGE


class _Pieces:
    """The characters of each text object, also of those that PDFium passes over at first."""

    def __init__(self, page: Any, contents: Contents) -> None:
        self.texts = contents.texts
        self.unread = 0
        self.doubled = 0
        self._page = page
        self._index = {address(text.handle): index for index, text in enumerate(self.texts)}
        self._reader = _CharReader()
        self._chars = self._read({})
        self._order = list(self._chars)
        missing = [index for index in range(len(self.texts)) if index not in self._chars]
        if missing:
            self._read_again(missing)
        self._reader.settle_guesses()

    def in_order(self) -> list[tuple[int, list[Char]]]:
        """Return the pieces in PDFium's order, the ones it passed over behind the one before them in the file."""
        place = {index: position for position, index in enumerate(self._order)}
        known = sorted(place)
        keys = []
        for index in self._chars:
            before = bisect_left(known, index) - 1
            behind = place[known[before]] if before >= 0 else -1
            keys.append((place[index], 0, index) if index in place else (behind, 1, index))
        return [(index, self._chars[index]) for _, _, index in sorted(keys)]

    def _read_again(self, missing: list[int]) -> None:
        """Read the texts that were passed over, each at a place where nothing is like it."""
        shifts = {index: _APART * (1 + number % _ROUND) for number, index in enumerate(missing)}
        for index, text in enumerate(self.texts):
            if index in shifts:
                text.give_width()
                text.move(Matrix(f=-shifts[index]))
            else:
                text.hide()  # its characters are known: the second text page holds the others alone
        again = self._read(shifts)
        seen: dict[str, list[tuple[int, Char]]] = {}
        for index, chars in self._chars.items():
            _note(seen, self.texts[index], chars)
        for index in missing:
            if index not in again:
                self.unread += 1
            elif _is_double(seen, self.texts[index], again[index]):
                self.doubled += sum(len(char.text) for char in again[index])
            else:
                self._chars[index] = again[index]
                _note(seen, self.texts[index], again[index])

    def _read(self, shifts: Mapping[int, float]) -> dict[int, list[Char]]:
        """Return the characters of each text that is not hidden, at their places before the shift."""
        page = raw.FPDFText_LoadPage(self._page)
        pieces: dict[int, list[Char]] = {}
        reader = self._reader
        space = False
        last = -1
        for number in range(min(raw.FPDFText_CountChars(page), _MOST_CHARS)):
            handle = raw.FPDFText_GetTextObject(page, number)
            index = self._index.get(address(handle), -1)
            if index < 0 and (last < 0 or raw.FPDFText_IsGenerated(page, number) == 1):
                continue
            last = index = index if index >= 0 else last
            if index not in pieces:
                pieces[index] = []
                reader.begin(page, number, self.texts[index].font, shifts.get(index, 0.0))
            space = reader.take(number, pieces[index], after_space=space)
        raw.FPDFText_ClosePage(page)
        for chars in pieces.values():
            for char in chars:
                char.text = "".join(UNKNOWN if 0xD800 <= ord(c) < 0xE000 else c for c in char.text)
        return pieces


def _note(seen: dict[str, list[tuple[int, Char]]], text: TextObject, chars: list[Char]) -> None:
    if chars:
        seen.setdefault("".join(char.text for char in chars), []).append((text.angle, chars[0]))


def _is_double(seen: Mapping[str, list[tuple[int, Char]]], text: TextObject, chars: list[Char]) -> bool:
    """Tell whether the same text stands at nearly the same place."""
    if not chars:
        return True
    first = chars[0]
    near = _TWICE * first.size
    return any(
        angle == text.angle and abs(other.x0 - first.x0) < near and abs(other.y1 - first.y1) < near
        for angle, other in seen.get("".join(char.text for char in chars), ())
    )


class _CharReader:
    """Reads the characters of text pages one by one."""

    def __init__(self) -> None:
        self._page: Any = None
        self._box = raw.FS_RECTF()
        self._box_there = ctypes.byref(self._box)
        self._size = 1.0
        self._shift = 0.0
        self._font = 0
        self._guesses: dict[int, list[tuple[int, Char]]] = {}

    def begin(self, page: Any, number: int, font: int, shift: float) -> None:
        """Begin with a text object, shifted down by so many points."""
        self._page, self._font, self._shift = page, font, shift
        self._size = abs(raw.FPDFText_GetFontSize(page, number))
        matrix = raw.FS_MATRIX()
        if raw.FPDFText_GetMatrix(page, number, ctypes.byref(matrix)):
            self._size *= (matrix.c**2 + matrix.d**2) ** 0.5

    def settle_guesses(self) -> None:
        """Keep what the codes of a font seem to say, or count it as unknown."""
        for guesses in self._guesses.values():
            if not are_characters([code for code, _ in guesses]):
                for _, char in guesses:
                    char.text = UNKNOWN * len(char.text)

    def take(self, number: int, chars: list[Char], *, after_space: bool) -> bool:
        """Add a character to those of its text; return whether it is a space."""
        code = raw.FPDFText_GetUnicode(self._page, number)
        unmapped = raw.FPDFText_HasUnicodeMapError(self._page, number) == 1
        text = self._text(number, code, unmapped=unmapped)
        if text.isspace():
            return True
        x0, y0, x1, y1, size = self._place(number)
        last = chars[-1] if chars else None
        if last is not None and 0xDC00 <= code < 0xE000 and 0xD800 <= ord(last.text[-1]) < 0xDC00:
            high = ord(last.text[-1]) - 0xD800
            last.text = last.text[:-1] + chr(0x10000 + (high << 10) + code - 0xDC00)
            last.x1 = max(last.x1, x1)
        elif last is not None and last.x0 == x0 and last.x1 == x1 and last.y0 == y0 and last.y1 == y1:
            last.text += text  # one shape that stands for several characters, such as the ligature of f and i
        else:
            chars.append(Char(text, x0, y0, x1, y1, size, after_space=after_space))
        if unmapped:
            self._guesses.setdefault(self._font, []).append((code, chars[-1]))
        return False

    def _text(self, number: int, code: int, *, unmapped: bool) -> str:
        if (code < 0x20 or code == 0xFFFE) and raw.FPDFText_IsHyphen(self._page, number) == 1:
            return "-"  # PDFium marks one at the end of a line
        if code >= 0x110000 or code in (0xFFFE, 0xFFFF) or (code < 0x20 and (unmapped or code not in (9, 10, 12, 13))):
            return UNKNOWN
        if unmapped and (0x7F <= code < 0xA0 or (chr(code).isspace() and self._has_shape(number))):
            return UNKNOWN
        return chr(code)

    def _has_shape(self, number: int) -> bool:
        edges = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = edges
        raw.FPDFText_GetCharBox(self._page, number, left, right, bottom, top)
        return left.value != right.value and bottom.value != top.value

    def _place(self, number: int) -> tuple[float, float, float, float, float]:
        """Return the box of a character, y growing downwards, and its size of print."""
        box, size = self._box, self._size
        raw.FPDFText_GetLooseCharBox(self._page, number, self._box_there)
        low, high = box.bottom, box.top
        if low > high:
            low, high = high, low
        if size <= 0.5 or not _HEIGHTS[0] * size <= high - low <= _HEIGHTS[1] * size:
            if high - low > 1:
                size = high - low
            else:
                size = max(1.0, size)
                low, high = low - _DESCENT * size, low + _ASCENT * size
        left, right = box.left, box.right
        if left > right:
            left, right = right, left
        return left, -(high + self._shift), right, -(low + self._shift), size
