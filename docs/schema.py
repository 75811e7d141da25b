"""JSON Schemas from the tables of docs/records.md: what the page says is what `jmtools check` checks.

A table's type column is read as it stands: "string or null", "array of strings", "integer, number" for two names. What
begins with "only", "with `--…`" and the like is not required.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE / "records.md"
FOLDER = HERE / "schema"

# Sections whose fields are added to records with a text: together they are the schema `record`.
ADDED = ("what every command reads", "split", "segment", "keywords", "cluster", "dedupe", "read")
# Names for tables that are not the first of their section.
SECOND = {
    "read": "file",
    "normalize": "change",
    "cluster": "topic",
    "dedupe": "story",
    "keywords": "group",
    "idf": "idf-table",
    "trend": "summary",
    "rerun": "rerun-result",
}
ALSO_OPTIONAL = {("rejects", "raw"), ("trend", "change_year")}
# Where other people's records may have another type than ours.
LOOSE = {"id": {"type": ["string", "integer"]}}

_OPTIONAL = re.compile(r"(only|with `--|`--|instead|in place|true where|as read|where |with a )")
_NAME = re.compile(r"`([^`]+)`")
_SIMPLE = {
    "string": {"type": "string"},
    "strings": {"type": "string"},
    "integer": {"type": "integer"},
    "integers": {"type": "integer"},
    "number": {"type": "number"},
    "numbers": {"type": "number"},
    "boolean": {"type": "boolean"},
    "object": {"type": "object"},
    "objects": {"type": "object"},
    "null": {"type": "null"},
    "pairs": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    "arrays": {"type": "array"},
}


def schemas(page: str) -> dict[str, dict[str, Any]]:
    """Return name → schema for every table of the page, and `record` for whatever has a text."""
    found: dict[str, dict[str, Any]] = {}
    together: dict[str, Any] = {}
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        name = section_name(title)
        for index, rows in enumerate(tables(body)):
            key = name if index == 0 else SECOND.get(name, f"{name}-{index + 1}")
            schema = table_schema(key, rows)
            if name in ADDED and index == 0:
                for field, kind in schema["properties"].items():
                    together[field] = either(together[field], kind) if field in together else kind
            if schema["properties"] and name != ADDED[0]:
                if key in found:
                    raise ValueError(f"docs/records.md: two tables are the schema {key}")
                found[key] = schema
    texts = [{"required": ["text"]}, {"required": ["tokens"]}]
    return {"record": head("record") | {"properties": together | LOOSE, "anyOf": texts}, **found}


def either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what one or the other table allows."""
    if one == other:
        return one
    if set(one) == set(other) == {"type"}:
        names = [name for s in (one, other) for name in (s["type"] if isinstance(s["type"], list) else [s["type"]])]
        return {"type": list(dict.fromkeys(names))}
    return {"anyOf": [one, other]}


def section_name(title: str) -> str:
    """Return the schema name of a heading: its first command, `rejects` for the rejected records."""
    named = _NAME.findall(title)
    if title.startswith("Rejected"):
        return "rejects"
    return named[0] if named else title.strip().lower()


def tables(body: str) -> list[list[tuple[str, str, str]]]:
    """Return the rows (field, type, meaning) of each table of a section."""
    found: list[list[tuple[str, str, str]]] = []
    for line in body.split("\n"):
        cells = (
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] if line.startswith("|") else []
        )
        if len(cells) == 3 and cells[:2] == ["field", "type"]:
            found.append([])
        elif len(cells) == 3 and found and not cells[0].startswith("---"):
            found[-1].append((cells[0], cells[1], cells[2]))
    return found


def table_schema(name: str, rows: list[tuple[str, str, str]]) -> dict[str, Any]:
    """Return the schema of one table."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for field, kind, meaning in rows:
        names = [name for name in _NAME.findall(field) if not name.startswith("-")]
        for one, schema in zip(names, types(kind, len(names)), strict=True):
            if "[]." in one:
                add_inner(properties, one, schema)
                continue
            properties[one] = dict(schema)
            optional = _OPTIONAL.match(meaning) or "or the name" in field or (name, one) in ALSO_OPTIONAL
            if not optional and schema:
                required.append(one)
    found = head(name) | {"properties": properties}
    return found | {"required": required} if required else found


def types(kind: str, count: int) -> list[dict[str, Any]]:
    """Return the schemas of `count` names whose types a cell gives; an empty one where the cell says no type."""
    parts = re.split(r",\s+", kind)
    if count > 1 and len(parts) == count and " or " not in kind:
        return [one_type(part) for part in parts]
    return [one_type(kind)] * count


def one_type(kind: str) -> dict[str, Any]:
    """Return the schema of a type: `string, number or null` is any of three."""
    schemas = []
    for part in re.split(r",\s+|\s+or\s+", kind):
        outer, _, inner = part.partition(" of ")
        if outer == "array":
            schemas.append({"type": "array", "items": _SIMPLE[inner]} if inner in _SIMPLE else {"type": "array"})
        elif outer in _SIMPLE:
            schemas.append(_SIMPLE[outer])
        else:
            return {}
    if all(set(s) == {"type"} for s in schemas):
        names = [s["type"] for s in schemas]
        return {"type": names[0] if len(names) == 1 else names}
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def add_inner(properties: dict[str, Any], path: str, schema: dict[str, Any]) -> None:
    """Add a field of the objects in an array: `keywords[].term`."""
    outer, _, inner = path.partition("[].")
    items = properties.setdefault(outer, {"type": "array"}).setdefault("items", {"type": "object"})
    properties[outer]["items"] = {**items, "properties": {**items.get("properties", {}), inner: schema}}


def head(name: str) -> dict[str, Any]:
    """Return what every schema begins with."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": name, "type": "object"}


def files() -> dict[Path, str]:
    """Return path → content of every schema file."""
    found = schemas(PAGE.read_text("utf-8"))
    return {FOLDER / f"{name}.json": json.dumps(s, ensure_ascii=False, indent=1) + "\n" for name, s in found.items()}
