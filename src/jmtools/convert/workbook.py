"""Records → an Excel workbook: text as text whatever it begins with, days as days, nothing cut."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from jmtools.convert.columns import flat_paths
from jmtools.convert.delimiting import Records
from jmtools.convert.shapes import Shape, as_date, utf16_length
from jmtools.errors import ModelError, OptionError
from jmtools.fields.delimited import plain, visible_lines
from jmtools.fields.path import Cell, Path

CELL = 32_767  # characters that a cell of Excel can have
_ROWS, _COLUMNS = 1_048_576, 16_384
_FIRST_DAY = "1900-03-01"  # Excel's calendar has a 29 February 1900; days before are written as text
_EXACT = 10**15  # Excel keeps 15 digits of a number
_READ = 1 << 20
_NARROWEST, _WIDEST = 8, 60  # characters that a column shows


def workbook_pieces(shape: Shape, records: Records, *, fields: Sequence[str], notes: list[str]) -> Iterator[bytes]:
    """Yield an .xlsx file with one sheet: a row a record, the header frozen and filtered.

    Args:
        shape: Of all records, projected on `fields`.
        records: The records.
        fields: The columns; none for every field, laid flat.
        notes: Takes what the user should be told.

    Raises:
        OptionError: If a sheet cannot hold so many rows or columns.
        ModelError: If the package that writes such files is not there.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise ModelError("--to xlsx needs the package XlsxWriter; pip install '.[xlsx]'") from None
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        book.set_properties({"created": datetime(2000, 1, 1)})
        table = _Table(shape, fields)
        table.measure(records)
        table.write(book, records, notes)
        book.close()
        file.seek(0)
        while piece := file.read(_READ):
            yield piece


class _Table:
    """The columns of the sheet; a text that one cell cannot hold goes on in columns of its own."""

    def __init__(self, shape: Shape, fields: Sequence[str]) -> None:
        members = shape.members or {}
        found = [(Path(spec), members.get(spec, Shape())) for spec in fields] or flat_paths(shape)
        self._paths = [path for path, _ in found]
        self._days = [member.kind() == "date" for _, member in found]
        self._widths = [utf16_length(path.spec) for path, _ in found]
        self._cells = [1] * len(found)  # how many cells the longest value needs

    def measure(self, records: Records) -> None:
        """Find how wide the columns are, and how many cells each value needs."""
        rows = 1
        for batch in records():
            rows += len(batch)
            for data in batch:
                for index, path in enumerate(self._paths):
                    text = _text(path.cell(data))
                    if len(text) > self._widths[index]:
                        self._widths[index] = len(text)
                    if len(text) * 2 > CELL:
                        self._cells[index] = max(self._cells[index], len(_parts(text)))
        if rows > _ROWS:
            raise OptionError(f"--to xlsx: a sheet holds {_ROWS - 1:,} records, and these are {rows - 1:,}; use csv")
        if sum(self._cells) > _COLUMNS:
            raise OptionError(
                f"--to xlsx: a sheet holds {_COLUMNS:,} columns, and these need {sum(self._cells):,}; choose --fields"
            )

    def write(self, book: Any, records: Records, notes: list[str]) -> None:
        """Write header and rows."""
        sheet = book.add_worksheet("records")
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        column = 0
        for path, width, cells in zip(self._paths, self._widths, self._cells, strict=True):
            sheet.set_column(column, column + cells - 1, min(max(width + 2, _NARROWEST), _WIDEST))
            for number in range(cells):
                name = path.spec if number == 0 else f"{path.spec} ({number + 1})"
                sheet.write_string(0, column, _parts(visible_lines(name))[0], bold)
                column += 1
            if cells > 1:
                notes.append(
                    f"some {path.spec} is longer than the {CELL:,} characters of a cell; it goes on in {cells - 1} more"
                )
        row = 0
        for batch in records():
            for data in batch:
                row += 1
                self._write_row(sheet, row, [path.cell(data) for path in self._paths], day)
        if column:
            sheet.autofilter(0, 0, row, column - 1)

    def _write_row(self, sheet: Any, row: int, values: Sequence[Cell], day: Any) -> None:
        column = 0
        for value, cells, is_day in zip(values, self._cells, self._days, strict=True):
            if isinstance(value, str) and is_day and value >= _FIRST_DAY:
                sheet.write_datetime(row, column, as_date(value), day)
            elif isinstance(value, int | float) and abs(value) < _EXACT:
                sheet.write_number(row, column, value)
            elif value is not None and value != "":
                for number, part in enumerate(_parts(_text(value))):
                    sheet.write_string(row, column + number, part)
            column += cells


def _text(cell: Cell) -> str:
    return visible_lines(plain(cell).replace("\r\n", "\n"))


def _parts(text: str) -> list[str]:
    """Cut a text into what cells can hold, between characters."""
    if utf16_length(text) <= CELL:
        return [text]
    parts = []
    while text:
        size = CELL
        while utf16_length(text[:size]) > CELL:
            size -= utf16_length(text[:size]) - CELL
        parts.append(text[:size])
        text = text[size:]
    return parts
