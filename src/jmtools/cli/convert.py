"""`jmtools convert`."""

from __future__ import annotations

import os
from typing import Any

import click

from jmtools.cli.frame.messages import is_terminal
from jmtools.cli.frame.options import segment_options, sink_io, split_names, where_option
from jmtools.cli.frame.pipeline import RecordIO

FORMS = ("csv", "tsv", "xlsx", "parquet", "sqlite", "txtdir", "vrt", "mallet", "graphml")
_ENDINGS = {".db": "sqlite", ".sqlite3": "sqlite", ".vert": "vrt", ".tab": "tsv", "/": "txtdir"}
_BINARY = ("xlsx", "parquet", "sqlite")


@click.command()
@click.option("--to", "form", type=click.Choice(FORMS), help="Output format. [default: as FILE of -o ends]")
@click.option(
    "-f", "--fields", callback=split_names, metavar="A,B,C.D", help="Columns, in order, by path. [default: all]"
)
@click.option("--bom/--no-bom", default=None, help="csv: the mark by which Excel knows UTF-8. [default: for -o *.csv]")
@click.option("--excel-safe/--no-excel-safe", default=True, show_default=True, help="csv, tsv: defuse formulas with '.")
@click.option("--table", "table", default="articles", show_default=True, metavar="NAME", help="sqlite: the table.")
@click.option(
    "--search",
    callback=split_names,
    default="headline,text",
    show_default=True,
    metavar="FIELDS|none",
    help="sqlite: what the full-text index holds.",
)
@click.option("--words", is_flag=True, help="txtdir: words with blanks between them, as AntConc needs them.")
@click.option(
    "--names",
    callback=split_names,
    metavar="FIELDS",
    help="txtdir: file names that tell these fields. [default: 000001]",
)
@click.option("--label", metavar="FIELD", help="mallet: the label of each record, such as topic or page.")
@click.option("--source", metavar="FIELD", help="graphml: one end of an edge. [default: term_a, node, source]")
@click.option("--target", metavar="FIELD", help="graphml: the other end. [default: term_b, term, target]")
@segment_options
@where_option
@sink_io
def convert(io: RecordIO, form: str | None, allow_mixed: bool, **chosen: Any) -> None:
    """Write records as other programs open them.

    Reads any records, writes CSV, TSV, an Excel workbook, Parquet, an SQLite database with full-text search, a folder
    of text files, VRT, MALLET lines or GraphML, with all their fields. Nested fields are laid flat in csv, tsv and
    xlsx, stay what they are in parquet, are JSON in sqlite. vrt, mallet and txtdir stream; the tables keep the
    records in a temporary file; graphml holds the edges in memory.

    \b
    Examples:
      jmtools convert -o articles.xlsx articles.jsonl
      jmtools convert --to sqlite articles.jsonl > articles.db
      jmtools keywords articles.jsonl | jmtools convert -f date,page,headline,keywords.term -o keywords.csv
      jmtools convert --to txtdir --words -o corpus/ articles.jsonl
    """
    from jmtools.cli.convert_work import ConvertOptions, write_folder, write_graph, write_lines, write_table
    from jmtools.errors import OptionError
    from jmtools.words.reader import SegmentOptions

    form = form or _form_of(io.output)
    if form == "txtdir" and io.output == "-":
        raise OptionError("--to txtdir writes a folder of files: name it with -o FOLDER/")
    if form in _BINARY and io.output == "-" and is_terminal():
        raise OptionError(f"--to {form} is no text for a terminal: name a file with -o FILE")
    if (chosen["source"] is None) != (chosen["target"] is None):
        raise OptionError("--source and --target go together: the two ends of an edge")
    segment = SegmentOptions(chosen.pop("segmenter"), chosen.pop("user_dicts"), allow_mixed)
    options = ConvertOptions(form=form, segment=segment, **chosen)
    write = {"txtdir": write_folder, "graphml": write_graph, "vrt": write_lines, "mallet": write_lines}
    write.get(form, write_table)(io, options)


def _form_of(output: str) -> str:
    from jmtools.errors import OptionError

    ending = os.path.splitext(output)[1].lower() or output[-1:]
    form = _ENDINGS.get(ending, ending.removeprefix("."))
    if form not in FORMS:
        raise OptionError(f"say what to write: --to {', '.join(FORMS)}; or give -o FILE such an ending")
    return form
