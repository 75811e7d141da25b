"""What each format makes of a batch of records, and the pieces of a table's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from jmtools.batches.feature import Part, PartFeature
from jmtools.batches.sinks import SinkWorker
from jmtools.convert.shapes import Shape
from jmtools.fields.path import exact
from jmtools.io.json_types import Fields
from jmtools.io.records import parse_record
from jmtools.io.spool import Spool
from jmtools.words.reader import SegmentOptions

_ROWS_AT_ONCE = 8 << 20  # bytes of JSON that become one piece of a table: a row group, a transaction


@dataclass(frozen=True)
class ConvertOptions:
    """What is written and how.

    Attributes:
        form: One of the formats.
        fields: Columns by path; empty for all.
        bom: For csv, whether to begin with the mark of UTF-8; None asks the name of the file.
        excel_safe: For csv and tsv, put an apostrophe before formulas.
        table: For sqlite, the table's name.
        search: For sqlite, the columns that can be searched.
        words: For txtdir, write words with blanks between them.
        names: For txtdir, fields whose values file names tell.
        label: For mallet, the field that is the label.
        source: For graphml, the field of one end of an edge.
        target: The other.
        segment: How text is segmented.
    """

    form: str = "csv"
    fields: tuple[str, ...] = ()
    bom: bool | None = None
    excel_safe: bool = True
    table: str = "articles"
    search: tuple[str, ...] = ("headline", "text")
    words: bool = False
    names: tuple[str, ...] = ()
    label: str | None = None
    source: str | None = None
    target: str | None = None
    segment: SegmentOptions = field(default_factory=SegmentOptions)


def table_pieces(
    options: ConvertOptions, shape: Shape, spool: Spool, notes: list[str], *, mark: bool
) -> Iterator[bytes]:
    """Yield the pieces of a table's file.

    Args:
        options: Which format, and how it is written.
        shape: The fields of all records together, and their types.
        spool: The records.
        notes: Collects notes for the user about the file.
        mark: For csv, whether to begin with the mark of UTF-8.
    """
    records, fields = partial(records_of, spool), options.fields
    if options.form == "xlsx":
        from jmtools.convert.workbook import workbook_pieces

        return workbook_pieces(shape, records, fields=fields, notes=notes)
    if options.form == "parquet":
        from jmtools.convert.parquet import parquet_pieces

        return parquet_pieces(shape, records, fields=fields)
    if options.form == "sqlite":
        from jmtools.convert.database import database_pieces

        return database_pieces(shape, records, fields=fields, table=options.table, search=options.search)
    from jmtools.convert.delimiting import delimited_pieces

    safe = options.excel_safe
    return delimited_pieces(shape, records, form=options.form, fields=fields, mark=mark, excel_safe=safe)


def records_of(spool: Spool) -> Iterator[Sequence[Fields]]:
    """Yield the spooled records, as many at once as one piece of a table takes."""
    for lines in spool.batches(_ROWS_AT_ONCE):
        yield [exact(line, parse_record(line)) for line in lines]


def line_feature(options: ConvertOptions) -> PartFeature[bytes]:
    """Return what writes each record by itself."""
    from jmtools.convert.corpora import MalletWriter, VrtWriter
    from jmtools.convert.projection import RecordWriter

    if options.form == "jsonl":
        return RecordWriter(options.fields)
    if options.form == "vrt":
        return VrtWriter(options.segment)
    return MalletWriter(options.segment, options.label)


def sink_worker(
    feature: Callable[[], PartFeature[Part]], fail_fast: bool, *, text: bool = False, keep: bool = False
) -> SinkWorker[Part]:
    """Build what works on batches in each process; with `keep` it gives the good lines as well."""
    return SinkWorker(feature(), fail_fast=fail_fast, text=text, keep=keep)


def unused_stem(stem: str, used: set[str]) -> str:
    """Return a stem that no file has yet: two records may be the same."""
    candidate, number = stem, 2
    while stem and candidate.casefold() in used:
        candidate, number = f"{stem}-{number}", number + 1
    used.add(candidate.casefold())
    return candidate


def writable_row(row: Fields) -> Fields:
    """Return a row whose integers past 64 bits are strings, as JSON Lines can be written."""
    return {
        name: str(value) if isinstance(value, int) and abs(value) >= 1 << 63 else value for name, value in row.items()
    }
