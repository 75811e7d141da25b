"""Records → CSV and TSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from jmtools.convert.columns import flat_paths
from jmtools.convert.shapes import Shape
from jmtools.fields.delimited import csv_rows, tsv_rows
from jmtools.fields.path import Path
from jmtools.io.json_types import JsonValue, Record

_MARK = b"\xef\xbb\xbf"

Records = Callable[[], Iterable[Sequence[Record]]]
"""Gives the records in batches, as often as it is called."""


def delimited_pieces(
    shape: Shape, records: Records, *, form: str, fields: Sequence[str], mark: bool, excel_safe: bool
) -> Iterator[bytes]:
    """Yield a table of all records as CSV or TSV in UTF-8, a header first; nothing for no records.

    Args:
        shape: Of all records, projected on `fields`.
        records: The records.
        form: `csv` or `tsv`.
        fields: The columns; none for every field, laid flat.
        mark: Begin with the mark by which Excel knows UTF-8.
        excel_safe: Put an apostrophe before what a spreadsheet would run.
    """
    if not shape.members:
        return
    paths = [Path(spec) for spec in fields] or [path for path, _ in flat_paths(shape)]

    def piece(rows: Iterable[Sequence[JsonValue]]) -> bytes:
        text = csv_rows(rows, excel_safe=excel_safe) if form == "csv" else tsv_rows(rows, excel_safe=excel_safe)
        return text.encode("utf-8", "backslashreplace")

    yield (_MARK if mark else b"") + piece([[path.spec for path in paths]])
    for batch in records():
        yield piece([path.cell(data) for path in paths] for data in batch)
