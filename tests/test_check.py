"""`check` and the schemas: generated from docs/records.md, and fit to what the commands really write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jmtools.check import SchemaChecker, kind_of, schema_names
from jmtools.errors import OptionError, RecordError
from tests.conftest import ROOT

CASES = Path(__file__).parent / "cases"
GOLDEN = sorted(p for p in CASES.glob("*/*/out.jsonl") if p.parts[-3:-1] != ("select", "nested"))


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: "/".join(p.parts[-3:-1]))
def test_what_a_command_writes_fits_the_schema_of_its_kind(path: Path) -> None:
    command = path.parts[-3]
    auto = SchemaChecker()
    for data in records(path):
        auto.check(data)
    if command in schema_names() and command not in ("cluster", "keywords", "normalize"):
        named = SchemaChecker(command)
        for data in records(path):
            named.check(data)


@pytest.mark.parametrize("page", sorted((ROOT / "seeds").glob("*.expected.jsonl"))[:3], ids=lambda p: p.name)
def test_expected_articles_of_the_sample_pages_fit(page: Path) -> None:
    checker = SchemaChecker()
    for data in records(page):
        checker.check(data)


GOOD = {"text": "甲", "keywords": [{"term": "医保", "score": 1, "tf": 2, "df": None}], "tokens": ["甲"]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": 1}, "`text` must be string (schema record)"),
        ({"headline": ["a"]}, "`headline` must be string or null (schema record)"),
        ({"keywords": {}}, "`keywords` must be array"),
        ({"keywords": [{"term": "a"}, {"term": 1}]}, "`keywords[1].term` must be string"),
        ({"tokens": ["a", None]}, "`tokens[1]` must be string"),
        ({"topic": "3"}, "`topic` must be integer"),
        ({"topic": True}, "`topic` must be integer"),
    ],
)
def test_a_field_of_the_wrong_type_is_named(change: dict[str, Any], words: str) -> None:
    SchemaChecker().check(GOOD)
    with pytest.raises(RecordError, match=r"\(schema record\)") as caught:
        SchemaChecker().check(GOOD | change)
    assert words in str(caught.value)


def test_the_kind_is_that_whose_fields_are_there() -> None:
    assert kind_of({"file": "a", "line": 1, "byte": 0, "error": "b"}) == "rejects"
    with pytest.raises(RecordError, match="neither `text` nor"):
        kind_of({"a": 1})
    for name in schema_names():
        if name not in ("record", "segment", "keywords", "cluster", "split"):
            required = SchemaChecker(name) and _schema(name).get("required", [])
            if required and "text" not in required:
                assert kind_of(dict.fromkeys(required)) == name


def _schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "docs" / "schema" / f"{name}.json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not a JSON Schema"),
        ('{"type": 3}', "not a usable JSON Schema"),
        ('{"$ref": "http://example.invalid/a.json"}', "is elsewhere"),
        ('{"$ref": "file:///etc/passwd"}', "is elsewhere"),
        ('{"properties": {"a": {"$ref": "other.json"}}}', "schema"),
        ("[" * 5000, "not a JSON Schema"),
        (
            '{"properties": {"\\"]);import os;os._exit(9)#": {"pattern": "\\"\\n"}}, "type": "object"}',
            "",
        ),
    ],
)
def test_a_schema_from_elsewhere_is_refused_or_harmless(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(content, "utf-8")
    if words:
        with pytest.raises(OptionError, match=words):
            SchemaChecker(str(path)).check({"a": 1})
    else:
        SchemaChecker(str(path)).check({"a": 1})


def test_a_misspelt_schema_gets_a_suggestion() -> None:
    with pytest.raises(OptionError, match="did you mean 'keyness'"):
        SchemaChecker("keynes")


def test_the_list_names_them() -> None:
    from jmtools.cli import cli

    done = CliRunner().invoke(cli, ["check", "--list"])
    assert done.output.split() == schema_names()
