"""The text objects of a PDF page, before PDFium's text page leaves out those that seem empty."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from jmtools.read.pdf_frames import Matrix, angle_of

_DEEPEST = 20  # forms in forms


@dataclass(slots=True)
class TextObject:
    """A text object of a page.

    Attributes:
        handle: PDFium's handle.
        form: Where the forms that hold it stand on the page.
        angle: The direction of its text, in degrees, on the page as it is shown.
    """

    handle: Any
    form: Matrix
    angle: int

    @property
    def font(self) -> int:
        """Where its font is in memory."""
        return address(raw.FPDFTextObj_GetFont(self.handle))

    def move(self, place: Matrix) -> None:
        """Move it on the page."""
        back = self.form.inverse()
        if back is not None and place != Matrix():
            raw.FPDFPageObj_Transform(self.handle, *self.form.then(place).then(back))

    def hide(self) -> None:
        """Leave it out of the text pages that are made from now on."""
        raw.FPDFPageObj_SetIsActive(self.handle, False)

    def give_width(self) -> None:
        """Draw its outline, which has a width: PDFium skips text whose characters have empty boxes."""
        raw.FPDFTextObj_SetTextRenderMode(self.handle, raw.FPDF_TEXTRENDERMODE_STROKE)
        raw.FPDFPageObj_SetStrokeWidth(self.handle, 1.0)


@dataclass(slots=True)
class Contents:
    """What a page holds: its texts, and how many pictures and other drawings."""

    texts: list[TextObject] = field(default_factory=list)
    pictures: int = 0
    shapes: int = 0


def page_contents(page: Any, rotation: int) -> Contents:
    """Return the objects of a page, those inside forms included.

    Args:
        page: PDFium's handle.
        rotation: How far the page is turned clockwise when it is shown, in degrees.
    """
    found = Contents()
    for handle, form in _objects(page):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.texts.append(TextObject(handle, form, angle_of(_matrix(handle).then(form), rotation)))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.pictures += 1
        else:
            found.shapes += 1
    return found


def address(handle: Any) -> int:
    """Return the address of an object, which identifies it; 0 for none."""
    return ctypes.addressof(handle.contents) if handle else 0


def _matrix(handle: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix)):
        return Matrix()
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    handles = [raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page))]
    waiting = [(handle, Matrix(), 0) for handle in reversed(handles)]
    while waiting:
        handle, form, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
            yield handle, form
        elif depth < _DEEPEST:
            inside = _matrix(handle).then(form)
            count = max(0, raw.FPDFFormObj_CountObjects(handle))
            members = [raw.FPDFFormObj_GetObject(handle, i) for i in range(count)]
            waiting += [(member, inside, depth + 1) for member in reversed(members)]
