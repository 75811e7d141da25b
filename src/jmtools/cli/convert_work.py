"""How `jmtools convert` brings records and a format together: in one pass, or from a temporary file in two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jmtools.batches.feature import Part, PartFeature
from jmtools.batches.sinks import SinkWorker
from jmtools.cli.frame.messages import note
from jmtools.cli.frame.pipeline import RecordIO
from jmtools.convert.shapes import Shape, ShapeScanner
from jmtools.errors import OptionError
from jmtools.fields.missing import Sightings
from jmtools.fields.path import exact
from jmtools.io.records import encode_record, parse_record
from jmtools.io.spool import Spool
from jmtools.words.reader import SegmentOptions

_BATCH = 1 << 20
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
        segment: How text is cut into words.
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


def write_table(io: RecordIO, options: ConvertOptions) -> None:
    """Write records as rows: first all are read, for the columns and their types, then they are written."""
    shape, asked = Shape(), Sightings()
    notes: list[str] = []
    with io.open_run(batch_bytes=_BATCH) as run, Spool() as spool:
        worker = partial(_worker, partial(ShapeScanner, options.fields), io.fail_fast, keep=True)
        for result in run.results(worker):
            found, fields = result.out
            shape.merge(found)
            asked.add(fields)
            spool.extend(result.lines)
            run.take(result)
        if run.stopped:
            return
        for message in asked.messages():
            raise OptionError(message)
        for piece in _table_pieces(io, options, shape, spool, notes):
            run.write(piece)
    for message in notes:
        note(message)


def write_lines(io: RecordIO, options: ConvertOptions) -> None:
    """Write records as pieces of text, each by itself, as a stream."""
    with io.open_run(batch_bytes=_BATCH) as run:
        for result in run.results(partial(_worker, partial(_line_feature, options), io.fail_fast, text=True)):
            run.write(result.out)
            run.take(result)


def write_folder(io: RecordIO, options: ConvertOptions) -> None:
    """Write a text file for each record, and `metadata.csv` with their other fields."""
    from jmtools.convert.corpora import TextFiles
    from jmtools.convert.delimiting import delimited_pieces
    from jmtools.io.folders import AtomicFolder

    feature = partial(TextFiles, options.segment, words=options.words, names=options.names)
    shape, used, number = Shape(), set[str](), 0
    with Spool() as spool, io.open_run(batch_bytes=_BATCH, writer=partial(AtomicFolder, io.output)) as run:
        for result in run.results(partial(_worker, feature, io.fail_fast, text=True)):
            for stem, text, metadata in result.out:
                number += 1
                name = f"{_unused(stem, used) or f'{number:06d}'}.txt"
                run.out.add(name, text)
                row = {"file": name, **metadata}
                shape.add(row)
                spool.extend([encode_record(_writable(row)).rstrip(b"\n")])
            run.take(result)
        rows = partial(_records, spool)
        table = delimited_pieces(shape, rows, form="csv", fields=(), mark=True, excel_safe=options.excel_safe)
        run.out.add("metadata.csv", b"".join(table))


def write_graph(io: RecordIO, options: ConvertOptions) -> None:
    """Write the network that the records make."""
    from jmtools.convert.graph import GraphBuilder, GraphPart

    feature = partial(GraphBuilder, source=options.source, target=options.target)
    builder, total = feature(), GraphPart()
    with io.open_run(batch_bytes=_BATCH) as run:
        for result in run.results(partial(_worker, feature, io.fail_fast)):
            total = builder.merge(total, result.out)
            run.take(result)
        if not run.stopped:
            for piece in builder.pieces(total):
                run.write(piece)


def _table_pieces(
    io: RecordIO, options: ConvertOptions, shape: Shape, spool: Spool, notes: list[str]
) -> Iterator[bytes]:
    records, fields = partial(_records, spool), options.fields
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

    mark = options.bom if options.bom is not None else io.output.lower().endswith(".csv")
    safe = options.excel_safe
    return delimited_pieces(shape, records, form=options.form, fields=fields, mark=mark, excel_safe=safe)


def _records(spool: Spool) -> Iterator[Sequence[dict[str, Any]]]:
    for lines in spool.batches(_ROWS_AT_ONCE):
        yield [exact(line, parse_record(line)) for line in lines]


def _line_feature(options: ConvertOptions) -> PartFeature[bytes]:
    from jmtools.convert.corpora import MalletWriter, VrtWriter

    if options.form == "vrt":
        return VrtWriter(options.segment)
    return MalletWriter(options.segment, options.label)


def _worker(
    feature: Callable[[], PartFeature[Part]], fail_fast: bool, *, text: bool = False, keep: bool = False
) -> SinkWorker[Part]:
    return SinkWorker(feature(), fail_fast=fail_fast, text=text, keep=keep)


def _unused(stem: str, used: set[str]) -> str:
    """Return a stem that no file has yet: two records may be the same."""
    candidate, number = stem, 2
    while stem and candidate.casefold() in used:
        candidate, number = f"{stem}-{number}", number + 1
    used.add(candidate.casefold())
    return candidate


def _writable(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, int) and abs(value) >= 1 << 63 else value for name, value in row.items()
    }
