"""Annotations and form fields of a PDF page that show text: they are made part of the page, which is then read."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_SHOWING = frozenset(  # their appearance may hold text that everybody sees
    [raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_LINE]
)
_TYPED = frozenset(  # fields with text of their own; the others are boxes to tick and buttons
    [raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX]
)
_MOST = 1 << 16  # bytes of one text


def merge_annotations(page: Any, form: Any) -> tuple[bool, list[str]]:
    """Make the text of annotations and form fields part of a page; it has to be loaded again then.

    Args:
        page: PDFium's handle.
        form: PDFium's handle of the form of the document, or None where it has none.

    Returns:
        Whether the page has such text, and the texts that no appearance shows where they stand.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    shown, bare, others = 0, [], []
    for number in range(max(0, count)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        if not _shows_text(annotation, form):
            others.append(number)
        elif raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2:
            shown += 1
        else:
            bare.append(_text_of(annotation, form))
        raw.FPDFPage_CloseAnnot(annotation)
    bare = [text for text in bare if text]
    if shown:
        for number in reversed(others):
            raw.FPDFPage_RemoveAnnot(page, number)
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return shown > 0, bare


def _shows_text(annotation: Any, form: Any) -> bool:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind not in _SHOWING or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return False
    return kind != raw.FPDF_ANNOT_WIDGET or (
        form is not None and raw.FPDFAnnot_GetFormFieldType(form, annotation) in _TYPED
    )


def _text_of(annotation: Any, form: Any) -> str:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    buffer = ctypes.create_string_buffer(_MOST)
    units = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    if kind == raw.FPDF_ANNOT_WIDGET:
        size = raw.FPDFAnnot_GetFormFieldValue(form, annotation, units, _MOST)
    elif kind == raw.FPDF_ANNOT_FREETEXT:
        size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", units, _MOST)
    else:
        return ""
    return buffer.raw[: max(0, min(size, _MOST) - 2)].decode("utf-16-le", "replace").strip()
