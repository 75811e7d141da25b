"""`jmtools check`."""

from __future__ import annotations

from functools import partial

import click

from jmtools.cli.frame.options import record_io, where_option
from jmtools.cli.frame.pipeline import RecordIO


@click.command()
@click.option(
    "--schema",
    default="auto",
    show_default=True,
    metavar="auto|NAME|FILE",
    help="Schema that records must fit: auto (that of their kind), a schema of jmtools by name, or a JSON Schema "
    "in FILE.",
)
@click.option("--list", "list_schemas", is_flag=True, help="List the schemas of jmtools, and stop.")
@where_option
@record_io
def check(io: RecordIO, schema: str, list_schemas: bool) -> None:
    """Validate records against the schema of their kind.

    Reads any records, writes those that fit, byte for byte. One that does not fit is a bad record: the message names
    its field, and --on-error and --rejects decide what happens to it. With auto a record with `text` is an article; any
    other record is of the kind whose fields it has. Memory: does not grow with the input.

    \b
    Examples:
      jmtools check articles.jsonl > /dev/null
      jmtools check --schema split --on-error skip --rejects bad.jsonl articles.jsonl > good.jsonl
    """
    from jmtools.check import SchemaChecker, schema_names

    if list_schemas:
        click.echo("\n".join(schema_names()))
        return
    SchemaChecker(schema)  # a schema that cannot be used is told before the input is read
    io.run_filter(partial(SchemaChecker, schema), text=False)
