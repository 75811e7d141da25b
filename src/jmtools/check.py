"""Records checked against a JSON Schema: the schema that is named, or that of the kind that a record is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from jmtools.batches.feature import FilterFeature
from jmtools.errors import OptionError, RecordError
from jmtools.io.installed import data_path, read_data
from jmtools.io.json_types import Fields, Record

ARTICLE = "record"  # the schema of whatever has a text
_LARGEST = 1 << 20  # bytes a schema may have


def schema_names() -> list[str]:
    """Return the names of the schemas that jmtools has."""
    folder = data_path("schema")
    return sorted(entry.name.removesuffix(".json") for entry in folder.iterdir() if entry.name.endswith(".json"))


class SchemaChecker(FilterFeature):
    """A filter that adds nothing and refuses the records that do not fit.

    Args:
        schema: `auto`, the name of one of our schemas, or a file that holds a JSON Schema.
    """

    def __init__(self, schema: str = "auto") -> None:
        self._schema = schema
        self._validate = None if schema == "auto" else _validator(schema)

    def check(self, data: Record) -> None:
        """Refuse a record that does not fit.

        Raises:
            RecordError: It names the field, and what is wrong there.
        """
        from fastjsonschema import JsonSchemaValueException

        name = self._schema
        validate = self._validate
        if validate is None:
            name = kind_of(data)
            validate = _validator(name)
        try:
            validate(data)
        except JsonSchemaValueException as error:
            raise RecordError(_message(error, name)) from None

    def apply(self, batch: Sequence[Record]) -> list[Fields]:
        """Return no fields."""
        return [{} for _ in batch]


def kind_of(data: Record) -> str:
    """Return the schema that a record is of: the one whose required fields it has, and most of them.

    >>> kind_of({"text": "…", "topic": 3}), kind_of({"term": "医保", "df": 3})
    ('record', 'idf')

    Raises:
        RecordError: If it is of none.
    """
    if "text" in data or isinstance(data.get("tokens"), list):
        return ARTICLE
    best, most = "", 0
    for name, required in _required().items():
        if most < len(required) and all(field in data for field in required):
            best, most = name, len(required)
    if not best:
        raise RecordError("has neither `text` nor the fields of another kind of record; --schema NAME says which it is")
    return best


@cache
def _required() -> dict[str, list[str]]:
    return {name: _own(name).get("required", []) for name in schema_names() if name != ARTICLE}


def _own(name: str) -> Fields:
    text = read_data("schema", f"{name}.json")
    loaded: Fields = json.loads(text)
    return loaded


@cache
def _validator(name: str) -> Callable[[Any], Any]:
    import fastjsonschema

    schema = _own(name) if name in schema_names() else _foreign(name)
    try:
        return fastjsonschema.compile(
            schema, handlers=dict.fromkeys(("http", "https", "ftp", "file", ""), _refuse), use_default=False
        )
    except OptionError:
        raise
    except Exception as error:  # whatever a broken schema makes the library say
        raise OptionError(f"--schema {name}: not a usable JSON Schema: {str(error)[:200]}") from None


def _foreign(path: str) -> Any:
    from jmtools.errors import DataError, FileError
    from jmtools.fields.path import nearest
    from jmtools.io.files import read_all

    try:
        return json.loads(read_all(path, limit=_LARGEST))
    except FileError as error:
        names = schema_names()
        near = nearest(path, names)
        hint = f"did you mean {near!r}? " if near else ""
        raise OptionError(f"--schema: {error}; {hint}known: {', '.join(names)}") from None
    except (ValueError, RecursionError, DataError) as error:
        raise OptionError(f"--schema {path}: not a JSON Schema: {error}") from None


def _refuse(uri: str) -> Any:
    raise OptionError(f"--schema: {uri} is elsewhere; a schema has to be in one file")


def _message(error: Any, name: str) -> str:
    """Say which field does not fit: `keywords[2].score` must be number."""
    path = "".join(f"[{part}]" if part.isdecimal() else f".{part}" for part in map(str, error.path[1:])).lstrip(".")
    said = str(error.message).removeprefix(str(error.name)).strip()
    where = f"`{path}` " if path else ""
    return f"{where}{said} (schema {name})"
