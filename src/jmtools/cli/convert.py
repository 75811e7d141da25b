"""`jmtools convert`."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import click

from jmtools.cli.frame.idle import note_idle
from jmtools.cli.frame.messages import is_terminal, note
from jmtools.cli.frame.options import segment_options, sink_io, split_names, where_option
from jmtools.cli.frame.pipeline import RecordIO

if TYPE_CHECKING:
    from jmtools.convert.formats import ConvertOptions

FORMS = ("csv", "tsv", "xlsx", "parquet", "sqlite", "jsonl", "txtdir", "vrt", "mallet", "graphml")
_ENDINGS = {".db": "sqlite", ".sqlite3": "sqlite", ".vert": "vrt", ".tab": "tsv", "/": "txtdir"}
_BINARY = ("xlsx", "parquet", "sqlite")
_BATCH = 1 << 20


@click.command()
@click.option("--to", "form", type=click.Choice(FORMS), help="Output format. [default: by the ending of -o]")
@click.option(
    "-f", "--fields", callback=split_names, metavar="A,B,C.D", help="Columns, in order, by path. [default: all]"
)
@click.option(
    "--bom/--no-bom",
    default=None,
    help="csv: write a byte order mark, so that Excel reads UTF-8. [default: for -o *.csv]",
)
@click.option("--excel-safe/--no-excel-safe", default=True, show_default=True, help="csv, tsv: put ' before formulas.")
@click.option("--table", metavar="NAME", help="sqlite: write a plain table of this name, not an archive.")
@click.option(
    "--search",
    callback=split_names,
    metavar="FIELDS|none",
    help="sqlite: write a plain table with an index of these fields. Every string in them is found. [default: "
    "headline,text]",
)
@click.option("--words", is_flag=True, help="txtdir: put spaces between words, for AntConc.")
@click.option(
    "--names",
    callback=split_names,
    metavar="FIELDS",
    help="txtdir: make file names from these fields. [default: 000001]",
)
@click.option("--label", metavar="FIELD", help="mallet: field with the label, such as topic or page.")
@click.option(
    "--source", metavar="FIELD", help="graphml: field with one end of an edge. [default: term_a, node or source]"
)
@click.option("--target", metavar="FIELD", help="graphml: field with the other end. [default: term_b, term or target]")
@segment_options
@where_option
@sink_io
def convert(
    io: RecordIO,
    form: str | None,
    fields: tuple[str, ...],
    bom: bool | None,
    excel_safe: bool,
    table: str | None,
    search: tuple[str, ...],
    words: bool,
    names: tuple[str, ...],
    label: str | None,
    source: str | None,
    target: str | None,
    segmenter: str,
    user_dicts: tuple[str, ...],
    allow_mixed: bool,
) -> None:
    """Convert records to formats of other programs.

    Reads any records, writes all their fields as CSV, TSV, an Excel workbook, Parquet, an SQLite database with
    full-text search, JSON Lines, a folder of text files, VRT, MALLET lines or GraphML. Memory: does not grow with the
    input; tables keep the records in a temporary file; graphml holds the edges.

    Nested fields become flat columns in csv, tsv and xlsx, stay nested in parquet, and are JSON in sqlite. With sqlite,
    records with `text` become an archive as jmtools index writes it; with --fields, --table or --search they become a
    plain table.

    \b
    Examples:
      jmtools convert -o articles.xlsx articles.jsonl
      jmtools convert -o articles.db articles.jsonl
      jmtools convert --to jsonl articles.db
      jmtools keywords articles.jsonl | jmtools convert -f date,page,headline,keywords.term -o keywords.csv
      jmtools convert --to txtdir --words -o corpus/ articles.jsonl
    """
    from jmtools.convert.formats import ConvertOptions
    from jmtools.errors import OptionError
    from jmtools.words.reader import SegmentOptions

    form = form or _form_of(io.output)
    if form == "txtdir" and io.output == "-":
        raise OptionError("--to txtdir writes a folder of files: name it with -o FOLDER/")
    if form in _BINARY and io.output == "-" and is_terminal():
        raise OptionError(f"--to {form} is no text for a terminal: name a file with -o FILE")
    if (source is None) != (target is None):
        raise OptionError("--source and --target go together: the two ends of an edge")
    for to, only in _OF_FORMATS.items():
        note_idle(*only, without=None if form in to else f"--to {' or '.join(to)}")
    options = ConvertOptions(
        form=form,
        fields=fields,
        bom=bom,
        excel_safe=excel_safe,
        table=table or "articles",
        search=search or ("headline", "text"),
        words=words,
        names=names,
        label=label,
        source=source,
        target=target,
        segment=SegmentOptions(segmenter, user_dicts, allow_mixed),
    )
    write = {
        "txtdir": _write_folder,
        "graphml": _write_graph,
        **dict.fromkeys(("vrt", "mallet", "jsonl"), _write_lines),
    }
    as_archive = form == "sqlite" and not (fields or search or table is not None)
    write.get(form, partial(_write_table, as_archive=as_archive))(io, options)


_OF_FORMATS = {
    ("txtdir",): ("words", "names"),
    ("csv",): ("bom",),
    ("csv", "tsv"): ("excel_safe",),
    ("sqlite",): ("table", "search"),
    ("mallet",): ("label",),
    ("graphml",): ("source", "target"),
}


def _form_of(output: str) -> str:
    from jmtools.errors import OptionError

    ending = os.path.splitext(output)[1].lower() or output[-1:]
    form = _ENDINGS.get(ending, ending.removeprefix("."))
    if form not in FORMS:
        raise OptionError(f"say what to write: --to {', '.join(FORMS)}; or give -o FILE such an ending")
    return form


def _write_table(io: RecordIO, options: ConvertOptions, *, as_archive: bool) -> None:
    """Write records as rows: first all are read, for the columns and their types, then they are written.

    With `as_archive` an archive is written, if the records are what it takes.
    """
    from jmtools.convert.formats import sink_worker, table_pieces
    from jmtools.convert.shapes import Shape, ShapeScanner, fits_archive
    from jmtools.errors import OptionError
    from jmtools.fields.missing import Sightings
    from jmtools.io.spool import Spool

    shape, sightings = Shape(), Sightings()
    notes: list[str] = []
    mark = options.bom if options.bom is not None else io.output.lower().endswith(".csv")
    with io.open_run(batch_bytes=_BATCH) as run, Spool() as spool:
        worker = partial(sink_worker, partial(ShapeScanner, options.fields), io.fail_fast, keep=True)
        for result in run.results(worker):
            found, fields = result.out
            shape.merge(found)
            sightings.add(fields)
            spool.extend(result.lines)
            run.take(result)
        if run.stopped:
            return
        for message in sightings.messages():
            raise OptionError(message)
        if as_archive and fits_archive(shape):
            from jmtools.archive.export import archive_pieces

            pieces = archive_pieces(spool, segment=options.segment, notes=notes)
        else:
            pieces = table_pieces(options, shape, spool, notes, mark=mark)
        for piece in pieces:
            run.write(piece)
        for message in notes:
            note(message)


def _write_lines(io: RecordIO, options: ConvertOptions) -> None:
    """Write records as pieces of text, each by itself, as a stream."""
    from jmtools.convert.formats import line_feature, sink_worker

    text = options.form != "jsonl"
    with io.open_run(batch_bytes=_BATCH) as run:
        for result in run.results(
            partial(sink_worker, partial(line_feature, options), io.fail_fast, text=text, keep=not text)
        ):
            run.write(result.out or b"".join(line + b"\n" for line in result.lines))
            run.take(result)


def _write_folder(io: RecordIO, options: ConvertOptions) -> None:
    """Write a text file for each record, and `metadata.csv` with their other fields."""
    from jmtools.convert.corpora import TextFiles
    from jmtools.convert.delimiting import delimited_pieces
    from jmtools.convert.formats import records_of, sink_worker, unused_stem, writable_row
    from jmtools.convert.shapes import Shape
    from jmtools.io.folders import AtomicFolder
    from jmtools.io.records import encode_record
    from jmtools.io.spool import Spool

    feature = partial(TextFiles, options.segment, words=options.words, names=options.names)
    shape, used, number = Shape(), set[str](), 0
    with Spool() as spool, io.open_run(batch_bytes=_BATCH, writer=partial(AtomicFolder, io.output)) as run:
        for result in run.results(partial(sink_worker, feature, io.fail_fast, text=True)):
            for stem, text, metadata in result.out:
                number += 1
                name = f"{unused_stem(stem, used) or f'{number:06d}'}.txt"
                run.out.add(name, text)
                row = {"file": name, **metadata}
                shape.add(row)
                spool.extend([encode_record(writable_row(row)).rstrip(b"\n")])
            run.take(result)
        rows = partial(records_of, spool)
        table = delimited_pieces(shape, rows, form="csv", fields=(), mark=True, excel_safe=options.excel_safe)
        run.out.add("metadata.csv", b"".join(table))


def _write_graph(io: RecordIO, options: ConvertOptions) -> None:
    """Write the network that the records make."""
    from jmtools.convert.formats import sink_worker
    from jmtools.convert.graph import GraphBuilder, GraphPart

    feature = partial(GraphBuilder, source=options.source, target=options.target)
    builder, total = feature(), GraphPart()
    with io.open_run(batch_bytes=_BATCH) as run:
        for result in run.results(partial(sink_worker, feature, io.fail_fast)):
            total = builder.merge(total, result.out)
            run.take(result)
        if not run.stopped:
            for piece in builder.pieces(total):
                run.write(piece)
