"""Records → Parquet: one type a column, lists and objects as what they are, days as days."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jmtools.convert.columns import unique_names
from jmtools.convert.delimiting import Records
from jmtools.convert.projection import project
from jmtools.convert.shapes import Shape, as_date
from jmtools.errors import ModelError
from jmtools.fields.path import Cell, flat, json_text
from jmtools.io.json_types import JsonValue

_CREATED_BY = b"jmtools"


def parquet_pieces(shape: Shape, records: Records, *, fields: Sequence[str]) -> Iterator[bytes]:
    """Yield a Parquet file, a row group for each batch of records, compressed by Zstandard.

    Args:
        shape: Of all records, projected on `fields`.
        records: The records.
        fields: The columns; none for every field.

    Raises:
        ModelError: If the package that writes such files is not there.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise ModelError("--to parquet needs the package pyarrow; pip install '.[parquet]'") from None
    members = shape.members or {}
    specs = list(fields) or list(members)
    shapes = [members.get(spec, Shape()) for spec in specs]
    names = unique_names(specs)
    schema = pa.schema([pa.field(name, _type(pa, member, 0)) for name, member in zip(names, shapes, strict=True)])
    makers = [_maker(member, 0) for member in shapes]
    sink = _Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in records():
            rows = [project(data, fields) for data in batch]
            columns = [[make(row.get(spec)) for row in rows] for spec, make in zip(specs, makers, strict=True)]
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Hands on what a writer has written."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: JsonValue) -> int:
        piece = bytes(data)
        self._parts.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def writable(self) -> bool:
        return True

    def taken(self) -> bytes:
        piece = b"".join(self._parts)
        self._parts.clear()
        return piece


def _type(pa: Any, shape: Shape, depth: int) -> Any:
    kind = shape.kind(depth)
    if kind == "list" and shape.items is not None:
        return pa.list_(_type(pa, shape.items, depth + 1))
    if kind == "struct" and shape.members is not None:
        return pa.struct([pa.field(name, _type(pa, member, depth + 1)) for name, member in shape.members.items()])
    return {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64(), "date": pa.date32()}.get(kind, pa.string())


def _maker(shape: Shape, depth: int) -> Callable[[Any], Any]:
    """Return what turns a value into one of the column's type."""
    kind = shape.kind(depth)
    if kind == "list" and shape.items is not None:
        item = _maker(shape.items, depth + 1)
        return lambda value: None if value is None else [item(one) for one in value]
    if kind == "struct" and shape.members is not None:
        inner = {name: _maker(member, depth + 1) for name, member in shape.members.items()}
        return lambda value: None if value is None else {name: make(value.get(name)) for name, make in inner.items()}
    if kind == "json":
        return lambda value: None if value is None else json_text(value)
    if kind == "date":
        return lambda value: None if value is None else as_date(value)
    if kind == "float":
        return lambda value: None if value is None else float(value)
    return _as_text if kind in ("text", "null") else lambda value: value


def _as_text(value: JsonValue) -> str | None:
    cell: Cell = flat(value)
    return None if cell is None else cell if isinstance(cell, str) else repr(cell)
